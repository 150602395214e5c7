import { useViewer } from '@opsflow/platform/client/viewer'
import { useFormatter, useTranslations } from 'use-intl'
import { noonOf } from './params.ts'

/** Days, times, places and roles as they are written. A time is the location’s own. */
export function useWords() {
  const t = useTranslations('overview')
  const tasks = useTranslations('tasks.roles')
  const format = useFormatter()
  const { locations } = useViewer()
  const zoneOf = (locationId: string) => {
    const timeZone = locations.find(({ id }) => id === locationId)?.timezone
    return timeZone ? { timeZone } : {}
  }
  return {
    day: (day: string) =>
      format.dateTime(noonOf(day), { weekday: 'short', day: 'numeric', month: 'short', timeZone: 'UTC' }),
    longDay: (day: string) =>
      format.dateTime(noonOf(day), { weekday: 'long', day: 'numeric', month: 'long', timeZone: 'UTC' }),
    weekday: (day: string) => format.dateTime(noonOf(day), { weekday: 'short', timeZone: 'UTC' }),
    month: (day: string) => format.dateTime(noonOf(day), { month: 'long', year: 'numeric', timeZone: 'UTC' }),
    time: (at: string, locationId: string) =>
      format.dateTime(new Date(at), { timeStyle: 'short', ...zoneOf(locationId) }),
    moment: (at: string, locationId: string) =>
      format.dateTime(new Date(at), { dateStyle: 'medium', timeStyle: 'short', ...zoneOf(locationId) }),
    share: (value: number | null) =>
      value === null ? '–' : format.number(value, { style: 'percent', maximumFractionDigits: 1 }),
    place: (locationId: string) => locations.find(({ id }) => id === locationId)?.name ?? '',
    role: (role: string | null, name: string | null) =>
      role === null
        ? t('whoeverIsOn')
        : (name ?? tasks(role === 'org:admin' ? 'admin' : role === 'org:manager' ? 'manager' : 'member')),
  }
}
