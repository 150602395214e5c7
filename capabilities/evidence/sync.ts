import { type Doing, defineMutator, type Rows } from '@opsflow/platform/sync'
import { z } from 'zod'
import { type Evidence, NamedPhoto, type OwnerKind, type ProvingPhoto } from './evidence.ts'
import { isMissing, mustBeFinal, nothingMissing } from './standing.ts'
import { evidenceEntity } from './sync-entity.ts'

/** The version and the variant of a UUID stand here; they stay. */
const KEPT = new Set([8, 13, 14, 18, 19, 23])

/** Which photo proves which record: an id that device and server both know, without having spoken. */
export const evidenceIdOf = (ownerId: string, fileId: string): string =>
  Array.from(fileId.toLowerCase(), (digit, at) =>
    KEPT.has(at) ? digit : (Number.parseInt(digit, 16) ^ Number.parseInt(ownerId.charAt(at), 16)).toString(16),
  ).join('')

/** The device's half of the rule: as far as it knows, is everything here? */
export async function foreseeFinal(rows: Rows, ownerId: string) {
  mustBeFinal((await rows.list<Evidence>(evidenceEntity)).filter((item) => item.ownerId === ownerId))
}

/** What a device shows of the photos it has just named, until the server has spoken: on their way. */
export function foreseeEvidence(
  rows: Rows,
  owner: { ownerKind: OwnerKind; ownerId: string; locationId: string },
  photos: readonly ProvingPhoto[] | undefined,
  { by, kiosk, at }: Doing,
) {
  for (const { id: fileId, sha256, annotates = null } of photos ?? []) {
    const id = evidenceIdOf(owner.ownerId, fileId)
    const arriving = { capturedAt: null, capturedQuality: null, arrivedAt: null }
    const waiving = { waivedAt: null, waivedBy: null, waiver: null, replacedBy: null }
    const named = { namedAt: at, namedBy: by, kiosk }
    rows.put(evidenceEntity, id, owner.locationId, {
      ...{ id, ...owner, fileId, sha256, annotates },
      ...{ ...named, ...arriving, ...waiving },
    } satisfies Evidence)
  }
}

/** The server does not keep that photo: this one, taken since, proves the same record. */
const replace = defineMutator({
  name: 'evidence.replace',
  version: 1,
  args: z.strictObject({ fileId: z.uuid(), photo: NamedPhoto }),
  async foresee(rows, { fileId, photo }, doing) {
    const missing = (await rows.list<Evidence>(evidenceEntity)).filter(
      (item) => item.fileId === fileId && isMissing(item),
    )
    if (missing.length === 0) nothingMissing()
    for (const { ownerKind, ownerId, locationId, ...item } of missing) {
      const owner = { ownerKind, ownerId, locationId }
      rows.put(evidenceEntity, item.id, locationId, { ...item, ...owner, replacedBy: photo.id } satisfies Evidence)
      foreseeEvidence(rows, owner, [photo], doing)
    }
  },
})

export const evidenceMutators = { replace }
