'use client'
import type { Evidence } from '@opsflow/capabilities/evidence'
import { EvidencePhotos } from '@opsflow/capabilities/evidence/web'
import { useViewer } from '@opsflow/platform/client/viewer'
import { cx, DoubtfulTime, Moment, ReceivedLater, StatusBadge, Temperature } from '@opsflow/platform/web'
import { useTranslations } from 'use-intl'
import type { CorrectiveActionRecord, CorrectiveActionStep } from '../records.ts'

/** Who did what and when. Nothing in it is ever changed. */
export function ActionHistory({ action, evidence }: { action: CorrectiveActionRecord; evidence: readonly Evidence[] }) {
  const t = useTranslations('temperature')
  const viewer = useViewer()
  const timeZone = viewer.locations.find((location) => location.id === action.locationId)?.timezone
  return (
    <ol className="grid gap-4">
      {action.history.map((entry) => (
        <li key={`${entry.step}-${entry.at}`} className="relative ps-5">
          <span aria-hidden className={cx('absolute start-0 top-1.5 size-2 rounded-full', dotOf(entry))} />
          <p className="flex flex-wrap items-center gap-2 text-[0.9375rem] font-medium">
            {t(`history.${entry.step}`)}
            {entry.outcome === 'superseded' && <StatusBadge tone="neutral">{t('history.superseded')}</StatusBadge>}
          </p>
          <Said entry={entry} />
          {entry.step === 'response' && <Proof items={evidence.filter(({ namedAt }) => isAt(namedAt, entry.at))} />}
          <p className="mt-0.5 text-sm text-ink-muted">
            {entry.by && `${entry.by.name} · `}
            {entry.kiosk && `${t('onTablet', { tablet: entry.kiosk.name })} · `}
            <Moment at={entry.at} timeZone={timeZone} />
            {entry.signature === 'offline' && ` · ${t('history.signedOffline')}`}
          </p>
          {entry.timeQuality === 'doubtful' && <DoubtfulTime />}
          <ReceivedLater at={entry.at} receivedAt={entry.receivedAt} />
        </li>
      ))}
    </ol>
  )
}

/** The photos that were named with this step, in its own transaction: at its instant. */
const isAt = (named: string, at: string) => Date.parse(named) === Date.parse(at)

const Proof = ({ items }: { items: readonly Evidence[] }) =>
  items.length > 0 && (
    <div className="my-1.5">
      <EvidencePhotos items={items} />
    </div>
  )

function Said({ entry }: { entry: CorrectiveActionStep }) {
  const t = useTranslations('temperature')
  return (
    <>
      {entry.value && (
        <p className="text-sm">
          <Temperature value={entry.value} className="font-medium" />
          {entry.passed !== null && ` · ${t(entry.passed ? 'action.withinLimit' : 'action.stillOutside')}`}
        </p>
      )}
      {entry.cause && (
        <p className="text-sm">
          {[
            t(`causes.${entry.cause}`),
            entry.action && t(`actions.${entry.action}`),
            entry.disposition && t(`dispositions.${entry.disposition}`),
          ]
            .filter(Boolean)
            .join(' → ')}
        </p>
      )}
      {entry.note && <p className="text-sm text-ink-muted">“{entry.note}”</p>}
    </>
  )
}

function dotOf({ step, passed }: CorrectiveActionStep) {
  if (step === 'opened' || passed === false) return 'bg-danger'
  if (step === 'closure' || step === 'verification' || passed) return 'bg-ok'
  return 'bg-accent'
}
