export const reportsPermissions = {
  'reports.make': 'Put the records of a location together for an inspector.',
  'reports.share': 'Give an inspector a link to such records, see when it was used, and take it back.',
} as const

export type ReportsPermission = keyof typeof reportsPermissions
