'use client'
import { useUnsentIds } from '@opsflow/platform/client/sync/use-replica'
import { useViewer } from '@opsflow/platform/client/viewer'
import {
  Button,
  DoubtfulTime,
  EmptyState,
  Link,
  ReceivedLater,
  RelativeTime,
  StatusBadge,
  type Tone,
  UnsentMark,
  useClock,
  useToast,
} from '@opsflow/platform/web'
import { ListChecks } from 'lucide-react'
import { useTranslations } from 'use-intl'
import { useChangeTask } from '../client/index.ts'
import { TASK } from '../sync-entities.ts'
import type { Task, TaskChange } from '../task.ts'
import { statusAt } from '../task-status.ts'

/** Tasks as rows with the one next step. A corrective task is done where its corrective action is. */
export function TaskList({ tasks }: { tasks: readonly Task[] }) {
  const t = useTranslations('tasks')
  if (tasks.length === 0) {
    return (
      <EmptyState compact icon={<ListChecks aria-hidden />} title={t('empty')}>
        {t('emptyText')}
      </EmptyState>
    )
  }
  return (
    <ul className="divide-y divide-line">
      {tasks.map((task) => (
        <TaskRow key={task.id} task={task} />
      ))}
    </ul>
  )
}

const tones: Record<Task['status'], Tone> = {
  todo: 'neutral',
  in_progress: 'accent',
  completed: 'ok',
  overdue: 'warn',
  missed: 'danger',
  cancelled: 'neutral',
}

function TaskRow({ task }: { task: Task }) {
  const t = useTranslations('tasks')
  const status = statusAt(task, useClock())
  const viewer = useViewer()
  const isUnsent = useUnsentIds(TASK).has(task.id)
  const place =
    viewer.locations.length > 1 && viewer.locations.find((location) => location.id === task.locationId)?.name
  return (
    <li className="flex flex-wrap items-center gap-x-4 gap-y-2 px-4 py-3 sm:px-5">
      <div className="min-w-0 flex-1 basis-56">
        <p className="text-[0.9375rem] leading-snug font-medium text-pretty">{task.title}</p>
        <p className="dotted mt-0.5 flex flex-wrap text-sm text-ink-muted">
          {place && <span className="truncate">{place}</span>}
          {task.assignedTo && <span>{task.assignedTo.name}</span>}
          <span>
            {task.completedAt
              ? t.rich('done', { time: () => <RelativeTime at={task.completedAt ?? ''} /> })
              : task.dueAt
                ? t.rich('due', { time: () => <RelativeTime at={task.dueAt ?? ''} /> })
                : t.rich('since', { time: () => <RelativeTime at={task.createdAt} /> })}
          </span>
        </p>
        {task.timeQuality === 'doubtful' && <DoubtfulTime />}
        {task.changedAt && <ReceivedLater at={task.changedAt} receivedAt={task.receivedAt} />}
      </div>
      <div className="flex flex-wrap items-center gap-2">
        {task.priority === 'urgent' && <span className="text-sm font-semibold text-danger">{t('urgent')}</span>}
        {isUnsent && <UnsentMark />}
        <StatusBadge tone={tones[status]}>{t(`status.${status}`)}</StatusBadge>
        <NextStep task={task} />
      </div>
    </li>
  )
}

function NextStep({ task }: { task: Task }) {
  const t = useTranslations('tasks')
  const viewer = useViewer()
  const change = useChangeTask()
  const toast = useToast()
  if (!viewer.can('tasks.update', task.locationId)) return null
  if (task.taskType === 'corrective') {
    return (
      <Link
        href={`/corrective-actions/one?id=${task.cause.id}`}
        className="inline-flex min-h-target items-center rounded-lg px-3 text-sm font-medium text-accent-ink hover:bg-sunken"
      >
        {t('open')}
      </Link>
    )
  }
  const next = { todo: 'in_progress', in_progress: 'completed' }[task.state as string] as TaskChange | undefined
  if (!next) return null

  function go() {
    if (!next) return
    const before = task.state === 'in_progress' ? 'in_progress' : 'todo'
    change.mutate(
      { id: task.id, status: next },
      {
        onSuccess: () =>
          toast({
            message: t(`changed.${next as 'in_progress' | 'completed'}`, { title: task.title }),
            ...(next === 'in_progress' && { undo: () => change.mutate({ id: task.id, status: before }) }),
          }),
        onError: (error) => toast({ message: error.message, tone: 'danger' }),
      },
    )
  }

  return (
    <Button busy={change.isPending} onClick={go}>
      {t(`next.${next as 'in_progress' | 'completed'}`)}
    </Button>
  )
}
