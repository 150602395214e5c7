import { type KeptPhoto, NoRoom, type PhotoStore } from './photo-store.ts'

const PHOTOS = 'photos'
const BYTES = 'bytes'
const ID = 'id'

/** Beside the replica in a database of its own: a photo is a thousand times a reading, and has no order to keep. */
export async function browserPhotoStore(name: string): Promise<PhotoStore> {
  const database = await open(name)

  /** Resolves when it lies on the disk, not when it was asked for. */
  function write(work: (photos: IDBObjectStore, bytes: IDBObjectStore) => void): Promise<void> {
    return new Promise((resolve, reject) => {
      const transaction = database.transaction([PHOTOS, BYTES], 'readwrite', { durability: 'strict' })
      transaction.oncomplete = () => resolve()
      transaction.onabort = () => reject(reasonOf(transaction.error))
      work(transaction.objectStore(PHOTOS), transaction.objectStore(BYTES))
    })
  }
  const read = <T>(store: string, ask: (store: IDBObjectStore) => IDBRequest<T>): Promise<T> =>
    new Promise((resolve, reject) => {
      const request = ask(database.transaction(store).objectStore(store))
      request.onsuccess = () => resolve(request.result)
      request.onerror = () => reject(request.error)
    })

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
    close: () => database.close(),
  }
}

function open(name: string): Promise<IDBDatabase> {
  return new Promise((resolve, reject) => {
    const request = indexedDB.open(name, 1)
    request.onupgradeneeded = () => {
      // Numbered as they are taken: their order is that number, never a clock.
      const photos = request.result.createObjectStore(PHOTOS, { keyPath: 'number', autoIncrement: true })
      photos.createIndex(ID, 'id', { unique: true })
      request.result.createObjectStore(BYTES)
    }
    request.onsuccess = () => {
      // A later version of this app in another tab wants to change it: it must not wait for this one.
      request.result.onversionchange = () => request.result.close()
      resolve(request.result)
    }
    request.onerror = () => reject(request.error)
    request.onblocked = () => reject(new Error('Another tab holds the photos in an older form.'))
  })
}

const reasonOf = (error: DOMException | null) =>
  error?.name === 'QuotaExceededError'
    ? new NoRoom('This device has no room left.')
    : (error ?? new Error('not stored'))
