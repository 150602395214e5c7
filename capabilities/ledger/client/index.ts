export { useLedger } from './ledger.ts'
export { useRecordHistory, useRecordProof } from './record-history.ts'
export { type Progress, type VerifiedExport, verifyExport } from './verify-export.ts'
export { type VerifiedRecord, verifyRecord } from './verify-record.ts'
