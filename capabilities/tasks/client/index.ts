export { TASK } from '../sync-entities.ts'
export { useChangeTask, useOlderTasks } from './requests.ts'
export { useTaskRows } from './rows.ts'
