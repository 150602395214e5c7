import { hoursOn, type Span, type Week } from '@opsflow/capabilities/locations'
import type { z } from 'zod'
import { midnight } from './calendar-day.ts'
import type { Recurrence, Season, Timing } from './schedule.ts'

const DAY_MS = 86_400_000

/** Is it to be done on this day of the location’s calendar? `week`: its hours, for days on which it is closed. */
export function fallsOn(timing: Timing, date: string, week: Week): boolean {
  const { from, to, seasons, except, onClosedDays, recurrence } = timing
  if (date < from || (to !== null && date > to) || except.includes(date)) return false
  if (seasons.length > 0 && !seasons.some((season) => isIn(season, date))) return false
  return recurs(recurrence, from, date) && (onClosedDays === 'keep' || !isClosedOn(week, date))
}

/** A location that has told no hours at all is taken to be open. */
export const isClosedOn = (week: Week, date: string): boolean =>
  (week.openingHours.length > 0 || week.specialDays.some((day) => day.date === date)) &&
  hoursOf(week, date).length === 0

const known = new WeakMap<Week, Map<string, readonly Span[]>>()

/** The hours of a date, looked for once: every schedule of a location asks for the same few days. */
export function hoursOf(week: Week, date: string): readonly Span[] {
  const days = known.get(week) ?? new Map<string, readonly Span[]>()
  known.set(week, days)
  const hours = days.get(date) ?? hoursOn(week, date)
  days.set(date, hours)
  return hours
}

/** From 11-01 to 03-31 runs over the new year. */
function isIn({ from, to }: z.output<typeof Season>, date: string): boolean {
  const day = date.slice(5)
  return from <= to ? from <= day && day <= to : day >= from || day <= to
}

/** Counted from the first day: in its week for weeks, in its month for months. */
function recurs(recurrence: Recurrence, from: string, date: string): boolean {
  const days = daysBetween(from, date)
  if (recurrence.every === 'day') return days % recurrence.interval === 0
  if (recurrence.every === 'week') {
    const weeks = Math.floor((days + weekdayOf(from) - 1) / 7)
    return weeks % recurrence.interval === 0 && recurrence.weekdays.includes(weekdayOf(date))
  }
  if (monthsBetween(from, date) % recurrence.interval !== 0) return false
  const { days: named, nth } = recurrence
  if (named.length === 0 && nth.length === 0) return isDayOfMonth(dayOf(from), date)
  return named.some((day) => isDayOfMonth(day, date)) || nth.some((each) => isNth(each, date))
}

/** 31 in a shorter month is its last day; −1 is the last day of every month. */
function isDayOfMonth(day: number, date: string): boolean {
  const last = lastDayOf(date)
  return dayOf(date) === (day === -1 ? last : Math.min(day, last))
}

function isNth({ nth, weekday }: { nth: number; weekday: number }, date: string): boolean {
  if (weekdayOf(date) !== weekday) return false
  return nth === -1 ? dayOf(date) + 7 > lastDayOf(date) : Math.ceil(dayOf(date) / 7) === nth
}

const daysBetween = (from: string, to: string) => Math.round((midnight(to) - midnight(from)) / DAY_MS)
const weekdayOf = (date: string) => new Date(midnight(date)).getUTCDay() || 7
const dayOf = (date: string) => Number(date.slice(8))
const monthsBetween = (from: string, to: string) =>
  (Number(to.slice(0, 4)) - Number(from.slice(0, 4))) * 12 + Number(to.slice(5, 7)) - Number(from.slice(5, 7))
const lastDayOf = (date: string) =>
  new Date(Date.UTC(Number(date.slice(0, 4)), Number(date.slice(5, 7)), 0)).getUTCDate()
