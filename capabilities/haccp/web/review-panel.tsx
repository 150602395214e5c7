import { ButtonLink, Panel, StatusBadge } from '@opsflow/platform/web'
import { PenLine } from 'lucide-react'
import { useFormatter, useTranslations } from 'use-intl'
import type { HaccpPlan, InForce } from '../haccp-plan.ts'
import { reviewStanding } from '../review.ts'
import { useDay, useTodayAt } from './days.ts'

/** When it was last looked at and by whom, and until when that is good. */
export function ReviewPanel({ plan, maySign }: { plan: HaccpPlan & { inForce: InForce }; maySign: boolean }) {
  const t = useTranslations('haccp.review')
  const format = useFormatter()
  const day = useDay()
  const { id, reviewDue, reviewed, signedAt, signedBy } = plan.inForce
  const at = (instant: string) => format.dateTime(new Date(instant), { dateStyle: 'long', timeStyle: 'short' })
  return (
    <Panel title={t('title')} className="mb-6">
      <div className="flex flex-wrap items-center gap-x-4 gap-y-3">
        <div className="grid min-w-0 flex-1 basis-72 gap-1 text-[0.9375rem]">
          <p className="flex flex-wrap items-center gap-x-3 gap-y-1">
            {t('dueBy', { day: day(reviewDue) })}
            <ReviewBadge due={reviewDue} locationId={plan.locationId} />
          </p>
          <p className="text-ink-muted">
            {reviewed
              ? t('reviewedBy', { name: reviewed.by?.name ?? 'OpsFlow', at: at(reviewed.at) })
              : t('neverReviewed', { name: signedBy?.name ?? 'OpsFlow', at: at(signedAt) })}
          </p>
          {reviewed?.comment && <p className="text-pretty">{reviewed.comment}</p>}
        </div>
        {maySign && (
          <ButtonLink href={`/audits/haccp/revision?id=${id}`} className="print:hidden">
            <PenLine aria-hidden />
            {t('readAndSign')}
          </ButtonLink>
        )}
      </div>
    </Panel>
  )
}

/** Nothing while there is time. */
export function ReviewBadge({ due, locationId }: { due: string; locationId: string }) {
  const t = useTranslations('haccp.review')
  const standing = reviewStanding(due, useTodayAt(locationId))
  if (standing === 'good') return null
  return <StatusBadge tone={standing === 'overdue' ? 'danger' : 'warn'}>{t(standing)}</StatusBadge>
}
