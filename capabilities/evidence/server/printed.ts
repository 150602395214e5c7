import type { FileParts } from '@opsflow/platform/server/files/receive'
import { keptKey } from '@opsflow/platform/server/files/storage'
import type { ReadTx } from '@opsflow/platform/server/tenant'
import type { OwnerKind } from '../evidence.ts'

/** A photo as it is called on paper. */
export type PhotoNamed = {
  ownerId: string
  /** The file’s own hash, as it was taken: what it can be recognised by. */
  sha256: string
  namedAt: string
  /** The copy to print, small and large enough for paper. Null: it has not arrived, or was done without. */
  storedSha256: string | null
}

export type PrintedPhoto = PhotoNamed & { bytes: Uint8Array | null }

/** Photos that these records named, by the time they were named. */
export const photosNamedBy = (tx: ReadTx, ownerKind: OwnerKind, ownerIds: readonly string[]): Promise<PhotoNamed[]> =>
  ownerIds.length === 0
    ? Promise.resolve([])
    : tx.query<PhotoNamed>(
        `select e.owner_id as "ownerId", encode(e.sha256, 'hex') as sha256, e.named_at as "namedAt",
                encode(coalesce(f.thumbnail_sha256, f.stored_sha256), 'hex') as "storedSha256"
           from evidence e
           left join files f on f.tenant_id = e.tenant_id and f.id = e.file_id and e.arrived_at is not null
                            and f.media_type = 'image/jpeg'
          where e.tenant_id = (select app.tenant()) and e.owner_kind = $1 and e.owner_id = any ($2::uuid[])
          order by e.named_at, e.id`,
        [ownerKind, ownerIds],
      )

/** With their pictures. */
export const printed = <Photo extends PhotoNamed>(
  storage: FileParts['storage'],
  tenantId: string,
  photos: readonly Photo[],
): Promise<(Photo & PrintedPhoto)[]> =>
  Promise.all(
    photos.map(async (photo) => ({
      ...photo,
      bytes: photo.storedSha256 ? ((await storage.get(keptKey(tenantId, photo.storedSha256))) ?? null) : null,
    })),
  )
