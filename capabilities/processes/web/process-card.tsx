'use client'
import { useUnsentIds } from '@opsflow/platform/client/sync/use-replica'
import { useViewer } from '@opsflow/platform/client/viewer'
import { cx, Link, StatusBadge, StatusShape, UnsentMark } from '@opsflow/platform/web'
import { useTranslations } from 'use-intl'
import { dateMarkOf, judgedAt, judgeProcess } from '../judge-process.ts'
import type { Process } from '../process.ts'
import { PROCESS } from '../sync-entities.ts'
import { boundText, toneOf, useClockTime, useDay, useDuration } from './words.tsx'

/** A process that runs: what it asks for, and how long there is for it, to be read from across the kitchen. */
export function ProcessCard({ process, now: clockNow }: { process: Process; now: number }) {
  const now = judgedAt(process, clockNow)
  const t = useTranslations('processes')
  const { locations } = useViewer()
  const place = locations.find(({ id }) => id === process.locationId)
  const isUnsent = useUnsentIds(PROCESS).has(process.id)
  const verdict = judgeProcess(process, now, place?.timezone ?? 'UTC')
  const tone = toneOf(verdict, now)
  const { next, result } = verdict
  const duration = useDuration()
  const clock = useClockTime(place?.timezone)
  const day = useDay()
  const { lastUseDate, daysLeftFrozen } = dateMarkOf(process, place?.timezone ?? 'UTC')
  const isLabel = process.kind === 'date_mark'
  const asks = next !== null && !isLabel
  return (
    <li>
      <Link
        href={`/processes/one?id=${process.id}`}
        className={cx(
          'grid h-full min-h-36 content-between gap-3 rounded-xl border p-4 shadow-card transition-colors hover:border-line-strong',
          tone === 'danger'
            ? 'border-danger/50 bg-danger-tint'
            : tone === 'warn'
              ? 'border-warn/50 bg-warn-tint'
              : 'border-line bg-surface',
        )}
      >
        <span className="flex items-start justify-between gap-3">
          <span className="min-w-0">
            <span className="block text-lg leading-snug font-semibold text-pretty">{process.product}</span>
            <span className="dotted flex flex-wrap text-sm text-ink-muted">
              <span>{t(`kinds.${process.kind}`)}</span>
              {process.batch && <span>{process.batch}</span>}
              {locations.length > 1 && <span>{place?.name}</span>}
            </span>
          </span>
          <StatusBadge tone={tone}>
            {isLabel && result === 'running' ? t('inDate') : t(`results.${result}`)}
          </StatusBadge>
        </span>
        <span className="flex flex-wrap items-end justify-between gap-x-4 gap-y-1">
          {asks && next && (
            <>
              <span className="min-w-0">
                <span className="block text-sm font-medium">{t(`asks.${next.ask}`, { time: clock(next.at) })}</span>
                {next.target && (
                  <bdi dir="ltr" className="text-sm text-ink-muted">
                    {boundText(next.target, place?.temperatureUnit ?? 'F')}
                  </bdi>
                )}
              </span>
              <span className="flex items-center gap-2 text-3xl font-semibold tracking-[-0.02em] tabular-nums">
                <StatusShape tone={tone} className="size-6" />
                {next.at >= now ? duration(next.at - now) : t('late', { duration: duration(now - next.at) })}
              </span>
            </>
          )}
          {!asks && result === 'failed' && verdict.failure && (
            <span className="text-sm font-medium">{t(`failures.${verdict.failure}`)}</span>
          )}
          {!asks && result !== 'failed' && isLabel && (
            <span className="text-lg font-semibold">
              {lastUseDate ? t('lastDay', { day: day(lastUseDate) }) : t('frozen', { count: daysLeftFrozen ?? 0 })}
            </span>
          )}
          {!asks && result === 'passed' && <span className="text-sm font-medium">{t('finishIt')}</span>}
          {!asks && result === 'running' && !isLabel && <span className="text-sm font-medium">{t('asks.any')}</span>}
        </span>
        {isUnsent && <UnsentMark />}
      </Link>
    </li>
  )
}
