import { useMemo } from 'react'
import { useFormatter, useTranslations } from 'use-intl'
import type { Recurrence, SlotTime, Timing } from '../../schedule.ts'

const MOST_TIMES = 3
const sameDays = (days: readonly number[], others: readonly number[]) =>
  days.length === others.length && others.every((day) => days.includes(day))

/** A schedule’s days and times as a sentence would say them. */
export function useTimingWords() {
  const t = useTranslations('schedules.words')
  const format = useFormatter()
  return useMemo(() => {
    const weekday = (day: number, length: 'long' | 'short' = 'long') =>
      format.dateTime(new Date(Date.UTC(2024, 0, day)), { weekday: length, timeZone: 'UTC' }) // a Monday
    const clock = (at: string) =>
      format.dateTime(new Date(`2024-01-01T${at}:00Z`), { hour: 'numeric', minute: '2-digit', timeZone: 'UTC' })
    const date = (day: string) =>
      format.dateTime(new Date(`${day}T00:00:00Z`), { dateStyle: 'medium', timeZone: 'UTC' })
    const list = (words: readonly string[]) => format.list([...words], { type: 'conjunction' })
    const duration = (minutes: number) => {
      if (minutes % 1440 === 0 && minutes > 0) return t('days', { count: minutes / 1440 })
      if (minutes < 60) return t('minutes', { count: minutes })
      if (minutes % 60 === 0) return t('hours', { count: minutes / 60 })
      return t('hoursMinutes', { hours: Math.floor(minutes / 60), minutes: minutes % 60 })
    }
    const slot = (time: SlotTime) => {
      if (time.by === 'clock') return clock(time.at)
      if (time.minutes === 0) return t(`${time.by}.at`)
      const length = duration(Math.abs(time.minutes))
      return time.minutes < 0 ? t(`${time.by}.before`, { length }) : t(`${time.by}.after`, { length })
    }
    const dayOfMonth = (day: number) => (day === -1 ? t('lastDay') : String(day))
    const nth = (each: { nth: number; weekday: number }) =>
      t('nthWeekday', { nth: t(`nth.${each.nth as 1}`), weekday: weekday(each.weekday) })
    const days = (recurrence: Recurrence) => {
      const { interval } = recurrence
      if (recurrence.every === 'day') return t('everyDays', { count: interval })
      if (recurrence.every === 'week') {
        const { weekdays } = recurrence
        if (interval === 1 && weekdays.length === 7) return t('everyDays', { count: 1 })
        if (interval === 1 && sameDays(weekdays, [1, 2, 3, 4, 5]))
          return t('workdays', { from: weekday(1), to: weekday(5) })
        const named = list(weekdays.toSorted((one, other) => one - other).map((day) => weekday(day)))
        return t('everyWeeks', { count: interval, days: named })
      }
      const named = [...recurrence.days.map(dayOfMonth), ...recurrence.nth.map(nth)]
      return named.length === 0
        ? t('monthly', { count: interval })
        : t('everyMonths', { count: interval, days: list(named) })
    }
    const times = (slots: readonly SlotTime[]) => {
      const [first, last] = [slots[0], slots.at(-1)]
      if (!first || !last) return ''
      return slots.length > MOST_TIMES
        ? t('manyTimes', { count: slots.length, first: slot(first), last: slot(last) })
        : list(slots.map(slot))
    }
    const whole = ({ recurrence, slots }: Timing) => t('whole', { days: days(recurrence), times: times(slots) })
    return { weekday, clock, date, duration, slot, days, times, nth, whole, list }
  }, [t, format])
}
