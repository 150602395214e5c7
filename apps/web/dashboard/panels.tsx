'use client'
import type { Task } from '@opsflow/capabilities/tasks'
import { isOverdue } from '@opsflow/capabilities/tasks/client'
import { TaskList } from '@opsflow/capabilities/tasks/web'
import type { UnitState } from '@opsflow/capabilities/temperature'
import { ActionList, AlarmList, UnitList } from '@opsflow/capabilities/temperature/web'
import { Definition, EmptyState, Link, Panel } from '@opsflow/platform/web'
import { ClipboardCheck, ShieldCheck } from 'lucide-react'
import type { ReactNode } from 'react'
import { useTranslations } from 'use-intl'
import type { Board } from './board-of.ts'

const mostShown = 6

/** Two stacks of panels side by side on a desk, one after the other on a phone. */
export const Columns = ({ children: [left, right] }: { children: [ReactNode, ReactNode] }) => (
  <div className="grid grid-cols-1 items-start gap-4 lg:grid-cols-2 lg:gap-5">
    <div className="grid min-w-0 grid-cols-1 gap-4 lg:gap-5">{left}</div>
    <div className="grid min-w-0 grid-cols-1 gap-4 lg:gap-5">{right}</div>
  </div>
)

/** A panel of rows: what is in it by definition, how many, and the way to all of them. */
export function RowsPanel({
  name,
  count,
  all,
  children,
}: {
  name: 'attention' | 'alarms' | 'late' | 'signOffs' | 'tasks' | 'next' | 'people' | 'dueNow' | 'checklists'
  count?: number
  all?: { href: string; label: string }
  children: ReactNode
}) {
  const t = useTranslations('dashboardPanels.panels')
  return (
    <Panel
      title={
        <span className="inline-flex items-center gap-1">
          {t(`${name}.title`)}
          <Definition of={t(`${name}.title`)}>{t(`${name}.definition`)}</Definition>
        </span>
      }
      hint={count || undefined}
      flush
      actions={all && <PanelLink href={all.href}>{all.label}</PanelLink>}
    >
      {children}
    </Panel>
  )
}

function PanelLink({ href, children }: { href: string; children: string }) {
  return (
    <Link
      href={href}
      className="inline-flex min-h-target items-center rounded-md px-2 text-sm font-medium text-accent-ink hover:underline"
    >
      {children}
    </Link>
  )
}

/** The worst units, worst first. */
export function AttentionPanel({ units }: { units: readonly UnitState[] }) {
  const t = useTranslations('app.dashboard')
  const unwell = units.filter((unit) => unit.status !== 'ok' && unit.status !== 'no_data')
  return (
    <RowsPanel name="attention" count={unwell.length} all={{ href: '/temperature', label: t('seeBoard') }}>
      {unwell.length === 0 ? (
        <EmptyState compact icon={<ShieldCheck aria-hidden />} title={t('allWell')}>
          {t('allWellText')}
        </EmptyState>
      ) : (
        <UnitList units={unwell.slice(0, mostShown)} />
      )}
    </RowsPanel>
  )
}

export function AlarmsPanel({ alarms }: { alarms: Board['alarms'] }) {
  const t = useTranslations('app.dashboard')
  return (
    <RowsPanel name="alarms" count={alarms.length} all={{ href: '/alarms', label: t('allAlarms') }}>
      <AlarmList alarms={alarms.slice(0, mostShown)} />
    </RowsPanel>
  )
}

/** What should have been done by now, the longest overdue first. */
export function LatePanel({ tasks, now }: { tasks: readonly Task[]; now: number }) {
  const t = useTranslations('app.dashboard')
  const late = tasks.filter((task) => isLate(task, now)).sort((a, b) => dueOf(a) - dueOf(b))
  return (
    <RowsPanel name="late" count={late.length} all={{ href: '/tasks', label: t('allTasks') }}>
      {late.length === 0 ? (
        <EmptyState compact icon={<ShieldCheck aria-hidden />} title={t('nothingLate')} />
      ) : (
        <TaskList tasks={late.slice(0, mostShown)} />
      )}
    </RowsPanel>
  )
}

/** Closed corrective actions that a second person has not verified yet. */
export function SignOffsPanel({ actions }: { actions: Board['correctiveActions'] }) {
  const t = useTranslations('app.dashboard')
  const waiting = actions.filter(({ state }) => state === 'closed')
  return (
    <RowsPanel name="signOffs" count={waiting.length} all={{ href: '/corrective-actions', label: t('allActions') }}>
      {waiting.length === 0 ? (
        <EmptyState compact icon={<ClipboardCheck aria-hidden />} title={t('nothingToVerify')} />
      ) : (
        <ActionList actions={waiting.slice(0, mostShown)} />
      )}
    </RowsPanel>
  )
}

const dueOf = (task: Task) => (task.dueAt === null ? Number.POSITIVE_INFINITY : Date.parse(task.dueAt))
export const isLate = (task: Task, now: number) => isOverdue(task, now)
