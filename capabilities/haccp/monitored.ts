/** How many times something was to be done in a time, how often it was done, and how often of these late. */
export type Counted = { expected: number; done: number; late: number }

/**
 * nothing_due: nothing was to be done, so nothing shows that it is under control · not_monitored: nothing of it was done ·
 * partly: some of it, or late · as_planned: all of it, in time.
 */
export const STANDINGS = ['not_tied', 'nothing_due', 'not_monitored', 'partly', 'as_planned'] as const
export type Standing = (typeof STANDINGS)[number]

export function standingOf({ expected, done, late }: Counted): Standing {
  if (expected === 0) return 'nothing_due'
  if (done === 0) return 'not_monitored'
  return done >= expected && late === 0 ? 'as_planned' : 'partly'
}

export const together = (counts: readonly Counted[]): Counted => ({
  expected: counts.reduce((sum, { expected }) => sum + expected, 0),
  done: counts.reduce((sum, { done }) => sum + done, 0),
  late: counts.reduce((sum, { late }) => sum + late, 0),
})

/** A control is as planned only if all that was due of it was: much of one way does not make up for none of another. */
export function standingOfAll(counts: readonly Counted[]): Standing {
  if (counts.length === 0) return 'not_tied'
  const due = counts.filter(({ expected }) => expected > 0).map(standingOf)
  if (due.length === 0) return 'nothing_due'
  if (due.every((one) => one === 'as_planned')) return 'as_planned'
  return due.every((one) => one === 'not_monitored') ? 'not_monitored' : 'partly'
}

const HOUR = 3_600_000

/** An hour in which a unit was read, and how often. */
export type HourRead = { hour: number; readings: number }

/**
 * How often a unit was read, against how often it is to be. Within an hour what is more than asked for does not count for
 * another hour; over several hours one reading in each such span is enough. Spans are counted from `from`, those that are
 * over by `until` and lie in hours in which the place counts.
 */
export function readAgainst(
  hours: readonly HourRead[],
  {
    from,
    until,
    everyMinutes,
    counts,
  }: { from: number; until: number; everyMinutes: number; counts: (at: number) => boolean },
): Counted {
  const span = Math.max(HOUR, everyMinutes * 60_000)
  const perSpan = Math.max(1, Math.floor(60 / everyMinutes))
  const read = new Map<number, number>()
  for (const { hour, readings } of hours) {
    const n = Math.floor((hour - from) / span)
    read.set(n, (read.get(n) ?? 0) + readings)
  }
  let [expected, done] = [0, 0]
  for (let n = 0; from + (n + 1) * span <= until; n++) {
    if (!counts(from + n * span)) continue
    expected += perSpan
    done += Math.min(perSpan, read.get(n) ?? 0)
  }
  return { expected, done, late: 0 }
}

/** Foods a day against how many were planned; where none are planned (0), each that was begun is to be measured. */
export function processesAgainst(days: readonly { begun: number; measured: number }[], perDay: number): Counted {
  if (perDay === 0)
    return {
      expected: days.reduce((sum, { begun }) => sum + begun, 0),
      done: days.reduce((sum, { measured }) => sum + measured, 0),
      late: 0,
    }
  return {
    expected: days.length * perDay,
    done: days.reduce((sum, { measured }) => sum + Math.min(perDay, measured), 0),
    late: 0,
  }
}
