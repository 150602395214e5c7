export const peoplePermissions = {
  'organization.read': 'See the organization.',
  'people.read': 'See who works where, in which role.',
  'people.manage': 'Add people and decide their roles.',
  'keys.manage': 'Make and revoke API keys.',
  'devices.manage': 'Enrol and revoke gateways and probes.',
} as const

export type PeoplePermission = keyof typeof peoplePermissions
