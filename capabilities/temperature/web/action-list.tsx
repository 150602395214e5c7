'use client'
import { useUnsentIds } from '@opsflow/platform/client/sync/use-replica'
import { useViewer } from '@opsflow/platform/client/viewer'
import { EmptyState, Link, RelativeTime, StatusBadge, type Tone, UnsentMark } from '@opsflow/platform/web'
import { ClipboardCheck } from 'lucide-react'
import { useTranslations } from 'use-intl'
import type { CorrectiveActionRecord } from '../records.ts'
import { entities } from '../sync-entities.ts'

export const actionTone: Record<CorrectiveActionRecord['state'], Tone> = {
  opened: 'danger',
  responded: 'warn',
  rechecked: 'accent',
  closed: 'info',
  verified: 'ok',
}

export function ActionList({ actions }: { actions: readonly CorrectiveActionRecord[] }) {
  const t = useTranslations('temperature')
  const viewer = useViewer()
  const unsent = useUnsentIds(entities.correctiveAction)
  if (actions.length === 0) {
    return (
      <EmptyState compact icon={<ClipboardCheck aria-hidden />} title={t('action.empty')}>
        {t('action.emptyText')}
      </EmptyState>
    )
  }
  const placeOf = (id: string) => viewer.locations.find((location) => location.id === id)?.name
  return (
    <ul className="divide-y divide-line">
      {actions.map((action) => (
        <li key={action.id}>
          <Link
            href={`/corrective-actions/one?id=${action.id}`}
            className="flex min-h-16 flex-wrap items-center gap-x-4 gap-y-1 px-4 py-2.5 -outline-offset-2! transition-colors hover:bg-sunken sm:px-5"
          >
            <span className="min-w-0 flex-1 basis-52">
              <span className="block truncate text-[0.9375rem] font-medium">{action.unitName}</span>
              <span className="block truncate text-sm text-ink-muted">
                {viewer.locations.length > 1 && `${placeOf(action.locationId)} · `}
                <RelativeTime at={action.openedAt} />
                {action.response && ` · ${t(`causes.${action.response.cause}`)}`}
              </span>
            </span>
            {unsent.has(action.id) && <UnsentMark />}
            <StatusBadge tone={actionTone[action.state]}>{t(`action.states.${action.state}`)}</StatusBadge>
          </Link>
        </li>
      ))}
    </ul>
  )
}
