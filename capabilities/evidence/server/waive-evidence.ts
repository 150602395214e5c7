import { demand } from '@opsflow/platform/actor'
import { notFound, refuse } from '@opsflow/platform/refusal'
import { recordEvent } from '@opsflow/platform/server/events'
import type { Tx } from '@opsflow/platform/server/tenant'
import type { Evidence, OwnerKind } from '../evidence.ts'
import { isMissing } from '../standing.ts'
import { announce } from './name-evidence.ts'
import { evidenceOf, lockEvidence, setWaived } from './store.ts'

/** A supervisor does without what has not arrived: a lost tablet does not hold a record open for good. */
export async function waiveEvidence(
  tx: Tx,
  { ownerKind, ownerId, reason }: { ownerKind: OwnerKind; ownerId: string; reason: string },
  at = new Date(),
): Promise<Evidence[]> {
  const items = await lockEvidence(tx, ownerKind, ownerId)
  const [first] = items
  if (!first) return notFound()
  demand(tx.actor, 'evidence.waive', first.locationId)
  const missing = items.filter(isMissing).map(({ id }) => id)
  if (missing.length === 0) {
    refuse('conflict', 'evidence.nothing_missing', { detail: 'Every photo has arrived or was done without already.' })
  }
  await setWaived(tx, missing, tx.actor.kind === 'member' ? tx.actor.id : null, reason, at.toISOString())
  await recordEvent(tx, {
    name: 'evidence.waived',
    subjectId: ownerId,
    locationId: first.locationId,
    after: { ownerKind, photos: missing.length, reason },
  })
  await announce(tx, missing)
  return evidenceOf(tx, ownerKind, ownerId)
}
