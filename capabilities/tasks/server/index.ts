export { changeTask, endTaskOf, withdrawTaskOf } from './change-task.ts'
export { taskImplementations } from './http.ts'
export { openTask } from './open-task.ts'
export { listTasks, type TaskRow, taskOf } from './store.ts'
