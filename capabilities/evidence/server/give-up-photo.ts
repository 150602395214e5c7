import { demand } from '@opsflow/platform/actor'
import { notFound, refuse } from '@opsflow/platform/refusal'
import { recordEvents } from '@opsflow/platform/server/events'
import type { Tx } from '@opsflow/platform/server/tenant'
import { isMissing } from '../standing.ts'
import { lockEvidenceOfFile } from './store.ts'

/**
 * Whoever holds the only bytes of a photo lets them go, because they are not kept here. It stands in the audit trail of
 * each record that named it; the record still waits, until a supervisor does without.
 */
export async function giveUpPhoto(tx: Tx, fileId: string, { reason }: { reason: string }): Promise<void> {
  const items = await lockEvidenceOfFile(tx, fileId)
  const [first] = items
  if (!first) return notFound()
  demand(tx.actor, 'evidence.add', first.locationId)
  const missing = items.filter(isMissing)
  if (missing.length === 0) {
    refuse('conflict', 'evidence.nothing_missing', { detail: 'This photo has arrived, or was done without already.' })
  }
  await recordEvents(
    tx,
    missing.map(({ ownerKind, ownerId, locationId }) => ({
      name: 'evidence.given_up',
      subjectId: ownerId,
      locationId,
      after: { ownerKind, fileId, reason },
    })),
  )
}
