export { messages as tasksMessages } from './messages.ts'
export { TaskList } from './task-list.tsx'
export { TasksScreen } from './tasks-screen.tsx'
export { tasksWork } from './tasks-work.tsx'
