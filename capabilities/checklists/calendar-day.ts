const DAY_MS = 86_400_000
const MINUTE = 60_000
/** Some decades of days, or a month of quarter hours: what thousands of schedules and locations ask again and again. */
const MOST_KEPT = 20_000

/** Looked for once, and forgotten all together when it is too much. */
function remembered<Key, Value>(find: (key: Key) => Value): (key: Key) => Value {
  const known = new Map<Key, Value>()
  return (key) => {
    const before = known.get(key)
    if (before !== undefined) return before
    if (known.size >= MOST_KEPT) known.clear()
    const found = find(key)
    known.set(key, found)
    return found
  }
}

/** The date of an instant, as UTC has it. */
const dateOfDay = remembered((day: number) => new Date(day * DAY_MS).toISOString().slice(0, 10))
export const dateAt = (at: number): string => dateOfDay(Math.floor(at / DAY_MS))

/** When a date begins, as UTC has it. */
export const midnight = remembered((date: string) => Date.parse(`${date}T00:00:00Z`))

export const nextDay = (date: string, days = 1): string => dateAt(midnight(date) + days * DAY_MS)

const minutesOf = remembered((time: string) => Number(time.slice(0, 2)) * 60 + Number(time.slice(3, 5)))

/** A date and a clock time such as 06:30, as if it were UTC. */
export const wallTime = (date: string, time: string): number => midnight(date) + minutesOf(time) * MINUTE

/** 2026-11-27T06:30 */
export const wallName = remembered((wall: number) => new Date(wall).toISOString().slice(0, 16))
