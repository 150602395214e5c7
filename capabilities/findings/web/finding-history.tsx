'use client'
import { useEvidence } from '@opsflow/capabilities/evidence/client'
import { EvidencePhotos } from '@opsflow/capabilities/evidence/web'
import { useViewer } from '@opsflow/platform/client/viewer'
import { cx, DoubtfulTime, Link, Moment, ReceivedLater, StatusBadge } from '@opsflow/platform/web'
import { useFormatter, useTranslations } from 'use-intl'
import type { Finding, FindingStep } from '../finding.ts'

/** Who did what and when. Nothing in it is ever changed. */
export function FindingHistory({ finding }: { finding: Finding }) {
  const t = useTranslations('findings')
  const format = useFormatter()
  const { locations } = useViewer()
  const evidence = useEvidence('finding', finding.id)
  const timeZone = locations.find(({ id }) => id === finding.locationId)?.timezone
  return (
    <ol className="grid gap-4">
      {finding.history.map((step) => {
        const photos = step.step === 'fixed' ? evidence.filter(({ namedAt }) => isAt(namedAt, step.at)) : []
        return (
          <li key={`${step.id} ${step.step}`} className="relative ps-5">
            <span aria-hidden className={cx('absolute start-0 top-1.5 size-2 rounded-full', dots[step.step])} />
            <p className="flex flex-wrap items-center gap-2 text-[0.9375rem] font-medium">
              {t(`history.${step.step}`)}
              {step.outcome === 'superseded' && <StatusBadge tone="neutral">{t('history.superseded')}</StatusBadge>}
            </p>
            {step.note && <p className="text-[0.9375rem] whitespace-pre-line">{step.note}</p>}
            {step.cause && <p className="text-sm text-ink-muted">{t(`causes.${step.cause}`)}</p>}
            {step.cost && (
              <p className="text-sm text-ink-muted">
                {t('history.cost', {
                  amount: format.number(step.cost.micro / 1_000_000, {
                    style: 'currency',
                    currency: step.cost.currency,
                  }),
                })}
              </p>
            )}
            {photos.length > 0 && (
              <div className="my-1.5">
                <EvidencePhotos items={photos} />
              </div>
            )}
            <p className="mt-0.5 text-sm text-ink-muted">
              {step.by?.name && `${step.by.name} · `}
              {step.kiosk && `${step.kiosk.name} · `}
              <Moment at={step.at} timeZone={timeZone} />
              {step.signature === 'offline' && ` · ${t('history.signedOffline')}`}
            </p>
            {step.checklistId && (
              <Link
                href={`/checklists/record?id=${step.checklistId}`}
                className="inline-flex min-h-target items-center text-sm font-medium text-accent-ink hover:underline"
              >
                {t('one.audit')}
              </Link>
            )}
            {step.timeQuality === 'doubtful' && <DoubtfulTime />}
            <ReceivedLater at={step.at} receivedAt={step.receivedAt} />
          </li>
        )
      })}
    </ol>
  )
}

/** The photos that were named with this step, in its own transaction: at its instant. */
const isAt = (named: string, at: string) => Date.parse(named) === Date.parse(at)

const dots: Record<FindingStep['step'], string> = {
  opened: 'bg-danger',
  fixed: 'bg-accent',
  sent_back: 'bg-danger',
  verified: 'bg-ok',
  repeated: 'bg-danger',
  resolved: 'bg-ok',
  withdrawn: 'bg-line-strong',
}
