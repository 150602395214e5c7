'use client'
import { useViewer } from '@opsflow/platform/client/viewer'
import { Button, cx, ErrorState, Field, Input, Link, SkeletonRows, StatusBadge, type Tone } from '@opsflow/platform/web'
import { useState } from 'react'
import { useFormatter, useTranslations } from 'use-intl'
import { useMonitoring } from '../client/index.ts'
import type { Deviation, HaccpPlan, MonitoredControl, MonitoredTie, PlanMonitoring } from '../haccp-plan.ts'
import type { Standing } from '../monitored.ts'
import { dayFrom, todayIn, useDay } from './days.ts'
import { DeviationList } from './deviation-list.tsx'
import { ReportLinks } from './report-links.tsx'

const SPANS = { today: 1, week: 7, month: 28, quarter: 91 } as const

const TONES: Record<Standing, Tone> = {
  as_planned: 'ok',
  partly: 'warn',
  not_monitored: 'danger',
  nothing_due: 'neutral',
  not_tied: 'neutral',
}

/** Is the signed plan kept to, in these days? Each point with its numbers; nothing is said to be fine that nobody measured. */
export function LiveView({ plan }: { plan: HaccpPlan }) {
  const t = useTranslations('haccp.live')
  const { locations } = useViewer()
  const zone = locations.find(({ id }) => id === plan.locationId)?.timezone ?? 'UTC'
  const here = todayIn(zone)
  const [span, setSpan] = useState({ from: dayFrom(here, -6), to: here })
  const asked = useMonitoring(plan.id, span)
  const set = (from: string, to: string) => from && to && from <= to && setSpan({ from, to })
  return (
    <section aria-label={t('title')}>
      <fieldset className="mb-4 flex flex-wrap items-end gap-3 print:hidden">
        <legend className="sr-only">{t('days')}</legend>
        <Field label={t('from')}>
          <Input type="date" value={span.from} max={span.to} onChange={({ target }) => set(target.value, span.to)} />
        </Field>
        <Field label={t('to')}>
          <Input type="date" value={span.to} min={span.from} onChange={({ target }) => set(span.from, target.value)} />
        </Field>
        <div className="flex flex-wrap gap-2">
          {(Object.keys(SPANS) as (keyof typeof SPANS)[]).map((name) => (
            <Button
              key={name}
              aria-pressed={span.to === here && span.from === dayFrom(here, 1 - SPANS[name])}
              onClick={() => set(dayFrom(here, 1 - SPANS[name]), here)}
              className="aria-pressed:border-accent aria-pressed:bg-accent-tint"
            >
              {t(`spans.${name}`)}
            </Button>
          ))}
        </div>
      </fieldset>
      {asked.isPending ? (
        <SkeletonRows />
      ) : asked.isError && !asked.data ? (
        <ErrorState error={asked.error} onRetry={() => void asked.refetch()} />
      ) : (
        <Controls told={asked.data} isOld={asked.isPlaceholderData} />
      )}
    </section>
  )
}

function Controls({ told, isOld }: { told: PlanMonitoring; isOld: boolean }) {
  const t = useTranslations('haccp.live')
  const day = useDay()
  const signed = told.revision.signedAt.slice(0, 10)
  return (
    <div className={cx('grid gap-4 transition-opacity', isOld && 'opacity-60')} aria-busy={isOld}>
      {signed > told.from && <p className="text-sm text-ink-muted">{t('signedSince', { day: day(signed) })}</p>}
      {told.controls.map((control) => (
        <Control key={control.id} control={control} told={told} />
      ))}
    </div>
  )
}

