import { createContext, useCallback, useContext, useEffect, useMemo, useState, useSyncExternalStore } from 'react'
import type { PhotoOutbox, PhotoState, PhotosTrouble } from './photo-outbox.ts'

const PhotosContext = createContext<PhotoOutbox | undefined>(undefined)
export const PhotosProvider = PhotosContext.Provider

/** Undefined where this browser keeps none. */
export const usePhotoOutbox = () => useContext(PhotosContext)

const none: readonly PhotoState[] = []
const never = () => () => undefined

export function useWaitingPhotos(): { photos: readonly PhotoState[]; trouble: PhotosTrouble } {
  const outbox = useContext(PhotosContext)
  const photos = useSyncExternalStore(outbox?.watch ?? never, outbox?.photos ?? (() => none), () => none)
  return { photos, trouble: outbox?.trouble() }
}

/** How many photos the browser cleared before they were sent, and a way to say that someone has seen it. */
export function useLostPhotos(): { lost: number; understood: () => void } {
  const outbox = useContext(PhotosContext)
  const lost = useSyncExternalStore(outbox?.watch ?? never, outbox?.lost ?? nil, nil)
  return { lost, understood: outbox?.forgetLost ?? nil }
}

const nil = () => 0

/** What the server does not keep, and someone has to do something about. */
export function useRefusedPhotos(): readonly PhotoState[] {
  const { photos } = useWaitingPhotos()
  return useMemo(() => photos.filter(({ refusal }) => refusal !== null), [photos])
}

/** An address of the bytes on this device; undefined when they are not, or no longer, here. */
export function useLocalPhoto(id: string): string | undefined {
  const outbox = useContext(PhotosContext)
  const { photos } = useWaitingPhotos()
  const isHere = photos.some((photo) => photo.id === id)
  const [url, setUrl] = useState<string>()
  useEffect(() => {
    if (!outbox || !isHere) return
    let made: string | undefined
    let isGone = false
    void outbox.bytes(id).then((bytes) => {
      if (!bytes || isGone) return
      made = URL.createObjectURL(new Blob([bytes], { type: 'image/jpeg' }))
      setUrl(made)
    })
    return () => {
      isGone = true
      setUrl(undefined)
      if (made) URL.revokeObjectURL(made)
    }
  }, [outbox, id, isHere])
  return url
}

/** A photo as it comes from the camera, made small and judged. */
export type TakenPhoto = { bytes: ArrayBuffer; sha256: string; width: number; height: number }

export type NamedPhoto = { id: string; sha256: string; annotates?: string | undefined }

/** As a record names it. */
export const nameOf = ({ id, sha256, annotates }: NamedPhoto) => ({ id, sha256, ...(annotates && { annotates }) })

/** The photos of one form. They are on the disk before the form is sent, and still there after a reload. */
export function usePhotoField(draft: string, locationId: string) {
  const outbox = useContext(PhotosContext)
  const { photos } = useWaitingPhotos()
  const [released, setReleased] = useState<readonly NamedPhoto[]>([])
  const [trouble, setTrouble] = useState<'gone' | 'noRoom'>()
  const drafts = useMemo(() => photos.filter((photo) => photo.draft === draft), [photos, draft])
  const inField = useMemo<readonly NamedPhoto[]>(() => [...released, ...drafts], [released, drafts])

  const add = useCallback(
    async ({ bytes, ...photo }: TakenPhoto, annotates?: string) => {
      if (!outbox) throw new Error('Photos are not open.')
      setTrouble(undefined)
      await outbox.keep(
        { ...photo, id: crypto.randomUUID(), size: bytes.byteLength, locationId, draft, annotates },
        bytes,
      )
    },
    [outbox, draft, locationId],
  )
  const remove = useCallback(
    async (id: string) => {
      const goes = (photo: NamedPhoto) => photo.id === id || photo.annotates === id
      setReleased((before) => before.filter((photo) => !goes(photo)))
      for (const photo of drafts.filter(goes)) await outbox?.drop(photo.id)
    },
    [outbox, drafts],
  )
  /**
   * They may be sent now; their names go into the record that is about to be made. Undefined: the device no longer has
   * them, or has no room. The field says so, and the record is not to be made before someone has seen it.
   */
  const release = useCallback(async (): Promise<{ photos?: NamedPhoto[] } | undefined> => {
    const named = inField.map(nameOf)
    setTrouble(undefined)
    if (named.length === 0) return {}
    setReleased(named)
    try {
      await outbox?.release(drafts.map(({ id }) => id))
      return { photos: named }
    } catch (error) {
      setReleased(released)
      setTrouble((error as Error).name === 'PhotosGone' ? 'gone' : 'noRoom')
      return undefined
    }
  }, [outbox, drafts, inField, released])

  return { isOpen: outbox !== undefined, photos: inField, trouble, add, remove, release }
}

export type PhotoFieldState = ReturnType<typeof usePhotoField>
