export { LedgerPanel } from './ledger-panel.tsx'
export { messages as ledgerMessages } from './messages.ts'
