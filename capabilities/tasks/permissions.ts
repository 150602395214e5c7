export const tasksPermissions = {
  'tasks.read': 'See tasks.',
  'tasks.update': 'Take a task, start it, complete it, comment on it.',
  'tasks.create': 'Make tasks, change them and assign them.',
  'tasks.reopen': 'Open finished work again, and say why work was not done in time.',
  'tasks.codes': 'Print and revoke the QR codes of units and places.',
} as const

export type TasksPermission = keyof typeof tasksPermissions
