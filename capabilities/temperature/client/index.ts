export type { Board, Counts } from './board.ts'
export { worstFirst } from './board-order.ts'
export {
  useChangeUnit,
  useCorrectiveAction,
  useImport,
  useImportErrors,
  useLastAction,
  useLimits,
  useLogs,
  useOlderActions,
  useOlderAlarms,
  useRunImport,
  useSensors,
  useSeries,
  useSetPolicy,
  useSetUpSensor,
  useSetUpUnit,
  useUnit,
  useUnits,
  useUploadImport,
  useWeek,
} from './requests.ts'
export { useActionRows, useAlarmRows, useLogRows } from './rows.ts'
export { BoardProvider, useBoard, useBoardState } from './use-board.ts'
export {
  useAcknowledge,
  useCloseAction,
  useRecheck,
  useRecordTemperature,
  useRespond,
  useVerifyAction,
} from './writes.ts'
