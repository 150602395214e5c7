'use client'
import { useViewer } from '@opsflow/platform/client/viewer'
import { Button, EmptyState } from '@opsflow/platform/web'
import { ListChecks, Plus } from 'lucide-react'
import { lazy, Suspense, useRef, useState } from 'react'
import { useTranslations } from 'use-intl'
import type { Task } from '../task.ts'
import { LazyTaskForm } from './lazy-form.tsx'
import { TaskRow } from './task-row.tsx'
import { useListKeys } from './use-list-keys.ts'
import { useTaskTitle } from './use-task-title.ts'

/** Its code is fetched when something is picked for the first time. */
const BulkBar = lazy(async () => ({ default: (await import('./bulk-bar.tsx')).BulkBar }))

/** Tasks of which some may be picked, to do one thing with all of them. By touch, by mouse, and by keys alone. */
export function PickedTasks({
  tasks,
  isNarrowed,
  onNew,
}: {
  tasks: readonly Task[]
  isNarrowed: boolean
  onNew: () => void
}) {
  const t = useTranslations('taskPages')
  const words = useTranslations('tasks')
  const viewer = useViewer()
  const titleOf = useTaskTitle()
  const list = useRef<HTMLUListElement>(null)
  const [picked, setPicked] = useState<ReadonlySet<string>>(new Set())
  const [editing, setEditing] = useState<string>()
  const mayPick = viewer.can('tasks.create') || viewer.can('tasks.update')
  const pick = (id: string) =>
    setPicked((before) => {
      const after = new Set(before)
      if (!after.delete(id)) after.add(id)
      return after
    })
  const edited = tasks.find(({ id }) => id === editing)
  useListKeys(list, tasks, { onPick: pick, onEdit: setEditing, onClear: () => setPicked(new Set()), onNew })

  if (tasks.length === 0) {
    return (
      <EmptyState
        compact
        icon={<ListChecks aria-hidden />}
        title={isNarrowed ? t('nothingFound') : words('empty')}
        action={
          !isNarrowed &&
          viewer.can('tasks.create') && (
            <Button onClick={onNew}>
              <Plus aria-hidden />
              {t('new')}
            </Button>
          )
        }
      >
        {isNarrowed ? t('nothingFoundText') : words('emptyText')}
      </EmptyState>
    )
  }
  return (
    <>
      <p className="hidden border-b border-line px-5 py-2 text-xs text-ink-muted lg:block">{t('keys')}</p>
      <ul ref={list} className="divide-y divide-line">
        {tasks.map((task) => (
          <TaskRow
            key={task.id}
            task={task}
            isChosen={picked.has(task.id)}
            before={
              mayPick && (
                <label className="-my-2 -ms-3 inline-flex size-target shrink-0 items-center justify-center">
                  <input
                    type="checkbox"
                    aria-label={t('pick', { title: titleOf(task) })}
                    checked={picked.has(task.id)}
                    onChange={() => pick(task.id)}
                    className="size-5 accent-accent"
                  />
                </label>
              )
            }
          />
        ))}
      </ul>
      {picked.size > 0 && (
        <Suspense>
          <BulkBar tasks={tasks.filter(({ id }) => picked.has(id))} onDone={() => setPicked(new Set())} />
        </Suspense>
      )}
      {edited && (
        <LazyTaskForm
          key={edited.id}
          task={edited}
          locationId={edited.locationId}
          onClose={() => setEditing(undefined)}
        />
      )}
    </>
  )
}
