'use client'
import { useViewer } from '@opsflow/platform/client/viewer'
import { ButtonLink, Card, ErrorState, PageHeader, SkeletonRows, StatusBadge } from '@opsflow/platform/web'
import { FileText, PencilLine } from 'lucide-react'
import { useTranslations } from 'use-intl'
import { usePlan } from '../client/index.ts'
import type { HaccpPlan } from '../haccp-plan.ts'
import { ArchivedNote } from './archived-note.tsx'
import { useDay } from './days.ts'
import { LiveView } from './live-view.tsx'
import { PlanMenu } from './plan-menu.tsx'
import { ReviewPanel } from './review-panel.tsx'
import { Revisions } from './revisions.tsx'

/** A plan: is it kept to, and what was signed. */
export function PlanScreen({ id }: { id: string }) {
  const plan = usePlan(id)
  if (plan.isPending) return <SkeletonRows />
  if (plan.isError) return <ErrorState error={plan.error} onRetry={() => void plan.refetch()} />
  return <Plan plan={plan.data} />
}

function Plan({ plan }: { plan: HaccpPlan }) {
  const t = useTranslations('haccp.plan')
  const { locations, can } = useViewer()
  const day = useDay()
  const { inForce } = plan
  return (
    <>
      <PageHeader
        title={plan.name}
        text={[
          locations.find(({ id }) => id === plan.locationId)?.name,
          inForce && t('inForce', { number: inForce.number, day: day(inForce.signedAt.slice(0, 10)) }),
          inForce && t('reviewBy', { day: day(inForce.reviewDue) }),
        ]
          .filter(Boolean)
          .join(' · ')}
        back={{ href: '/audits/haccp', label: t('back') }}
        actions={
          <>
            {inForce && (
              <ButtonLink href={`/audits/haccp/revision?id=${inForce.id}`}>
                <FileText aria-hidden />
                {t('read')}
              </ButtonLink>
            )}
            {plan.archivedAt === null && can('haccp.write', plan.locationId) && (
              <ButtonLink href={`/audits/haccp/write?id=${plan.id}`} look={inForce ? 'secondary' : 'primary'}>
                <PencilLine aria-hidden />
                {t('write')}
              </ButtonLink>
            )}
            <PlanMenu plan={plan} />
          </>
        }
      />
      {plan.archivedAt !== null && <ArchivedNote plan={plan} />}
      {inForce && (
        <ReviewPanel
          plan={{ ...plan, inForce }}
          maySign={plan.archivedAt === null && can('haccp.sign', plan.locationId)}
        />
      )}
      {inForce && plan.isChanged && (
        <p className="mb-4">
          <StatusBadge tone="info">{t('changed')}</StatusBadge>
        </p>
      )}
      {inForce ? <LiveView plan={plan} /> : <Card className="p-5 text-ink-muted">{t('neverSigned')}</Card>}
      <Revisions plan={plan} />
    </>
  )
}
