import type { Checklist } from './checklist.ts'

/** Where it stands at an instant, in the words of the lists. */
export type Standing = 'hidden' | 'todo' | 'due' | 'late' | 'done' | 'done_late' | 'empty' | 'missed' | 'withdrawn'

/** `due`: within `dueSoonMinutes` of its time. Completed after `lateAt` is done late, whenever it arrived. */
export function standingOf(
  list: Pick<Checklist, 'status' | 'visibleAt' | 'dueAt' | 'lateAt' | 'missedAt' | 'completedAt'>,
  now: number,
  dueSoonMinutes = 60,
): Standing {
  const passed = (instant: string | null) => instant !== null && Date.parse(instant) < now
  if (list.status === 'completed') {
    return list.lateAt !== null && list.completedAt !== null && Date.parse(list.completedAt) > Date.parse(list.lateAt)
      ? 'done_late'
      : 'done'
  }
  if (list.status === 'empty' || list.status === 'missed' || list.status === 'withdrawn') return list.status
  if (passed(list.missedAt)) return 'missed'
  if (passed(list.lateAt)) return 'late'
  if (!passed(list.visibleAt)) return list.status === 'in_progress' ? 'todo' : 'hidden'
  return list.dueAt !== null && Date.parse(list.dueAt) - now <= dueSoonMinutes * 60_000 ? 'due' : 'todo'
}
