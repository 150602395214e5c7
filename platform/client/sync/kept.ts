import type { Cursor, Doing, MutationResult, Row, SentMutation } from '../../sync.ts'
import type { StoreTx } from './store.ts'

/**
 * The shapes on the disk. `base` and `over` may be thrown away and fetched anew by any later version; `outbox` and
 * `attention` hold people's work and are read by every later version for ever.
 */
export type Meta = {
  /** Of the rows. Another number: the rows are fetched anew, the work stays. */
  shape: number
  clientId: string
  /** The number of the next mutation. */
  next: number
  /** Up to here the server has said what became of each. */
  acked: number
  /** Up to here the rows contain them. */
  retired: number
  cursor: Cursor
  offsetMs: number | null
  heardAt: string | null
  /** Pulled to its end at least once. */
  isReady: boolean
  drainKey: string | null
}

export type KeptRow = { scope: string; version: number; row: Row }
/** A row as what is unsent makes it; null: gone. */
export type ForeseenRow = { scope: string; row: Row | null }

/** A mutation with what it takes to show it again. `done`: contained in the rows, kept in case the server goes back in time. */
export type KeptMutation = {
  sent: SentMutation
  doing: Doing
  keys: string[]
  state: 'pending' | 'done'
  doneAt: number | null
}

export type KeptAttention = { sent: SentMutation; doing: Doing; result: MutationResult }

export const SHAPE = 1

export const keyOf = (entity: string, id: string) => `${entity}/${id}`
export const entityOf = (key: string) => key.slice(0, key.indexOf('/'))
export const idOf = (key: string) => key.slice(key.indexOf('/') + 1)
/** All keys of one entity; '0' follows '/'. */
export const rangeOf = (entity: string) => ({ from: `${entity}/`, before: `${entity}0` })

export const newMeta = (clientId: string): Meta => ({
  shape: SHAPE,
  clientId,
  next: 1,
  acked: 0,
  retired: 0,
  cursor: { epoch: null, rights: null, scopes: {} },
  offsetMs: null,
  heardAt: null,
  isReady: false,
  drainKey: null,
})

export const readMeta = (tx: StoreTx) => tx.get<Meta>('meta', 'm')
export const writeMeta = (tx: StoreTx, meta: Meta) => tx.put('meta', 'm', meta)

export const mutationsFrom = async (tx: StoreTx, mid: number, limit?: number): Promise<KeptMutation[]> =>
  (await tx.range<KeptMutation>('outbox', { from: mid, ...(limit !== undefined && { limit }) })).map(([, kept]) => kept)
