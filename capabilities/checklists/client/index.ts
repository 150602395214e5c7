export { useBeginOfTemplate } from './begin.ts'
export {
  digestOf,
  signingOf,
  useAnswer,
  useComplete,
  useCountersign,
  useEmpty,
  useHandOver,
  useShowPresence,
  useSign,
  useVerify,
} from './doing.ts'
export {
  type Doc,
  type DraftHere,
  type KeptDraft,
  useDraftsHere,
  useDropDraft,
  useKeepDraft,
  useKeptDraft,
} from './kept-drafts.ts'
export { isOwnList, openNow } from './open-now.ts'
export { useAddPicture } from './pictures.ts'
export { useOddities, useOdditiesLately, useRecord } from './record.ts'
export {
  useChecklistHere,
  useDoneChecklists,
  useOpenChecklists,
  useOpenChecklistsAt,
  useTaskOf,
  useUnitName,
  useUnsentAnswers,
} from './rows.ts'
export * from './schedules.ts'
export * from './templates.ts'
export {
  type DayHere,
  type OutcomesAsked,
  useAuditCalendar,
  useCompletion,
  useDaysHere,
  useEveryOutcome,
  useExcuse,
  useFailures,
  useLiveViews,
  useOutcomes,
  usePlaceHere,
  usePlan,
  useToday,
} from './views.ts'
