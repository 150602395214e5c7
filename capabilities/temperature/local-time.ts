/** Monday is 1, as in ISO 8601. */
export type LocalTime = { weekday: number; minuteOfDay: number }

const MINUTE = 60_000
const QUARTER_HOUR = 15 * MINUTE
/** No zone changes its offset twice within it: equal at both ends means equal between them. Asking Intl is slow. */
const STEADY = 24 * QUARTER_HOUR
const DAY_MINUTES = 1440

/**
 * The clock on the wall of a location. Zones change their offset only on quarter hours (Lord Howe by 30 minutes,
 * Nepal at 45 past), so one offset per quarter hour is exact, also across a change of daylight saving.
 */
export function wallClock(timezone: string): (at: number) => LocalTime {
  const offsetAt = offsetClock(timezone)
  return (at) => {
    const localMinutes = Math.floor(at / MINUTE) + offsetAt(at)
    const day = Math.floor(localMinutes / DAY_MINUTES)
    // 1 January 1970 was a Thursday
    return { weekday: ((((day + 3) % 7) + 7) % 7) + 1, minuteOfDay: localMinutes - day * DAY_MINUTES }
  }
}

/** Minutes that the zone is ahead of UTC at an instant. Throws a RangeError for a zone that does not exist. */
export function offsetClock(timezone: string): (at: number) => number {
  const format = new Intl.DateTimeFormat('en-US', {
    timeZone: timezone,
    hourCycle: 'h23',
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
    second: 'numeric',
  })
  const offsetOf = (instant: number) => {
    const [month = 0, day = 0, year = 0, hour = 0, minute = 0, second = 0] = (
      format.format(instant).match(/\d+/g) ?? []
    ).map(Number)
    return Math.round((Date.UTC(year, month - 1, day, hour, minute, second) - instant) / MINUTE)
  }
  let [from, to, offset] = [0, 0, 0]
  return (at) => {
    if (at >= from && at < to) return offset
    from = Math.floor(at / STEADY) * STEADY
    to = from + STEADY
    offset = offsetOf(from)
    if (offset !== offsetOf(to - QUARTER_HOUR)) {
      from = Math.floor(at / QUARTER_HOUR) * QUARTER_HOUR
      to = from + QUARTER_HOUR
      offset = offsetOf(from)
    }
    return offset
  }
}

/**
 * The instant at which the wall clock shows this time (`wallMs`: the wall time as if it were UTC). An hour that happens
 * twice when clocks go back means its first pass; one that is skipped means the same length after the change.
 */
export function instantOfWallTime(offsetAt: (at: number) => number, wallMs: number): number {
  const candidates = [wallMs - DAY_MINUTES * MINUTE, wallMs + DAY_MINUTES * MINUTE].map(
    (nearby) => wallMs - offsetAt(nearby) * MINUTE,
  )
  const shown = candidates.filter((at) => at + offsetAt(at) * MINUTE === wallMs)
  return shown.length > 0 ? Math.min(...shown) : Math.max(...candidates)
}
