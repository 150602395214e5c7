import { z } from 'zod'
import { minutesOf, overlaps, overlapsInWeek } from './opening-hours.ts'

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
