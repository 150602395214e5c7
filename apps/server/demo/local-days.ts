import { instantOfWallTime, offsetClock } from '@opsflow/capabilities/temperature'

const MINUTE = 60_000
const DAY = 24 * 60 * MINUTE

/** A day on the location's calendar: its number since 1970, and the instant of a minute of it on the wall clock. */
export type LocalDay = { day: number; instantOf: (minuteOfDay: number) => number }

/** Every calendar day of the location that a span touches, the first to the last. */
export function localDays(timezone: string, { from, to }: { from: number; to: number }): LocalDay[] {
  const offsetAt = offsetClock(timezone)
  const dayOf = (at: number) => Math.floor((at + offsetAt(at) * MINUTE) / DAY)
  const first = dayOf(from)
  return Array.from({ length: dayOf(to) - first + 1 }, (_, n) => ({
    day: first + n,
    instantOf: (minute) => instantOfWallTime(offsetAt, (first + n) * DAY + minute * MINUTE),
  }))
}
