'use client'
import { useClock } from '@opsflow/platform/web'
import { useTranslations } from 'use-intl'
import type { DashboardProps } from './board-of.ts'
import { GettingStarted } from './getting-started.tsx'
import { Greeting } from './greeting.tsx'
import { Later } from './later.tsx'
import { ChecklistsPanel, LaterLocations, WeekPanel } from './later-panels.tsx'
import { Metrics } from './metrics.tsx'
import { AlarmsPanel, AttentionPanel, Columns, LatePanel, SignOffsPanel } from './panels.tsx'
import { usePlace } from './use-place.ts'

/** Today at my stores: what rings, what is late, what waits for my word, and who is there. */
export function ManagerDashboard({ board }: DashboardProps) {
  const t = useTranslations('app.dashboard')
  const place = usePlace(board)
  const now = useClock()
  return (
    <>
      <Greeting text={t('manager', { place })} />
      <div className="grid grid-cols-1 gap-4 lg:gap-5">
        {board.units.length === 0 && <GettingStarted />}
        <Metrics board={board} />
        <Later>
          <Columns>
            <>
              <AlarmsPanel alarms={board.alarms} />
              <SignOffsPanel actions={board.correctiveActions} />
              <AttentionPanel units={board.units} />
              <WeekPanel panel="PatternPanel" locations={board.locations} />
            </>
            <>
              <ChecklistsPanel />
              <LatePanel tasks={board.tasks} now={now} />
              <WeekPanel panel="PeoplePanel" locations={board.locations} />
            </>
          </Columns>
          {board.locations.length > 1 && <LaterLocations locations={board.locations} />}
        </Later>
      </div>
    </>
  )
}
