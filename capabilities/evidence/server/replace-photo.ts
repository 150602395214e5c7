import { can, demand } from '@opsflow/platform/actor'
import { justNow } from '@opsflow/platform/moment'
import { notFound, refuse } from '@opsflow/platform/refusal'
import { recordEvents } from '@opsflow/platform/server/events'
import type { Ran } from '@opsflow/platform/server/sync/registry'
import type { Tx } from '@opsflow/platform/server/tenant'
import type { Evidence, NamedPhoto } from '../evidence.ts'
import { isMissing, nothingMissing } from '../standing.ts'
import { announce, nameEvidence } from './name-evidence.ts'
import { evidenceByIds, lockEvidenceOfFile, lockFiles, setReplaced } from './store.ts'

/**
 * A photo that is not kept is replaced by another of the same record, which waits for that one now. By whoever named it,
 * on the tablet it was named on, or by who may do without it.
 */
export async function replacePhoto(
  tx: Tx,
  fileId: string,
  photo: NamedPhoto,
  { at }: { at: string } = justNow(),
): Promise<Evidence[]> {
  await lockFiles(tx, [fileId, photo.id])
  const items = await lockEvidenceOfFile(tx, fileId)
  const [first] = items
  if (!first || !can(tx.actor, 'evidence.read', first.locationId)) return notFound()
  demand(tx.actor, 'evidence.add', first.locationId)
  const missing = items.filter(isMissing)
  if (missing.length === 0) return nothingMissing()
  const { actor } = tx
  const isTheirs = missing.every(
    ({ by, kioskId }) => by === actor.id || (kioskId !== null && kioskId === actor.kioskId),
  )
  if (!isTheirs && !can(actor, 'evidence.waive', first.locationId)) {
    refuse('forbidden', 'evidence.not_yours', { detail: 'Only whoever took this photo, or a supervisor, replaces it.' })
  }
  for (const { ownerKind, ownerId, locationId } of missing) {
    await nameEvidence(tx, { ownerKind, ownerId, locationId, at }, [photo])
  }
  const ids = missing.map(({ id }) => id)
  await setReplaced(tx, ids, photo.id)
  await recordEvents(
    tx,
    missing.map(({ ownerKind, ownerId, locationId }) => ({
      ...{ name: 'evidence.replaced', subjectId: ownerId, locationId },
      ...{ before: { fileId }, after: { ownerKind, fileId: photo.id } },
    })),
  )
  await announce(tx, ids)
  return evidenceByIds(tx, ids)
}

/** The same, done offline. What has arrived after all needs no other. */
export async function bringReplacement(
  tx: Tx,
  fileId: string,
  photo: NamedPhoto,
  when: { at: string },
): Promise<Ran | undefined> {
  const items = await lockEvidenceOfFile(tx, fileId)
  if (items.length === 0 || items.some(isMissing))
    return void (await replacePhoto(tx, fileId, photo, when)) as undefined
  return {
    outcome: 'superseded',
    code: 'evidence.nothing_missing',
    detail: 'This photo had arrived by then, or was done without.',
  }
}
