'use client'
import type { TabletParts } from '@opsflow/capabilities/kiosks/web'
import type { Session } from '@opsflow/capabilities/people'
import { ReplicaProvider, useReplica } from '@opsflow/platform/client/sync/use-replica'
import { SkeletonRows } from '@opsflow/platform/web'
import { lazy, type ReactNode, Suspense, useEffect } from 'react'
import { MendingLater } from '../unsent/mending.tsx'
import { NeedsAttentionLater } from '../unsent/needs-attention-later.tsx'
import { saveUnsent } from '../unsent/save-unsent.ts'
import { UnsentChip } from '../unsent/unsent-chip.tsx'
import { Besides } from './besides.tsx'
import { ownerOfStore } from './people-here.ts'
import { Photos } from './photos.tsx'
import { usePokes } from './pokes.ts'
import { useReplicaOf } from './replica-of.ts'
import { KeptBoard } from './staff-replica.tsx'

/** Its code comes after the first look at the board. */
const TabletMatters = lazy(() => import('./tablet-matters.tsx'))
const TabletProcesses = lazy(() => import('./tablet-processes.tsx'))
const loadWords = () => import('./work-words.tsx')
const WorkWords = lazy(loadWords)

type Call = Parameters<typeof import('./device-replica.ts').openDeviceReplica>[0]

const noneShown: ReadonlySet<string> = new Set()

/** What a shared tablet works on: the tablet's one local copy, whoever sits at it. */
export const tabletParts = (call: unknown): TabletParts => ({
  replica: (tablet, children) => <TabletReplica {...tablet}>{children}</TabletReplica>,
  board: (session, work) => <SeatBoard session={session}>{work}</SeatBoard>,
  unsent: <UnsentChip />,
  attention: <NeedsAttentionLater />,
  matters: (here) => (
    <Suspense fallback={here.rest(noneShown)}>
      <TabletMatters {...here} />
    </Suspense>
  ),
  processes: (at) => (
    <Suspense fallback={<SkeletonRows rows={3} />}>
      <TabletProcesses at={at} />
    </Suspense>
  ),
  mending: (uid, form) => <MendingLater uid={uid}>{form}</MendingLater>,
  deliver: async () => {
    const { handOverPhotos } = await photosHere()
    for (const { replica, photosOf } of await everyReplica(call as Call)) {
      await replica
        .drain()
        .then(() => handOverPhotos(photosOf, replica.handOverKey()))
        .finally(() => replica.close())
    }
  },
  save: async () => {
    const { savedPhotos } = await photosHere()
    for (const { replica, photosOf } of await everyReplica(call as Call)) {
      const owed = (await replica.unsentWork()).length + replica.status.needsAttention
      if (owed + (await savedPhotos(photosOf)).length > 0) await saveUnsent(replica, photosOf)
      await replica.close()
    }
  },
})

const LOOK_EVERY_MS = 20_000

function TabletReplica({
  organizationId,
  kioskId,
  name,
  children,
}: {
  organizationId: string
  kioskId: string
  name: string
  children: ReactNode
}) {
  const replica = useReplicaOf({ organizationId, kind: 'kiosk', id: kioskId, name })
  useEffect(() => void loadWords().catch(() => undefined), [])
  // While nobody is signed in the server pokes nobody: the copy is kept fresh for whoever comes next.
  useEffect(() => {
    const timer = setInterval(() => void replica?.sync(), LOOK_EVERY_MS)
    return () => clearInterval(timer)
  }, [replica])
  return (
    <ReplicaProvider value={replica}>
      <Photos organizationId={organizationId} holder="tablet">
        {children}
      </Photos>
    </ReplicaProvider>
  )
}

/** The board of the tablet's location, with whoever sits here listening to the server. */
function SeatBoard({ session, children }: { session: Session; children: ReactNode }) {
  usePokes(useReplica(), session.organization.id)
  return (
    <KeptBoard places={session.locations}>
      {/* A bare tablet may not see them: whoever sits down asks for what is not here yet. */}
      <Besides session={session} />
      <Suspense fallback={<SkeletonRows rows={6} />}>
        <WorkWords>{children}</WorkWords>
      </Suspense>
    </KeptBoard>
  )
}

/** All that was ever recorded in this browser: by this tablet, by one it was before, by a person of their own. */
async function everyReplica(call: Call) {
  const { openDeviceReplica } = await import('./device-replica.ts')
  const names = ((await indexedDB.databases?.()) ?? []).flatMap(({ name }) => name ?? [])
  const owners = names.flatMap((name) => ownerOfStore(name) ?? [])
  return Promise.all(
    owners.map(async ({ organizationId, kind, id }) => ({
      replica: await openDeviceReplica(call, organizationId, { kind, id, name: '' }),
      photosOf: { organizationId, holder: kind === 'kiosk' ? 'tablet' : id },
    })),
  )
}

const photosHere = () => import('@opsflow/platform/client/files/hand-over-photos')
