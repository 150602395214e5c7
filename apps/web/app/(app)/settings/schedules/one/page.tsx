'use client'
import { ScheduleScreen } from '@opsflow/capabilities/checklists/web'
import { useGo } from '../../../../../shell/links.tsx'
import { WithHistory } from '../../../../../shell/with-history.tsx'

export default function SchedulePage() {
  const go = useGo()
  return (
    <WithHistory of="checklist_schedules">
      {(id) => <ScheduleScreen key={id} id={id} onSaved={() => go.to('/settings/schedules')} />}
    </WithHistory>
  )
}
