import { DeviceFull, type Key, type Range, type Store, TABLES, type Table, type Tx } from './store.ts'

/** A browser's storage. `onCleared`: the browser closed it by force, as it does when it clears everything. */
export async function openIdbStore(
  name: string,
  factory: IDBFactory = indexedDB,
  onCleared: () => void = () => undefined,
): Promise<Store> {
  let opening: Promise<IDBDatabase> | undefined
  const forget = () => {
    opening = undefined
  }
  const database = () => {
    opening ??= openWithTables(factory, name).then(
      (db) => {
        // Another tab upgrades or deletes it: step aside, and open it again when it is needed.
        db.onversionchange = () => {
          forget()
          db.close()
        }
        db.onclose = () => {
          forget()
          onCleared()
        }
        return db
      },
      (error: unknown) => {
        forget()
        throw asFull(error)
      },
    )
    return opening
  }

  async function begin(mode: IDBTransactionMode): Promise<IDBTransaction> {
    const start = async () => (await database()).transaction(TABLES, mode, { durability: 'strict' })
    return start().catch((error: Error) => {
      if (error.name !== 'InvalidStateError') throw error
      forget()
      return start()
    })
  }

  async function run<Result>(mode: IDBTransactionMode, work: (tx: Tx) => Promise<Result>): Promise<Result> {
    const transaction = await begin(mode)
    const done = new Promise<void>((resolve, reject) => {
      transaction.oncomplete = () => resolve()
      transaction.onabort = () => reject(transaction.error ?? new Error('The transaction was aborted.'))
    })
    done.catch(() => undefined)
    try {
      const result = await work(bind(transaction))
      await done
      return result
    } catch (error) {
      abort(transaction)
      throw asFull(error)
    }
  }

  await database().catch((error: unknown) => {
    // It is tried again at the first transaction, which tells.
    if (!(error instanceof DeviceFull)) throw error
  })
  return {
    read: (work) => run('readonly', work),
    write: (work) => run('readwrite', work),
    close: async () => {
      const open = opening
      forget()
      ;(await open)?.close()
    },
    destroy: async () => {
      const open = opening
      forget()
      ;(await open)?.close()
      await answerOf(factory.deleteDatabase(name))
    },
  }
}

/** Whatever version it has; a table it lacks is made, and nothing in it is ever dropped. */
async function openWithTables(factory: IDBFactory, name: string, version?: number): Promise<IDBDatabase> {
  const request = factory.open(name, version)
  request.onupgradeneeded = () => {
    for (const table of TABLES) {
      if (!request.result.objectStoreNames.contains(table)) request.result.createObjectStore(table)
    }
  }
  const db = await answerOf(request)
  if (TABLES.every((table) => db.objectStoreNames.contains(table))) return db
  db.close()
  return openWithTables(factory, name, db.version + 1)
}

const bind = (transaction: IDBTransaction): Tx => {
  const table = (name: Table) => transaction.objectStore(name)
  return {
    get: (name, key) => answerOf(table(name).get(key)),
    list: async <Value>(name: Table, range: Range = {}) => {
      const [query, limit] = [keyRange(range), range.limit]
      const store = table(name)
      const [keys, values] = await Promise.all([
        answerOf(store.getAllKeys(query, limit)),
        answerOf(store.getAll(query, limit) as IDBRequest<Value[]>),
      ])
      return keys.map((key, n): [Key, Value] => [key as Key, values[n] as Value])
    },
    // What fails later aborts the transaction; there is no need to wait for each.
    put: async (name, key, value) => void table(name).put(value, key),
    remove: async (name, key) => void table(name).delete(key),
    clear: async (name) => void table(name).clear(),
  }
}

function keyRange({ from, to }: Range): IDBKeyRange | null {
  if (from !== undefined && to !== undefined) return IDBKeyRange.bound(from, to, false, true)
  if (from !== undefined) return IDBKeyRange.lowerBound(from)
  return to === undefined ? null : IDBKeyRange.upperBound(to, true)
}

const answerOf = <Value>(request: IDBRequest<Value>) =>
  new Promise<Value>((resolve, reject) => {
    request.onsuccess = () => resolve(request.result)
    request.onerror = () => reject(request.error)
  })

function abort(transaction: IDBTransaction) {
  try {
    transaction.abort()
  } catch {
    // It has ended already.
  }
}

const asFull = (error: unknown) =>
  (error as Error | null)?.name === 'QuotaExceededError'
    ? new DeviceFull('The device has no room left.', { cause: error })
    : error
