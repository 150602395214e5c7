'use client'
import { useViewer } from '@opsflow/platform/client/viewer'
import {
  Button,
  ButtonLink,
  EmptyState,
  ErrorState,
  NoPermission,
  PageHeader,
  Panel,
  SkeletonRows,
} from '@opsflow/platform/web'
import { FileSpreadsheet, FolderPlus, Network, Plus } from 'lucide-react'
import { useState } from 'react'
import { useTranslations } from 'use-intl'
import { found, type Places, targetsOf, usePlaces } from '../client/index.ts'
import { GroupDialog } from './group-dialog.tsx'
import { LocationSheet } from './location-sheet.tsx'
import { MoveDialog } from './move-dialog.tsx'
import type { PlaceAction } from './place-actions.ts'
import { PlaceDrill } from './place-drill.tsx'
import { PlaceTree } from './place-tree.tsx'
import { SearchPlaces } from './search-places.tsx'
import { useArchive } from './use-archive.ts'

/** The organization's tree of places: on a desk to unfold, on a phone to walk into. */
export function PlacesScreen() {
  const viewer = useViewer()
  if (!viewer.can('locations.read')) return <NoPermission />
  return <PlacesPage />
}

function PlacesPage() {
  const t = useTranslations('places')
  const viewer = useViewer()
  const places = usePlaces()
  const [action, setAction] = useState<PlaceAction>()
  const archive = useArchive()
  const mayManage = viewer.can('locations.manage')
  // Whoever manages single locations, and no group, has nowhere to put a new one.
  const mayAdd = viewer.canEverywhere('locations.manage') || (places.data && targetsOf(places.data).length > 0)

  function act(wanted: PlaceAction) {
    if (wanted.kind === 'archive') archive(wanted.row)
    else setAction(wanted)
  }

  return (
    <>
      <PageHeader
        title={t('title')}
        text={t('text')}
        actions={
          mayManage && (
            <>
              <ButtonLink look="quiet" href="/settings/places/files">
                <FileSpreadsheet aria-hidden />
                {t('files')}
              </ButtonLink>
              {mayAdd && (
                <>
                  <Button onClick={() => setAction({ kind: 'newGroup', parentId: null })}>
                    <FolderPlus aria-hidden />
                    {t('newGroup')}
                  </Button>
                  <Button look="primary" onClick={() => setAction({ kind: 'newLocation', groupId: null })}>
                    <Plus aria-hidden />
                    {t('newLocation')}
                  </Button>
                </>
              )}
            </>
          )
        }
      />
      <Panel title={t('tree')} hint={places.data && t('count', countsOf(places.data))} flush>
        {places.isPending ? (
          <SkeletonRows className="p-5" />
        ) : places.isError ? (
          <ErrorState error={places.error} onRetry={places.refetch} />
        ) : (
          <Browse places={places.data} onAction={act} />
        )}
      </Panel>
      {places.data && <Dialogs places={places.data} action={action} onClose={() => setAction(undefined)} />}
    </>
  )
}

const countsOf = ({ groups, locations }: Places) => ({
  groups: groups.length,
  locations: locations.filter(({ closedAt }) => closedAt === null).length,
})

function Browse({ places, onAction }: { places: Places; onAction: (action: PlaceAction) => void }) {
  const t = useTranslations('places')
  const [words, setWords] = useState('')
  const shown = words.trim() ? found(places, words) : places
  if (places.groups.length + places.locations.length === 0) {
    return (
      <EmptyState icon={<Network aria-hidden />} title={t('empty')}>
        {t('emptyText')}
      </EmptyState>
    )
  }
  const isLost = shown.groups.length + shown.locations.length === 0
  return (
    <>
      <SearchPlaces words={words} onChange={setWords} />
      {isLost && <p className="px-5 py-8 text-center text-[0.9375rem] text-ink-muted">{t('notFound', { words })}</p>}
      {!isLost && (
        <>
          <div className="hidden md:block">
            <PlaceTree places={shown} isSearch={words.trim() !== ''} onAction={onAction} />
          </div>
          <div className="md:hidden">
            <PlaceDrill places={shown} isSearch={words.trim() !== ''} onAction={onAction} />
          </div>
        </>
      )}
    </>
  )
}

function Dialogs({
  places,
  action,
  onClose,
}: {
  places: Places
  action: PlaceAction | undefined
  onClose: () => void
}) {
  if (action?.kind === 'newGroup') return <GroupDialog places={places} parentId={action.parentId} onClose={onClose} />
  if (action?.kind === 'rename') return <GroupDialog places={places} group={action.group} onClose={onClose} />
  if (action?.kind === 'newLocation')
    return <LocationSheet places={places} groupId={action.groupId} onClose={onClose} />
  if (action?.kind === 'edit') return <LocationSheet places={places} location={action.location} onClose={onClose} />
  if (action?.kind === 'move') return <MoveDialog places={places} row={action.row} to={action.to} onClose={onClose} />
  return null
}
