'use client'
import { CodesScreen, taskPagesMessages } from '@opsflow/capabilities/tasks/web'
import { MoreWords } from '@opsflow/platform/web'
import { useScope } from '../../../../shell/session.ts'

export default function CodesPage() {
  const locationId = useScope()?.id
  return (
    <MoreWords of={taskPagesMessages}>
      <CodesScreen key={locationId} locationId={locationId} />
    </MoreWords>
  )
}
