'use client'
import { DoScreen } from '@opsflow/capabilities/checklists/web'
import { WithId } from '../../../../shell/with-id.tsx'
import { Mending } from '../../../../unsent/mending.tsx'

export default function DoChecklistPage() {
  return (
    <WithId>
      {(id) => (
        <Mending>
          <DoScreen key={id} id={id} back="/checklists" />
        </Mending>
      )}
    </WithId>
  )
}
