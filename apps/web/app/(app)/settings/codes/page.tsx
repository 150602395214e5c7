'use client'
import { CodesScreen, taskPagesMessages } from '@opsflow/capabilities/tasks/web'
import { useScope } from '../../../../shell/session.ts'
import { MoreWords } from '../../../../shell/words.tsx'

export default function CodesPage() {
  const locationId = useScope()?.id
  return (
    <MoreWords of={taskPagesMessages}>
      <CodesScreen key={locationId} locationId={locationId} />
    </MoreWords>
  )
}
