'use client'
import { useViewer } from '@opsflow/platform/client/viewer'
import { Button, Card, ErrorState, NoPermission, PageHeader, SkeletonRows, Tabs } from '@opsflow/platform/web'
import { useState } from 'react'
import { useTranslations } from 'use-intl'
import { useTasks } from '../client/index.ts'
import { TaskList } from './task-list.tsx'

const views = ['open', 'mine', 'completed'] as const

export function TasksScreen({ locationId }: { locationId: string | undefined }) {
  const t = useTranslations('tasks')
  const viewer = useViewer()
  const [view, setView] = useState<(typeof views)[number]>('open')
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

function TasksOf({ view, locationId }: { view: (typeof views)[number]; locationId: string | undefined }) {
  const t = useTranslations('tasks')
  const tasks = useTasks({
    status: view === 'completed' ? 'completed' : 'open',
    locationId,
    ...(view === 'mine' && { mine: 'true' }),
  })
  if (tasks.isPending) return <SkeletonRows className="p-5" />
  if (tasks.isError) return <ErrorState error={tasks.error} onRetry={tasks.refetch} />
  return (
    <>
      <TaskList tasks={tasks.data.pages.flatMap((page) => page.items)} />
      {tasks.hasNextPage && (
        <div className="border-t border-line p-3 text-center">
          <Button look="quiet" busy={tasks.isFetchingNextPage} onClick={() => tasks.fetchNextPage()}>
            {t('more')}
          </Button>
        </div>
      )}
    </>
  )
}
