'use client'
import { AlarmList } from '@opsflow/capabilities/temperature/web'
import { Panel } from '@opsflow/platform/web'
import { useTranslations } from 'use-intl'
import { useSignedIn } from '../shell/session.ts'
import { AttentionPanel, PanelLink } from './attention-panel.tsx'
import type { DashboardProps } from './board-of.ts'
import { Greeting } from './greeting.tsx'
import { LocationsTable } from './locations-table.tsx'
import { Metrics } from './metrics.tsx'

/** How does the whole organization stand, and which location needs a call? */
export function AdminDashboard({ board }: DashboardProps) {
  const t = useTranslations('app.dashboard')
  const { organization } = useSignedIn()
  return (
    <>
      <Greeting text={t('admin', { organization: organization.name })} />
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
        </div>
        <LocationsTable locations={board.locations} />
      </div>
    </>
  )
}
