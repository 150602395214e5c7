import { useViewer } from '@opsflow/platform/client/viewer'
import { useFormatter } from 'use-intl'

/** A day of the calendar, the same in every zone. */
export function useDay() {
  const format = useFormatter()
  return (day: string) => format.dateTime(new Date(`${day}T12:00:00Z`), { dateStyle: 'medium', timeZone: 'UTC' })
}

/** What day it is there: plans are judged by the calendar of their place, wherever they are written or read. */
export function useTodayAt(locationId: string): string {
  const { locations } = useViewer()
  return todayIn(locations.find(({ id }) => id === locationId)?.timezone)
}

export const todayIn = (timeZone = 'UTC', now = new Date()) =>
  new Intl.DateTimeFormat('en-CA', { timeZone }).format(now)

export const dayFrom = (day: string, days: number) =>
  new Date(Date.parse(`${day}T00:00:00Z`) + days * 86_400_000).toISOString().slice(0, 10)
