'use client'
import { isForMe } from '@opsflow/capabilities/tasks/client'
import { TaskList } from '@opsflow/capabilities/tasks/web'
import { ActionList, AlarmList } from '@opsflow/capabilities/temperature/web'
import { useViewer } from '@opsflow/platform/client/viewer'
import { ButtonLink, EmptyState } from '@opsflow/platform/web'
import { CircleCheckBig } from 'lucide-react'
import { useTranslations } from 'use-intl'
import type { DashboardProps } from './board-of.ts'
import { DayProgress } from './day-progress.tsx'
import { Greeting } from './greeting.tsx'
import { Later } from './later.tsx'
import { ChecklistsPanel, LaterUnits } from './later-panels.tsx'
import { Metrics } from './metrics.tsx'
import { type NextItem, nextItem } from './next-item.ts'
import { AlarmsPanel, Columns, RowsPanel } from './panels.tsx'
import { usePlace } from './use-place.ts'

/** What do I do now? The next thing with its one button, how far the day has come, then the rest of my work. */
export function MemberDashboard({ board }: DashboardProps) {
  const t = useTranslations('app.dashboard')
  const viewer = useViewer()
  const place = usePlace(board)
  const next = nextItem(board, viewer)
  const mine = board.tasks.filter((task) => isForMe(task, viewer) && !isNext(task.id, next))
  const alarms = board.alarms.filter((alarm) => !isNext(alarm.id, next))
  return (
    <>
      <Greeting text={t('member', { place })} />
      <div className="grid grid-cols-1 gap-4 lg:gap-5">
        <Metrics board={board} team />
        <Columns>
          <>
            <RowsPanel name="next">
              <Next item={next} />
            </RowsPanel>
            <ChecklistsPanel own />
            <DayProgress locations={board.locations} open={board.counts.tasksOpen} />
            {alarms.length > 0 && <AlarmsPanel alarms={alarms} />}
          </>
          <RowsPanel name="tasks" count={mine.length} all={{ href: '/tasks', label: t('allTasks') }}>
            <TaskList tasks={mine.slice(0, 8)} />
          </RowsPanel>
        </Columns>
      </div>
      <Later>
        <LaterUnits board={board} />
      </Later>
    </>
  )
}

const isNext = (id: string, item: NextItem | undefined) =>
  (item?.kind === 'task' && item.task.id === id) || (item?.kind === 'alarm' && item.alarm.id === id)

function Next({ item }: { item: NextItem | undefined }) {
  const t = useTranslations('app.dashboard')
  if (!item) {
    return (
      <EmptyState compact icon={<CircleCheckBig aria-hidden />} title={t('nothingNext')}>
        {t('nothingNextText')}
      </EmptyState>
    )
  }
  if (item.kind === 'alarm') return <AlarmList alarms={[item.alarm]} />
  if (item.kind === 'action') {
    return (
      <>
        <ActionList actions={[item.action]} />
        <div className="px-4 pb-4 sm:px-5">
          <ButtonLink look="primary" href={`/corrective-actions/one?id=${item.action.id}`} className="w-full">
            {t('doItNow')}
          </ButtonLink>
        </div>
      </>
    )
  }
  return <TaskList tasks={[item.task]} />
}
