import { defineFact, locationRoom } from '@opsflow/platform/fact'
import { Task } from './task.ts'

/** A task as it stands now: opened, started, completed, cancelled. */
export const taskChanged = defineFact({
  name: 'tasks.task_changed',
  event: 'task-update',
  schema: Task,
  scope: (task) => task.locationId,
  room: (task) => locationRoom(task.locationId),
})
