import type { OpeningHours, Span, SpecialDay, WeeklySpan } from './hours-schema.ts'
import { inOrder } from './opening-hours.ts'

// Hours as one cell of a table, in the notation of OpenStreetMap: `Mo-Fr 06:00-23:00; Sa,Su 07:00-14:00,17:00-01:00`.

const DAYS = ['Mo', 'Tu', 'We', 'Th', 'Fr', 'Sa', 'Su'] as const

export function hoursText(hours: OpeningHours): string {
  const byDay = DAYS.map((_, n) => spansText(inOrder(hours).filter(({ weekday }) => weekday === n + 1)))
  const wordings = [...new Set(byDay.filter((text) => text !== ''))]
  return wordings.map((text) => `${daysText(byDay.flatMap((day, n) => (day === text ? n : [])))} ${text}`).join('; ')
}

/** Null when the text is no hours. Whether they overlap is the schema's question. */
export function hoursIn(text: string): WeeklySpan[] | null {
  const rules = partsOf(text, ';').map((rule) => {
    const [, days = '', spans = ''] = /^([A-Za-z,\- ]+?)\s+([\d:,\- ]+)$/.exec(rule) ?? []
    const weekdays = weekdaysIn(days)
    const times = spansIn(spans)
    return weekdays && times ? weekdays.flatMap((weekday) => times.map((span) => ({ weekday, ...span }))) : null
  })
  return rules.every((rule) => rule !== null) ? inOrder(rules.flat()) : null
}

/** `2026-12-25 off "Christmas"; 2026-12-31 10:00-16:00` */
export const specialDaysText = (days: readonly SpecialDay[]): string =>
  days
    .toSorted((one, other) => (one.date < other.date ? -1 : 1))
    .map(({ date, hours, note }) => `${date} ${spansText(hours) || 'off'}${note ? ` "${note}"` : ''}`)
    .join('; ')

export function specialDaysIn(text: string): SpecialDay[] | null {
  const days = partsOf(text, ';').map((part) => {
    const match = /^(\d{4}-\d\d-\d\d)\s+(off|[\d:,\- ]+?)(?:\s+"([^"]*)")?$/i.exec(part)
    const hours = match && (match[2]?.toLowerCase() === 'off' ? [] : spansIn(match[2] ?? ''))
    return match && hours ? { date: match[1] ?? '', hours, note: match[3] ?? '' } : null
  })
  return days.every((day) => day !== null) ? days : null
}

const spansText = (spans: readonly Span[]) => spans.map(({ opens, closes }) => `${opens}-${closes}`).join(',')

/** Three days and more in a row are a range. */
function daysText(days: readonly number[]): string {
  const runs: [number, number][] = []
  for (const day of days) {
    const last = runs.at(-1)
    if (last && last[1] === day - 1) last[1] = day
    else runs.push([day, day])
  }
  return runs
    .flatMap(([from, to]) =>
      to - from > 1 ? `${DAYS[from]}-${DAYS[to]}` : from === to ? [DAYS[from]] : [DAYS[from], DAYS[to]],
    )
    .join(',')
}

function weekdaysIn(text: string): number[] | null {
  const days = partsOf(text, ',').map((part) => {
    const [from, to = from] = part.split('-').map((day) => dayNumber(day.trim()))
    if (!from || !to) return null
    const length = ((to - from + 7) % 7) + 1
    return Array.from({ length }, (_, n) => ((from - 1 + n) % 7) + 1)
  })
  return days.length > 0 && days.every((day) => day !== null) ? [...new Set(days.flat())] : null
}

const dayNumber = (text: string) => DAYS.findIndex((day) => day.toLowerCase() === text.toLowerCase()) + 1

function spansIn(text: string): Span[] | null {
  const spans = partsOf(text, ',').map((part) => {
    const match = /^(\d{1,2}:\d\d)\s*-\s*(\d{1,2}:\d\d)$/.exec(part)
    return match ? { opens: timeOf(match[1] ?? ''), closes: timeOf(match[2] ?? '') } : null
  })
  return spans.length > 0 && spans.every((span) => span !== null) ? spans : null
}

/** `6:00` is 06:00, and midnight at the end of a day is written 24:00 by many. */
const timeOf = (text: string) => (text === '24:00' ? '00:00' : text.padStart(5, '0'))

const partsOf = (text: string, separator: string) =>
  text
    .split(separator)
    .map((part) => part.trim())
    .filter((part) => part !== '')
