export const haccpPermissions = {
  'haccp.read': 'See HACCP plans, and whether they are kept to.',
  'haccp.write': 'Write HACCP plans.',
  'haccp.sign': 'Sign a HACCP plan, and confirm at its review that it still holds.',
} as const

export type HaccpPermission = keyof typeof haccpPermissions
