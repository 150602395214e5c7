'use client'
import { milliText } from '@opsflow/capabilities/temperature'
import type { Tone } from '@opsflow/platform/web'
import { useFormatter, useTranslations } from 'use-intl'
import type { Bound, Verdict } from '../verdict.ts'

const MINUTE = 60_000

/** A limit as it is printed, the unit of the place first: '≤ 70 °F (21 °C)'. */
export function boundText({ op, milliF, milliC }: Bound, unit: 'F' | 'C'): string {
  const sign = { '<=': '≤', '<': '<', '>=': '≥', '>': '>', 'abs<=': '±' }[op]
  const printed = {
    F: milliF === null ? null : `${milliText(milliF)} °F`,
    C: milliC === null ? null : `${milliText(milliC)} °C`,
  }
  const [first, second] = unit === 'F' ? [printed.F, printed.C] : [printed.C, printed.F]
  const text = first === null ? second : second === null ? first : `${first} (${second})`
  return `${sign} ${text}`.replace('-', '−')
}

/** How long until then, or since: '1 h 42 min', '8 min'. */
export function useDuration() {
  const t = useTranslations('processes')
  return (ms: number) => {
    const minutes = Math.max(0, Math.ceil(Math.abs(ms) / MINUTE))
    const hours = Math.floor(minutes / 60)
    if (hours >= 48) return t('days', { count: Math.floor(hours / 24) })
    return hours > 0 ? t('hoursMinutes', { hours, minutes: minutes % 60 }) : t('minutes', { minutes })
  }
}

/** The clock at the place. */
export function useClockTime(timeZone: string | undefined) {
  const format = useFormatter()
  return (at: number | string) => format.dateTime(new Date(at), { timeStyle: 'short', ...(timeZone && { timeZone }) })
}

/** A day as it stands on a label. */
export function useDay() {
  const format = useFormatter()
  return (day: string, style: 'long' | 'medium' = 'medium') =>
    format.dateTime(new Date(`${day}T12:00:00Z`), {
      ...(style === 'long'
        ? { weekday: 'long', day: 'numeric', month: 'long' }
        : { weekday: 'short', day: 'numeric', month: 'short' }),
      timeZone: 'UTC',
    })
}

/** How urgent what is asked for is: red when it has failed, amber when little time is left or the time for a look is over. */
export function toneOf({ result, next }: Verdict, now: number): Tone {
  if (result === 'failed') return 'danger'
  if (result === 'passed') return 'ok'
  if (next !== null && next.at - now <= 15 * MINUTE) return 'warn'
  return 'info'
}
