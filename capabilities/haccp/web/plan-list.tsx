'use client'
import { useViewer } from '@opsflow/platform/client/viewer'
import { Button, Card, EmptyState, ErrorState, Link, SkeletonRows, StatusBadge } from '@opsflow/platform/web'
import { Plus, ShieldCheck } from 'lucide-react'
import { useState } from 'react'
import { useTranslations } from 'use-intl'
import { usePlans } from '../client/index.ts'
import type { PlanSummary } from '../haccp-plan.ts'
import { useDay } from './days.ts'
import { NewPlanDialog } from './new-plan.tsx'

/** Plans by their names: where, which revision is in force, when it is to be looked at again. */
export function PlanList({ locationId, onBegun }: { locationId: string | undefined; onBegun: (id: string) => void }) {
  const t = useTranslations('haccp.list')
  const { can } = useViewer()
  const { data, error, isError, isPending, refetch } = usePlans(locationId)
  const [beginning, setBeginning] = useState(false)
  const mayBegin = can('haccp.write', locationId)
  const begin = mayBegin && (
    <Button look="primary" onClick={() => setBeginning(true)}>
      <Plus aria-hidden />
      {t('new')}
    </Button>
  )
  return (
    <div className="grid gap-3">
      {data && data.length > 0 && <div className="flex justify-end">{begin}</div>}
      <Card>
        {isPending ? (
          <SkeletonRows className="p-5" />
        ) : isError && !data ? (
          <ErrorState error={error} onRetry={() => void refetch()} />
        ) : data.length === 0 ? (
          <EmptyState icon={<ShieldCheck aria-hidden />} title={t('none')} action={begin}>
            {t('noneText')}
          </EmptyState>
        ) : (
          <ul className="divide-y divide-line">
            {data.map((plan) => (
              <PlanRow key={plan.id} plan={plan} />
            ))}
          </ul>
        )}
      </Card>
      {beginning && (
        <NewPlanDialog
          locationId={locationId}
          plans={data ?? []}
          onClose={() => setBeginning(false)}
          onBegun={onBegun}
        />
      )}
    </div>
  )
}

function PlanRow({ plan }: { plan: PlanSummary }) {
  const t = useTranslations('haccp.list')
  const { locations } = useViewer()
  const day = useDay()
  const { inForce } = plan
  const isDue = inForce !== null && inForce.reviewDue <= new Date().toISOString().slice(0, 10)
  return (
    <li className="flex flex-wrap items-center gap-x-4 gap-y-2 px-4 py-3 sm:px-5">
      <div className="min-w-0 flex-1 basis-64">
        <Link
          href={inForce ? `/audits/haccp/plan?id=${plan.id}` : `/audits/haccp/write?id=${plan.id}`}
          className="-my-1 inline-flex min-h-target items-center rounded text-[0.9375rem] leading-snug font-medium text-pretty hover:underline"
        >
          {plan.name}
        </Link>
        <p className="dotted flex flex-wrap text-sm text-ink-muted">
          <span>{locations.find(({ id }) => id === plan.locationId)?.name}</span>
          <span>{t('points', { count: plan.points })}</span>
          {inForce && <span>{t('reviewBy', { day: day(inForce.reviewDue) })}</span>}
        </p>
      </div>
      {isDue && <StatusBadge tone="warn">{t('reviewDue')}</StatusBadge>}
      {inForce ? (
        <StatusBadge tone="ok">{t('inForce', { number: inForce.number })}</StatusBadge>
      ) : (
        <StatusBadge tone="neutral">{t('draft')}</StatusBadge>
      )}
    </li>
  )
}
