'use client'
import { useSyncStatus } from '@opsflow/platform/client/sync/use-replica'
import { useViewer } from '@opsflow/platform/client/viewer'
import {
  Button,
  Card,
  ErrorState,
  NoPermission,
  OlderRows,
  PageHeader,
  SkeletonRows,
  Tabs,
  useClock,
  withOlder,
} from '@opsflow/platform/web'
import { Plus } from 'lucide-react'
import { useMemo, useState } from 'react'
import { useTranslations } from 'use-intl'
import { type TaskFilter, useOlderTasks, useTaskRows, useTaskViews } from '../client/index.ts'
import { FilterBar } from './filter-bar.tsx'
import { LazyTaskForm } from './lazy-form.tsx'
import { PickedTasks } from './picked-tasks.tsx'

/** The lists everyone has; one's own come after them. */
const usual = {
  open: { status: 'open' },
  mine: { status: 'open', mine: 'true' },
  overdue: { status: 'overdue' },
  completed: { status: 'completed' },
} as const satisfies Record<string, TaskFilter>
type Usual = keyof typeof usual
const usualIds = Object.keys(usual) as Usual[]

export function TasksScreen({ locationId }: { locationId: string | undefined }) {
  const t = useTranslations('tasks')
  const more = useTranslations('taskPages')
  const viewer = useViewer()
  const [view, setView] = useState<string>('open')
  const [changed, setChanged] = useState<TaskFilter>()
  const [making, setMaking] = useState(false)
  const { data: saved = [] } = useTaskViews()
  const own = saved.find(({ id }) => id === view)
  const filter: TaskFilter = changed ?? own?.filter ?? usual[(view as Usual) in usual ? (view as Usual) : 'open']
  if (!viewer.can('tasks.read')) return <NoPermission />

  const choose = (id: string) => {
    setView(id)
    setChanged(undefined)
  }
  return (
    <>
      <PageHeader
        title={t('title')}
        text={t('text')}
        actions={
          viewer.can('tasks.create', locationId) && (
            <Button look="primary" onClick={() => setMaking(true)}>
              <Plus aria-hidden />
              {more('new')}
            </Button>
          )
        }
      />
      <Tabs
        label={t('title')}
        tabs={[
          ...usualIds.map((id) => ({ id: id as string, label: t(`views.${id}`) })),
          ...saved.map(({ id, name }) => ({ id, label: name })),
        ]}
        value={view}
        onChange={choose}
      >
        <FilterBar
          key={view}
          filter={filter}
          locationId={locationId}
          view={own}
          isChanged={changed !== undefined}
          onChange={setChanged}
          onView={choose}
        />
        <Card className="mt-3">
          <TasksOf filter={filter} locationId={locationId} onNew={() => setMaking(true)} />
        </Card>
      </Tabs>
      {making && <LazyTaskForm locationId={locationId} onClose={() => setMaking(false)} />}
    </>
  )
}

/** What is open is all on this device; of what is over, the last days, and the rest when asked for. */
function TasksOf({
  filter,
  locationId,
  onNew,
}: {
  filter: TaskFilter
  locationId: string | undefined
  onNew: () => void
}) {
  const { isReady } = useSyncStatus()
  const [asked, setAsked] = useState(false)
  const shown = useMemo(() => ({ ...filter, ...(locationId && { locationId }) }), [filter, locationId])
  const here = useTaskRows(shown, useClock())
  const isOver = !['open', 'todo', 'in_progress', 'overdue'].includes(shown.status ?? '')
  const older = useOlderTasks(shown, (asked && isOver) || !isReady)
  if (!isReady && older.isPending) return <SkeletonRows className="p-5" />
  if (!isReady && older.isError) return <ErrorState error={older.error} onRetry={older.refetch} />
  const beyond = isReady && !isOver ? [] : (older.data?.pages.flatMap((page) => page.items) ?? [])
  return (
    <>
      <PickedTasks tasks={withOlder(here, beyond)} onNew={onNew} isNarrowed={isNarrowed(filter)} />
      {(isOver || !isReady) && <OlderRows asked={asked || !isReady} onAsk={() => setAsked(true)} query={older} />}
    </>
  )
}

const isNarrowed = ({ status: _, ...rest }: TaskFilter) => Object.values(rest).some((value) => value !== undefined)
