export { useAllFindings, useFinding, useFindingsOf, useMostFound } from './requests.ts'
export { useCurrency, useFindingsHere, useLastFinding, useOwedFindings, useOwner } from './rows.ts'
export { useFixFinding, useSendFindingBack, useVerifyFinding } from './writes.ts'
