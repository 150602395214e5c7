export const locationsPermissions = {
  'locations.read': 'See locations.',
  'locations.configure': 'Open, change and close locations.',
} as const

export type LocationsPermission = keyof typeof locationsPermissions
