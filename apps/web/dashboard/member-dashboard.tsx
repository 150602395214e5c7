'use client'
import { TaskList } from '@opsflow/capabilities/tasks/web'
import { AlarmList, UnitTiles } from '@opsflow/capabilities/temperature/web'
import { Panel } from '@opsflow/platform/web'
import { useTranslations } from 'use-intl'
import { useSignedIn } from '../shell/session.ts'
import { PanelLink } from './attention-panel.tsx'
import type { DashboardProps } from './board-of.ts'
import { Greeting } from './greeting.tsx'
import { usePlace } from './use-place.ts'

/** What do I do now? Alarms first, then my tasks, then the units around me. */
export function MemberDashboard({ board }: DashboardProps) {
  const t = useTranslations('app.dashboard')
  const { member } = useSignedIn()
  const place = usePlace(board)
  const mine = board.tasks.filter((task) => !task.assignedTo || task.assignedTo.id === member.id)
  return (
    <>
      <Greeting text={t('member', { place })} />
      <div className="grid grid-cols-1 items-start gap-4 lg:grid-cols-2 lg:gap-5">
        {board.alarms.length > 0 && (
          <Panel
            title={t('openAlarms')}
            hint={board.alarms.length}
            flush
            actions={<PanelLink href="/alarms">{t('allAlarms')}</PanelLink>}
          >
            <AlarmList alarms={board.alarms.slice(0, 5)} />
          </Panel>
        )}
        <Panel
          title={t('myTasks')}
          hint={mine.length || undefined}
          flush
          actions={<PanelLink href="/tasks">{t('allTasks')}</PanelLink>}
        >
          <TaskList tasks={mine.slice(0, 8)} />
        </Panel>
      </div>
      <h2 className="mt-7 mb-3 text-[0.9375rem] font-semibold">{t('unitsNow')}</h2>
      <UnitTiles units={board.units} showLocation={board.locations.length > 1} />
    </>
  )
}
