'use client'
import { TasksScreen } from '@opsflow/capabilities/tasks/web'
import { useScope } from '../../../shell/session.ts'

export default function TasksPage() {
  return <TasksScreen locationId={useScope()?.id} />
}
