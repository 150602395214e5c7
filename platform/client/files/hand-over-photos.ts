import { Unreachable } from '../problem.ts'
import { markKey, type PhotosOf, photosName } from './browser-photo-outbox.ts'
import { browserPhotoStore } from './browser-photo-store.ts'
import { photoClock } from './photo-clock.ts'
import type { KeptPhoto, PhotoStore } from './photo-store.ts'
import { type HandOverKey, sendPhoto } from './upload.ts'

/** Photos that the server will not take this way: whoever holds the device saves them. */
export class PhotosStuck extends Error {
  override name = 'PhotosStuck'
}

/**
 * The session or the tablet is gone for good: what its records name and was not sent goes by the device's own key, after
 * the records themselves. Each is forgotten when the server has proven by its hash that it holds it. Answers how many
 * went. Throws `Unreachable` when the server is not there, and `PhotosStuck` when it refuses one; then it stays here.
 */
export async function handOverPhotos(of: PhotosOf, key: HandOverKey | undefined): Promise<number> {
  return inStore(of, 0, (store) =>
    navigator.locks.request(photosName(of), async () => {
      const promised = (await store.all()).filter(isPromised)
      if (promised.length > 0 && !key) throw new PhotosStuck('This device was never given a key to deliver with.')
      let stuck = 0
      for (const photo of promised) if (!(await handOver(store, of, photo, key))) stuck++
      if (stuck > 0) throw new PhotosStuck(`${stuck} of ${promised.length} photos are not taken.`)
      return promised.length
    }),
  )
}

/** What was taken for a form that was never sent is no record's. */
const isPromised = ({ draft }: KeptPhoto) => draft === null

async function handOver(store: PhotoStore, { organizationId }: PhotosOf, photo: KeptPhoto, key?: HandOverKey) {
  const bytes = await store.bytes(photo.id)
  if (!bytes) return false
  const sent = await sendPhoto(photo, bytes, {
    fetch: (...request) => fetch(...request),
    base: '/api/v1',
    organizationId,
    clock: photoClock(),
    onProgress: () => undefined,
    handedOverBy: key,
  })
  if (sent.outcome === 'later' && sent.why !== 'no_room') throw new Unreachable('Not now.')
  if (sent.outcome === 'stored') await store.remove([photo.id])
  return sent.outcome === 'stored'
}

export type SavedPhoto = Pick<KeptPhoto, 'id' | 'sha256' | 'locationId' | 'captured' | 'refusal'> & { jpeg: string }

/** For a file in the person's own hands: bytes as base64. */
export function savedPhotos(of: PhotosOf): Promise<SavedPhoto[]> {
  return inStore(of, [], async (store) =>
    Promise.all(
      (await store.all()).filter(isPromised).map(async ({ id, sha256, locationId, captured, refusal }) => {
        const jpeg = await textOf((await store.bytes(id)) ?? new ArrayBuffer(0))
        return { id, sha256, locationId, captured, refusal, jpeg }
      }),
    ),
  )
}

export function forgetPhotos(of: PhotosOf): Promise<void> {
  return new Promise((resolve, reject) => {
    const request = indexedDB.deleteDatabase(photosName(of))
    request.onsuccess = () => {
      localStorage.removeItem(markKey(photosName(of)))
      resolve()
    }
    request.onerror = () => reject(request.error)
  })
}

/** Opening one makes it, so it is asked for first, where a browser tells. */
async function inStore<T>(of: PhotosOf, none: T, work: (store: PhotoStore) => Promise<T>): Promise<T> {
  const all = await indexedDB.databases?.()
  if (all && !all.some(({ name }) => name === photosName(of))) return none
  const store = await browserPhotoStore(photosName(of))
  try {
    return await work(store)
  } finally {
    store.close()
  }
}

function textOf(bytes: ArrayBuffer): Promise<string> {
  return new Promise((resolve, reject) => {
    const reader = new FileReader()
    reader.onload = () => resolve(String(reader.result).replace(/^[^,]*,/, ''))
    reader.onerror = () => reject(reader.error)
    reader.readAsDataURL(new Blob([bytes]))
  })
}
