import type { ScheduleBody } from '../../client/index.ts'
import type { Recurrence, ScheduleSummary, SlotTime, Target, Timing } from '../../schedule.ts'

/** A schedule as it is being written. Its template may not be chosen yet. */
export type Draft = {
  templateId: string
  name: string
  role: string | null
  timing: Timing
  target: Target
}

/** Which days: as people think of them, where the record knows only days, weeks and months. */
export const PATTERNS = ['day', 'week', 'monthDays', 'monthNth'] as const
export type Pattern = (typeof PATTERNS)[number]

export const patternOf = (recurrence: Recurrence): Pattern =>
  recurrence.every === 'month' ? (recurrence.nth.length > 0 ? 'monthNth' : 'monthDays') : recurrence.every

/** What a pattern begins with. */
export function recurrenceOf(pattern: Pattern): Recurrence {
  if (pattern === 'day') return { every: 'day', interval: 1 }
  if (pattern === 'week') return { every: 'week', interval: 1, weekdays: [1, 2, 3, 4, 5] }
  if (pattern === 'monthDays') return { every: 'month', interval: 1, days: [1], nth: [] }
  return { every: 'month', interval: 1, days: [], nth: [{ nth: 1, weekday: 1 }] }
}

/** An hour ahead it can be seen, a quarter of an hour after its time it is late, four hours after it is missed. */
export function newDraft(templateId: string, name: string, target: Target, from: string): Draft {
  const timing: Timing = {
    recurrence: recurrenceOf('day'),
    slots: [{ by: 'clock', at: '10:00' }],
    ...{ visibleMinutesBefore: 60, lateMinutesAfter: 15, missedMinutesAfter: 240 },
    ...{ from, to: null, seasons: [], except: [], onClosedDays: 'skip' },
  }
  return { templateId, name, role: null, timing, target }
}

export const draftOf = ({ templateId, name, role, timing, target }: ScheduleSummary): Draft => ({
  ...{ templateId, name, role, timing, target },
})

export const bodyOf = ({ name, ...draft }: Draft): ScheduleBody => ({
  ...draft,
  name: name.trim(),
  role: draft.role as ScheduleBody['role'],
})

/** What keeps it from being asked about or saved, by the field that lacks it. */
export function lacking({ templateId, name, timing, target }: Draft, isLimited: boolean): Lack | undefined {
  const { recurrence, slots, from, to } = timing
  if (templateId === '') return 'template'
  if (name.trim() === '') return 'name'
  if (recurrence.every === 'week' && recurrence.weekdays.length === 0) return 'weekdays'
  if (slots.length === 0 || slots.some((slot) => slot.by === 'clock' && slot.at === '')) return 'times'
  if (from === '' || (to !== null && to < from)) return 'range'
  if (isLimited && target.locations.length === 0) return 'places'
  return undefined
}
export type Lack = 'template' | 'name' | 'weekdays' | 'times' | 'range' | 'places'

export const EVERYWHERE: Target = { groups: [], locations: [], kinds: [], attributes: [] }

/** Every so often from one time to another, both included. Past midnight it goes on into the night. */
export function timesBetween(first: string, last: string, everyMinutes: number): SlotTime[] {
  const [start, end] = [minutesOf(first), minutesOf(last)]
  const until = end < start ? end + 1440 : end
  const count = Math.min(48, Math.floor((until - start) / everyMinutes) + 1)
  return Array.from({ length: count }, (_, n) => ({ by: 'clock', at: clockAt(start + n * everyMinutes) }))
}

const minutesOf = (time: string) => Number(time.slice(0, 2)) * 60 + Number(time.slice(3, 5))
const two = (n: number) => String(n).padStart(2, '0')
const clockAt = (minutes: number) => `${two(Math.floor(minutes / 60) % 24)}:${two(minutes % 60)}`

/** The day it is at the place where it is earliest: whoever writes from further east means today there too. */
export function todayAtAny(timezones: readonly string[], now = new Date()): string {
  const days = timezones.map((timeZone) => new Intl.DateTimeFormat('en-CA', { timeZone }).format(now))
  return days.sort()[0] ?? now.toISOString().slice(0, 10)
}
