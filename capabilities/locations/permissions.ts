export const locationsPermissions = {
  'locations.read': 'See locations, and the groups they lie in.',
  'locations.manage': 'Open, change, move and close locations and groups of them.',
} as const

export type LocationsPermission = keyof typeof locationsPermissions
