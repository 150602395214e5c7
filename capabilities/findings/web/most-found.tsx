'use client'
import { Card, EmptyState, ErrorState, SkeletonRows } from '@opsflow/platform/web'
import { ClipboardCheck } from 'lucide-react'
import { useTranslations } from 'use-intl'
import { useMostFound } from '../client/index.ts'

/** Which questions fail most, with how often they failed again: where training or a repair pays. */
export function MostFound({ locationId }: { locationId: string | undefined }) {
  const t = useTranslations('findings')
  const { data, error, isError, refetch } = useMostFound(locationId)
  if (isError && !data) return <ErrorState error={error} onRetry={() => void refetch()} />
  if (!data) return <SkeletonRows className="p-5" />
  if (data.length === 0) {
    return (
      <Card className="mt-4">
        <EmptyState icon={<ClipboardCheck aria-hidden />} title={t('none.all')}>
          {t('none.allText')}
        </EmptyState>
      </Card>
    )
  }
  const most = Math.max(...data.map(({ found }) => found))
  return (
    <Card className="mt-4">
      <p className="px-4 pt-4 text-sm text-ink-muted sm:px-5">{t('most.text')}</p>
      <ol className="divide-y divide-line">
        {data.map(({ templateId, itemId, label, auditName, found, again, places, open }) => (
          <li key={`${templateId} ${itemId}`} className="grid gap-1.5 px-4 py-3 sm:px-5">
            <p className="flex items-baseline justify-between gap-4">
              <span className="min-w-0 text-[0.9375rem] leading-snug font-medium text-pretty">{label}</span>
              <span className="shrink-0 font-semibold tabular-nums">{t('most.found', { count: found })}</span>
            </p>
            <div aria-hidden className="h-1.5 overflow-hidden rounded-full bg-sunken">
              <div className="h-full rounded-full bg-warn" style={{ width: `${Math.round((found / most) * 100)}%` }} />
            </div>
            <p className="dotted flex flex-wrap text-sm text-ink-muted">
              <span>{auditName}</span>
              {again > 0 && <span>{t('most.again', { count: again })}</span>}
              <span>{t('most.places', { count: places })}</span>
              {open > 0 && <span>{t('most.open', { count: open })}</span>}
            </p>
          </li>
        ))}
      </ol>
    </Card>
  )
}
