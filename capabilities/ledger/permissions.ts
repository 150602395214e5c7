export const ledgerPermissions = {
  'ledger.read': 'See the history of any record, and how far it is sealed.',
  'ledger.export': 'Take out records with the proof that they were not changed.',
} as const

export type LedgerPermission = keyof typeof ledgerPermissions
