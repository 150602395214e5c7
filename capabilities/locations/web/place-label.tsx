'use client'
import { StatusBadge } from '@opsflow/platform/web'
import { Folder, Store } from 'lucide-react'
import { useTranslations } from 'use-intl'
import type { PlaceRow } from '../client/index.ts'

/** A place in a line: what it is, its name, and what tells it from its neighbours. */
export function PlaceLabel({ row }: { row: PlaceRow }) {
  const t = useTranslations('places')
  const Shape = row.kind === 'group' ? Folder : Store
  return (
    <>
      <Shape aria-hidden className="size-[1.125rem] shrink-0 text-ink-muted" />
      <span className="min-w-0 flex-1">
        <span className="block truncate font-medium">{row.name}</span>
        {row.kind === 'location' && (
          <span className="block truncate text-[0.8125rem] text-ink-muted">
            {[row.location.code, t(`kinds.${row.location.kind}`), row.location.address].filter(Boolean).join(' · ')}
          </span>
        )}
      </span>
      {row.kind === 'group' && (
        <span className="shrink-0 text-sm text-ink-muted tabular-nums">
          {t('locations', { count: row.group.locations })}
        </span>
      )}
      {row.kind === 'location' && row.location.closedAt !== null && (
        <StatusBadge tone="neutral">{t('isClosed')}</StatusBadge>
      )}
    </>
  )
}
