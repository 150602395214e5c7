export { TASK } from '../sync-entities.ts'
export { isForMe, type TaskFilter } from '../task-filter.ts'
export { isOverdue, isToDo } from '../task-status.ts'
export { titleOf } from '../task-title.ts'
export { isOfAction, workPath } from '../work-path.ts'
export {
  useCodeHere,
  useFaultPlace,
  useMakeCode,
  usePlaceCodes,
  useReportFault,
  useRevokeCode,
  useSendFaultPhoto,
} from './codes.ts'
export { useAssignees, useKeepCrews, useLeadersHere } from './crew.ts'
export {
  type DueTasks,
  useDueTasks,
  useEveryDueTask,
  useExcuseTask,
  useOlderTasks,
  useTask,
  useTaskHistory,
} from './requests.ts'
export { useTaskComments, useTaskRows, useUnitsAt } from './rows.ts'
export { useForgetView, useSaveView, useTaskViews } from './views.ts'
export {
  useChangeTask,
  useCommentOnTask,
  useCreateTask,
  useEditTask,
  useReopenTask,
  useTickStep,
  useUndoTask,
  useWatchTask,
} from './writes.ts'
