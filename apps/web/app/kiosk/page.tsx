'use client'
import { KioskScreen, kiosksMessages } from '@opsflow/capabilities/kiosks/web'
import { createClient } from '@opsflow/platform/client/api'
import { ApiProvider } from '@opsflow/platform/client/api-context'
import { MoreWords } from '@opsflow/platform/web'
import { tabletParts } from '../../shell/tablet-replica.tsx'

/** A tablet belongs to one organization: what was last looked at in this browser does not matter. */
const call = createClient()
const parts = tabletParts(call)

export default function KioskPage() {
  return (
    <ApiProvider value={call}>
      <MoreWords of={kiosksMessages}>
        <KioskScreen parts={parts} />
      </MoreWords>
    </ApiProvider>
  )
}
