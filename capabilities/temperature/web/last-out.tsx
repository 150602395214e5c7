'use client'
import { useViewer } from '@opsflow/platform/client/viewer'
import { Link, MoreWords, StatusShape } from '@opsflow/platform/web'
import { useFormatter, useTranslations } from 'use-intl'
import { useLastAction } from '../client/index.ts'
import type { CorrectiveActionRecord } from '../records.ts'
import { lastOutMessages } from './page-messages.ts'

/** Beside a unit in an audit: when it was out of its limit last before the visit, and what became of that. */
export function LastOut({ unitId, before }: { unitId: string; before: string }) {
  const action = useLastAction(unitId, before)
  return (
    action && (
      <MoreWords of={lastOutMessages}>
        <Said action={action} />
      </MoreWords>
    )
  )
}

function Said({ action: { id, locationId, openedAt, state } }: { action: CorrectiveActionRecord }) {
  const t = useTranslations('temperature.lastOut')
  const format = useFormatter()
  const timeZone = useViewer().locations.find((place) => place.id === locationId)?.timezone
  const day = format.dateTime(new Date(openedAt), { dateStyle: 'medium', ...(timeZone && { timeZone }) })
  return (
    <aside className="flex items-start gap-3 rounded-xl border border-warn/40 bg-warn-tint px-4 py-3">
      <StatusShape tone="warn" className="mt-0.5 size-5" />
      <p className="min-w-0 flex-1 text-[0.9375rem] text-pretty">
        {t(state === 'closed' || state === 'verified' ? state : 'open', { day })}
      </p>
      <Link
        href={`/corrective-actions/one?id=${id}`}
        className="-my-2 inline-flex min-h-target items-center text-sm font-medium text-accent-ink hover:underline"
      >
        {t('see')}
      </Link>
    </aside>
  )
}
