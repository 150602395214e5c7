'use client'
import { useViewer } from '@opsflow/platform/client/viewer'
import { Button, Link, useErrorText, useToast } from '@opsflow/platform/web'
import { useTranslations } from 'use-intl'
import { useChangeTask, useUndoTask } from '../client/index.ts'
import type { Task } from '../task.ts'
import { workPath } from '../work-path.ts'
import { useTaskTitle } from './use-task-title.ts'

const steps = { todo: 'in_progress', in_progress: 'completed' } as const

/** What is done with it next: begun, then completed. Either can be taken back. */
export function useNextStep(task: Task) {
  const t = useTranslations('tasks')
  const viewer = useViewer()
  const change = useChangeTask()
  const undo = useUndoTask()
  const toast = useToast()
  const errorText = useErrorText()
  const titleOf = useTaskTitle()
  const isMine = viewer.can('tasks.update', task.locationId) && task.taskType !== 'corrective'
  const next = isMine && (task.state === 'todo' || task.state === 'in_progress') ? steps[task.state] : undefined

  function go(status: 'in_progress' | 'completed' = next ?? 'completed') {
    const { id } = task
    const title = titleOf(task)
    change.mutate(
      { id, status },
      {
        onSuccess: () =>
          toast({
            message: t(`changed.${status}`, { title }),
            undo: () => (status === 'completed' ? undo.mutate({ id }) : change.mutate({ id, status: 'todo' })),
          }),
        onError: (error) => toast({ message: errorText(error), tone: 'danger' }),
      },
    )
  }
  return { next, go, isPending: change.isPending }
}

/** The one button of a row. A corrective task is done where its corrective action is. */
export function NextStep({ task }: { task: Task }) {
  const t = useTranslations('tasks')
  const { next, go, isPending } = useNextStep(task)
  if (task.taskType === 'corrective') {
    return (
      <Link
        href={workPath(task)}
        className="inline-flex min-h-target items-center rounded-lg px-3 text-sm font-medium text-accent-ink hover:bg-sunken"
      >
        {t('open')}
      </Link>
    )
  }
  if (!next) return null
  return (
    <Button busy={isPending} onClick={() => go()}>
      {t(`next.${next}`)}
    </Button>
  )
}
