'use client'
import type { Task } from '@opsflow/capabilities/tasks'
import { type DueTasks, useDueTasks } from '@opsflow/capabilities/tasks/client'
import { TaskList, useTaskTitle } from '@opsflow/capabilities/tasks/web'
import { useViewer } from '@opsflow/platform/client/viewer'
import { Button, Definition, EmptyState, OlderRows, Panel, SkeletonRows } from '@opsflow/platform/web'
import { ShieldCheck } from 'lucide-react'
import { lazy, type ReactNode, Suspense, useState } from 'react'
import { useLocale, useTranslations } from 'use-intl'
import { type OutcomesAsked, useOutcomes } from '../../client/index.ts'
import { DaysField } from './days-field.tsx'
import { FileLink } from './file-link.tsx'
import { type Asked, Freshness } from './freshness.tsx'
import { OutcomeList } from './outcome-list.tsx'
import { nextDay, nodeIn, spanIn, type TabProps } from './params.ts'

const TaskExcuseDialog = lazy(() => import('./task-excuse-dialog.tsx'))

/** Longer than anything stays late: a checklist is missed after a month at most. */
const LATE_DAYS = 60

/** What is late now, and what was missed in these days, with who, when and why. */
export default function LateTab(props: TabProps) {
  const t = useTranslations('overview.late')
  const viewer = useViewer()
  const { params, scopeId, today } = props
  const node = nodeIn(params, scopeId)
  const span = spanIn(params, today, 14)
  const dueIn = { dueFrom: `${span.from}T00:00:00Z`, dueUntil: `${nextDay(span.to)}T00:00:00Z` }
  const now = { ...node, from: nextDay(today, -LATE_DAYS), to: nextDay(today) }
  return (
    <div className="grid grid-cols-1 gap-5">
      <Checklists name="lateNow" query={{ ...now, outcome: 'late' }} />
      {viewer.can('tasks.read') && <Tasks name="overdueTasks" query={{ ...node, status: 'overdue' }} />}
      <DaysField {...props} span={span} label={t('missedIn')} />
      <Checklists name="missed" query={{ ...node, ...span, outcome: 'missed' }} />
      <Checklists name="excused" query={{ ...node, ...span, outcome: 'excused' }} />
      {viewer.can('tasks.read') && <Tasks name="missedTasks" query={{ ...node, ...dueIn, status: 'missed' }} />}
    </div>
  )
}

type Name = 'lateNow' | 'overdueTasks' | 'missed' | 'excused' | 'missedTasks'

function Checklists({ name, query }: { name: Name; query: OutcomesAsked }) {
  const asked = useOutcomes(query)
  const rows = asked.data?.pages.flatMap(({ items }) => items) ?? []
  return (
    <Rows
      name={name}
      count={rows.length}
      asked={asked}
      actions={rows.length > 0 && <FileLink path="checklist-outcomes.csv" query={query} />}
    >
      <OutcomeList rows={rows} />
    </Rows>
  )
}

function Tasks({ name, query }: { name: Name; query: DueTasks }) {
  const t = useTranslations('overview')
  const language = useLocale()
  const titleOf = useTaskTitle()
  const viewer = useViewer()
  const [excusing, setExcusing] = useState<Task>()
  const asked = useDueTasks(query)
  const rows = asked.data?.pages.flatMap(({ items }) => items) ?? []
  return (
    <Rows
      name={name}
      count={rows.length}
      asked={asked}
      actions={rows.length > 0 && <FileLink path="tasks.csv" query={{ sort: 'due', language, ...query }} />}
    >
      <TaskList
        tasks={rows}
        after={(task) =>
          viewer.can('tasks.reopen', task.locationId) && (
            <Button
              look="quiet"
              aria-label={`${t(task.excuse ? 'excuse.changeReason' : 'excuse.sayWhy')}: ${titleOf(task)}`}
              onClick={() => setExcusing(task)}
            >
              {t(task.excuse ? 'excuse.changeReason' : 'excuse.sayWhy')}
            </Button>
          )
        }
      />
      {excusing && (
        <Suspense>
          <TaskExcuseDialog task={excusing} onClose={() => setExcusing(undefined)} />
        </Suspense>
      )}
    </Rows>
  )
}

function Rows({
  name,
  count,
  asked,
  actions,
  children,
}: {
  name: Name
  count: number
  asked: Parameters<typeof OlderRows>[0]['query'] & Asked & { isPending: boolean }
  actions?: ReactNode
  children: ReactNode
}) {
  const t = useTranslations('overview.late')
  return (
    <Panel
      title={
        <span className="inline-flex items-center gap-1">
          {t(`${name}.title`)}
          <Definition of={t(`${name}.title`)}>{t(`${name}.definition`)}</Definition>
        </span>
      }
      hint={count > 0 ? `${count}${asked.hasNextPage ? '+' : ''}` : undefined}
      actions={actions}
      flush
    >
      {asked.isPending && <SkeletonRows rows={2} className="p-4" />}
      <Freshness asked={asked} compact />
      {!asked.isPending && !asked.isError && count === 0 && (
        <EmptyState compact icon={<ShieldCheck aria-hidden />} title={t(`${name}.none`)} />
      )}
      {count > 0 && children}
      {count > 0 && <OlderRows asked onAsk={() => undefined} query={asked} />}
    </Panel>
  )
}
