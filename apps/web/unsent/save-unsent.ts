import type { PhotosOf } from '@opsflow/platform/client/files/browser-photo-outbox'
import { savedPhotos } from '@opsflow/platform/client/files/hand-over-photos'
import type { Replica } from '@opsflow/platform/client/sync/replica'

/** Everything this device still owes, as a file in the person's own hands; with the photos that are named. */
export async function saveUnsent(replica: Pick<Replica, 'exportUnsent'>, photosOf?: PhotosOf) {
  const owed = await replica.exportUnsent()
  const photos = photosOf ? await savedPhotos(photosOf) : []
  const all = photos.length > 0 ? JSON.stringify({ ...JSON.parse(owed), photos }, null, 2) : owed
  const file = new Blob([all], { type: 'application/json' })
  const link = document.createElement('a')
  link.href = URL.createObjectURL(file)
  link.download = `opsflow-unsent-${new Date().toISOString().slice(0, 16).replaceAll(':', '')}.json`
  link.click()
  URL.revokeObjectURL(link.href)
}
