import { DeviceFull, type Key, type Range, type Store, type StoreTx, TABLES, type Table } from './store.ts'

const VERSION = 1

/** In the browser. The names of the tables have been the same since the first version, so the outbox outlives every app. */
export async function openIdbStore(name: string, factory: IDBFactory = indexedDB): Promise<Store> {
  const opening = factory.open(name, VERSION)
  opening.onupgradeneeded = () => {
    for (const table of TABLES) {
      if (!opening.result.objectStoreNames.contains(table)) opening.result.createObjectStore(table)
    }
  }
  const db = await answerOf(opening)
  // Another tab wants to upgrade or destroy it: this one gives way.
  db.onversionchange = () => db.close()

  const run = async <T>(mode: IDBTransactionMode, work: (tx: StoreTx) => Promise<T>): Promise<T> => {
    // Strict: written to the disk, not merely handed to the system.
    const transaction = db.transaction(TABLES, mode, { durability: 'strict' })
    const ended = endOf(transaction)
    ended.catch(() => undefined)
    try {
      const result = await work(txOf(transaction))
      await ended
      return result
    } catch (error) {
      abort(transaction)
      throw fullOr(transaction.error ?? error)
    }
  }
  return {
    read: (work) => run('readonly', work),
    write: (work) => run('readwrite', work),
    close: async () => db.close(),
    async destroy() {
      db.close()
      await answerOf(factory.deleteDatabase(name))
    },
  }
}

function txOf(transaction: IDBTransaction): StoreTx {
  const at = (table: Table) => transaction.objectStore(table)
  return {
    get: (table, key) => answerOf(at(table).get(key)),
    async put(table, key, value) {
      await answerOf(at(table).put(value, key))
    },
    async remove(table, key) {
      await answerOf(at(table).delete(key))
    },
    async range<T>(table: Table, range: Range = {}) {
      const bounds = boundsOf(range)
      const [keys, values] = await Promise.all([
        answerOf(at(table).getAllKeys(bounds, range.limit)),
        answerOf(at(table).getAll(bounds, range.limit)),
      ])
      return keys.map((key, i): [Key, T] => [key as Key, values[i]])
    },
    async clear(table) {
      await answerOf(at(table).clear())
    },
  }
}

function boundsOf({ from, before }: Range): IDBKeyRange | null {
  if (from !== undefined && before !== undefined) return IDBKeyRange.bound(from, before, false, true)
  if (from !== undefined) return IDBKeyRange.lowerBound(from)
  return before === undefined ? null : IDBKeyRange.upperBound(before, true)
}

const answerOf = <T>(request: IDBRequest<T>): Promise<T> =>
  new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result)
    request.onerror = () => reject(request.error)
  })

const endOf = (transaction: IDBTransaction): Promise<void> =>
  new Promise((resolve, reject) => {
    transaction.oncomplete = () => resolve()
    transaction.onabort = () => reject(transaction.error ?? new DOMException('aborted', 'AbortError'))
  })

function abort(transaction: IDBTransaction) {
  try {
    transaction.abort()
  } catch {
    // It has ended already.
  }
}

const fullOr = (error: unknown) =>
  (error as DOMException | undefined)?.name === 'QuotaExceededError'
    ? new DeviceFull('This device has no room left.', { cause: error })
    : error
