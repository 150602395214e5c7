'use client'
import { TaskList } from '@opsflow/capabilities/tasks/web'
import { ActionList, AlarmList } from '@opsflow/capabilities/temperature/web'
import { Panel } from '@opsflow/platform/web'
import { useTranslations } from 'use-intl'
import { AttentionPanel, PanelLink } from './attention-panel.tsx'
import type { DashboardProps } from './board-of.ts'
import { Greeting } from './greeting.tsx'
import { LocationsTable } from './locations-table.tsx'
import { Metrics } from './metrics.tsx'
import { usePlace } from './use-place.ts'

/** What does my team have to do today, and what waits for me? */
export function ManagerDashboard({ board }: DashboardProps) {
  const t = useTranslations('app.dashboard')
  const place = usePlace(board)
  return (
    <>
      <Greeting text={t('manager', { place })} />
      <div className="grid grid-cols-1 gap-4 lg:gap-5">
        <Metrics counts={board.counts} />
        <div className="grid grid-cols-1 items-start gap-4 lg:grid-cols-2 lg:gap-5">
          <AttentionPanel units={board.units} />
          <Panel
            title={t('openAlarms')}
            hint={board.alarms.length || undefined}
            flush
            actions={<PanelLink href="/alarms">{t('allAlarms')}</PanelLink>}
          >
            <AlarmList alarms={board.alarms.slice(0, 6)} />
          </Panel>
          <Panel
            title={t('openTasks')}
            hint={board.tasks.length || undefined}
            flush
            actions={<PanelLink href="/tasks">{t('allTasks')}</PanelLink>}
          >
            <TaskList tasks={board.tasks.slice(0, 6)} />
          </Panel>
          <Panel
            title={t('openActions')}
            hint={board.correctiveActions.length || undefined}
            flush
            actions={<PanelLink href="/corrective-actions">{t('allActions')}</PanelLink>}
          >
            <ActionList actions={board.correctiveActions.slice(0, 6)} />
          </Panel>
        </div>
        {board.locations.length > 1 && <LocationsTable locations={board.locations} />}
      </div>
    </>
  )
}
