'use client'
import { isOwnList, useDoneChecklists, useOpenChecklists } from '@opsflow/capabilities/checklists/client'
import { OpenChecklist } from '@opsflow/capabilities/checklists/web'
import type { Task } from '@opsflow/capabilities/tasks'
import { isForMe, isOfAction, TASK, useChangeTask, workPath } from '@opsflow/capabilities/tasks/client'
import { TaskForm, useTaskTitle } from '@opsflow/capabilities/tasks/web'
import type { Alarm, CorrectiveActionRecord, UnitState } from '@opsflow/capabilities/temperature'
import { useAcknowledge, useBoard } from '@opsflow/capabilities/temperature/client'
import { useSyncStatus, useUnsentIds } from '@opsflow/platform/client/sync/use-replica'
import { useViewer } from '@opsflow/platform/client/viewer'
import {
  Button,
  cx,
  EmptyState,
  ErrorState,
  Link,
  RelativeTime,
  SkeletonRows,
  StatusBadge,
  Temperature,
  UnsentMark,
  useClock,
} from '@opsflow/platform/web'
import {
  BellRing,
  Check,
  ChevronRight,
  ClipboardCheck,
  CloudAlert,
  FileText,
  ListChecks,
  ListTodo,
  Plus,
  Refrigerator,
  Thermometer,
  Users,
} from 'lucide-react'
import { type ReactNode, useState } from 'react'
import { useTranslations } from 'use-intl'
import type { TabletParts } from './parts.ts'

/** Records of the last lists that were done: a whole day’s. */
const MOST_DONE = 12

/**
 * Everything that waits at this location, the most urgent first: alarms, what nobody looks after, what was begun, checks,
 * tasks; and last what is others’ work, by the roles this person holds here.
 */
