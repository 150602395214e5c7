import type { Doing, MutationResult, Mutator, PullAnswer, Row, SeatProof } from '../../sync.ts'
import type { DeviceClock } from './device-clock.ts'
import { Foreseen, type Mutators, replay } from './foreseen.ts'
import {
  type ForeseenRow,
  type KeptAttention,
  type KeptMutation,
  type KeptRow,
  keyOf,
  type Meta,
  mutationsFrom,
  newMeta,
  readMeta,
  SHAPE,
  writeMeta,
} from './kept.ts'
import type { Store, StoreTx } from './store.ts'

/** Acknowledged work is kept this long: should the server come back from an older backup, it is sent again. */
const KEPT_DONE_MS = 14 * 86_400_000
const CLEANED_AT_ONCE = 200

/** What a transaction left behind in the rows people see: key → the row as it now stands. */
export type Touched = ReadonlyMap<string, Row | null>

export type Done = { meta: Meta; touched: Touched }

export type JournalParts = {
  store: Store
  mutators: Mutators
  clock: DeviceClock
  newId: () => string
}

export type Act = {
  mutator: Mutator
  args: Row
  doing: Omit<Doing, 'at' | 'uid'>
  by: string | null
  proof: SeatProof | null
}

/** Everything that is decided on the disk. Each step is one transaction: whatever is killed, it was done or it was not. */
export class Journal {
  readonly #store: Store
  readonly #mutators: Mutators
  readonly #clock: DeviceClock
  readonly #newId: () => string

  constructor({ store, mutators, clock, newId }: JournalParts) {
    this.#store = store
    this.#mutators = mutators
    this.#clock = clock
    this.#newId = newId
  }

