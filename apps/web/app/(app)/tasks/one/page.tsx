'use client'
import { TaskScreen } from '@opsflow/capabilities/tasks/web'
import { WithId } from '../../../../shell/with-id.tsx'

export default function TaskPage() {
  return <WithId>{(id) => <TaskScreen key={id} taskId={id} />}</WithId>
}
