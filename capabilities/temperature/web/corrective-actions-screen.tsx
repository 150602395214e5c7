'use client'
import { useSyncStatus } from '@opsflow/platform/client/sync/use-replica'
import { useViewer } from '@opsflow/platform/client/viewer'
import {
  Card,
  ErrorState,
  NoPermission,
  OlderRows,
  PageHeader,
  SkeletonRows,
  Tabs,
  withOlder,
} from '@opsflow/platform/web'
import { useState } from 'react'
import { useTranslations } from 'use-intl'
import { useActionRows, useBoard, useOlderActions } from '../client/index.ts'
import { ActionList } from './action-list.tsx'

const views = ['open', 'closed', 'all'] as const
type View = (typeof views)[number]

export function CorrectiveActionsScreen({ locationId }: { locationId: string | undefined }) {
  const t = useTranslations('temperature.action')
  const viewer = useViewer()
  const [view, setView] = useState<View>('open')
  if (!viewer.can('temperature.read', locationId)) return <NoPermission />
  return (
    <>
      <PageHeader title={t('title')} text={t('text')} />
      <Tabs
        label={t('title')}
        tabs={views.map((id) => ({ id, label: t(`views.${id}`) }))}
        value={view}
        onChange={setView}
      >
        <Card className="mt-4">
          {view === 'all' ? (
            <AllActions locationId={locationId} />
          ) : (
            <OwedActions isClosed={view === 'closed'} locationId={locationId} />
          )}
        </Card>
      </Tabs>
    </>
  )
}

function OwedActions({ isClosed, locationId }: { isClosed: boolean; locationId: string | undefined }) {
  const { snapshot, error, refresh } = useBoard()
  if (!snapshot) return error ? <ErrorState error={error} onRetry={refresh} /> : <SkeletonRows className="p-5" />
  const actions = snapshot.correctiveActions.filter(
    (action) => (action.state === 'closed') === isClosed && (!locationId || action.locationId === locationId),
  )
  return <ActionList actions={actions} />
}

/** What this device holds, then, when asked for, what lies before it. */
function AllActions({ locationId }: { locationId: string | undefined }) {
  const { isReady } = useSyncStatus()
  const [asked, setAsked] = useState(false)
  const older = useOlderActions({ state: 'all', locationId }, asked || !isReady)
  const here = useActionRows(locationId)
  const actions = withOlder(here, older.data?.pages.flatMap((page) => page.items) ?? [])
  if (!isReady && older.isPending) return <SkeletonRows className="p-5" />
  if (!isReady && older.isError) return <ErrorState error={older.error} onRetry={older.refetch} />
  return (
    <>
      <ActionList actions={actions} />
      <OlderRows asked={asked || !isReady} onAsk={() => setAsked(true)} query={older} />
    </>
  )
}