function Control({ control, told }: { control: MonitoredControl; told: PlanMonitoring }) {
  const t = useTranslations('haccp.live')
  const { number, stepName, standing, limits, ties, deviations, hazards } = control
  return (
    <section
      aria-label={`${number} ${stepName}`}
      className="min-w-0 rounded-xl border border-line bg-surface shadow-card"
    >
      <header className="flex flex-wrap items-start gap-x-4 gap-y-2 px-4 pt-4 sm:px-5">
        <div className="min-w-0 flex-1 basis-64">
          <h2 className="text-[1.0625rem] leading-snug font-semibold tracking-[-0.01em]">
            <span className="me-2 font-mono text-[0.9375rem] text-ink-muted">{number}</span>
            {stepName}
          </h2>
          <p className="mt-0.5 text-sm text-ink-muted">{hazards.join(' · ')}</p>
          <p className="mt-1 text-sm font-medium">{limits.join(' · ')}</p>
        </div>
        <div className="text-end max-sm:text-start">
          <StatusBadge tone={TONES[standing]}>{t(`standings.${standing}`)}</StatusBadge>
          <p className="mt-1 text-sm tabular-nums text-ink-muted">
            <Counted {...control} />
          </p>
        </div>
        <ReportLinks pointId={control.id} number={number} told={told} />
      </header>
      <div className="mt-3 grid border-t border-line lg:grid-cols-2 lg:divide-x lg:divide-line">
        <div className="min-w-0 px-4 py-3 sm:px-5">
          <h3 className="text-sm font-semibold">{t('monitoring')}</h3>
          <ul className="divide-y divide-line">
            {ties.map((tie) => (
              <TieRow key={tie.id} tie={tie} />
            ))}
          </ul>
        </div>
        <Deviations deviations={deviations} standing={standing} />
      </div>
    </section>
  )
}

/** "46 of 48, 2 too late"; where nothing was due it says so and gives no number. */
function Counted({ expected, done, late }: Pick<MonitoredTie, 'expected' | 'done' | 'late'>) {
  const t = useTranslations('haccp.live')
  if (expected === 0) return <>{t('nothingDue')}</>
  return (
    <>
      {t('counted', { done, expected })}
      {late > 0 && ` · ${t('late', { count: late })}`}
      {done < expected && ` · ${t('missing', { count: expected - done })}`}
    </>
  )
}

function TieRow({ tie }: { tie: MonitoredTie }) {
  const t = useTranslations('haccp')
  const format = useFormatter()
  const name = tie.kind === 'process' ? t(`processes.${tie.name as 'cooling'}`) : tie.name
  return (
    <li className="flex flex-wrap items-center gap-x-3 gap-y-1 py-2">
      <div className="min-w-0 flex-1 basis-40">
        {tie.unitId ? (
          <Link
            href={`/temperature/unit?id=${tie.unitId}`}
            className="-my-2 inline-flex min-h-target items-center text-[0.9375rem] font-medium hover:underline"
          >
            {name}
          </Link>
        ) : (
          <p className="text-[0.9375rem] font-medium">{name}</p>
        )}
        <p className="dotted flex flex-wrap text-sm text-ink-muted">
          <span>{t(`live.kinds.${tie.kind}`)}</span>
          <span className="tabular-nums">
            <Counted {...tie} />
          </span>
          {tie.brief > 0 && <span>{t('live.brief', { count: tie.brief })}</span>}
          {tie.lastAt && (
            <span>
              {t('live.lastAt', {
                at: format.dateTime(new Date(tie.lastAt), { dateStyle: 'short', timeStyle: 'short' }),
              })}
            </span>
          )}
        </p>
      </div>
      <StatusBadge tone={TONES[tie.standing]}>{t(`live.standings.${tie.standing}`)}</StatusBadge>
    </li>
  )
}

/** What deviated and what was done. None, where nothing was monitored, proves nothing: that is said. */
function Deviations({
  deviations: { count, open, items },
  standing,
}: {
  deviations: { count: number; open: number; items: Deviation[] }
  standing: Standing
}) {
  const t = useTranslations('haccp.live')
  const isBlind = standing === 'not_monitored' || standing === 'nothing_due' || standing === 'not_tied'
  return (
    <div className="min-w-0 px-4 py-3 max-lg:border-t max-lg:border-line sm:px-5">
      <h3 className="flex flex-wrap items-center gap-2 text-sm font-semibold">
        {t('deviations', { count })}
        {open > 0 && <StatusBadge tone="danger">{t('open', { count: open })}</StatusBadge>}
      </h3>
      {count === 0 ? (
        <p className="py-2 text-sm text-ink-muted">{t(isBlind ? 'noneSeen' : 'none')}</p>
      ) : (
        <DeviationList items={items} count={count} />
      )}
    </div>
  )
}
