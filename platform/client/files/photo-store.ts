import type { DeviceTime } from '../../sync.ts'

/** A photo on this device, without its bytes. */
export type KeptPhoto = {
  id: string
  sha256: string
  size: number
  width: number
  height: number
  locationId: string
  /** By this device's clocks, for the server to derive when it was. */
  captured: DeviceTime
  /** The form it was taken in, until its record is made; then it may be sent. */
  draft: string | null
  /** Drawn on that photo of the same form, which stays as it was taken. */
  annotates?: string | undefined
  /** Why the server does not keep it. Its bytes stay until someone lets go of them. */
  refusal: string | null
}

/** Where photos wait. Each call is one transaction: durable when it resolves, or nothing of it happened. */
export type PhotoStore = {
  /** In the order they were taken. */
  all: () => Promise<KeptPhoto[]>
  bytes: (id: string) => Promise<ArrayBuffer | undefined>
  add: (photo: KeptPhoto, bytes: ArrayBuffer) => Promise<void>
  change: (ids: readonly string[], change: Partial<Pick<KeptPhoto, 'draft' | 'refusal'>>) => Promise<void>
  remove: (ids: readonly string[]) => Promise<void>
  close: () => void
}

/** The device has no room left: the photo was not kept, everything else was. */
export class NoRoom extends Error {
  override name = 'NoRoom'
}

/** The browser cleared them before they were sent: nothing was released. */
export class PhotosGone extends Error {
  override name = 'PhotosGone'
}

/** Kept apart from the photos: tells, when their store is found empty, how many had been in it. */
export type PhotosMark = { read: () => Marked; write: (marked: Marked) => void }
export type Marked = { waiting: number; lost: number }

/** For tests, and for a device that keeps nothing. */
export function memoryPhotoStore(): PhotoStore {
  const photos = new Map<string, { photo: KeptPhoto; bytes: ArrayBuffer }>()
  return {
    all: async () => [...photos.values()].map(({ photo }) => photo),
    bytes: async (id) => photos.get(id)?.bytes,
    add: async (photo, bytes) => void photos.set(photo.id, { photo, bytes }),
    async change(ids, change) {
      for (const id of ids) {
        const kept = photos.get(id)
        if (kept) photos.set(id, { ...kept, photo: { ...kept.photo, ...change } })
      }
    },
    async remove(ids) {
      for (const id of ids) photos.delete(id)
    },
    close: () => undefined,
  }
}
