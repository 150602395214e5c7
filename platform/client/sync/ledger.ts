import type { Cursor, Doing, MutationResult, PullAnswer, PushAnswer, Row, SentMutation } from '../../sync.ts'
import type { Heard } from './device-clock.ts'
import { keyOf } from './foreseen.ts'
import type { ReadTx, Tx } from './store.ts'

/** Raised when rows or the cursor take another shape: they are then fetched anew. What was recorded here never is. */
const EDITION = 4
/** The longest the server may have to be put back in time and still be told again what it had taken. */
const KEPT_DAYS = 14
/** As many as the server gives, see MOST_PLACES of the protocol. */
const MOST_PLACES = 30

/** The one record by which everything hangs together; written with whatever it speaks of. */
export type Meta = {
  edition: number
  /** Whose numbers these are to the server. Another one after a fork. */
  clientId: string
  nextMid: number
  /** Up to here the server has answered, and this copy has seen its answers. */
  acked: number
  /** Up to here the rows below contain what was done. */
  retired: number
  cursor: Cursor
  /** The rows were fetched to their end at least once. */
  isWhole: boolean
  drainKey: string | null
  heard: Heard
  /** The places looked at here, the last first: with more than a device holds, these are held. */
  follow?: readonly string[]
  /** How many places the server has for this person. */
  places?: number
  /** How many were waiting when the browser cleared them, until a person has seen it. */
  lost?: number
  /** Grows with each write, so that every tab knows whether it has seen the last one. */
  change: number
}

/** A row of the server. */
export type Held = { scope: string; version: number; row: Row }

/** A mutation as it is kept here: `keptSince` once it has arrived and is part of the rows. */
export type Kept = SentMutation & { doing: Doing; keptSince?: string; isUnsendable?: true; isMended?: true }

/**
 * Work the server did not do. `settled`: mended or discarded; kept, or a repeat of the answer would list it again.
 * `isUnsendable`: only this device knows what it was.
 */
export type Pending = {
  mutation: SentMutation
  doing: Doing
  result: MutationResult
  settled?: string
  isUnsendable?: true
}

const nowhere: Cursor = { epoch: null, rights: null, scopes: {} }

export const newMeta = (clientId: string): Meta => ({
  edition: EDITION,
  clientId,
  nextMid: 1,
  acked: 0,
  retired: 0,
  cursor: nowhere,
  isWhole: false,
  drainKey: null,
  heard: { offsetMs: null, heardAt: null },
  change: 0,
})

export const readMeta = (tx: ReadTx) => tx.get<Meta>('meta', 'meta')
export const writeMeta = (tx: Tx, meta: Meta) => tx.put('meta', 'meta', meta)

/** Beside the record by which everything hangs together: what screens keep here, see `Replica.memo`. */
const MEMO = 'memo/'
export const readMemo = <Value>(tx: ReadTx, name: string) => tx.get<Value>('meta', MEMO + name)
export const writeMemo = (tx: Tx, name: string, value: unknown) =>
  value === undefined ? tx.remove('meta', MEMO + name) : tx.put('meta', MEMO + name, value)
export const listMemos = async <Value>(tx: ReadTx, kind: string): Promise<[string, Value][]> =>
  (await tx.list<Value>('meta', { from: `${MEMO}${kind}/`, to: `${MEMO}${kind}0` })).map(([key, value]) => [
    String(key).slice(MEMO.length),
    value,
  ])

export const dropMemos = async (tx: Tx) => {
  for (const [key] of await tx.list('meta', { from: MEMO, to: 'memo0' })) await tx.remove('meta', key)
}

/** What rows a change took away and put there. `outbox`: it is to be read anew. */
export type Change = { meta: Meta; rows?: Map<string, Held | null>; isOutboxOther?: true }

/** Not yet part of the rows: sent or not. */
export const readOpen = async (tx: ReadTx, { retired }: Meta): Promise<Kept[]> =>
  (await tx.list<Kept>('outbox', { from: retired + 1 })).map(([, kept]) => kept)

export const readUnsent = async (tx: ReadTx, { acked }: Meta, limit?: number): Promise<Kept[]> =>
  (await tx.list<Kept>('outbox', { from: acked + 1, ...(limit && { limit }) })).map(([, kept]) => kept)

/**
 * What is sent at once. Mended work carries the clocks of when it was done, behind work that was done later: it begins
 * a push of its own, since the order within one is what times are judged by.
 */
