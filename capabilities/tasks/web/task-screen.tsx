'use client'
import { useEvidence } from '@opsflow/capabilities/evidence/client'
import { EvidencePhotos } from '@opsflow/capabilities/evidence/web'
import { useUnsentIds } from '@opsflow/platform/client/sync/use-replica'
import { useViewer } from '@opsflow/platform/client/viewer'
import {
  Button,
  Card,
  ErrorState,
  IconButton,
  Link,
  Moment,
  NoPermission,
  PageHeader,
  Panel,
  RelativeTime,
  SkeletonRows,
  StatusBadge,
  UnsentMark,
  useClock,
} from '@opsflow/platform/web'
import { Bell, BellOff, Pencil } from 'lucide-react'
import { lazy, type ReactNode, Suspense, useState } from 'react'
import { useTranslations } from 'use-intl'
import { TASK, useTask, useWatchTask } from '../client/index.ts'
import type { Task } from '../task.ts'
import { statusAt } from '../task-status.ts'
import { causePathOf } from '../work-path.ts'
import { LazyTaskForm } from './lazy-form.tsx'
import { TaskActions } from './task-actions.tsx'
import { TaskComments } from './task-comments.tsx'
import { Assigned, statusTones } from './task-row.tsx'
import { TaskSteps } from './task-steps.tsx'
import { useTaskTitle } from './use-task-title.ts'

/** Its code comes after the page answers. */
const TaskHistory = lazy(() => import('./task-history.tsx'))

/** One task, with all that belongs to it. */
export function TaskScreen({ taskId, withoutBack = false }: { taskId: string; withoutBack?: boolean }) {
  const viewer = useViewer()
  const { task, error, refetch } = useTask(taskId)
  if (!viewer.can('tasks.read')) return <NoPermission />
  if (!task) return error ? <ErrorState error={error} onRetry={refetch} /> : <SkeletonRows rows={6} />
  return <OneTask task={task} withoutBack={withoutBack} />
}

function OneTask({ task, withoutBack }: { task: Task; withoutBack: boolean }) {
  const t = useTranslations('taskPages')
  const words = useTranslations('tasks')
  const viewer = useViewer()
  const [editing, setEditing] = useState(false)
  const status = statusAt(task, useClock())
  const isUnsent = useUnsentIds(TASK).has(task.id)
  const photos = useEvidence('task', task.id)
  const titleOf = useTaskTitle()
  const isOpen = task.state === 'todo' || task.state === 'in_progress'
  return (
    <>
      <PageHeader
        title={titleOf(task)}
        {...(!withoutBack && { back: { href: '/tasks', label: words('title') } })}
        text={
          <span className="mt-2 flex flex-wrap items-center gap-2">
            <StatusBadge tone={statusTones[status]}>{words(`status.${status}`)}</StatusBadge>
            <span>{t(`types.${task.taskType}`)}</span>
            <span>{t(`priorities.${task.priority}`)}</span>
            {isUnsent && <UnsentMark />}
          </span>
        }
        actions={
          <>
            <Watch task={task} />
            {isOpen && viewer.can('tasks.create', task.locationId) && (
              <Button onClick={() => setEditing(true)}>
                <Pencil aria-hidden />
                {t('edit')}
              </Button>
            )}
          </>
        }
      />
      <div className="grid items-start gap-4 lg:grid-cols-[minmax(0,1fr)_20rem]">
        <div className="grid gap-4">
          <TaskActions task={task} status={status} />
          <div className="lg:hidden">
            <Details task={task} />
          </div>
          {task.description && (
            <Card className="p-4 text-[0.9375rem] leading-relaxed whitespace-pre-wrap sm:p-5">{task.description}</Card>
          )}
          {task.steps.length > 0 && <TaskSteps task={task} />}
          {photos.length > 0 && (
            <Panel title={t('photos')}>
              <EvidencePhotos items={photos} />
            </Panel>
          )}
          <TaskComments task={task} />
          <Suspense>
            <TaskHistory task={task} />
          </Suspense>
        </div>
        <div className="max-lg:hidden">
          <Details task={task} />
        </div>
      </div>
      {editing && <LazyTaskForm task={task} locationId={task.locationId} onClose={() => setEditing(false)} />}
    </>
  )
}

