/**
 * What the engine needs of a device's storage: four tables of keys and values, and transactions as explicit objects, so
 * that no write can silently leave one.
 *
 * - meta: one record, see ledger.ts; and memos
 * - base: `entity/id` → the server's row, its scope and version
 * - outbox: number → what was done on this device; waiting, or kept for a while after it arrived
 * - attention: uid → what the server did not do
 *
 * What is foreseen of unsent work is not stored: it is the outbox, replayed.
 */
export const TABLES = ['meta', 'base', 'outbox', 'attention'] as const
export type Table = (typeof TABLES)[number]
/** Numbers in the outbox, strings elsewhere. */
export type Key = string | number
/** `from` is the first that belongs to it, `to` the first that does not. */
export type Range = { from?: Key; to?: Key; limit?: number }

export type ReadTx = {
  get: <Value>(table: Table, key: Key) => Promise<Value | undefined>
  /** In the order of the keys. */
  list: <Value>(table: Table, range?: Range) => Promise<[Key, Value][]>
}

export type Tx = ReadTx & {
  put: (table: Table, key: Key, value: unknown) => Promise<void>
  remove: (table: Table, key: Key) => Promise<void>
  clear: (table: Table) => Promise<void>
}

export type Store = {
  read: <Result>(work: (tx: ReadTx) => Promise<Result>) => Promise<Result>
  /**
   * All of it or nothing; on disk, not only on its way there, when it resolves. The work awaits nothing but its
   * transaction. Throws `DeviceFull` when there is no room.
   */
  write: <Result>(work: (tx: Tx) => Promise<Result>) => Promise<Result>
  close: () => Promise<void>
  /** Everything is gone, for every tab. */
  destroy: () => Promise<void>
}

/** The device cannot keep it. Nothing was recorded. */
export class DeviceFull extends Error {
  override name = 'DeviceFull'
}
