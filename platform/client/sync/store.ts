/** meta: one record · base: the server's rows · over: rows foreseen by what is unsent · outbox: by number · attention: by uid. */
export const TABLES = ['meta', 'base', 'over', 'outbox', 'attention'] as const
export type Table = (typeof TABLES)[number]
export type Key = string | number

/** `from` ≤ key < `before`, in the order of the keys. */
export type Range = { from?: Key; before?: Key; limit?: number }

/**
 * One transaction, as an object: no write can slip out of it unseen. Inside it, await nothing but the transaction
 * itself; a browser ends one that waits for anything else.
 */
export type StoreTx = {
  get: <T>(table: Table, key: Key) => Promise<T | undefined>
  put: (table: Table, key: Key, value: unknown) => Promise<void>
  remove: (table: Table, key: Key) => Promise<void>
  range: <T>(table: Table, range?: Range) => Promise<[Key, T][]>
  clear: (table: Table) => Promise<void>
}

/** Where a replica is kept: five tables of JSON. One adapter a platform; all of them pass one suite. */
export type Store = {
  read: <T>(work: (tx: StoreTx) => Promise<T>) => Promise<T>
  /** On disk when it resolves; nothing of it when it rejects. */
  write: <T>(work: (tx: StoreTx) => Promise<T>) => Promise<T>
  close: () => Promise<void>
  destroy: () => Promise<void>
}

/** The device has no room left: nothing of this was kept. */
export class DeviceFull extends Error {
  override name = 'DeviceFull'
}
