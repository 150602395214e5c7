export { useChangeTask, useTasks } from './requests.ts'
