export const findingsPermissions = {
  'findings.read': 'See what audits found, and what was done about it.',
  'findings.fix': 'Say that a finding was put right, and how.',
  'findings.verify': 'Confirm what someone else has put right, or send it back.',
} as const

export type FindingsPermission = keyof typeof findingsPermissions
