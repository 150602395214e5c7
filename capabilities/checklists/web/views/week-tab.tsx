'use client'
import { useEveryDueTask } from '@opsflow/capabilities/tasks/client'
import { useViewer } from '@opsflow/platform/client/viewer'
import { Button, Card, EmptyState, IconButton, SkeletonRows } from '@opsflow/platform/web'
import { CalendarDays, ChevronLeft, ChevronRight } from 'lucide-react'
import { useMemo } from 'react'
import { useTranslations } from 'use-intl'
import { useEveryOutcome, usePlaceHere, usePlan } from '../../client/index.ts'
import { Freshness } from './freshness.tsx'
import { dayIn, daysOf, nextDay, nodeIn, type TabProps, weekOf } from './params.ts'
import { useWords } from './use-words.ts'
import { WeekDay } from './week-day.tsx'
import { WeekGrid } from './week-grid.tsx'
import { taskRows, weekRows } from './week-rows.ts'

/** A week of one location: what was to be done on its business days, what became of it, and what is planned. */
export default function WeekTab({ params, scopeId, today, onParams }: TabProps) {
  const t = useTranslations('overview.week')
  const viewer = useViewer()
  const locationId =
    nodeIn(params, scopeId).locationId ?? viewer.locations.find(({ id }) => viewer.can('checklists.read', id))?.id ?? ''
  const from = weekOf(dayIn(params.from, today))
  const by = params.rows === 'role' ? 'role' : 'checklist'
  const week = useWeek(locationId, from, by, today)
  const words = useWords()
  const days = daysOf(from, 7)
  const goTo = (day: string) => onParams({ ...params, view: 'week', from: day, to: day })
  return (
    <div className="grid grid-cols-1 gap-4">
      <div className="flex flex-wrap items-center gap-2 print:hidden">
        <IconButton
          label={t('before')}
          icon={<ChevronLeft className="rtl:rotate-180" />}
          onClick={() => goTo(nextDay(from, -7))}
        />
        <h2 className="min-w-44 text-center text-[0.9375rem] font-semibold" aria-live="polite">
          {words.day(from)} – {words.day(nextDay(from, 6))}
        </h2>
        <IconButton
          label={t('after')}
          icon={<ChevronRight className="rtl:rotate-180" />}
          onClick={() => goTo(nextDay(from, 7))}
        />
        {weekOf(today) !== from && <Button onClick={() => goTo(today)}>{t('thisWeek')}</Button>}
        <div className="ms-auto flex gap-2">
          {(['checklist', 'role'] as const).map((one) => (
            <Button
              key={one}
              aria-pressed={by === one}
              className="aria-pressed:border-accent aria-pressed:bg-accent-tint"
              onClick={() => onParams({ ...params, view: 'week', rows: one })}
            >
              {t(`rows.${one}`)}
            </Button>
          ))}
        </div>
      </div>
      {week.isPending && <SkeletonRows rows={8} />}
      <Freshness asked={week.asked} />
      {!week.isPending && !week.asked.isError && week.rows.length === 0 && (
        <Card>
          <EmptyState compact icon={<CalendarDays aria-hidden />} title={t('empty')}>
            {t('emptyText')}
          </EmptyState>
        </Card>
      )}
      {week.rows.length > 0 && (
        <>
          <WeekGrid days={days} rows={week.rows} today={today} locationId={locationId} params={params} />
          <WeekDay key={from} days={days} rows={week.rows} today={today} locationId={locationId} params={params} />
        </>
      )}
    </div>
  )
}

function useWeek(locationId: string, from: string, by: 'checklist' | 'role', today: string) {
  const viewer = useViewer()
  const to = nextDay(from, 6)
  const here = usePlaceHere(locationId)
  const timezone = here?.timezone ?? viewer.locations.find(({ id }) => id === locationId)?.timezone ?? 'UTC'
  const dayStartsAt = here?.dayStartsAt ?? '04:00'
  const made = useEveryOutcome({ locationId, from, to }, locationId !== '')
  const plan = usePlan({ locationId, from, to }, locationId !== '' && to >= today)
  const asksTasks = viewer.can('tasks.read', locationId)
  const dueFrom = `${nextDay(from, -1)}T00:00:00Z`
  const tasks = useEveryDueTask({ locationId, dueFrom, dueUntil: `${nextDay(to, 2)}T00:00:00Z` }, asksTasks)
  const rows = useMemo(() => {
    const due = taskRows(tasks.data ?? [], { timezone, dayStartsAt }, today)
    const inWeek = due.filter(({ days }) => [...days.keys()].some((day) => day >= from && day <= to))
    return [...weekRows(made.data ?? [], plan.data?.items ?? [], by, today), ...inWeek]
  }, [made.data, plan.data, tasks.data, by, today, from, to, timezone, dayStartsAt])
  const all = [made, ...(asksTasks ? [tasks] : []), ...(to >= today ? [plan] : [])]
  const wrong = all.filter(({ isError }) => isError)
  return {
    rows,
    isPending: made.isPending || (asksTasks && tasks.isPending),
    asked: {
      data: all.every(({ data }) => data !== undefined) ? rows : undefined,
      dataUpdatedAt: Math.min(...all.map((one) => one.dataUpdatedAt)),
      isError: wrong.length > 0,
      error: wrong[0]?.error,
      refetch: () => wrong.map((one) => one.refetch()),
    },
  }
}