export function WorkNow({
  locationId,
  signed,
  matters,
  processes,
  onCheck,
  onAct,
  onList,
  onAttention,
}: {
  locationId: string
  /** Units checked by this person since they sat down. */
  signed: ReadonlySet<string>
  matters: TabletParts['matters']
  /** What runs by the clock here. */
  processes: ReactNode
  onCheck: (unitId: string) => void
  onAct: (actionId: string) => void
  onList: (checklistId: string) => void
  onAttention: () => void
}) {
  const t = useTranslations('kiosks.work')
  const viewer = useViewer()
  const { needsAttention } = useSyncStatus()
  const open = useOpenChecklists(locationId, useClock())
  const lists = open.filter((list) => isOwnList(list, viewer))
  const listsOfOthers = open.filter((list) => !lists.includes(list))
  const done = useDoneChecklists(locationId).slice(0, MOST_DONE)
  const { snapshot, error, refresh } = useBoard()
  const [making, setMaking] = useState(false)
  if (!snapshot) return error ? <ErrorState error={error} onRetry={refresh} /> : <SkeletonRows rows={6} />
  const here = <Row extends { locationId: string }>(rows: readonly Row[]) =>
    rows.filter((row) => row.locationId === locationId)
  const alarms = here(snapshot.alarms)
  const withAlarm = new Set(alarms.map(({ correctiveActionId }) => correctiveActionId))
  const actions = here(snapshot.correctiveActions).filter(({ id, state }) => state !== 'closed' && !withAlarm.has(id))
  const units = here(snapshot.units).sort((a, b) => a.name.localeCompare(b.name))
  const allTasks = here(snapshot.tasks).filter((task) => !isOfAction(task))
  const tasks = allTasks.filter((task) => isForMe(task, viewer))
  const tasksOfOthers = allTasks.filter((task) => !tasks.includes(task))
  const unanswered = alarms.filter(({ acknowledgedAt }) => !acknowledgedAt).map(({ id }) => id)
  const workOfAlarms = here(snapshot.correctiveActions).flatMap(({ id, taskId }) =>
    taskId && withAlarm.has(id) ? [taskId] : [],
  )
  const doneAt = new Map(
    actions.flatMap(({ id, taskId }) => (taskId ? [[taskId, `/corrective-actions/one?id=${id}`] as const] : [])),
  )
  const otherActions = (shown: ReadonlySet<string>) => (
    <Actions actions={actions.filter(({ taskId }) => taskId === null || !shown.has(taskId))} onAct={onAct} />
  )
  return (
    <div className="grid gap-8">
      {needsAttention > 0 && (
        <button type="button" onClick={onAttention} className={cx(row, 'border-danger/50 bg-danger-tint text-start')}>
          <CloudAlert aria-hidden className="size-6 shrink-0 text-danger" />
          <span className="min-w-0 flex-1 font-semibold">{t('attention', { count: needsAttention })}</span>
          <ChevronRight aria-hidden className="size-6 shrink-0 text-ink-muted rtl:rotate-180" />
        </button>
      )}
      {alarms.length > 0 && (
        <Section icon={<BellRing aria-hidden className="text-danger" />} title={t('alarms')} count={alarms.length}>
          {alarms.map((alarm) => (
            <AlarmCard key={alarm.id} alarm={alarm} onAct={onAct} />
          ))}
        </Section>
      )}
      {viewer.can('alerts.read', locationId)
        ? matters({ locationId, without: new Set([...unanswered, ...workOfAlarms]), doneAt, rest: otherActions })
        : otherActions(nothing)}
      {viewer.can('processes.read', locationId) && processes}
      {lists.length > 0 && (
        <Section icon={<ListChecks aria-hidden />} title={t('lists')} count={lists.length}>
          {lists.map((list) => (
            <OpenChecklist key={list.id} list={list} onOpen={onList} />
          ))}
        </Section>
      )}
      {viewer.can('temperature.record', locationId) && (
        <Section icon={<Thermometer aria-hidden />} title={t('checks')} count={units.length} wide>
          {units.map((unit) => (
            <UnitCard key={unit.unitId} unit={unit} isSigned={signed.has(unit.unitId)} onCheck={onCheck} />
          ))}
          {units.length === 0 && <EmptyState compact icon={<Refrigerator aria-hidden />} title={t('noUnits')} />}
        </Section>
      )}
      <Section icon={<ListTodo aria-hidden />} title={t('tasks')} count={tasks.length}>
        {tasks.map((task) => (
          <TaskCard key={task.id} task={task} />
        ))}
        {tasks.length === 0 && <EmptyState compact icon={<ListTodo aria-hidden />} title={t('noTasks')} />}
        {viewer.can('tasks.create', locationId) && (
          <Button className="min-h-14 text-base" onClick={() => setMaking(true)}>
            <Plus aria-hidden />
            {t('newTask')}
          </Button>
        )}
        {making && <TaskForm locationId={locationId} onClose={() => setMaking(false)} />}
      </Section>
      {listsOfOthers.length + tasksOfOthers.length > 0 && (
        <Section icon={<Users aria-hidden />} title={t('ofOthers')} count={listsOfOthers.length + tasksOfOthers.length}>
          {listsOfOthers.map((list) => (
            <OpenChecklist key={list.id} list={list} onOpen={onList} />
          ))}
          {tasksOfOthers.map((task) => (
            <TaskCard key={task.id} task={task} />
          ))}
        </Section>
      )}
      {done.length > 0 && (
        <Section icon={<FileText aria-hidden />} title={t('records')} count={done.length}>
          {done.map(({ id, name, completedBy, completedAt }) => (
            <Link
              key={id}
              href={`/checklists/record?id=${id}`}
              className={cx(row, 'border-line bg-surface hover:border-line-strong')}
            >
              <span className="min-w-0 flex-1">
                <span className="block font-semibold text-pretty">{name}</span>
                <span className="text-ink-muted">
                  {completedBy?.name} · {completedAt && <RelativeTime at={completedAt} />}
                </span>
              </span>
              <ChevronRight aria-hidden className="size-6 shrink-0 text-ink-muted rtl:rotate-180" />
            </Link>
          ))}
        </Section>
      )}
    </div>
  )
}

const nothing: ReadonlySet<string> = new Set()

function Actions({
  actions,
  onAct,
}: {
  actions: readonly CorrectiveActionRecord[]
  onAct: (actionId: string) => void
}) {
  const t = useTranslations('kiosks.work')
  if (actions.length === 0) return null
  return (
    <Section icon={<ClipboardCheck aria-hidden />} title={t('actions')} count={actions.length}>
      {actions.map((action) => (
        <ActionCard key={action.id} action={action} onAct={onAct} />
      ))}
    </Section>
  )
}

function Section({
  icon,
  title,
  count,
  wide,
  children,
}: {
  icon: ReactNode
  title: string
  count: number
  /** Two beside each other. */
  wide?: boolean
  children: ReactNode
}) {
  return (
    <section>
      <h2 className="mb-3 flex items-center gap-3 text-xl font-semibold tracking-[-0.015em] [&_svg]:size-6">
        {icon}
        {title}
        <span className="font-normal text-ink-muted">{count}</span>
      </h2>
      <div className={cx('grid gap-3', wide && 'sm:grid-cols-2')}>{children}</div>
    </section>
  )
}

const row = 'flex min-h-20 items-center gap-4 rounded-xl border px-4 py-3 shadow-card'
const card = `${row} border-line bg-surface`

