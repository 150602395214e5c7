'use client'
import { cx, StatusShape, type Tone, toneEdge, toneTint } from '@opsflow/platform/web'
import { useTranslations } from 'use-intl'
import type { Process } from '../process.ts'
import type { Verdict } from '../verdict.ts'
import { boundText, toneOf, useClockTime, useDuration } from './words.tsx'

/** Where it stands: what is asked for and how long there is, or what has been proven, or why it failed and what may be done. */
export function VerdictCard({
  process,
  verdict,
  now,
  place,
}: {
  process: Process
  verdict: Verdict
  now: number
  place: { timezone: string; temperatureUnit: 'F' | 'C' }
}) {
  const t = useTranslations('processes')
  const duration = useDuration()
  const clock = useClockTime(place.timezone)
  const { next, result, failure, remedies } = verdict
  const isOver = process.state !== 'running'
  const mayReheat = remedies.includes('reheat')
  const mayBeDone = mayReheat ? t('mayReheat') : remedies.includes('cook') ? t('mayCook') : t('mustDiscard')
  const tone: Tone = isOver ? overTones[process.result] : toneOf(verdict, now)
  return (
    <section
      aria-label={t('standing')}
      className={cx('grid gap-2 rounded-xl border p-4 sm:p-5', toneEdge[tone], toneTint[tone])}
    >
      <p role="status" className="flex items-center gap-2.5 text-lg font-semibold tracking-[-0.01em]">
        <StatusShape tone={tone} className="size-6" />
        {isOver ? t(`over.${process.result}`) : t(`stands.${result}`)}
      </p>
      {(isOver ? process.failure : failure) && (
        <p className="font-medium">{t(`failures.${(isOver ? process.failure : failure) ?? 'time_is_up'}`)}</p>
      )}
      {isOver && process.disposition && <p>{t(`dispositions.${process.disposition}`)}</p>}
      {!isOver && next && process.kind !== 'date_mark' && (
        <>
          <p className="font-medium">{t(`asks.${next.ask}`, { time: clock(next.at) })}</p>
          <p className="flex flex-wrap items-baseline justify-between gap-x-6 gap-y-1">
            <span className="text-[2.75rem] leading-none font-semibold tracking-[-0.03em] tabular-nums">
              {next.at >= now ? duration(next.at - now) : t('late', { duration: duration(now - next.at) })}
            </span>
            {next.target && (
              <bdi dir="ltr" className="text-xl font-semibold">
                {boundText(next.target, place.temperatureUnit)}
              </bdi>
            )}
          </p>
        </>
      )}
      {!isOver && result === 'failed' && <p className="text-sm">{mayBeDone}</p>}
      <p className="text-sm text-ink-muted">{t('rules', { edition: t(`editions.${editionOf(process.edition)}`) })}</p>
    </section>
  )
}

const overTones: Record<Process['result'], Tone> = {
  running: 'info',
  passed: 'ok',
  failed: 'danger',
  stopped: 'neutral',
}

const EDITIONS = ['fda-2022', 'nyc-health-code', 'uk-2013', 'sct-2006', 'eu-853-2004'] as const
const editionOf = (edition: string) => EDITIONS.find((one) => one === edition) ?? 'fda-2022'