export function nextBatch(unsent: readonly Kept[]): readonly Kept[] {
  const mended = unsent.findIndex(({ isMended }, n) => isMended && n > 0)
  return mended > 0 ? unsent.slice(0, mended) : unsent
}

/** A new edition of the app reads rows of its own; the outbox stays as it is. */
export async function renewRows(tx: Tx, meta: Meta): Promise<Meta> {
  if (meta.edition === EDITION) return meta
  await tx.clear('base')
  const renewed = { ...meta, edition: EDITION, cursor: nowhere, isWhole: false, change: meta.change + 1 }
  await writeMeta(tx, renewed)
  return renewed
}

/** Number, mutation and count in the caller's one transaction. */
export async function record(tx: Tx, meta: Meta, unnumbered: Omit<Kept, 'mid'>): Promise<{ meta: Meta; kept: Kept }> {
  const kept: Kept = { ...unnumbered, mid: meta.nextMid }
  await tx.put('outbox', kept.mid, kept)
  return { kept, meta: { ...meta, nextMid: meta.nextMid + 1 } }
}

/** The server has answered for these. What it did not do is listed in the same transaction. */
export async function acknowledge(tx: Tx, meta: Meta, { results }: PushAnswer): Promise<Change> {
  const listed = new Map(await tx.list<Pending>('attention'))
  for (const result of results) {
    const isDone = result.outcome === 'applied' || result.outcome === 'superseded'
    const before = listed.get(result.uid)
    // Sent again after the server was put back in time, it may go another way.
    if (isDone && before && !before.settled) await tx.remove('attention', result.uid)
    if (isDone || before) continue
    const kept = await tx.get<Kept>('outbox', result.mid)
    if (kept?.uid !== result.uid) continue
    const { doing, isUnsendable } = kept
    const pending: Pending = { mutation: sentOf(kept), doing, result, ...(isUnsendable && { isUnsendable }) }
    await tx.put('attention', result.uid, pending)
  }
  const last = results.at(-1)?.mid ?? 0
  return { meta: { ...meta, acked: Math.max(meta.acked, Math.min(last, meta.nextMid - 1)) } }
}

/** The server knows less than it had answered for: it was put back in time. What is kept is sent again. */
export async function rewind(tx: Tx, meta: Meta, lastMid: number, newClientId: () => string): Promise<Change> {
  const kept = (await tx.list<Kept>('outbox', { from: lastMid + 1 })).map(([, one]) => one)
  if (kept.length > 0 && kept[0]?.mid !== lastMid + 1) return renumber(tx, meta, kept, newClientId())
  for (const one of kept) await tx.put('outbox', one.mid, waiting(one))
  const retired = Math.min(meta.retired, lastMid)
  return { meta: { ...meta, acked: Math.min(meta.acked, lastMid), retired }, isOutboxOther: true }
}

/** Another copy of this device uses the same numbers. This one goes on as a new client; uids keep its work single. */
export async function fork(tx: Tx, meta: Meta, newClientId: () => string): Promise<Change> {
  const kept = (await tx.list<Kept>('outbox')).map(([, one]) => one)
  return renumber(tx, meta, kept, newClientId())
}

/** What a tab still knows when the browser has cleared everything. */
type Known = { unsent: readonly Kept[]; pending: readonly Pending[]; rows: ReadonlyMap<string, Held> }

/** It goes on as the work of a new client. The rows do until they are fetched anew, so that work can go on as well. */
export async function putBack(tx: Tx, meta: Meta, { unsent, pending, rows }: Known): Promise<Meta> {
  const change = await renumber(tx, meta, unsent, meta.clientId)
  for (const [key, row] of rows) await tx.put('base', key, row)
  for (const one of pending) await tx.put('attention', one.mutation.uid, one)
  await writeMeta(tx, change.meta)
  return change.meta
}

async function renumber(tx: Tx, meta: Meta, kept: readonly Kept[], clientId: string): Promise<Change> {
  await tx.clear('outbox')
  for (const [n, one] of kept.entries()) await tx.put('outbox', n + 1, { ...waiting(one), mid: n + 1 })
  const anew = { clientId, nextMid: kept.length + 1, acked: 0, retired: 0, cursor: nowhere, drainKey: null }
  return { meta: { ...meta, ...anew }, isOutboxOther: true }
}

