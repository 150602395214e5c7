'use client'
import { useTablet } from '@opsflow/capabilities/kiosks/client'
import { KioskScreen, kiosksMessages } from '@opsflow/capabilities/kiosks/web'
import { createClient } from '@opsflow/platform/client/api'
import { ApiProvider } from '@opsflow/platform/client/api-context'
import { ReplicaProvider } from '@opsflow/platform/client/sync/use-replica'
import type { ReactNode } from 'react'
import { Photos } from '../../shell/photos.tsx'
import { usePokes } from '../../shell/pokes.ts'
import { useReplicaOf } from '../../shell/replica-of.ts'
import { KeptBoard } from '../../shell/staff-replica.tsx'
import { MoreWords } from '../../shell/words.tsx'

/** A tablet belongs to one organization: what was last looked at in this browser does not matter. */
const call = createClient()

export default function KioskPage() {
  return (
    <ApiProvider value={call}>
      <MoreWords of={kiosksMessages}>
        <TabletReplica>
          <KioskScreen board={(_, work) => <KeptBoard places={undefined}>{work}</KeptBoard>} />
        </TabletReplica>
      </MoreWords>
    </ApiProvider>
  )
}

/** The tablet has one local copy, whoever is at it. */
function TabletReplica({ children }: { children: ReactNode }) {
  const { kiosk, organization } = useTablet().data ?? {}
  const of = kiosk && organization && { organizationId: organization.id, kind: 'kiosk' as const, ...kiosk }
  const replica = useReplicaOf(of ?? undefined)
  usePokes(replica, organization?.id)
  return (
    <ReplicaProvider value={replica}>
      <Photos organizationId={organization?.id} holder="tablet">
        {children}
      </Photos>
    </ReplicaProvider>
  )
}
