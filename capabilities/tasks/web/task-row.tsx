'use client'
import { useUnsentIds } from '@opsflow/platform/client/sync/use-replica'
import { useViewer } from '@opsflow/platform/client/viewer'
import {
  cx,
  DoubtfulTime,
  Link,
  ReceivedLater,
  RelativeTime,
  StatusBadge,
  type Tone,
  UnsentMark,
  useClock,
} from '@opsflow/platform/web'
import { ListChecks, MessageSquare } from 'lucide-react'
import type { ReactNode } from 'react'
import { useTranslations } from 'use-intl'
import { TASK } from '../client/index.ts'
import type { Task } from '../task.ts'
import { statusAt } from '../task-status.ts'
import { workPath } from '../work-path.ts'
import { NextStep } from './next-step.tsx'
import { useTaskTitle } from './use-task-title.ts'

export const statusTones: Record<Task['status'], Tone> = {
  todo: 'neutral',
  in_progress: 'accent',
  completed: 'ok',
  overdue: 'warn',
  missed: 'danger',
  cancelled: 'neutral',
}

type Props = { task: Task; before?: ReactNode; after?: ReactNode; isChosen?: boolean }

/** One task: what, where, who, until when, and the one next step. `before` stands at its head, such as its tick box; `after` beside its next step. */
export function TaskRow({ task, before, after, isChosen }: Props) {
  const t = useTranslations('tasks')
  const status = statusAt(task, useClock())
  const isUnsent = useUnsentIds(TASK).has(task.id)
  const titleOf = useTaskTitle()
  return (
    <li
      data-task={task.id}
      className={cx(
        'flex flex-wrap items-center gap-x-3 gap-y-2 px-4 py-3 sm:px-5',
        isChosen ? 'bg-accent-tint' : 'focus-within:bg-sunken/50',
      )}
    >
      {before}
      <div className="min-w-0 flex-1 basis-56">
        <Link
          href={workPath(task)}
          className="-my-1 block rounded py-1 text-[0.9375rem] leading-snug font-medium text-pretty hover:underline"
        >
          {titleOf(task)}
        </Link>
        <Facts task={task} />
        {task.excuse && (
          <p className="mt-0.5 text-sm text-pretty">
            {task.excuse.reason}
            {task.excuse.by && <span className="text-ink-muted"> · {task.excuse.by.name}</span>}
          </p>
        )}
        {task.timeQuality === 'doubtful' && <DoubtfulTime />}
        {task.changedAt && <ReceivedLater at={task.changedAt} receivedAt={task.receivedAt} />}
      </div>
      <div className={cx('flex flex-wrap items-center gap-2 max-sm:w-full', Boolean(before) && 'max-sm:ps-11')}>
        {task.priority === 'urgent' && <span className="text-sm font-semibold text-danger">{t('urgent')}</span>}
        {task.priority === 'high' && <span className="text-sm font-medium">{t('high')}</span>}
        {isUnsent && <UnsentMark />}
        <StatusBadge tone={statusTones[status]}>{t(`status.${status}`)}</StatusBadge>
        <span className="max-sm:ms-auto">
          <NextStep task={task} />
        </span>
        {after}
      </div>
    </li>
  )
}

function Facts({ task }: { task: Task }) {
  const t = useTranslations('tasks')
  const viewer = useViewer()
  const { steps, commentCount } = task
  const place = viewer.locations.length > 1 && viewer.locations.find(({ id }) => id === task.locationId)?.name
  return (
    <p className="dotted mt-0.5 flex flex-wrap text-sm text-ink-muted">
      {place && <span className="truncate">{place}</span>}
      {task.unit && <span className="truncate">{task.unit.name}</span>}
      <Assigned task={task} />
      <span>
        {task.completedAt
          ? t.rich('done', { time: () => <RelativeTime at={task.completedAt ?? ''} /> })
          : task.dueAt
            ? t.rich('due', { time: () => <RelativeTime at={task.dueAt ?? ''} /> })
            : t.rich('since', { time: () => <RelativeTime at={task.createdAt} /> })}
      </span>
      {steps.length > 0 && (
        <span className="inline-flex items-center gap-1 tabular-nums">
          <ListChecks aria-hidden className="size-4" />
          {t('steps', { done: steps.filter(({ tickedAt }) => tickedAt !== null).length, all: steps.length })}
        </span>
      )}
      {commentCount > 0 && (
        <span className="inline-flex items-center gap-1 tabular-nums">
          <MessageSquare aria-hidden className="size-4" />
          {t('comments', { count: commentCount })}
        </span>
      )}
    </p>
  )
}

/** Whose it is; nothing where it is for whoever is on. */
export function Assigned({ task }: { task: Task }) {
  const t = useTranslations('tasks.roles')
  if (task.assignedTo) return <span>{task.assignedTo.name}</span>
  if (!task.assignedRole) return null
  const { id, name } = task.assignedRole
  return <span>{name ?? t(builtIn(id))}</span>
}

export const builtIn = (role: string) =>
  role === 'org:admin' ? 'admin' : role === 'org:manager' ? 'manager' : 'member'
