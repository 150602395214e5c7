'use client'
import { useViewer } from '@opsflow/platform/client/viewer'
import { Menu } from '@opsflow/platform/web'
import { Archive, ArchiveRestore, Ellipsis, FolderInput, FolderPlus, Pencil, Plus } from 'lucide-react'
import { useTranslations } from 'use-intl'
import type { PlaceRow } from '../client/index.ts'
import type { PlaceAction } from './place-actions.ts'

/** What may be done with a place, for whom may do it. */
export function RowMenu({ row, onAction }: { row: PlaceRow; onAction: (action: PlaceAction) => void }) {
  const t = useTranslations('places')
  const viewer = useViewer()
  const mayManage = row.kind === 'group' ? row.group.manageable : viewer.can('locations.manage', row.id)
  const items = useItems(row, onAction)
  if (!mayManage) return null
  return (
    <Menu
      label={t('actionsOf', { name: row.name })}
      align="end"
      className="inline-flex size-target shrink-0 items-center justify-center rounded-lg text-ink-muted transition-colors hover:bg-sunken hover:text-ink"
      sections={[{ id: 'actions', items }]}
    >
      <Ellipsis aria-hidden className="size-5" />
    </Menu>
  )
}

function useItems(row: PlaceRow, onAction: (action: PlaceAction) => void) {
  const t = useTranslations('places')
  const item = (id: string, label: string, icon: React.ReactNode, action: PlaceAction) => ({
    id,
    label,
    icon,
    onSelect: () => onAction(action),
  })
  const move = item('move', t('moveTo'), <FolderInput aria-hidden />, { kind: 'move', row })
  if (row.kind === 'location') {
    const isClosed = row.location.closedAt !== null
    const ShapeOfEnd = isClosed ? ArchiveRestore : Archive
    return [
      item('edit', t('edit'), <Pencil aria-hidden />, { kind: 'edit', location: row.location }),
      move,
      item('archive', isClosed ? t('reopen') : t('close'), <ShapeOfEnd aria-hidden />, { kind: 'archive', row }),
    ]
  }
  return [
    item('newLocation', t('newLocationHere'), <Plus aria-hidden />, { kind: 'newLocation', groupId: row.id }),
    item('newGroup', t('newGroupHere'), <FolderPlus aria-hidden />, { kind: 'newGroup', parentId: row.id }),
    item('rename', t('rename'), <Pencil aria-hidden />, { kind: 'rename', group: row.group }),
    move,
    item('archive', t('archive'), <Archive aria-hidden />, { kind: 'archive', row }),
  ]
}
