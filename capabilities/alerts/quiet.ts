import type { QuietHours } from './words.ts'

const MINUTE = 60_000
const DAY = 1440

/** When quiet hours that hold now are over; null outside of them. Across a change of clocks it is the wall that counts. */
export function quietUntil(hours: QuietHours | null, zone: string, now: number): number | null {
  if (hours === null) return null
  const [from, to, wall] = [minutesOf(hours.from), minutesOf(hours.to), wallMinute(zone, now)]
  if (!isWithin(wall, from, to)) return null
  const begun = Math.floor(now / MINUTE) * MINUTE
  const aim = begun + left(wall, to) * MINUTE
  const shown = wallMinute(zone, aim)
  if (shown === to) return aim
  // The clocks change before: a little early is looked at once more, late is brought back.
  const off = left(to, shown)
  return off > DAY / 2 ? Math.max(begun + MINUTE, aim) : Math.max(begun + MINUTE, aim - off * MINUTE)
}

const isWithin = (wall: number, from: number, to: number) =>
  from <= to ? wall >= from && wall < to : wall >= from || wall < to

const left = (from: number, to: number) => (to - from + DAY) % DAY

const minutesOf = (clock: string) => Number(clock.slice(0, 2)) * 60 + Number(clock.slice(3, 5))

/** Making a format is slow, and there are few zones. */
const formats = new Map<string, Intl.DateTimeFormat>()

export function wallMinute(zone: string, at: number): number {
  let format = formats.get(zone)
  if (!format) {
    format = new Intl.DateTimeFormat('en-US', { timeZone: zone, hourCycle: 'h23', hour: '2-digit', minute: '2-digit' })
    formats.set(zone, format)
  }
  const [hour = 0, minute = 0] = (format.format(at).match(/\d+/g) ?? []).map(Number)
  return hour * 60 + minute
}
