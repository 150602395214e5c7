'use client'
import type { Session } from '@opsflow/capabilities/people'
import { BoardProvider, useBoardState } from '@opsflow/capabilities/temperature/client'
import { ReplicaProvider } from '@opsflow/platform/client/sync/use-replica'
import type { ReactNode } from 'react'
import { Besides } from './besides.tsx'
import { useOutboxOfDevice } from './outbox-of-device.ts'
import { usePokes } from './pokes.ts'
import { useReplicaOf } from './replica-of.ts'

/** What every screen of staff works on: this person's local copy of this organization, and the board made of it. */
export function StaffReplica({ session, children }: { session: Session | undefined; children: ReactNode }) {
  const replica = useReplicaOf(session && ownerOf(session))
  usePokes(replica, session?.organization.id)
  useOutboxOfDevice(replica)
  return (
    <ReplicaProvider value={replica}>
      {session && <Besides session={session} />}
      <KeptBoard places={session?.locations}>{children}</KeptBoard>
    </ReplicaProvider>
  )
}

const ownerOf = ({ organization, member }: Session) =>
  ({ organizationId: organization.id, kind: 'member', id: member.id, name: member.name }) as const

/** The board of these places, made once for all that show it. */
export function KeptBoard({ places, children }: { places: Session['locations'] | undefined; children: ReactNode }) {
  return <BoardProvider value={useBoardState(places)}>{children}</BoardProvider>
}
