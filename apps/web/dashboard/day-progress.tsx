'use client'
import { useWeek } from '@opsflow/capabilities/temperature/client'
import { useTranslations } from 'use-intl'
import type { Board } from './board-of.ts'
import { daysOf } from './week-of.ts'

/** How far this business day has come: what is done beside what is still open. */
export function DayProgress({ locations, open }: { locations: Board['locations']; open: number }) {
  const t = useTranslations('app.dashboard')
  const week = useWeek()
  // What was done today only the server counts; without it a bar would say that nothing was.
  if (week.isError && !week.data) return null
  const done = week.data ? (daysOf(week.data, new Set(locations.map(({ id }) => id))).at(-1)?.tasksDone ?? 0) : 0
  const all = done + open
  return (
    <div className="rounded-xl border border-line bg-surface px-4 py-3 shadow-card sm:px-5">
      <p className="flex items-baseline justify-between gap-3 text-sm">
        <span className="font-semibold">{t('progress.title')}</span>
        <span className="text-ink-muted tabular-nums">{t('progress.text', { done, all })}</span>
      </p>
      <div aria-hidden className="mt-2 h-2.5 overflow-hidden rounded-full bg-sunken">
        <div className="h-full rounded-full bg-ok" style={{ width: `${all === 0 ? 100 : (done / all) * 100}%` }} />
      </div>
    </div>
  )
}
