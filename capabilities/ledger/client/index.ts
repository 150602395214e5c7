export { useLedger } from './ledger.ts'
export { type VerifiedExport, verifyExport } from './verify-export.ts'
