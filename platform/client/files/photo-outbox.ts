import { type KeptPhoto, type PhotoStore, PhotosGone, type PhotosMark } from './photo-store.ts'
import { type PhotoClock, type Sent, sendPhoto } from './upload.ts'

/** A photo as a screen shows it. */
export type PhotoState = KeptPhoto & { sentBytes: number }

export type PhotosTrouble = 'unreachable' | 'busy' | 'signed_out' | 'no_room' | undefined

export type PhotoOutbox = {
  /** The same array until something changed. */
  photos: () => readonly PhotoState[]
  trouble: () => PhotosTrouble
  watch: (watcher: () => void) => () => void
  /** Durable when it resolves; throws `NoRoom` when the device cannot keep it. Nothing is sent before `release`. */
  keep: (photo: Omit<KeptPhoto, 'captured' | 'refusal'>, bytes: ArrayBuffer) => Promise<void>
  /** How many the browser had cleared before they were sent, until a person has seen it. */
  lost: () => number
  forgetLost: () => void
  /** Its record is made, or about to be: it may be sent. Throws `PhotosGone` when the browser cleared one of them. */
  release: (ids: readonly string[]) => Promise<void>
  /** What was refused is sent once more: the server may have learnt, or been given room. */
  tryAgain: (id: string) => Promise<void>
  /** Someone let go of it: a draft, or what the server refused. */
  drop: (id: string) => Promise<void>
  bytes: (id: string) => Promise<ArrayBuffer | undefined>
  /** Reads anew what is kept: the browser may have cleared it. */
  look: () => Promise<void>
  /** Now, whatever was waited for: someone signed in, the network is back. */
  sync: () => Promise<void>
  close: () => void
}

export type OutboxParts = {
  store: PhotoStore
  mark?: PhotosMark
  organizationId: string
  clock: PhotoClock
  /** A photo has arrived; the server proved it, and this device has forgotten its bytes. */
  onStored?: (photo: KeptPhoto) => void
  fetch?: typeof fetch
  base?: string
  /** One sender at a time on this device, however many tabs: the others wait. */
  alone?: <T>(work: () => Promise<T>) => Promise<T>
  /** Tells the other tabs that something changed, and hears of it. */
  others?: { tell: () => void; hear: (heard: () => void) => () => void }
  wait?: (ms: number, work: () => void) => () => void
}

const LONGEST_WAIT_MS = 5 * 60_000
const SHORTEST_WAIT_MS = 2000

/**
 * Photos wait on the device until the server has proven by their hash that it holds them. It survives a reload, a
 * sign-out and a dead battery; it runs beside the outbox of mutations and neither waits for the other.
 */
export async function openPhotoOutbox(parts: OutboxParts): Promise<PhotoOutbox> {
  const { store, alone = (work) => work(), wait = later } = parts
  const watchers = new Set<() => void>()
  const sentBytes = new Map<string, number>()
  let shown: readonly PhotoState[] = []
  let trouble: PhotosTrouble
  let failures = 0
  let stopWaiting: () => void = () => undefined
  let running: Promise<void> | undefined
  let isClosed = false

  const show = async () => {
    const photos = await store.all()
    shown = photos.map((photo) => ({ ...photo, sentBytes: sentBytes.get(photo.id) ?? 0 }))
    noteDown({ ...marked(), waiting: photos.length })
    for (const watcher of watchers) watcher()
  }
  const marked = () => parts.mark?.read() ?? { waiting: 0, lost: 0 }
  function noteDown(now: ReturnType<typeof marked>) {
    try {
      parts.mark?.write(now)
    } catch {
      // There is no room for the mark: it is the lesser thing.
    }
  }
  const changed = async () => {
    await show()
    parts.others?.tell()
  }

  function sync(): Promise<void> {
    stopWaiting()
    running ??= alone(drain)
      .catch((error: unknown) => {
        if (!isClosed) throw error
      })
      .finally(() => {
        running = undefined
      })
    return running
  }

  /** One after another, oldest first: a slow line finishes something. */
  async function drain() {
    for (;;) {
      const photo = (await store.all()).find(({ draft, refusal }) => draft === null && refusal === null)
      if (!photo || isClosed) return
      const bytes = await store.bytes(photo.id)
      const sent: Sent = bytes
        ? await sendPhoto(photo, bytes, { ...sending, onProgress: progress(photo.id) })
        : { outcome: 'refused', code: 'device.bytes_lost' }
      if (sent.outcome === 'later') return giveWay(sent)
      failures = 0
      trouble = undefined
      if (sent.outcome === 'stored') await store.remove([photo.id])
      else await store.change([photo.id], { refusal: sent.code })
      sentBytes.delete(photo.id)
      if (sent.outcome === 'stored') parts.onStored?.(photo)
      await changed()
    }
  }

  function giveWay({ why, afterMs }: Extract<Sent, { outcome: 'later' }>) {
    trouble = why
    const doubling = Math.min(SHORTEST_WAIT_MS * 2 ** failures++, LONGEST_WAIT_MS)
    // Whoever is signed out is not asked again and again; signing in asks.
    if (why !== 'signed_out') stopWaiting = wait(afterMs ?? doubling * (0.75 + Math.random() / 2), () => void sync())
    void show()
  }

  const progress = (id: string) => (bytes: number) => {
    sentBytes.set(id, bytes)
    shown = shown.map((photo) => (photo.id === id ? { ...photo, sentBytes: bytes } : photo))
    for (const watcher of watchers) watcher()
  }
  const sending = {
    fetch: parts.fetch ?? ((...request: Parameters<typeof fetch>) => fetch(...request)),
    base: parts.base ?? '/api/v1',
    organizationId: parts.organizationId,
    clock: parts.clock,
  }
  const deafen = parts.others?.hear(() => void show())
  await show()

  return {
    photos: () => shown,
    trouble: () => trouble,
    watch(watcher) {
      watchers.add(watcher)
      return () => void watchers.delete(watcher)
    },
    async keep(photo, bytes) {
      await store.add({ ...photo, captured: parts.clock.read(), refusal: null }, bytes)
      await changed()
    },
    lost: () => marked().lost,
    forgetLost() {
      noteDown({ ...marked(), lost: 0 })
      for (const watcher of watchers) watcher()
      parts.others?.tell()
    },
    async release(ids) {
      const here = new Set((await store.all()).map(({ id }) => id))
      if (!ids.every((id) => here.has(id))) {
        await show()
        throw new PhotosGone('The browser cleared them.')
      }
      await store.change(ids, { draft: null })
      await changed()
      void sync()
    },
    async tryAgain(id) {
      await store.change([id], { refusal: null })
      await changed()
      void sync()
    },
    async drop(id) {
      await store.remove([id])
      await changed()
    },
    bytes: (id) => store.bytes(id),
    look: show,
    sync,
    close() {
      isClosed = true
      stopWaiting()
      deafen?.()
      store.close()
    },
  }
}

function later(ms: number, work: () => void) {
  const timer = setTimeout(work, ms)
  return () => clearTimeout(timer)
}
