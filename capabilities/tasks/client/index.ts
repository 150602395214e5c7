export { TASK } from '../sync-entities.ts'
export { isOverdue, isToDo } from '../task-status.ts'
export { useChangeTask, useOlderTasks } from './requests.ts'
export { useTaskRows } from './rows.ts'