function AlarmCard({ alarm, onAct }: { alarm: Alarm; onAct: (actionId: string) => void }) {
  const t = useTranslations('kiosks.work')
  const viewer = useViewer()
  const acknowledge = useAcknowledge()
  const { correctiveActionId } = alarm
  return (
    <div className={cx(row, 'flex-wrap border-danger/50 bg-danger-tint')}>
      <div className="min-w-0 flex-1 basis-60">
        <p className="truncate font-semibold">
          {alarm.unitName} {alarm.value && <Temperature value={alarm.value} className="ms-2" />}
        </p>
        <p className="text-sm text-ink-muted">
          {t('since')} <RelativeTime at={alarm.raisedAt} />
          {alarm.acknowledgedBy && ` · ${t('taken', { name: alarm.acknowledgedBy.name })}`}
        </p>
      </div>
      {!alarm.acknowledgedAt && viewer.can('temperature.acknowledge', alarm.locationId) && (
        <Button busy={acknowledge.isPending} onClick={() => acknowledge.mutate(alarm.id)} className="text-base">
          {t('onIt')}
        </Button>
      )}
      {correctiveActionId && (
        <Button look="primary" onClick={() => onAct(correctiveActionId)} className="text-base">
          {t('act')}
        </Button>
      )}
    </div>
  )
}

function ActionCard({ action, onAct }: { action: CorrectiveActionRecord; onAct: (actionId: string) => void }) {
  const t = useTranslations('kiosks.work')
  return (
    <button type="button" onClick={() => onAct(action.id)} className={cx(card, 'text-start active:bg-sunken')}>
      <span className="min-w-0 flex-1">
        <span className="block truncate font-semibold">{action.unitName}</span>
        <span className="block text-sm text-ink-muted">
          {t('due')} <RelativeTime at={action.dueAt} />
        </span>
      </span>
      <ChevronRight aria-hidden className="size-6 shrink-0 text-ink-muted rtl:rotate-180" />
    </button>
  )
}

function UnitCard({
  unit,
  isSigned,
  onCheck,
}: {
  unit: UnitState
  isSigned: boolean
  onCheck: (unitId: string) => void
}) {
  const t = useTranslations('kiosks.work')
  return (
    <button type="button" onClick={() => onCheck(unit.unitId)} className={cx(card, 'text-start active:bg-sunken')}>
      <span className="min-w-0 flex-1">
        <span className="block truncate font-semibold">{unit.name}</span>
        <span className="block text-sm text-ink-muted">
          {unit.limitText && <bdi dir="ltr">{unit.limitText}</bdi>}
          {unit.limitText && ' · '}
          {unit.measuredAt ? (
            <>
              {t('read')} <RelativeTime at={unit.measuredAt} />
            </>
          ) : (
            t('never')
          )}
        </span>
      </span>
      {isSigned ? (
        <StatusBadge tone="ok" icon={<Check aria-hidden className="size-5 shrink-0 text-ok" />}>
          {t('signed')}
        </StatusBadge>
      ) : (
        unit.value && (
          <span className="grid justify-items-end gap-1">
            <Temperature
              value={unit.value}
              className={cx('font-semibold', unit.isCompliant === false && 'text-danger')}
            />
            {unit.isCompliant === false && <StatusBadge tone="danger">{t('outside')}</StatusBadge>}
          </span>
        )
      )}
      <ChevronRight aria-hidden className="size-6 shrink-0 text-ink-muted rtl:rotate-180" />
    </button>
  )
}

function TaskCard({ task }: { task: Task }) {
  const t = useTranslations('kiosks.work')
  const titleOf = useTaskTitle()
  const viewer = useViewer()
  const change = useChangeTask()
  const mayChange = viewer.can('tasks.update', task.locationId) && task.taskType !== 'corrective'
  const isBegun = task.state === 'in_progress'
  const isUnsent = useUnsentIds(TASK).has(task.id)
  return (
    <div className={card}>
      <div className="min-w-0 flex-1">
        <Link href={workPath(task)} className="-my-2 block py-2 font-semibold">
          {titleOf(task)}
        </Link>
        {isUnsent && <UnsentMark />}
        {task.dueAt && (
          <p className="text-sm text-ink-muted">
            {t('due')} <RelativeTime at={task.dueAt} />
          </p>
        )}
      </div>
      {mayChange && (
        <Button
          look={isBegun ? 'primary' : 'secondary'}
          busy={change.isPending}
          onClick={() => change.mutate({ id: task.id, status: isBegun ? 'completed' : 'in_progress' })}
          className="text-base"
        >
          {t(isBegun ? 'done' : 'start')}
        </Button>
      )}
    </div>
  )
}