const waiting = ({ keptSince: _, ...kept }: Kept): Kept => kept

/** A page of the feed: what is void goes, what changed comes, and what these rows now contain is retired. */
export async function takePage(tx: Tx, meta: Meta, page: PullAnswer, held: ReadonlyMap<string, Held>): Promise<Change> {
  const rows = new Map<string, Held | null>()
  const isAnew = page.reset || meta.cursor.epoch === null
  const isVoid = voidScopes(meta.cursor, page)
  for (const [key, { scope }] of isVoid ? held : []) if (isVoid?.(scope)) rows.set(key, null)
  for (const { entity, id, scope, version, row } of page.changes) {
    const key = keyOf(entity, id)
    if (row) rows.set(key, { scope, version, row })
    // A row that has moved to another scope is not gone.
    else if ((rows.get(key) ?? held.get(key))?.scope === scope) rows.set(key, null)
  }
  for (const [key, row] of rows) await (row ? tx.put('base', key, row) : tx.remove('base', key))

  // Only what this copy saw answered AND what these rows contain; the rows of a page with more to come are no whole.
  const upTo = page.more ? meta.retired : Math.max(meta.retired, Math.min(page.lastMid, meta.acked))
  await retire(tx, meta.retired, upTo, page.serverTime)
  if (!page.more) await forgetOld(tx, upTo, page.serverTime)
  return {
    meta: {
      ...meta,
      cursor: page.cursor,
      places: page.places,
      retired: upTo,
      isWhole: (meta.isWhole && !(isAnew && page.more)) || !page.more,
      drainKey: page.drainKey ?? meta.drainKey,
    },
    rows,
    ...(upTo > meta.retired && { isOutboxOther: true }),
  }
}

/** The server has more places for this person than are held here. */
export const isPartial = ({ cursor, places = 0 }: Meta) => places > Object.keys(cursor.scopes).length

/** A place whose rows are all here. */
export const isHeld = ({ cursor }: Meta, place: string) =>
  cursor.scopes[place] !== undefined && cursor.filling?.[place] === undefined

/** What to ask for, with what is looked at now before the others. */
export function followed({ follow = [] }: Meta, place: string | undefined): readonly string[] {
  return place === undefined ? follow : [place, ...follow.filter((one) => one !== place)].slice(0, MOST_PLACES)
}

function voidScopes(before: Cursor, page: PullAnswer): ((scope: string) => boolean) | undefined {
  if (page.reset || before.epoch === null) return () => true
  const lost = Object.keys(before.scopes).filter((scope) => page.cursor.scopes[scope] === undefined)
  const gone = new Set([...page.resetScopes, ...lost])
  return gone.size > 0 ? (scope) => gone.has(scope) : undefined
}

async function retire(tx: Tx, after: number, upTo: number, now: string) {
  if (upTo <= after) return
  for (const [mid, kept] of await tx.list<Kept>('outbox', { from: after + 1, to: upTo + 1 }))
    await tx.put('outbox', mid, { ...kept, keptSince: now })
}

async function forgetOld(tx: Tx, upTo: number, now: string) {
  const before = new Date(Date.parse(now) - KEPT_DAYS * 86_400_000).toISOString()
  for (const [mid, { uid, keptSince }] of await tx.list<Kept>('outbox', { to: upTo + 1, limit: 200 })) {
    if (keptSince === undefined || keptSince >= before) return
    await tx.remove('outbox', mid)
    if ((await tx.get<Pending>('attention', uid))?.settled) await tx.remove('attention', uid)
  }
}

/** One mutation the server cannot even read: its place is kept by an empty one, and the person is told of it. */
export async function withhold(tx: Tx, meta: Meta, { uid, mid }: Kept): Promise<Change> {
  const kept = await tx.get<Kept>('outbox', mid)
  if (kept?.uid === uid) await tx.put('outbox', mid, { ...kept, isUnsendable: true })
  return { meta }
}

export const sentOf = ({ mid, uid, name, version, args, device, by, proof }: Kept): SentMutation => ({
  mid,
  uid,
  name,
  version,
  args,
  device,
  by,
  ...(proof && { proof }),
})

/** As it travels. */
export const outgoing = (kept: Kept): SentMutation =>
  kept.isUnsendable ? { ...sentOf(kept), name: 'sync.unsendable', version: 1, args: {} } : sentOf(kept)
