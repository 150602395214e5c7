import type { Week } from '@opsflow/capabilities/locations'
import { instantOfWallTime } from '@opsflow/capabilities/temperature'
import { businessDayOf } from './business-day.ts'
import { nextDay, wallName, wallTime } from './calendar-day.ts'
import { fallsOn, hoursOf } from './recurrence.ts'
import type { SlotTime, Timing } from './schedule.ts'
import { zoneClock } from './zone-clock.ts'

const MINUTE = 60_000
const DAY = 1440 * MINUTE

/** A location, as far as its days go. */
export type DayPlace = Week & { timezone: string; dayStartsAt: string }

/** One that is to be done: which of its schedule (local time, as the schedule means it), and its instants in ms. */
export type Slot = { slot: string; day: string; visibleAt: number; dueAt: number; lateAt: number; missedAt: number }

/**
 * What a schedule asks for at a location, due from `from` up to `until`, in order. A time that the clocks skip still
 * happens once, as long after the change; one that they show twice happens the first time.
 */
export function slotsBetween(timing: Timing, place: DayPlace, from: number, until: number): Slot[] {
  const offsetAt = zoneClock(place.timezone)
  const last = nextDay(businessDayOf(until, place), 1)
  const slots = new Map<string, Slot>()
  for (let day = nextDay(businessDayOf(from, place), -1); day <= last; day = nextDay(day)) {
    if (!fallsOn(timing, day, place)) continue
    for (const time of timing.slots) {
      const wall = wallTimeOf(time, day, place)
      if (wall === undefined) continue
      const dueAt = instantOfWallTime(offsetAt, wall)
      if (dueAt < from || dueAt >= until) continue
      const name = wallName(wall)
      slots.set(name, asSlot(timing, name, day, dueAt))
    }
  }
  return [...slots.values()].sort((one, other) => one.dueAt - other.dueAt)
}

/** How far ahead a next time is looked for: the 29th of February is further, and nobody's daily work. */
const LOOK_DAYS = 400

/** The next of a location, at most `count`. */
export function nextSlots(timing: Timing, place: DayPlace, now: number, count: number): Slot[] {
  const found: Slot[] = []
  for (let from = now, days = 2; found.length < count && from < now + LOOK_DAYS * DAY; days = days * 3) {
    const until = from + days * DAY
    found.push(...slotsBetween(timing, place, from, until))
    from = until
  }
  return found.slice(0, count)
}

const asSlot = (timing: Timing, slot: string, day: string, dueAt: number): Slot => {
  const lateAt = dueAt + timing.lateMinutesAfter * MINUTE
  return {
    ...{ slot, day, dueAt, lateAt },
    visibleAt: dueAt - timing.visibleMinutesBefore * MINUTE,
    // Whoever allows for being late allows for being done late: it is never missed before it is late.
    missedAt: Math.max(dueAt + timing.missedMinutesAfter * MINUTE, lateAt + MINUTE),
  }
}

/** Wall time as if it were UTC. Before the day's cut-over a clock time belongs to the morning after. */
function wallTimeOf(time: SlotTime, day: string, place: DayPlace): number | undefined {
  if (time.by === 'clock') return wallTime(time.at < place.dayStartsAt ? nextDay(day) : day, time.at)
  const hours = hoursOf(place, day)
  const edges = hours.map(({ opens, closes }) => ({
    opening: wallTime(day, opens),
    closing: wallTime(closes > opens ? day : nextDay(day), closes),
  }))
  if (edges.length === 0) return undefined
  const edge =
    time.by === 'opening'
      ? Math.min(...edges.map(({ opening }) => opening))
      : Math.max(...edges.map(({ closing }) => closing))
  return edge + time.minutes * MINUTE
}
