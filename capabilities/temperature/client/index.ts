export { type BoardStore, boardEvents, openBoard } from './board.ts'
export { worstFirst } from './board-order.ts'
export {
  useAcknowledge,
  useAlarms,
  useChangeUnit,
  useCloseAction,
  useCorrectiveAction,
  useCorrectiveActions,
  useImport,
  useImportErrors,
  useLimits,
  useLogs,
  useRecheck,
  useRecordTemperature,
  useRespond,
  useRunImport,
  useSensors,
  useSeries,
  useSetPolicy,
  useSetUpSensor,
  useSetUpUnit,
  useUnit,
  useUnits,
  useUploadImport,
  useVerifyAction,
  useWeek,
} from './requests.ts'
export { BoardProvider, useBoard } from './use-board.ts'