  /** Its record as it stands, made if there is none. Rows of another shape are dropped, work never is. */
  open(): Promise<{ meta: Meta; isNew: boolean }> {
    return this.#store.write(async (tx) => {
      const known = await readMeta(tx)
      const meta = known ?? newMeta(this.#newId())
      const current = meta.shape === SHAPE ? meta : { ...meta, ...(await dropRows(tx)) }
      if (current !== known) await writeMeta(tx, current)
      return { meta: current, isNew: known === undefined }
    })
  }

  /** Number, foreseen rows and the mutation itself, together or not at all. `instead` leaves the list of attention. */
  mutate(act: Act, instead?: string): Promise<Done & { kept: KeptMutation }> {
    return this.#store.write(async (tx) => {
      const meta = await metaOf(tx)
      const device = this.#clock.read(meta)
      const doing: Doing = { ...act.doing, at: correctedTime(device), uid: this.#newId() }
      const { name, version } = act.mutator
      const sent = {
        mid: meta.next,
        uid: doing.uid,
        name,
        version,
        args: act.args,
        device,
        by: act.by,
        ...(act.proof && { proof: act.proof }),
      }
      const foreseen = await Foreseen.standing(tx).run(act.mutator, { sent, doing })
      const keys = [...foreseen.keys()]
      const kept: KeptMutation = { sent, doing, keys, state: 'pending', doneAt: null }
      for (const [key, row] of foreseen) await tx.put('over', key, row)
      await tx.put('outbox', sent.mid, kept)
      if (instead !== undefined) await tx.remove('attention', instead)
      const next = { ...meta, next: meta.next + 1 }
      await writeMeta(tx, next)
      return { meta: next, touched: await standing(tx, keys), kept }
    })
  }

  batch(most: number): Promise<{ meta: Meta; batch: KeptMutation[] }> {
    return this.#store.read(async (tx) => {
      const meta = await metaOf(tx)
      return { meta, batch: await mutationsFrom(tx, meta.acked + 1, most) }
    })
  }

  /** The server has spoken. What it did not simply do is put where people see it, in the same transaction. */
  acknowledge(clientId: string, results: readonly MutationResult[], lastMid: number): Promise<Meta> {
    return this.#store.write(async (tx) => {
      const meta = await metaOf(tx)
      // Another tab has renumbered meanwhile: these answers are about numbers that are no more.
      if (meta.clientId !== clientId) return meta
      for (const result of results) {
        if (result.outcome === 'applied') continue
        const kept = await tx.get<KeptMutation>('outbox', result.mid)
        if (kept?.sent.uid !== result.uid) continue
        const attention: KeptAttention = { sent: kept.sent, doing: kept.doing, result }
        await tx.put('attention', result.uid, attention)
      }
      const next = { ...meta, acked: Math.max(meta.acked, Math.min(lastMid, meta.next - 1)) }
      await writeMeta(tx, next)
      return next
    })
  }

  /** The server knows less than it had acknowledged: it went back in time. What it lacks is sent again. */
  rewind(expected: number): Promise<Meta> {
    return this.#store.write(async (tx) => rewindTo(tx, await metaOf(tx), expected - 1, this.#newId))
  }

  keepKey(clientId: string, drainKey: string): Promise<void> {
    return this.#store.write(async (tx) => {
      const meta = await metaOf(tx)
      if (meta.clientId === clientId) await writeMeta(tx, { ...meta, drainKey })
    })
  }

  /** Everything a person may have to look after: what waits to be sent, and what the server did not do. */
  work(): Promise<{ unsent: KeptMutation[]; attention: KeptAttention[] }> {
    return this.#store.read(async (tx) => ({
      unsent: await mutationsFrom(tx, (await metaOf(tx)).acked + 1),
      attention: (await tx.range<KeptAttention>('attention')).map(([, kept]) => kept),
    }))
  }

  /** Another copy of this device has used our numbers. Everything kept goes out anew; the uids keep it single. */
  fork(): Promise<Meta> {
    return this.#store.write(async (tx) => renumber(tx, await metaOf(tx), 1, this.#newId))
  }

  /**
   * One page: rows of lost scopes go, rows come, work the rows now contain is retired, and the rest is replayed on top.
   * Retired is only what this copy saw acknowledged and what this snapshot contains.
   */
  take(page: PullAnswer, asked: Meta, heard: { offsetMs: number | null; heardAt: string | null }): Promise<Done> {
    return this.#store.write(async (tx) => {
      const meta = await metaOf(tx)
      const isOvertaken = meta.clientId !== asked.clientId || !sameCursor(meta.cursor, asked.cursor)
      if (isOvertaken) return { meta, touched: new Map() } // another tab has taken this page, or a later one
      if (page.lastMid >= meta.next) {
        return { meta: await renumber(tx, meta, meta.retired + 1, this.#newId), touched: new Map() }
      }
      const touched = new Set(await dropScopes(tx, lostScopes(page, meta)))
      for (const change of page.changes) {
        const key = keyOf(change.entity, change.id)
        touched.add(key)
        await takeChange(tx, key, change)
      }
      const wentBack = hasGoneBack(page, meta)
      const current = wentBack ? await rewindTo(tx, meta, page.lastMid, this.#newId) : meta
      const upTo = page.more ? current.retired : Math.max(current.retired, Math.min(page.lastMid, current.acked))
      const keysOfWork = await this.#retire(tx, current, upTo)
      if ([...touched].some((key) => keysOfWork.has(key)) || upTo > current.retired || wentBack) {
        for (const [key] of await tx.range<ForeseenRow>('over')) touched.add(String(key))
        const foreseen = await replay(tx, this.#mutators, await mutationsFrom(tx, upTo + 1))
        for (const [key] of foreseen.all()) touched.add(key)
      }
      const next: Meta = {
        ...current,
        ...heard,
        cursor: page.cursor,
        retired: upTo,
        isReady: !page.more || (current.isReady && !page.reset),
        drainKey: page.drainKey ?? current.drainKey,
      }
      await writeMeta(tx, next)
      return { meta: next, touched: await standing(tx, [...touched]) }
    })
  }

  /** Marks what the rows contain and forgets what is old. Answers the rows that work not yet retired had touched. */
  async #retire(tx: StoreTx, meta: Meta, upTo: number): Promise<Set<string>> {
    const now = this.#clock.now()
    const keys = new Set<string>()
    for (const kept of await mutationsFrom(tx, meta.retired + 1)) {
      for (const key of kept.keys) keys.add(key)
      if (kept.sent.mid > upTo || kept.state === 'done') continue
      await tx.put('outbox', kept.sent.mid, { ...kept, state: 'done', doneAt: now })
    }
    for (const { sent, state, doneAt } of await mutationsFrom(tx, 0, CLEANED_AT_ONCE)) {
      const isOld = state === 'done' && doneAt !== null && now - doneAt > KEPT_DONE_MS
      if (isOld && sent.mid <= upTo) await tx.remove('outbox', sent.mid)
    }
    return keys
  }
}

