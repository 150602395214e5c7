'use client'
import { useViewer } from '@opsflow/platform/client/viewer'
import { Button, Card, EmptyState, ErrorState, Link, SkeletonRows, StatusBadge } from '@opsflow/platform/web'
import { Archive, Plus, ShieldCheck } from 'lucide-react'
import { useState } from 'react'
import { useTranslations } from 'use-intl'
import { usePlans } from '../client/index.ts'
import type { PlanSummary } from '../haccp-plan.ts'
import { useDay } from './days.ts'
import { NewPlanDialog } from './new-plan.tsx'
import { PlanMenu } from './plan-menu.tsx'
import { ReviewBadge } from './review-panel.tsx'

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
      <Archived locationId={locationId} />
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

/** What is out of use, for whoever may bring it back: fetched when someone looks. */
function Archived({ locationId }: { locationId: string | undefined }) {
  const t = useTranslations('haccp.list')
  const { can } = useViewer()
  const [isOpen, setOpen] = useState(false)
  const { data, error, isError, isLoading, refetch } = usePlans(locationId, { archived: true, isOn: isOpen })
  if (!can('haccp.write', locationId)) return null
  return (
    <section aria-label={t('archivedPlans')}>
      <Button look="quiet" aria-expanded={isOpen} onClick={() => setOpen(!isOpen)}>
        <Archive aria-hidden />
        {t('archivedPlans')}
      </Button>
      {isOpen && (
        <Card className="mt-2">
          {isLoading ? (
            <SkeletonRows rows={2} className="p-5" />
          ) : isError && !data ? (
            <ErrorState error={error} onRetry={() => void refetch()} />
          ) : data?.length === 0 ? (
            <p className="p-5 text-sm text-ink-muted">{t('noneArchived')}</p>
          ) : (
            <ul className="divide-y divide-line">
              {data?.map((plan) => (
                <PlanRow key={plan.id} plan={plan} />
              ))}
            </ul>
          )}
        </Card>
      )}
    </section>
  )
}

function PlanRow({ plan }: { plan: PlanSummary }) {
  const t = useTranslations('haccp.list')
  const { locations } = useViewer()
  const day = useDay()
  const { inForce } = plan
  return (
    <li className="flex flex-wrap items-center gap-x-4 gap-y-2 px-4 py-3 sm:px-5">
      <div className="min-w-0 flex-1 basis-64">
        <Link
          href={
            inForce || plan.archivedAt !== null
              ? `/audits/haccp/plan?id=${plan.id}`
              : `/audits/haccp/write?id=${plan.id}`
          }
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
      {plan.archivedAt !== null ? (
        <StatusBadge tone="neutral">{t('archived')}</StatusBadge>
      ) : inForce ? (
        <>
          <ReviewBadge due={inForce.reviewDue} locationId={plan.locationId} />
          <StatusBadge tone="ok">{t('inForce', { number: inForce.number })}</StatusBadge>
        </>
      ) : (
        <StatusBadge tone="neutral">{t('draft')}</StatusBadge>
      )}
      <div className="ml-auto">
        <PlanMenu plan={plan} />
      </div>
    </li>
  )
}
