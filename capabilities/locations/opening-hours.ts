// The rules of hours-schema.ts, without what validates: screens compute with hours and check nothing.
type Span = { opens: string; closes: string }
type WeeklySpan = Span & { weekday: number }
type SpecialDay = { date: string; hours: readonly Span[]; note: string }

const DAY = 24 * 60
const WEEK = 7 * DAY

type Minutes = { from: number; to: number }

export function minutesOf({ opens, closes }: Span): Minutes {
  const from = minuteOf(opens)
  const to = minuteOf(closes)
  return { from, to: to > from ? to : to + DAY }
}

const minuteOf = (time: string) => Number(time.slice(0, 2)) * 60 + Number(time.slice(3))

export const overlaps = (spans: readonly Minutes[]) =>
  spans
    .toSorted((one, other) => one.from - other.from)
    .some((span, n, sorted) => n > 0 && span.from < (sorted[n - 1] as Minutes).to)

/** Sunday’s night may reach into Monday, so the week is looked at twice over. */
export function overlapsInWeek(hours: readonly WeeklySpan[]): boolean {
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
