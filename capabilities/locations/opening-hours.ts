import { z } from 'zod'

const TimeOfDay = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/, 'Use hours and minutes, for example 06:30.')

/** From `opens` to `closes`, local time. Closing at or before opening means the next day: 18:00 to 02:00. */
const Span = z.strictObject({ opens: TimeOfDay, closes: TimeOfDay })
export type Span = z.infer<typeof Span>

/** Open on a weekday (Monday is 1); two spans of a day are two entries. A day without an entry is closed. */
const WeeklySpan = Span.extend({ weekday: z.int().min(1).max(7) })
export type WeeklySpan = z.infer<typeof WeeklySpan>

export const OpeningHours = z
  .array(WeeklySpan)
  .max(28)
  .refine((hours) => !overlapsInWeek(hours), { message: 'Opening hours overlap.', params: { code: 'hours_overlap' } })
export type OpeningHours = z.infer<typeof OpeningHours>

const SpecialDay = z.strictObject({
  date: z.iso.date(),
  /** Instead of the weekday's hours; none: closed. */
  hours: z.array(Span).max(4),
  /** What the day is, in words that fit a CSV cell: `Christmas`. */
  note: z
    .string()
    .trim()
    .max(80)
    .refine((note) => /^[^";\r\n]*$/.test(note), 'Without quotes, semicolons and line breaks.')
    .default(''),
})
export type SpecialDay = z.output<typeof SpecialDay>

export const SpecialDays = z
  .array(SpecialDay)
  .max(100)
  .refine((days) => new Set(days.map(({ date }) => date)).size === days.length, {
    message: 'Name each date once.',
    params: { code: 'date_twice' },
  })
  .refine((days) => days.every(({ hours }) => !overlaps(hours.map(minutesOf))), {
    message: 'Opening hours overlap.',
    params: { code: 'hours_overlap' },
  })

const DAY = 24 * 60
const WEEK = 7 * DAY

type Minutes = { from: number; to: number }

function minutesOf({ opens, closes }: Span): Minutes {
  const from = minuteOf(opens)
  const to = minuteOf(closes)
  return { from, to: to > from ? to : to + DAY }
}

const minuteOf = (time: string) => Number(time.slice(0, 2)) * 60 + Number(time.slice(3))

const overlaps = (spans: readonly Minutes[]) =>
  spans
    .toSorted((one, other) => one.from - other.from)
    .some((span, n, sorted) => n > 0 && span.from < (sorted[n - 1] as Minutes).to)

/** Sunday’s night may reach into Monday, so the week is looked at twice over. */
function overlapsInWeek(hours: readonly WeeklySpan[]): boolean {
  const spans = hours.map((span) => {
    const { from, to } = minutesOf(span)
    return { from: from + (span.weekday - 1) * DAY, to: to + (span.weekday - 1) * DAY }
  })
  const wrapping = spans.filter(({ to }) => to > WEEK).map(({ from, to }) => ({ from: from - WEEK, to: to - WEEK }))
  return overlaps([...wrapping, ...spans])
}

/** In the order people read them. */
export const inOrder = (hours: readonly WeeklySpan[]): WeeklySpan[] =>
  hours.toSorted((one, other) => one.weekday - other.weekday || (one.opens < other.opens ? -1 : 1))

export type Week = { openingHours: readonly WeeklySpan[]; specialDays: readonly SpecialDay[] }

/** The hours of a date: its own, or those of its weekday. */
export const hoursOn = ({ openingHours, specialDays }: Week, date: string): readonly Span[] =>
  specialDays.find((day) => day.date === date)?.hours ??
  inOrder(openingHours).filter(({ weekday }) => weekday === weekdayOf(date))

/** Open at this minute of the local day? Last night's hours may reach into it. */
export function isOpenAt(week: Week, date: string, time: string): boolean {
  const minute = minuteOf(time)
  const today = hoursOn(week, date).map(minutesOf)
  const lastNight = hoursOn(week, dayBefore(date)).map(minutesOf)
  return today.some(({ from, to }) => from <= minute && minute < to) || lastNight.some(({ to }) => minute + DAY < to)
}

const instantOf = (date: string) => new Date(`${date}T00:00:00Z`)
const weekdayOf = (date: string) => instantOf(date).getUTCDay() || 7
const dayBefore = (date: string) => new Date(instantOf(date).getTime() - DAY * 60_000).toISOString().slice(0, 10)