/** The time by this device's best knowledge, for what is shown until the server has spoken. */
const correctedTime = ({ at, offsetMs }: { at: string; offsetMs: number | null }) =>
  new Date(Date.parse(at) + (offsetMs ?? 0)).toISOString()

async function metaOf(tx: StoreTx): Promise<Meta> {
  const meta = await readMeta(tx)
  if (!meta) throw new Gone('What was kept here is gone.')
  return meta
}

/** The browser, or another tab, removed what was kept while it was in use. */
export class Gone extends Error {
  override name = 'Gone'
}

async function dropRows(tx: StoreTx): Promise<Partial<Meta>> {
  await tx.clear('base')
  const { cursor } = newMeta('')
  return { shape: SHAPE, cursor, isReady: false }
}

/** Another life of its database, or scopes at lower versions than before: it lacks what it had acknowledged. */
const hasGoneBack = (page: PullAnswer, { cursor, acked }: Meta) =>
  page.lastMid < acked && (page.resetScopes.length > 0 || (cursor.epoch !== null && page.cursor.epoch !== cursor.epoch))

const sameCursor = (a: Meta['cursor'], b: Meta['cursor']) => JSON.stringify(a) === JSON.stringify(b)

function lostScopes(page: PullAnswer, { cursor }: Meta): 'all' | ReadonlySet<string> {
  if (page.reset) return 'all'
  return new Set([...page.resetScopes, ...Object.keys(cursor.scopes).filter((scope) => !(scope in page.cursor.scopes))])
}

async function dropScopes(tx: StoreTx, lost: 'all' | ReadonlySet<string>): Promise<string[]> {
  if (lost !== 'all' && lost.size === 0) return []
  const dropped: string[] = []
  for (const [key, { scope }] of await tx.range<KeptRow>('base')) {
    if (lost !== 'all' && !lost.has(scope)) continue
    await tx.remove('base', key)
    dropped.push(String(key))
  }
  return dropped
}

async function takeChange(tx: StoreTx, key: string, { scope, version, row }: PullAnswer['changes'][number]) {
  if (row) return tx.put('base', key, { scope, version, row })
  // What is gone from one scope may have come to another: its row there stays.
  const known = await tx.get<KeptRow>('base', key)
  if (known?.scope === scope) await tx.remove('base', key)
}

async function rewindTo(tx: StoreTx, meta: Meta, lastMid: number, newId: () => string): Promise<Meta> {
  const [first] = await mutationsFrom(tx, lastMid + 1, 1)
  if (first && first.sent.mid !== lastMid + 1) return renumber(tx, meta, lastMid + 1, newId)
  for (const kept of await mutationsFrom(tx, lastMid + 1)) {
    if (kept.state === 'done') await tx.put('outbox', kept.sent.mid, { ...kept, state: 'pending', doneAt: null })
  }
  // Nothing is kept of what it asks for, and the next number would leave a gap: begin as a new client.
  if (!first && meta.next !== lastMid + 1) return renumber(tx, meta, lastMid + 1, newId)
  const next = { ...meta, acked: lastMid, retired: Math.min(meta.retired, lastMid) }
  await writeMeta(tx, next)
  return next
}

/** A new client: what is kept from this number on gets the numbers 1, 2, 3 …, and keeps its uids and its order. */
async function renumber(tx: StoreTx, meta: Meta, from: number, newId: () => string): Promise<Meta> {
  const kept = await mutationsFrom(tx, from)
  await tx.clear('outbox')
  for (const [i, one] of kept.entries()) {
    const mutation: KeptMutation = { ...one, sent: { ...one.sent, mid: i + 1 }, state: 'pending', doneAt: null }
    await tx.put('outbox', i + 1, mutation)
  }
  const next: Meta = { ...meta, clientId: newId(), next: kept.length + 1, acked: 0, retired: 0, drainKey: null }
  await writeMeta(tx, next)
  return next
}

/** How these rows now stand for people: foreseen, or the server's, or gone. */
async function standing(tx: StoreTx, keys: readonly string[]): Promise<Touched> {
  const rows = new Map<string, Row | null>()
  for (const key of keys) {
    const over = await tx.get<ForeseenRow>('over', key)
    rows.set(key, over ? over.row : ((await tx.get<KeptRow>('base', key))?.row ?? null))
  }
  return rows
}
