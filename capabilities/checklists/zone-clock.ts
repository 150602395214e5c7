import { offsetClock } from '@opsflow/capabilities/temperature'

const QUARTER_HOUR = 15 * 60_000
/** Of a zone: a year of its quarter hours at most. */
const MOST_KEPT = 35_000

const clocks = new Map<string, (at: number) => number>()

/**
 * Minutes that a zone is ahead of UTC at an instant, remembered: thousands of locations share a zone, and Intl is slow.
 * Zones change their offset on quarter hours only (offsetClock).
 */
export function zoneClock(timezone: string): (at: number) => number {
  const known = clocks.get(timezone)
  if (known) return known
  const offsetAt = offsetClock(timezone)
  const offsets = new Map<number, number>()
  const clock = (at: number) => {
    const quarter = Math.floor(at / QUARTER_HOUR)
    let offset = offsets.get(quarter)
    if (offset === undefined) {
      offset = offsetAt(at)
      if (offsets.size >= MOST_KEPT) offsets.clear()
      offsets.set(quarter, offset)
    }
    return offset
  }
  clocks.set(timezone, clock)
  return clock
}
