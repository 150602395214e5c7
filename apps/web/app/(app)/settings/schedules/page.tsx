'use client'
import { SchedulesScreen } from '@opsflow/capabilities/checklists/web'

export default function SchedulesPage() {
  return <SchedulesScreen />
}
