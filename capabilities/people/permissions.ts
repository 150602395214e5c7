export const peoplePermissions = {
  'organization.read': 'See the organization.',
  'organization.manage': 'Rename the organization and choose its colour.',
  'people.read': 'See who works where, in which role.',
  'people.manage': 'Add people and give them roles, up to what one holds oneself.',
  'roles.manage': 'Make and change the roles of the organization.',
  'events.read': 'See who changed what, and when.',
  'keys.manage': 'Make and revoke API keys.',
  'devices.manage': 'Enrol and revoke gateways and probes.',
  /** Of the capability kiosks, which stands on this one: people choose themselves on a tablet. */
  'kiosks.manage': 'Enrol, lock and wipe shared tablets, and give people their PIN.',
} as const

export type PeoplePermission = keyof typeof peoplePermissions
