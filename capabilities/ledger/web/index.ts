export { LedgerPanel } from './ledger-panel.tsx'
export { messages as ledgerMessages } from './messages.ts'
export { RecordHistory } from './record-history.tsx'
