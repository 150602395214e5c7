'use client'
import { KioskScreen, kiosksMessages } from '@opsflow/capabilities/kiosks/web'
import { createClient } from '@opsflow/platform/client/api'
import { ApiProvider } from '@opsflow/platform/client/api-context'
import { LiveBoard } from '../../shell/live-board.tsx'
import { MoreWords } from '../../shell/words.tsx'

/** A tablet belongs to one organization: what was last looked at in this browser does not matter. */
const call = createClient()

export default function KioskPage() {
  return (
    <ApiProvider value={call}>
      <MoreWords of={kiosksMessages}>
        <KioskScreen board={(organizationId, work) => <LiveBoard organizationId={organizationId}>{work}</LiveBoard>} />
      </MoreWords>
    </ApiProvider>
  )
}
