'use client'
import { Card, EmptyState, ErrorState, SkeletonRows, StatusBadge } from '@opsflow/platform/web'
import { Trophy } from 'lucide-react'
import { useState } from 'react'
import { useFormatter, useTranslations } from 'use-intl'
import { useLeague } from '../client/index.ts'
import type { LeaguePlace } from '../league.ts'
import type { AuditType } from '../scoring.ts'
import { useScoreWords } from './score-words.ts'

const DAY_MS = 86_400_000

/** Locations by the average of a year's audits; with how many they are and how old, so that a number is not trusted too far. */
export function League({ auditType }: { auditType: AuditType | undefined }) {
  const t = useTranslations('audits.leagueTable')
  const [span] = useState(lastYear)
  const { data, error, isError, refetch } = useLeague({ ...span, auditType })
  if (isError && !data) return <ErrorState error={error} onRetry={() => void refetch()} />
  if (!data) return <SkeletonRows className="p-5" />
  if (data.length === 0) {
    return (
      <Card>
        <EmptyState icon={<Trophy aria-hidden />} title={t('none')}>
          {t('noneText')}
        </EmptyState>
      </Card>
    )
  }
  return (
    <Card>
      <p className="px-4 pt-4 text-sm text-ink-muted sm:px-5">{t('text')}</p>
      <ol className="divide-y divide-line">
        {data.map((place) => (
          <PlaceRow key={place.locationId} place={place} />
        ))}
      </ol>
    </Card>
  )
}

function PlaceRow({ place }: { place: LeaguePlace }) {
  const t = useTranslations('audits.leagueTable')
  const format = useFormatter()
  const { percent } = useScoreWords()
  const { rank, name, audits, average, lowest, highest, latest, latestDate, failed, standing } = place
  const day = format.dateTime(new Date(`${latestDate}T12:00:00Z`), { dateStyle: 'medium', timeZone: 'UTC' })
  return (
    <li className="flex items-center gap-4 px-4 py-3 sm:px-5">
      <span className="w-8 shrink-0 text-center text-lg font-semibold text-ink-muted tabular-nums">
        {rank ?? <span aria-hidden>–</span>}
      </span>
      <div className="min-w-0 flex-1">
        <p className="text-[0.9375rem] leading-snug font-medium">{name}</p>
        <p className="dotted flex flex-wrap text-sm text-ink-muted">
          <span>{t('audits', { count: audits })}</span>
          <span>{t('latest', { score: percent(latest), day })}</span>
          {audits > 1 && <span>{t('range', { lowest: percent(lowest), highest: percent(highest) })}</span>}
          {failed > 0 && <span>{t('failed', { count: failed })}</span>}
        </p>
      </div>
      {standing !== 'ranked' && <StatusBadge tone="neutral">{t(standing)}</StatusBadge>}
      <bdi dir="ltr" className="text-lg font-semibold tabular-nums">
        {percent(average)}
      </bdi>
    </li>
  )
}

function lastYear(): { from: string; to: string } {
  const day = (ms: number) => new Date(ms).toISOString().slice(0, 10)
  // A day ahead: somewhere it is tomorrow already.
  return { from: day(Date.now() - 364 * DAY_MS), to: day(Date.now() + DAY_MS) }
}