function Watch({ task }: { task: Task }) {
  const t = useTranslations('taskPages')
  const { memberId } = useViewer()
  const watch = useWatchTask()
  const watching = task.watchers.includes(memberId)
  return (
    <IconButton
      label={t(watching ? 'unwatch' : 'watch')}
      aria-pressed={watching}
      icon={watching ? <Bell aria-hidden className="fill-current" /> : <BellOff aria-hidden />}
      className="max-sm:flex-none!"
      onClick={() => watch.mutate({ id: task.id, watching: !watching })}
    />
  )
}

function Details({ task }: { task: Task }) {
  const t = useTranslations('taskPages')
  const viewer = useViewer()
  const place = viewer.locations.find(({ id }) => id === task.locationId)
  const timeZone = place?.timezone
  const isForAnyone = !task.assignedTo && !task.assignedRole
  const cause = causeOf(task.cause.kind)
  const causePath = causePathOf(task)
  return (
    <Card className="p-4 sm:p-5">
      <dl className="grid grid-cols-[auto_minmax(0,1fr)] gap-x-4 gap-y-2.5 text-sm">
        <Detail name={t('fields.assignee')}>{isForAnyone ? t('anyone') : <Assigned task={task} />}</Detail>
        {task.dueAt && (
          <Detail name={t('fields.due')}>
            <Moment at={task.dueAt} timeZone={timeZone} /> · <RelativeTime at={task.dueAt} timeZone={timeZone} />
          </Detail>
        )}
        {task.missedAt && (
          <Detail name={t('fields.missed')}>
            <Moment at={task.missedAt} timeZone={timeZone} />
          </Detail>
        )}
        {place && <Detail name={t('fields.location')}>{place.name}</Detail>}
        {task.unit && <Detail name={t('fields.unit')}>{task.unit.name}</Detail>}
        {task.estimateMinutes !== null && (
          <Detail name={t('fields.estimate')}>{t('minutes', { count: task.estimateMinutes })}</Detail>
        )}
        <Detail name={t('fields.cause')}>
          {causePath ? (
            <Link href={causePath} className="underline underline-offset-2">
              {t(`causes.${cause}`)}
            </Link>
          ) : (
            t(`causes.${cause}`)
          )}
        </Detail>
        <Detail name={t('fields.created')}>
          {task.createdBy && `${task.createdBy.name} · `}
          <Moment at={task.createdAt} timeZone={timeZone} />
        </Detail>
        {task.completedAt && (
          <Detail name={t('fields.completed')}>
            {task.completedBy && `${task.completedBy.name} · `}
            <Moment at={task.completedAt} timeZone={timeZone} />
            {task.kiosk && ` · ${task.kiosk.name}`}
          </Detail>
        )}
      </dl>
    </Card>
  )
}

function Detail({ name, children }: { name: ReactNode; children: ReactNode }) {
  return (
    <>
      <dt className="text-ink-muted">{name}</dt>
      <dd className="min-w-0 break-words">{children}</dd>
    </>
  )
}

/** The causes people know; any other is simply work that something made necessary. */
const causeOf = (kind: string) =>
  kind === 'by_hand' || kind === 'fault_report' || kind === 'schedule'
    ? kind
    : kind.startsWith('temperature.')
      ? 'temperature'
      : kind.startsWith('checklist')
        ? 'checklist'
        : kind.startsWith('process.')
          ? 'process'
          : kind === 'haccp.review' || kind === 'reports.mailing'
            ? (kind.slice(0, kind.indexOf('.')) as 'haccp' | 'reports')
            : 'other'
