'use client'
import { KioskScreen } from '@opsflow/capabilities/kiosks/web'
import { createClient } from '@opsflow/platform/client/api'
import { ApiProvider } from '@opsflow/platform/client/api-context'
import { LiveBoard } from '../../shell/live-board.tsx'

/** A tablet belongs to one organization: what was last looked at in this browser does not matter. */
const call = createClient()

export default function KioskPage() {
  return (
    <ApiProvider value={call}>
      <KioskScreen board={(organizationId, work) => <LiveBoard organizationId={organizationId}>{work}</LiveBoard>} />
    </ApiProvider>
  )
}
