export { useChangeProbe, useOlderProcesses, useProcess, useRegisterProbe } from './requests.ts'
export { useNow, usePlace, useProbeRows, useProcessRows, useRecentProducts, useSteps } from './rows.ts'
export { useBegin, useCalibrate, useCorrect, useFinish, useNote, useRead, useVerify } from './writes.ts'
