export const alertsPermissions = {
  'alerts.read': 'See what is late, failed or unacknowledged, and who was told of it.',
  'alerts.acknowledge': 'Say that one looks after it, put it off for a time, write a note to it.',
  'alerts.lead': 'Be told when nobody looks after it, and close it by hand.',
  'alerts.policy': 'Say who is told of what, when and how.',
} as const

export type AlertsPermission = keyof typeof alertsPermissions
