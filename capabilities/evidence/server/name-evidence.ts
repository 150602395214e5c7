import { demand } from '@opsflow/platform/actor'
import type { Tx } from '@opsflow/platform/server/tenant'
import type { OwnerKind, ProvingPhoto } from '../evidence.ts'
import { evidenceChanged } from '../facts.ts'
import { mustBeFinal } from '../standing.ts'
import { evidenceByIds, evidenceOf, insertEvidence, lockFiles, setArrived } from './store.ts'

type Record = { ownerKind: OwnerKind; ownerId: string; locationId: string; at: string }

/** A record that is made or answered names its photos, in the same transaction. Naming one twice is naming it once. */
export async function nameEvidence(tx: Tx, record: Record, photos: readonly ProvingPhoto[] = []): Promise<void> {
  if (photos.length === 0) return
  demand(tx.actor, 'evidence.add', record.locationId)
  await lockFiles(
    tx,
    photos.map(({ id }) => id),
  )
  const by = tx.actor.kind === 'member' ? tx.actor.id : null
  await announce(tx, await insertEvidence(tx, { ...record, photos, by }))
}

/** A file has arrived whole: whoever named it has it now. */
export async function evidenceArrived(tx: Tx, file: { id: string; sha256: string; locationId: string }): Promise<void> {
  await lockFiles(tx, [file.id])
  await announce(tx, await setArrived(tx, file))
}

/** A record is confirmed only when it is final. */
export async function demandEvidence(tx: Tx, ownerKind: OwnerKind, ownerId: string): Promise<void> {
  mustBeFinal(await evidenceOf(tx, ownerKind, ownerId))
}

export async function announce(tx: Tx, ids: readonly string[]) {
  if (ids.length === 0) return
  for (const item of await evidenceByIds(tx, ids)) await tx.emit(evidenceChanged, item)
}
