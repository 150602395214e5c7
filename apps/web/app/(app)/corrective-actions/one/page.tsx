'use client'
import { CorrectiveActionScreen } from '@opsflow/capabilities/temperature/web'
import { WithId } from '../../../../shell/with-id.tsx'
import { Mending } from '../../../../unsent/mending.tsx'

export default function CorrectiveActionPage() {
  return (
    <WithId>
      {(id) => (
        <Mending>
          <CorrectiveActionScreen key={id} actionId={id} />
        </Mending>
      )}
    </WithId>
  )
}
