'use client'
import { ChevronLeft, ChevronRight } from 'lucide-react'
import { useState } from 'react'
import { useTranslations } from 'use-intl'
import { type PlaceRow, type Places, rowsOf } from '../client/index.ts'
import type { PlaceAction } from './place-actions.ts'
import { PlaceLabel } from './place-label.tsx'
import { RowMenu } from './row-menu.tsx'

/** The same tree under a thumb: one group at a time, with the way back. */
export function PlaceDrill({
  places,
  isSearch,
  onAction,
}: {
  places: Places
  isSearch: boolean
  onAction: (action: PlaceAction) => void
}) {
  const t = useTranslations('places')
  const [groupId, setGroupId] = useState<string | null>(null)
  const here = places.groups.find(({ id }) => id === groupId)
  const rows = rowsOf(places, new Set(), isSearch ? null : (here?.id ?? null))
  const found = isSearch ? rowsOf(places, new Set(places.groups.map(({ id }) => id))) : rows

  return (
    <>
      {here && !isSearch && (
        <button
          type="button"
          onClick={() => setGroupId(here.parentId)}
          className="flex min-h-target w-full items-center gap-2 border-b border-line px-3 text-start text-sm font-medium text-accent-ink -outline-offset-2!"
        >
          <ChevronLeft aria-hidden className="size-4 shrink-0" />
          {places.groups.find(({ id }) => id === here.parentId)?.name ?? t('tree')}
        </button>
      )}
      {here && !isSearch && <h3 className="px-4 pt-3 pb-1 text-lg font-semibold tracking-[-0.015em]">{here.name}</h3>}
      {found.length === 0 && <p className="px-4 py-6 text-[0.9375rem] text-ink-muted">{t('groupEmpty')}</p>}
      <ul>
        {found.map((row) => (
          <DrillRow key={row.id} row={row} onEnter={setGroupId} onAction={onAction} />
        ))}
      </ul>
    </>
  )
}

function DrillRow({
  row,
  onEnter,
  onAction,
}: {
  row: PlaceRow
  onEnter: (groupId: string) => void
  onAction: (action: PlaceAction) => void
}) {
  const open = () => (row.kind === 'group' ? onEnter(row.id) : onAction({ kind: 'edit', location: row.location }))
  return (
    <li className="flex items-center border-b border-line pe-1 last:border-0">
      <button
        type="button"
        onClick={open}
        className="flex min-h-14 min-w-0 flex-1 items-center gap-3 px-4 py-2 text-start -outline-offset-2!"
      >
        <PlaceLabel row={row} />
        {row.kind === 'group' && <ChevronRight aria-hidden className="size-4 shrink-0 text-ink-muted" />}
      </button>
      <RowMenu row={row} onAction={onAction} />
    </li>
  )
}
