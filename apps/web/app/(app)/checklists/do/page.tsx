'use client'
import { DoScreen } from '@opsflow/capabilities/checklists/web'
import { useSearchParams } from 'next/navigation'
import { WithId } from '../../../../shell/with-id.tsx'
import { Mending } from '../../../../unsent/mending.tsx'

export default function DoChecklistPage() {
  return (
    <WithId>
      {(id) => (
        <Mending>
          <Screen key={id} id={id} />
        </Mending>
      )}
    </WithId>
  )
}

function Screen({ id }: { id: string }) {
  return <DoScreen id={id} back="/checklists" scanned={useSearchParams().get('code') ?? undefined} />
}
