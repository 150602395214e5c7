import type { Actor } from '../../actor.ts'
import { refuse } from '../../refusal.ts'
import type { Tx } from '../tenant.ts'
import { holdBytes } from './leavings.ts'
import { type Kept, lookInto, sha256Of } from './look-into.ts'
import type { FileParts } from './receive.ts'
import { sniff } from './sniff.ts'
import { keptKey } from './storage.ts'
import { insertFile, roomUsed } from './store.ts'

/** Of a picture that came in one piece: as much as shows what it is about, and as little work as that takes. */
const PICTURE = { mostPixels: 24_000_000, longestEdge: 1600 }
/** The last fifth of the room is for those who work here. */
const SHARE_FOR_OUTSIDERS = 0.8

/** What of it lies in the storage. */
export const bytesOf = ({ kept, hashes }: DrawnPicture) => [
  { sha256: hashes.stored.toString('hex'), bytes: kept.bytes },
  { sha256: hashes.thumbnail.toString('hex'), bytes: kept.thumbnail ?? Buffer.alloc(0) },
]

export type DrawnPicture = { kept: Kept; sha256: string; size: number; hashes: { stored: Buffer; thumbnail: Buffer } }

/** Bytes that came in one piece: by content a picture, drawn anew, and stored. Nothing is written of it yet. */
export async function drawPicture(
  parts: Pick<FileParts, 'storage'>,
  { tenantId }: Actor,
  bytes: Buffer,
): Promise<DrawnPicture> {
  const kind = sniff(bytes)
  if (kind === 'pdf') {
    const detail = 'Send a picture: JPEG, PNG or WebP.'
    refuse('invalid', 'files.type_refused', {
      detail,
      errors: [{ path: 'body', code: 'files.type_refused', message: detail }],
    })
  }
  const kept = await lookInto(bytes, { bounds: PICTURE })
  const thumbnail = kept.thumbnail ?? Buffer.alloc(0)
  const hashes = { stored: sha256Of(kept.bytes), thumbnail: sha256Of(thumbnail) }
  await parts.storage.put(keptKey(tenantId, hashes.stored.toString('hex')), kept.bytes)
  await parts.storage.put(keptKey(tenantId, hashes.thumbnail.toString('hex')), thumbnail)
  return { kept, sha256: sha256Of(bytes).toString('hex'), size: bytes.length, hashes }
}

/** The file, now that there is something it belongs to. When it was taken is not known: it is when it came, with doubt. */
export async function insertPicture(
  tx: Tx,
  { quotaBytes, storage }: Pick<FileParts, 'quotaBytes' | 'storage'>,
  { id, locationId, at }: { id: string; locationId: string; at: string },
  drawn: DrawnPicture,
): Promise<void> {
  const { kept, sha256, size, hashes } = drawn
  if ((await roomUsed(tx)) + kept.bytes.length > quotaBytes * SHARE_FOR_OUTSIDERS) {
    refuse('too_many', 'files.quota_full', { detail: 'There is no room for pictures now.', retryAfterSeconds: 3600 })
  }
  await holdBytes(tx, storage, bytesOf(drawn))
  const upload = { id, locationId, sha256, size, capturedAt: at, capturedQuality: 'doubtful' as const, kioskId: null }
  await insertFile(tx, upload, kept, hashes)
}
