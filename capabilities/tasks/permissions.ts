export const tasksPermissions = {
  'tasks.read': 'See tasks.',
  'tasks.update': 'Take a task, start it, complete it.',
} as const

export type TasksPermission = keyof typeof tasksPermissions
