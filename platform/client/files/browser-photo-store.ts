import { type KeptPhoto, NoRoom, type PhotoStore } from './photo-store.ts'

const PHOTOS = 'photos'
const BYTES = 'bytes'
const ID = 'id'

type Heard = {
  /** There was none of this name: it is new, or the browser had cleared it. */
  onMade?: () => void
  /** The browser closed it by force, as it does when it clears everything. */
  onCleared?: () => void
}

/** Beside the replica in a database of its own: a photo is a thousand times a reading, and has no order to keep. */
export async function browserPhotoStore(name: string, { onMade, onCleared }: Heard = {}): Promise<PhotoStore> {
  let isClosed = false
  let opening: Promise<IDBDatabase> | undefined
  const forget = () => {
    opening = undefined
  }
  const database = () => {
    if (isClosed) return Promise.reject(new Error('The photos were put away.'))
    opening ??= openPatiently(name, onMade).then(
      (db) => {
        db.onclose = () => {
          forget()
          onCleared?.()
        }
        // A later version of this app in another tab wants to change it: it must not wait for this one.
        db.onversionchange = () => {
          forget()
          db.close()
        }
        return db
      },
      (error) => {
        forget()
        throw reasonOf(error)
      },
    )
    return opening
  }

  /** It may have been closed just now, by another tab or by the browser: then it is opened again. */
  async function begin(stores: string[], mode: IDBTransactionMode): Promise<IDBTransaction> {
    const start = async () => (await database()).transaction(stores, mode, { durability: 'strict' })
    return start().catch((error: Error) => {
      if (error.name !== 'InvalidStateError') throw error
      forget()
      return start()
    })
  }

  /** Resolves when it lies on the disk, not when it was asked for. */
  async function write(work: (photos: IDBObjectStore, bytes: IDBObjectStore) => void): Promise<void> {
    const transaction = await begin([PHOTOS, BYTES], 'readwrite')
    return new Promise((resolve, reject) => {
      transaction.oncomplete = () => resolve()
      transaction.onabort = () => reject(reasonOf(transaction.error))
      work(transaction.objectStore(PHOTOS), transaction.objectStore(BYTES))
    })
  }
  async function read<T>(store: string, ask: (store: IDBObjectStore) => IDBRequest<T>): Promise<T> {
    const transaction = await begin([store], 'readonly')
    return new Promise((resolve, reject) => {
      const request = ask(transaction.objectStore(store))
      request.onsuccess = () => resolve(request.result)
      request.onerror = () => reject(request.error)
      transaction.onabort = () => reject(reasonOf(transaction.error))
    })
  }

  await database()
  return {
    all: () => read<KeptPhoto[]>(PHOTOS, (store) => store.getAll()),
    bytes: (id) => read<ArrayBuffer | undefined>(BYTES, (store) => store.get(id)),
    add: (photo, bytes) =>
      write((photos, kept) => {
        photos.add(photo)
        kept.put(bytes, photo.id)
      }),
    change: (ids, change) =>
      write((photos) => {
        for (const id of ids) {
          const request = photos.index(ID).get(id)
          request.onsuccess = () => request.result && photos.put({ ...request.result, ...change })
        }
      }),
    remove: (ids) =>
      write((photos, kept) => {
        for (const id of ids) {
          const request = photos.index(ID).getKey(id)
          request.onsuccess = () => request.result !== undefined && photos.delete(request.result)
          kept.delete(id)
        }
      }),
    close() {
      isClosed = true
      void opening?.then((db) => db.close())
    },
  }
}

/** While a browser clears, it opens nothing. */
async function openPatiently(name: string, onMade: (() => void) | undefined, tries = 5): Promise<IDBDatabase> {
  return open(name, onMade).catch(async (error: DOMException) => {
    if (error.name !== 'AbortError' || tries === 1) throw error
    await new Promise((resolve) => setTimeout(resolve, 500))
    return openPatiently(name, onMade, tries - 1)
  })
}

function open(name: string, onMade: (() => void) | undefined): Promise<IDBDatabase> {
  return new Promise((resolve, reject) => {
    const request = indexedDB.open(name, 1)
    request.onupgradeneeded = () => {
      onMade?.()
      // Numbered as they are taken: their order is that number, never a clock.
      const photos = request.result.createObjectStore(PHOTOS, { keyPath: 'number', autoIncrement: true })
      photos.createIndex(ID, 'id', { unique: true })
      request.result.createObjectStore(BYTES)
    }
    request.onsuccess = () => resolve(request.result)
    request.onerror = () => reject(request.error)
    request.onblocked = () => reject(new Error('Another tab holds the photos in an older form.'))
  })
}

const reasonOf = (error: DOMException | null) =>
  error?.name === 'QuotaExceededError'
    ? new NoRoom('This device has no room left.')
    : (error ?? new Error('not stored'))
