'use client'
import { useViewer } from '@opsflow/platform/client/viewer'
import { Link, MoreWords, StatusShape } from '@opsflow/platform/web'
import { useFormatter, useTranslations } from 'use-intl'
import { useLastFinding } from '../client/index.ts'
import type { Finding } from '../finding.ts'
import { standingFix } from '../finding-change.ts'
import { messages } from './messages.ts'

/** Beside an item of an audit: that it failed last time, and what became of that. Needs no network. */
export function LastTime({
  list,
  itemId,
  entryId,
}: {
  list: { id: string; locationId: string; templateId: string }
  itemId: string
  entryId: string | null
}) {
  const finding = useLastFinding(list, itemId, entryId)
  return (
    finding && (
      <MoreWords of={messages}>
        <Said finding={finding} />
      </MoreWords>
    )
  )
}

function Said({ finding }: { finding: Finding }) {
  const t = useTranslations('findings.last')
  const format = useFormatter()
  const { locations } = useViewer()
  const timeZone = locations.find(({ id }) => id === finding.locationId)?.timezone
  const fix = standingFix(finding)
  const day = fix && format.dateTime(new Date(fix.at), { dateStyle: 'medium', ...(timeZone && { timeZone }) })
  const state = finding.state === 'withdrawn' ? 'open' : finding.state
  return (
    <aside className="flex items-start gap-3 rounded-xl border border-warn/40 bg-warn-tint px-4 py-3">
      <StatusShape tone="warn" className="mt-0.5 size-5" />
      <div className="min-w-0 flex-1">
        <p className="text-[0.9375rem] text-pretty">
          {t(state, { day: day ?? '', name: fix?.by?.name || t('someone') })}
          {finding.times > 1 && ` ${t('times', { times: finding.times })}`}
        </p>
        {fix?.note && <p className="mt-1 text-sm text-ink-muted">“{fix.note}”</p>}
      </div>
      <Link
        href={`/findings/one?id=${finding.id}`}
        className="-my-2 inline-flex min-h-target items-center text-sm font-medium text-accent-ink hover:underline"
      >
        {t('see')}
      </Link>
    </aside>
  )
}
