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
import { useOlderTasks, useTaskRows } from '../client/index.ts'
import { TaskList } from './task-list.tsx'

const views = ['open', 'mine', 'completed'] as const
type View = (typeof views)[number]

export function TasksScreen({ locationId }: { locationId: string | undefined }) {
  const t = useTranslations('tasks')
  const viewer = useViewer()
  const [view, setView] = useState<View>('open')
  if (!viewer.can('tasks.read')) return <NoPermission />
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
          <TasksOf key={view} view={view} locationId={locationId} />
        </Card>
      </Tabs>
    </>
  )
}

/** What is open is all on this device; of what is over, the last days, and the rest when asked for. */
function TasksOf({ view, locationId }: { view: View; locationId: string | undefined }) {
  const { isReady } = useSyncStatus()
  const [asked, setAsked] = useState(false)
  const here = useTaskRows(view, locationId)
  const older = useOlderTasks(
    { status: view === 'completed' ? 'completed' : 'open', locationId, ...(view === 'mine' && { mine: 'true' }) },
    asked || !isReady,
  )
  if (!isReady && older.isPending) return <SkeletonRows className="p-5" />
  if (!isReady && older.isError) return <ErrorState error={older.error} onRetry={older.refetch} />
  const beyond = isReady && view !== 'completed' ? [] : (older.data?.pages.flatMap((page) => page.items) ?? [])
  return (
    <>
      <TaskList tasks={withOlder(here, beyond)} />
      {(view === 'completed' || !isReady) && (
        <OlderRows asked={asked || !isReady} onAsk={() => setAsked(true)} query={older} />
      )}
    </>
  )
}
