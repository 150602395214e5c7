import { standingOf } from './standing-of.ts'

/**
 * What became of a checklist that was to be done, in the words of overviews. By when it was done, never by when that
 * was heard of: what was done in time offline and arrives later is on time.
 *
 * on_time: completed by its last moment · done_late: completed after it · empty: nothing to record, with a reason ·
 * missed: its time ran out · excused: missed, and a manager said why · late: past its last moment, and can still be
 * done · open: not due yet, or begun by hand and not completed.
 */
export const OUTCOMES = ['on_time', 'done_late', 'empty', 'missed', 'excused', 'late', 'open'] as const
export type Outcome = (typeof OUTCOMES)[number]

/** How many came out how. */
export type OutcomeCounts = Record<Outcome, number>

export const noOutcomes = (): OutcomeCounts => ({
  ...{ on_time: 0, done_late: 0, empty: 0, missed: 0, excused: 0, late: 0, open: 0 },
})

type Seen = Parameters<typeof standingOf>[0] & { excuse: unknown }

/** Null: withdrawn before anyone had begun. It was not to be done. */
export function outcomeAt(list: Seen, now: number): Outcome | null {
  const standing = standingOf(list, now)
  if (standing === 'withdrawn') return null
  if (standing === 'done') return 'on_time'
  if (standing === 'hidden' || standing === 'todo' || standing === 'due') return 'open'
  return standing === 'missed' && list.excuse ? 'excused' : standing
}

export function outcomesAdded(all: readonly OutcomeCounts[]): OutcomeCounts {
  const sum = noOutcomes()
  for (const counts of all) for (const outcome of OUTCOMES) sum[outcome] += counts[outcome]
  return sum
}

/** What time has decided: done, or missed without an excuse. What is excused, late or still open is left out. */
export const decided = (counts: OutcomeCounts) => doneOf(counts) + counts.missed
export const doneOf = ({ on_time, done_late, empty }: OutcomeCounts) => on_time + done_late + empty

/** Done, of what is decided. Rounded down: one that was missed stays visible. Null while nothing is decided. */
export const doneShare = (counts: OutcomeCounts) => share(doneOf(counts), decided(counts))
/** Done by its last moment, of what is decided. Nothing to record counts as done on time. */
export const onTimeShare = (counts: OutcomeCounts) => share(counts.on_time + counts.empty, decided(counts))

const share = (part: number, of: number) => (of === 0 ? null : Math.floor((part / of) * 1000) / 1000)
