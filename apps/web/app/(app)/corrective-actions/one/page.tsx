'use client'
import { CorrectiveActionScreen } from '@opsflow/capabilities/temperature/web'
import { WithHistory } from '../../../../shell/with-history.tsx'
import { Mending } from '../../../../unsent/mending.tsx'

export default function CorrectiveActionPage() {
  return (
    <WithHistory of="corrective_actions">
      {(id) => (
        <Mending>
          <CorrectiveActionScreen key={id} actionId={id} />
        </Mending>
      )}
    </WithHistory>
  )
}
