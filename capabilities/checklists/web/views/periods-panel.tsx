'use client'
import { ComplianceStrip, Definition, ErrorState, Panel, SkeletonRows } from '@opsflow/platform/web'
import { useFormatter, useTranslations } from 'use-intl'
import { useCompletion } from '../../client/index.ts'
import type { Outcome } from '../../outcome.ts'
import { FileLink } from './file-link.tsx'
import { markTones } from './outcome-mark.tsx'
import { noonOf } from './params.ts'

/** From the worst to the best. */
const PARTS: readonly Outcome[] = ['missed', 'late', 'done_late', 'excused', 'open', 'empty', 'on_time']
const DAY_MS = 86_400_000

type Query = { from: string; to: string; locationId?: string; groupId?: string }

/** Day by day, week by week or month by month, as many as can be told apart. */
export function PeriodsPanel({ query }: { query: Query }) {
  const t = useTranslations('overview')
  const format = useFormatter()
  const by = periodOf(query)
  const asked = useCompletion({ ...query, by })
  const nameOf = (key: string) =>
    format.dateTime(
      noonOf(key),
      by === 'month'
        ? { month: 'short', year: '2-digit', timeZone: 'UTC' }
        : { day: 'numeric', month: 'short', timeZone: 'UTC' },
    )
  return (
    <Panel
      title={
        <span className="inline-flex items-center gap-1">
          {t(`completion.by.${by}`)}
          <Definition of={t(`completion.by.${by}`)}>{t('completion.periods')}</Definition>
        </span>
      }
      actions={<FileLink path="checklist-completion.csv" query={{ ...query, by }} />}
    >
      {asked.isPending && <SkeletonRows rows={2} />}
      {asked.isError && !asked.data && <ErrorState compact error={asked.error} onRetry={() => void asked.refetch()} />}
      {asked.data && (
        <ComplianceStrip
          parts={PARTS.map((id) => ({ id, label: t(`outcome.${id}`), tone: markTones[id] }))}
          periods={[...asked.data.items]
            .sort((one, other) => one.key.localeCompare(other.key))
            .map(({ key, counts }) => ({ label: nameOf(key), counts }))}
          summary={t('completion.summary')}
          periodLabel={t('completion.period')}
        />
      )}
    </Panel>
  )
}

export function periodOf({ from, to }: Pick<Query, 'from' | 'to'>): 'day' | 'week' | 'month' {
  const days = (Date.parse(to) - Date.parse(from)) / DAY_MS + 1
  return days <= 14 ? 'day' : days <= 100 ? 'week' : 'month'
}
