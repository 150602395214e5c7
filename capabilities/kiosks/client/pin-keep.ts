import type { Session } from '@opsflow/capabilities/people'
import { type LastProof, newClock, type OfflineTry, type TabletClock } from '../offline-proof.ts'

/** What a tablet keeps of one person: enough to look at their PIN, too little to know it. */
export type Verifier = LastProof & {
  /** HMAC-SHA256. It cannot be taken out of the browser by any script, ours included. */
  key: CryptoKey
  salt: Uint8Array<ArrayBuffer>
  rounds: number
  tag: ArrayBuffer
  /** Who they are and what they may do, as the server last said. */
  session: Session
}

export type Kept = {
  verifiers: Readonly<Record<string, Verifier>>
  tries: readonly OfflineTry[]
  clock: TabletClock
}

export const nothingKept: Kept = { verifiers: {}, tries: [], clock: newClock }

/** Where it is kept. One step is one transaction: tries made at once, in several tabs too, are counted one by one. */
export type PinKeep = {
  /** Durable when it resolves. */
  change: <T>(step: (kept: Kept) => readonly [Kept, T]) => Promise<T>
  read: () => Promise<Kept>
}

const STORE = 'kept'
const KEY = 'pins'

export const pinsDatabase = 'opsflow-tablet-pins'

/** In IndexedDB, the only place where a browser keeps a key that no script can read. */
export function indexedDbKeep(factory: () => IDBFactory = () => indexedDB): PinKeep {
  let opened: Promise<IDBDatabase> | undefined
  const open = () => {
    opened ??= opening(factory(), () => {
      opened = undefined
    })
    return opened
  }
  return {
    async change(step) {
      const transaction = (await open()).transaction(STORE, 'readwrite', { durability: 'strict' })
      const store = transaction.objectStore(STORE)
      return new Promise((resolve, reject) => {
        let result: { value: ReturnType<typeof step>[1] } | undefined
        const asked = store.get(KEY)
        asked.onsuccess = () => {
          try {
            const [next, value] = step((asked.result as Kept | undefined) ?? nothingKept)
            result = { value }
            store.put(next, KEY)
          } catch (error) {
            reject(error)
            transaction.abort()
          }
        }
        transaction.oncomplete = () => result && resolve(result.value)
        transaction.onabort = () => reject(transaction.error)
      })
    },
    async read() {
      const store = (await open()).transaction(STORE, 'readonly').objectStore(STORE)
      return new Promise((resolve, reject) => {
        const asked = store.get(KEY)
        asked.onsuccess = () => resolve((asked.result as Kept | undefined) ?? nothingKept)
        asked.onerror = () => reject(asked.error)
      })
    },
  }
}

function opening(factory: IDBFactory, onGone: () => void): Promise<IDBDatabase> {
  return new Promise((resolve, reject) => {
    const request = factory.open(pinsDatabase, 1)
    request.onupgradeneeded = () => request.result.createObjectStore(STORE)
    request.onsuccess = () => {
      const database = request.result
      // Someone wipes the tablet in another tab: give way, and open anew when asked again.
      database.onversionchange = () => {
        database.close()
        onGone()
      }
      database.onclose = onGone
      resolve(database)
    }
    request.onerror = () => {
      onGone()
      reject(request.error)
    }
  })
}
