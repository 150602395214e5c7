export const importsPermissions = {
  'imports.run': 'Import audits and inspections from files, say which place is which, and take everything out again.',
} as const

export type ImportsPermission = keyof typeof importsPermissions
