'use client'
import { useClock } from '@opsflow/platform/web'
import { useTranslations } from 'use-intl'
import { useSignedIn } from '../shell/session.ts'
import type { DashboardProps } from './board-of.ts'
import { GettingStarted } from './getting-started.tsx'
import { Greeting } from './greeting.tsx'
import { Later } from './later.tsx'
import { ChecklistsPanel, LaterLocations, WeekPanel } from './later-panels.tsx'
import { Metrics } from './metrics.tsx'
import { AlarmsPanel, AttentionPanel, Columns, LatePanel } from './panels.tsx'

/** How does the whole organization stand, what changed, and which location needs a call? */
export function AdminDashboard({ board }: DashboardProps) {
  const t = useTranslations('app.dashboard')
  const { organization } = useSignedIn()
  const now = useClock()
  return (
    <>
      <Greeting text={t('admin', { organization: organization.name })} />
      <div className="grid grid-cols-1 gap-4 lg:gap-5">
        {board.units.length === 0 && <GettingStarted />}
        <Metrics board={board} />
        <Later>
          <LaterLocations locations={board.locations} />
          <Columns>
            <>
              <WeekPanel panel="TrendPanel" locations={board.locations} />
              <AttentionPanel units={board.units} />
              <LatePanel tasks={board.tasks} now={now} />
            </>
            <>
              <WeekPanel panel="SinceYesterdayPanel" locations={board.locations} />
              <ChecklistsPanel />
              <AlarmsPanel alarms={board.alarms} />
            </>
          </Columns>
        </Later>
      </div>
    </>
  )
}
