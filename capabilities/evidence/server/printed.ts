import type { FileParts } from '@opsflow/platform/server/files/receive'
import { keptKey } from '@opsflow/platform/server/files/storage'
import type { PhotoNamed } from './store.ts'

export type PrintedPhoto = PhotoNamed & { bytes: Uint8Array | null }

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
