'use client'
import { useViewer } from '@opsflow/platform/client/viewer'
import { cx } from '@opsflow/platform/web'
import { ChevronRight } from 'lucide-react'
import { type DragEvent, type KeyboardEvent, useRef, useState } from 'react'
import { useTranslations } from 'use-intl'
import { type PlaceRow, type Places, rowsOf } from '../client/index.ts'
import type { PlaceAction } from './place-actions.ts'
import { PlaceLabel } from './place-label.tsx'
import { RowMenu } from './row-menu.tsx'

type Props = { places: Places; isSearch: boolean; onAction: (action: PlaceAction) => void }

/**
 * The tree as WAI-ARIA describes one: one stop for the Tab key, arrows move, unfold and fold, Enter opens. A row is
 * dragged onto a group, or moved by its menu.
 */
export function PlaceTree({ places, isSearch, onAction }: Props) {
  const t = useTranslations('places')
  const [folded, setFolded] = useState<ReadonlySet<string>>(new Set())
  const [focused, setFocused] = useState<string>()
  const [dragged, setDragged] = useState<PlaceRow>()
  const tree = useRef<HTMLDivElement>(null)
  // While searching, everything found shows; otherwise what was folded stays so.
  const unfolded = new Set(places.groups.map(({ id }) => id).filter((id) => isSearch || !folded.has(id)))
  const rows = rowsOf(places, unfolded)
  const stop = rows.find(({ id }) => id === focused)?.id ?? rows[0]?.id

  const fold = (id: string, isFolded: boolean) =>
    setFolded((now) => (isFolded ? new Set([...now, id]) : new Set([...now].filter((one) => one !== id))))
  const open = (row: PlaceRow) =>
    row.kind === 'location' ? onAction({ kind: 'edit', location: row.location }) : fold(row.id, row.isExpanded)

  function goTo(row: PlaceRow | undefined) {
    if (!row) return
    setFocused(row.id)
    tree.current?.querySelector<HTMLElement>(`[data-row="${row.id}"]`)?.focus()
  }

  function onKeyDown(event: KeyboardEvent, row: PlaceRow) {
    if (event.target !== event.currentTarget) return
    const at = rows.indexOf(row)
    const keys: Record<string, () => void> = {
      ArrowDown: () => goTo(rows[at + 1]),
      ArrowUp: () => goTo(rows[at - 1]),
      Home: () => goTo(rows[0]),
      End: () => goTo(rows.at(-1)),
      ArrowRight: () => (row.isExpanded ? goTo(rows[at + 1]) : fold(row.id, false)),
      ArrowLeft: () => (row.isExpanded ? fold(row.id, true) : goTo(rows.find(({ id }) => id === row.parentId))),
      Enter: () => open(row),
      ' ': () => open(row),
    }
    const act = keys[event.key]
    if (!act) return
    event.preventDefault()
    act()
  }

  const dropOn = (to: string | null) => {
    if (dragged && dragged.parentId !== to && dragged.id !== to) onAction({ kind: 'move', row: dragged, to })
    setDragged(undefined)
  }

  return (
    <div ref={tree} role="tree" aria-label={t('tree')} className="p-2">
      {rows.map((row) => (
        <TreeRow
          key={row.id}
          row={row}
          isStop={row.id === stop}
          isDropTarget={dragged !== undefined && row.kind === 'group' && row.group.manageable}
          onFocus={() => setFocused(row.id)}
          onKeyDown={(event) => onKeyDown(event, row)}
          onOpen={() => open(row)}
          onDrag={setDragged}
          onDrop={() => dropOn(row.id)}
          onAction={onAction}
        />
      ))}
    </div>
  )
}

function TreeRow({
  row,
  isStop,
  isDropTarget,
  onFocus,
  onKeyDown,
  onOpen,
  onDrag,
  onDrop,
  onAction,
}: {
  row: PlaceRow
  isStop: boolean
  isDropTarget: boolean
  onFocus: () => void
  onKeyDown: (event: KeyboardEvent) => void
  onOpen: () => void
  onDrag: (row: PlaceRow | undefined) => void
  onDrop: () => void
  onAction: (action: PlaceAction) => void
}) {
  const viewer = useViewer()
  const [isOver, setOver] = useState(false)
  const mayMove = row.kind === 'group' ? row.group.manageable : viewer.can('locations.manage', row.id)
  const allowDrop = (event: DragEvent) => {
    if (!isDropTarget) return
    event.preventDefault()
    setOver(true)
  }
  return (
    <div
      data-row={row.id}
      role="treeitem"
      aria-level={row.level}
      aria-posinset={row.position}
      aria-setsize={row.siblings}
      aria-expanded={row.kind === 'group' && !row.isEmpty ? row.isExpanded : undefined}
      aria-label={row.name}
      tabIndex={isStop ? 0 : -1}
      draggable={mayMove}
      onFocus={(event) => event.target === event.currentTarget && onFocus()}
      onKeyDown={onKeyDown}
      onDragStart={() => onDrag(row)}
      onDragEnd={() => onDrag(undefined)}
      onDragOver={allowDrop}
      onDragLeave={() => setOver(false)}
      onDrop={() => {
        setOver(false)
        onDrop()
      }}
      style={{ paddingInlineStart: `${(row.level - 1) * 1.5 + 0.25}rem` }}
      className={cx(
        'flex min-h-target items-center gap-1 rounded-lg pe-1 -outline-offset-2! transition-colors hover:bg-sunken/70',
        isOver && isDropTarget && 'bg-accent-tint ring-1 ring-accent',
        row.kind === 'location' && row.location.closedAt !== null && 'text-ink-muted',
      )}
    >
      {/* biome-ignore lint/a11y/noStaticElementInteractions: the pointer's way; the keyboard's is the row itself */}
      {/* biome-ignore lint/a11y/useKeyWithClickEvents: the row answers Enter and the arrows */}
      <div onClick={onOpen} className="flex min-h-target min-w-0 flex-1 cursor-default items-center gap-2.5 py-1">
        <ChevronRight
          aria-hidden
          className={cx(
            'size-4 shrink-0 text-ink-muted transition-transform',
            row.isExpanded && 'rotate-90',
            (row.kind === 'location' || row.isEmpty) && 'invisible',
          )}
        />
        <PlaceLabel row={row} />
      </div>
      <RowMenu row={row} onAction={onAction} />
    </div>
  )
}
