'use client'
import { AlarmsScreen } from '@opsflow/capabilities/temperature/web'
import { useScope } from '../../../shell/session.ts'

export default function AlarmsPage() {
  return <AlarmsScreen locationId={useScope()?.id} />
}
