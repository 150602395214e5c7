'use client'
import { TaskScreen } from '@opsflow/capabilities/tasks/web'
import { WithHistory } from '../../../../shell/with-history.tsx'

export default function TaskPage() {
  return <WithHistory of="tasks">{(id) => <TaskScreen key={id} taskId={id} />}</WithHistory>
}
