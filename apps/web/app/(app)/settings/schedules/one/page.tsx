'use client'
import { ScheduleScreen } from '@opsflow/capabilities/checklists/web'
import { useGo } from '../../../../../shell/links.tsx'
import { WithId } from '../../../../../shell/with-id.tsx'

export default function SchedulePage() {
  const go = useGo()
  return <WithId>{(id) => <ScheduleScreen key={id} id={id} onSaved={() => go.to('/settings/schedules')} />}</WithId>
}
