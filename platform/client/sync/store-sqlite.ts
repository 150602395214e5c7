import { DeviceFull, type Key, type Range, type Store, TABLES, type Table, type Tx } from './store.ts'

type Value = string | number | null

/** The part of expo-sqlite's SQLiteDatabase that is used. */
export type Sqlite = {
  execAsync: (sql: string) => Promise<void>
  runAsync: (sql: string, params: Value[]) => Promise<unknown>
  getAllAsync: <Row>(sql: string, params: Value[]) => Promise<Row[]>
  closeAsync: () => Promise<void>
}

/** A native app's storage: one connection, whose transactions wait for one another. */
export async function openSqliteStore(database: Sqlite): Promise<Store> {
  await database.execAsync('pragma journal_mode = wal; pragma synchronous = full;')
  await database.execAsync(TABLES.map(createTable).join(';'))
  let last: Promise<unknown> = Promise.resolve()

  function run<Result>(begin: string, work: (tx: Tx) => Promise<Result>): Promise<Result> {
    const mine = last.then(async () => {
      try {
        await database.execAsync(begin)
        const result = await work(bind(database))
        await database.execAsync('commit')
        return result
      } catch (error) {
        // A full disk may have ended the transaction by itself.
        await database.execAsync('rollback').catch(() => undefined)
        throw asFull(error)
      }
    })
    last = mine.catch(() => undefined)
    return mine
  }

  const write: Store['write'] = (work) => run('begin immediate', work)
  return {
    read: (work) => run('begin', work),
    write,
    close: () => last.then(() => database.closeAsync()),
    destroy: () =>
      write(async (tx) => {
        for (const table of TABLES) await tx.clear(table)
      }),
  }
}

const createTable = (table: Table) =>
  `create table if not exists sync_${table} (key ${table === 'outbox' ? 'integer' : 'text'} primary key, value text not null)`

const bind = (database: Sqlite): Tx => ({
  get: async <Found>(table: Table, key: Key) => {
    const rows = await database.getAllAsync<{ value: string }>(`select value from sync_${table} where key = ?`, [key])
    return rows[0] && (JSON.parse(rows[0].value) as Found)
  },
  list: async <Found>(table: Table, { from = null, to = null, limit = -1 }: Partial<Nullable<Range>> = {}) => {
    const rows = await database.getAllAsync<{ key: Key; value: string }>(
      `select key, value from sync_${table}
        where (? is null or key >= ?) and (? is null or key < ?) order by key limit ?`,
      [from, from, to, to, limit],
    )
    return rows.map(({ key, value }): [Key, Found] => [key, JSON.parse(value) as Found])
  },
  put: async (table, key, value) => {
    await database.runAsync(
      `insert into sync_${table} (key, value) values (?, ?) on conflict (key) do update set value = excluded.value`,
      [key, JSON.stringify(value)],
    )
  },
  remove: async (table, key) => {
    await database.runAsync(`delete from sync_${table} where key = ?`, [key])
  },
  clear: async (table) => {
    await database.runAsync(`delete from sync_${table}`, [])
  },
})

type Nullable<T> = { [Name in keyof T]: T[Name] | null }

const asFull = (error: unknown) =>
  /database or disk is full|SQLITE_FULL/.test(String((error as Error | null)?.message))
    ? new DeviceFull('The device has no room left.', { cause: error })
    : error
