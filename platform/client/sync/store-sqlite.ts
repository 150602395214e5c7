import { DeviceFull, type Key, type Range, type Store, type StoreTx, TABLES, type Table } from './store.ts'

/** The part of expo-sqlite's database that is used here. */
export type Sqlite = {
  execAsync: (sql: string) => Promise<void>
  runAsync: (sql: string, params: (string | number | null)[]) => Promise<unknown>
  getAllAsync: <T>(sql: string, params: (string | number | null)[]) => Promise<T[]>
  closeAsync: () => Promise<void>
}

const numbered: readonly Table[] = ['outbox']

/** In the native app: one connection, one transaction after another. */
export async function openSqliteStore(db: Sqlite): Promise<Store> {
  await db.execAsync(`pragma journal_mode = wal; pragma synchronous = full; ${TABLES.map(tableOf).join(' ')}`)
  let last: Promise<unknown> = Promise.resolve()
  const tx = txOf(db)
  const inTurn = <T>(begin: string, work: (tx: StoreTx) => Promise<T>): Promise<T> => {
    const mine = last.then(async () => {
      await db.execAsync(begin)
      try {
        const result = await work(tx)
        await db.execAsync('commit')
        return result
      } catch (error) {
        await db.execAsync('rollback').catch(() => undefined)
        throw fullOr(error)
      }
    })
    last = mine.catch(() => undefined)
    return mine
  }
  return {
    read: (work) => inTurn('begin', work),
    write: (work) => inTurn('begin immediate', work),
    async close() {
      await last
      await db.closeAsync()
    },
    destroy: () => inTurn('begin immediate', async (tx) => void (await Promise.all(TABLES.map((t) => tx.clear(t))))),
  }
}

const tableOf = (table: Table) =>
  `create table if not exists ${table} (k ${numbered.includes(table) ? 'integer' : 'text'} primary key, v text not null) without rowid;`

function txOf(db: Sqlite): StoreTx {
  return {
    async get(table, key) {
      const [found] = await db.getAllAsync<{ v: string }>(`select v from ${table} where k = ?`, [key])
      return found && JSON.parse(found.v)
    },
    async put(table, key, value) {
      const sql = `insert into ${table} (k, v) values (?, ?) on conflict (k) do update set v = excluded.v`
      await db.runAsync(sql, [key, JSON.stringify(value)])
    },
    async remove(table, key) {
      await db.runAsync(`delete from ${table} where k = ?`, [key])
    },
    async range<T>(table: Table, { from, before, limit = -1 }: Range = {}) {
      const sql = `select k, v from ${table} where (?1 is null or k >= ?1) and (?2 is null or k < ?2) order by k limit ?3`
      const found = await db.getAllAsync<{ k: Key; v: string }>(sql, [from ?? null, before ?? null, limit])
      return found.map(({ k, v }): [Key, T] => [k, JSON.parse(v)])
    },
    async clear(table) {
      await db.runAsync(`delete from ${table}`, [])
    },
  }
}

const fullOr = (error: unknown) =>
  /SQLITE_FULL|disk is full/i.test(String((error as Error | undefined)?.message))
    ? new DeviceFull('This device has no room left.', { cause: error })
    : error
