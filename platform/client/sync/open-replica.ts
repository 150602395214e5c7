import type { z } from 'zod'
import { Refusal } from '../../refusal.ts'
import type { Doing, Mutator, PullAnswer, PushAnswer, PushBody, Row, SentMutation } from '../../sync.ts'
import { ApiProblem, Unreachable } from '../problem.ts'
import { browserClocks, type Clocks, DeviceClock, type Heard, likelyTime } from './device-clock.ts'
import { type AnyMutator, type Changes, foresee } from './foreseen.ts'
import {
  acknowledge,
  type Change,
  followed,
  fork,
  type Held,
  isHeld,
  isPartial,
  type Kept,
  listMemos,
  type Meta,
  newMeta,
  nextBatch,
  outgoing,
  type Pending,
  putBack,
  readMemo,
  readMeta,
  readOpen,
  readUnsent,
  record,
  renewRows,
  rewind,
  sentOf,
  takePage,
  withhold,
  writeMemo,
  writeMeta,
} from './ledger.ts'
import type { Attention, Recorded, Replica, Seated, SyncStatus, Unsent } from './replica.ts'
import { DeviceFull, type Store, type Tx } from './store.ts'
import { browserTabs, type News, type Tabs } from './tabs.ts'
import type { Transport } from './transport.ts'
import { View } from './view.ts'

/** Whose replica it is: a person in an organization, or a shared tablet. */
export type Owner = { kind: 'member' | 'kiosk'; id: string; name: string }

export type ReplicaParts = {
  /** Names the store, its lock and its channel: one per owner and organization. */
  name: string
  store: Store
  transport: Transport
  /** Of everything that may lie in the outbox. */
  mutators: readonly AnyMutator[]
  owner: Owner
  /** Kept apart from the store: tells, when the store is found empty, that it was not so before. */
  mark?: Mark
  clocks?: Clocks
  newId?: () => string
  /** 0 up to 1: spreads the retries of many devices. */
  random?: () => number
  later?: (work: () => void, delayMs: number) => () => void
  tabs?: (name: string, onNews: (news: News) => void) => Tabs
}

/** How many were unsent when last looked; undefined when nothing was ever kept under this name. */
export type Mark = { read: () => number | undefined; write: (unsent: number | undefined) => void }

export type OpenReplica = Replica & {
  /** Key and version of every row of the server that is held, and how far they go: for comparing with the server. */
  held: () => { cursor: Meta['cursor']; rows: ReadonlyMap<string, Held> }
}

/** Opens the local copy. It can be read and worked on at once, whether the server is there or not. */
export async function openReplica(parts: ReplicaParts): Promise<OpenReplica> {
  const replica = new LocalReplica(parts)
  await replica.open()
  return replica
}

/** What is kept here cannot be delivered without a sign-in. It can still be exported. */
export class NoKey extends Error {
  override name = 'NoKey'
}

/** As many as the server takes at once, see MOST_MUTATIONS. */
const BATCH = 50
/** Nobody pokes and nothing is done: it is looked all the same. */
const AT_EASE_MS = 5 * 60_000
/** Several pokes for one step of work. */
const POKE_MS = 120
const FIRST_RETRY_MS = 1_000
const LONGEST_RETRY_MS = 60_000
/** Rows named to other tabs one by one; beyond, they read all. */
const MOST_NAMED = 1_000
/** More than that in one go means that the server and this device do not come to terms. */
const MOST_ROUNDS = 20
const MOST_MENDS = 5

class LocalReplica implements OpenReplica {
  readonly #parts: ReplicaParts
  readonly #store: Store
  readonly #clock: DeviceClock
  readonly #newId: () => string
  readonly #view: View
  readonly #tabs: Tabs
  readonly #watchers = new Map<() => void, readonly string[] | undefined>()
  #callOff: (() => void) | undefined

  #last: Promise<unknown> = Promise.resolve()
  #running: Promise<void> | undefined
  #isWanted = false
  #isClosed = false
  #failures = 0

  #pending: Pending[] = []
  #connection: SyncStatus['connection'] = 'connecting'
  #refusedAs: 'signed_out' | 'revoked' | 'outdated' | undefined
  #isFull = false
  #lookedAt: string | undefined
  #status: SyncStatus

  constructor(parts: ReplicaParts) {
    const { clocks = browserClocks(), newId = () => crypto.randomUUID(), tabs = browserTabs } = parts
    this.#parts = parts
    this.#store = parts.store
    this.#clock = new DeviceClock(clocks)
    this.#newId = newId
    this.#view = new View(newMeta(newId()), parts.mutators)
    this.#status = this.#statusNow()
    this.#tabs = tabs(parts.name, (news) => void this.#hear(news))
  }

  async open() {
    await this.#inTurn(() =>
      this.#written(async (tx) => {
        await this.#view.load(tx, await renewRows(tx, await known(tx)))
        await this.#readPending(tx)
      }),
    ).catch((error: unknown) => {
      // It says that it is full, keeps nothing, and begins when there is room.
      if (!(error instanceof DeviceFull)) throw error
    })
    if (!this.#isFull) this.#noteDown()
    this.#tell(new Set())
  }

  get status() {
    return this.#status
  }

  watch = (watcher: () => void, entities?: readonly string[]) => {
    const once = () => watcher()
    this.#watchers.set(once, entities)
    return () => void this.#watchers.delete(once)
  }

  row = <R extends Row>(entity: string, id: string) => this.#view.row(entity, id) as R | undefined
  rows = <R extends Row>(entity: string) => this.#view.rows(entity) as readonly R[]
  unsentIds = (entity: string) => this.#view.unsentIds(entity)
  held = () => ({ cursor: this.#view.meta.cursor, rows: this.#view.held })

  mutate = async <A extends z.ZodType>(mutator: Mutator<A>, args: z.input<A>, by?: Seated): Promise<Recorded> =>
    this.#record({ ...this.#asNow(args, by), name: mutator.name, version: mutator.version }, mutator)

  /** A mutation of this moment. On a device of one's own it names its owner too, whoever's session sends it. */
  #asNow(args: unknown, by?: Seated) {
    const { owner } = this.#parts
    if (owner.kind === 'kiosk' && !by)
      throw new Refusal('forbidden', 'sync.nobody', { detail: 'Nobody is at this tablet.' })
    const who = by ?? owner
    const device = this.#clock.read(this.#view.meta.heard)
    const uid = this.#newId()
    const doing: Doing = {
      by: { id: who.id, name: who.name },
      kiosk: owner.kind === 'kiosk' ? { id: owner.id, name: owner.name } : null,
      at: likelyTime(device),
      uid,
    }
    return { uid, args: plain(args), device, by: who.id, doing, ...(by?.proof && { proof: by.proof }) }
  }

  now = () => Date.parse(likelyTime(this.#clock.read(this.#view.meta.heard)))

  unsentWork = async (): Promise<readonly Unsent[]> =>
    this.#unsent().map((kept) => ({ mutation: sentOf(kept), recordedAt: kept.device.at, by: kept.doing.by }))

  attention = async (): Promise<readonly Attention[]> =>
    this.#open().map(({ mutation, result }) => ({ mutation, result, recordedAt: mutation.device.at }))

  mend = async (uid: string, args: Row, asNow?: { by: Seated | undefined }): Promise<Recorded> => {
    const { mutation, doing } = this.#find(uid)
    const mutator = this.#parts.mutators.find(({ name }) => name === mutation.name)
    if (!mutator) throw new Refusal('invalid', 'sync.mutation_unknown')
    const settled = (tx: Tx) => settle(tx, uid, 'mended')
    if (asNow) {
      const now = { ...this.#asNow(args, asNow.by), name: mutator.name, version: mutator.version }
      return this.#record(now, mutator, settled)
    }
    const { mid: _, ...before } = mutation
    // It is still the same work, done when it was done.
    const again = {
      ...before,
      uid: this.#newId(),
      version: mutator.version,
      args: plain(args),
      isMended: true as const,
    }
    return this.#record({ ...again, doing: { ...doing, uid: again.uid } }, mutator, settled)
  }

  /** Travels as work of its own: who gave up what, and why, is on the server's record, in its order. */
  discard = async (uid: string, reason: string, by?: Seated) => {
    const { doing } = this.#find(uid)
    const discarding = { ...this.#asNow({ uid, reason }, by ?? doing.by), name: 'sync.discard', version: 1 }
    await this.#record(discarding, undefined, (tx) => settle(tx, uid, 'discarded'))
  }

  forgetLost = () => this.#commit(async (_, meta) => ({ meta: { ...meta, lost: 0 } }))

  exportUnsent = async () => {
    const { name, owner } = this.#parts
    const [unsent, attention] = [await this.unsentWork(), await this.attention()]
    return JSON.stringify({ replica: name, owner, unsent, attention }, null, 2)
  }

  memo = <Value>(name: string) => this.#store.read((tx) => readMemo<Value>(tx, name))
  memos = <Value>(kind: string) => this.#store.read((tx) => listMemos<Value>(tx, kind))

  /** Where a browser was cleared, or its person has left, nothing is begun by this. */
  keepMemo = (name: string, value: unknown) =>
    this.#inTurn(async () => {
      if (this.#isClosed) throw new Refusal('forbidden', 'sync.closed', { detail: 'This copy was put away.' })
      await this.#store.write(async (tx) => {
        await known(tx)
        await writeMemo(tx, name, value)
      })
    })

  /** Rounds do not overlap; whoever asks during one gets one more after it. */
  sync = (): Promise<void> => {
    this.#isWanted = true
    this.#running ??= this.#run()
    return this.#running
  }

  poked = (scope: string, version: number) => {
    const { meta } = this.#view
    const isElsewhere = meta.cursor.scopes[scope] === undefined && isPartial(meta)
    if (!isElsewhere && (meta.cursor.scopes[scope] ?? -1) < version) this.#after(POKE_MS)
  }

  lookAt = (place: string | undefined) => {
    if (place === this.#lookedAt) return
    this.#lookedAt = place
    this.#tell(new Set())
    if (this.#isMissed()) void this.sync()
  }

  /** It is looked at, and its rows are not here, since there are more places than a device holds. */
  #isMissed() {
    const { meta } = this.#view
    return this.#lookedAt !== undefined && isPartial(meta) && !isHeld(meta, this.#lookedAt)
  }

  drain = async () => {
    await this.#running
    this.#refusedAs = 'revoked'
    const before = this.#unsent().length
    await this.#tabs.alone(async () => {
      await this.#commit(async () => undefined)
      await this.#pushAll((body) => {
        const { drainKey } = this.#view.meta
        if (drainKey === null) throw new NoKey('This device was never given a key to deliver with.')
        return this.#parts.transport.drain({ ...body, drainKey }).catch(asNoKey)
      })
    })
    if (this.#open().some(({ isUnsendable }) => isUnsendable))
      throw new NoKey('The server could not read some of what is kept here.')
    return before - this.#unsent().length
  }

  handOverKey = () => {
    const { clientId, drainKey } = this.#view.meta
    return drainKey === null ? undefined : { clientId, drainKey }
  }

  wipe = async () => {
    await this.#stop()
    await this.#store.destroy()
    this.#parts.mark?.write(undefined)
    this.#tabs.tell('wiped')
    this.#tabs.close()
    await this.#forgetAll()
  }

  close = async () => {
    await this.#stop()
    this.#tabs.close()
    await this.#store.close()
  }

  async #stop() {
    this.#isClosed = true
    this.#callOff?.()
    await this.#running
    await this.#last
  }

  // What is done here ------------------------------------------------------------------------------------------------

  async #record(
    unnumbered: Omit<Kept, 'mid'>,
    mutator: AnyMutator | undefined,
    besides: (tx: Tx) => Promise<void> = async () => undefined,
  ): Promise<Recorded> {
    const kept = await this.#inTurn(async () => {
      if (this.#isClosed) throw new Refusal('forbidden', 'sync.closed', { detail: 'This copy was put away.' })
      const touched = new Set<string>()
      const { meta, kept, changes } = await this.#written(async (tx) => {
        const before = await this.#caughtUp(tx, touched)
        const changes: Changes = mutator ? await foresee(mutator, unnumbered, unnumbered.doing, this.#view) : new Map()
        const { meta, kept } = await record(tx, { ...before, change: before.change + 1 }, unnumbered)
        await besides(tx)
        await writeMeta(tx, meta)
        await this.#readPending(tx)
        return { meta, kept, changes }
      })
      for (const entity of this.#view.add(meta, kept, changes)) touched.add(entity)
      this.#tabs.tell({ change: meta.change, keys: [] })
      this.#noteDown()
      this.#tell(touched)
      return kept
    })
    if (this.#connection !== 'offline') void this.sync()
    return { mid: kept.mid, uid: kept.uid }
  }

  /** One transaction, and the same in memory: both begin from what storage holds now. */
  #commit(plan: (tx: Tx, meta: Meta) => Promise<Change | undefined>): Promise<void> {
    return this.#inTurn(async () => {
      const touched = new Set<string>()
      const done = await this.#written(async (tx) => {
        const before = await this.#caughtUp(tx, touched)
        const planned = await plan(tx, before)
        if (!planned) return undefined
        const meta = { ...planned.meta, change: before.change + 1 }
        await writeMeta(tx, meta)
        await this.#readPending(tx)
        return { change: { ...planned, meta }, open: planned.isOutboxOther && (await readOpen(tx, meta)) }
      })
      if (done) {
        for (const entity of await this.#view.take(done.change, done.open || this.#view.open)) touched.add(entity)
        const keys = [...(done.change.rows?.keys() ?? [])]
        this.#tabs.tell({ change: done.change.meta.change, ...(keys.length <= MOST_NAMED && { keys }) })
        this.#noteDown()
      }
      this.#tell(touched)
    })
  }

  async #written<Result>(work: (tx: Tx) => Promise<Result>): Promise<Result> {
    try {
      const result = await this.#store.write(work).catch(async (error: unknown) => {
        if (!(error instanceof Cleared)) throw error
        await this.#beginAnew()
        return this.#store.write(work)
      })
      // Having written nothing says nothing about room.
      if (result !== undefined) this.#isFull = false
      return result
    } catch (error) {
      this.#isFull ||= error instanceof DeviceFull
      this.#tell(new Set())
      throw error
    }
  }

  /** Another tab may have written since; or the browser may have cleared everything. */
  async #caughtUp(tx: Tx, touched: Set<string>): Promise<Meta> {
    const meta = await known(tx)
    if (meta.change !== this.#view.meta.change || meta.clientId !== this.#view.meta.clientId)
      for (const entity of await this.#view.load(tx, meta)) touched.add(entity)
    return meta
  }

  /**
   * Nothing is kept here: this device is new, or was cleared. What had been sent is safe on the server; what was
   * waiting is put back as far as this tab knows it. No mark: it was wiped on purpose.
   */
  async #beginAnew() {
    const waited = this.#parts.mark?.read()
    const isCleared = waited !== undefined
    const { heard, change, lost = 0, isWhole } = this.#view.meta
    const meta = await this.#store.write(async (tx) => {
      const others = await readMeta(tx)
      if (others) return others
      const unsent = isCleared ? this.#unsent() : []
      const missing = Math.max((waited ?? 0) - unsent.length, 0)
      const fresh = { ...newMeta(this.#newId()), heard, change: change + 1, lost: lost + missing }
      if (!isCleared) return putBack(tx, fresh, { unsent: [], pending: [], rows: new Map() })
      return putBack(tx, { ...fresh, isWhole }, { unsent, pending: this.#pending, rows: this.#view.held })
    })
    this.#isFull = false
    this.#tell(await this.#store.read((tx) => this.#view.load(tx, meta)))
    this.#tabs.tell({ change: meta.change })
    this.#noteDown()
  }

  async #readPending(tx: Pick<Tx, 'list'>) {
    this.#pending = (await tx.list<Pending>('attention')).map(([, pending]) => pending)
  }

  /** Another tab wrote. */
  async #hear(news: News) {
    if (news === 'wiped') return this.#stop().then(() => this.#forgetAll())
    await this.#inTurn(async () => {
      if (this.#isClosed || news.change <= this.#view.meta.change) return
      const touched = await this.#store.read(async (tx) => {
        const meta = await readMeta(tx)
        if (!meta) return new Set<string>()
        await this.#readPending(tx)
        const isNext = meta.change === this.#view.meta.change + 1 && meta.change === news.change
        return isNext && news.keys ? this.#view.loadSome(tx, meta, news.keys) : this.#view.load(tx, meta)
      })
      this.#tell(touched)
    }).catch(() => undefined) // the next transaction notices that it is behind
  }

  /** One after the other, so that memory follows storage step by step. */
  #inTurn<Result>(work: () => Promise<Result>): Promise<Result> {
    const mine = this.#last.then(work)
    this.#last = mine.catch(() => undefined)
    return mine
  }

  // To the server and back -------------------------------------------------------------------------------------------

  async #run() {
    while (this.#isWanted && !this.#isClosed) {
      this.#isWanted = false
      this.#callOff?.()
      try {
        await this.#tabs.alone(() => this.#converse())
        this.#failures = 0
        this.#after(AT_EASE_MS)
      } catch (error) {
        this.#failed(error)
        break
      }
    }
    this.#running = undefined
  }

  async #converse() {
    await this.#commit(async () => undefined) // what other tabs did
    for (let round = 0; round < MOST_ROUNDS; round++) {
      await this.#pushAll((body) => this.#parts.transport.push(body))
      await this.#pullAll()
      const isAll = this.#unsent().length === 0 && this.#view.meta.isWhole
      if (isAll || this.#isClosed) return
    }
  }

  async #pushAll(send: (body: PushBody) => Promise<PushAnswer>) {
    let [most, mends] = [BATCH, 0]
    for (;;) {
      const { clientId, acked, batch } = await this.#store.read(async (tx) => {
        const meta = (await readMeta(tx)) ?? this.#view.meta
        return { clientId: meta.clientId, acked: meta.acked, batch: nextBatch(await readUnsent(tx, meta, most)) }
      })
      if (batch.length === 0) return
      try {
        const began = this.#clock.start()
        const sent = this.#clock.read(this.#view.meta.heard)
        const answer = await send({ clientId, sent, mutations: batch.map(outgoing) })
        const heard = this.#clock.heard(answer.serverTime, began)
        await this.#commitAs(clientId, (tx, meta) => acknowledge(tx, { ...meta, heard }, answer))
        const { meta } = this.#view
        if (meta.clientId === clientId && meta.acked === acked) throw new Error('The server took none of it.')
      } catch (error) {
        if (!(error instanceof ApiProblem)) throw error
        const { code } = error
        const expected = Number(error.problem.errors?.[0]?.message)
        if (code === 'sync.gap' && expected >= 1 && mends++ < MOST_MENDS) {
          await this.#commitAs(clientId, (tx, meta) => rewind(tx, meta, expected - 1, this.#newId))
        } else if (code === 'sync.client_forked' && mends++ < MOST_MENDS) {
          await this.#commitAs(clientId, (tx, meta) => fork(tx, meta, this.#newId))
        } else if (UNREADABLE.has(code) && batch.length > 1) {
          most = Math.ceil(batch.length / 2)
        } else if (UNREADABLE.has(code) && batch[0] && !batch[0].isUnsendable) {
          const [unreadable] = batch
          await this.#commitAs(clientId, (tx, meta) => withhold(tx, meta, unreadable))
          most = BATCH
        } else throw error
      }
    }
  }

  async #pullAll() {
    for (;;) {
      const { clientId, cursor, acked } = this.#view.meta
      const began = this.#clock.start()
      const isPart = isPartial(this.#view.meta)
      const follow = isPart ? followed(this.#view.meta, this.#lookedAt) : []
      const page = await this.#parts.transport.pull({
        clientId,
        cursor,
        ...(follow.length > 0 && { follow: [...follow] }),
      })
      const heard = this.#clock.heard(page.serverTime, began)
      this.#connection = 'live'
      this.#refusedAs = undefined
      let isFirst = false
      await this.#commitAs(clientId, async (tx, meta) => {
        // Another tab was faster: what it took stands.
        if (JSON.stringify(meta.cursor) !== JSON.stringify(cursor)) return undefined
        isFirst = true
        return this.#take(tx, { ...meta, heard, ...(isPart && { follow }) }, page, acked)
      })
      // Only now it is known that there are more places than are held, and what is looked at is not among them.
      const isToAsk = !isPart && this.#isMissed()
      if (!isFirst || !(page.more || isToAsk)) return
    }
  }

  async #take(tx: Tx, meta: Meta, page: PullAnswer, ackedBefore: number): Promise<Change> {
    // A copy of this device works under the same name.
    if (page.lastMid >= meta.nextMid) return fork(tx, meta, this.#newId)
    const taken = await takePage(tx, meta, page, this.#view.held)
    if (page.more || page.lastMid >= ackedBefore) return taken
    return { ...taken, ...(await rewind(tx, taken.meta, page.lastMid, this.#newId)) }
  }

  /** As long as this device still goes by the name under which the server was asked. */
  #commitAs(clientId: string, plan: (tx: Tx, meta: Meta) => Promise<Change | undefined>) {
    return this.#commit(async (tx, meta) => (meta.clientId === clientId ? plan(tx, meta) : undefined))
  }

  async #forgetAll() {
    this.#refusedAs = 'revoked'
    this.#pending = []
    const rows = new Map([...this.#view.held.keys()].map((key) => [key, null]))
    this.#tell(await this.#view.take({ meta: newMeta(this.#newId()), rows }, []))
  }

  #failed(error: unknown) {
    this.#failures++
    if (error instanceof Unreachable) this.#connection = 'offline'
    if (error instanceof ApiProblem) {
      this.#connection = error.status >= 500 ? 'offline' : 'live'
      this.#refusedAs = troubleOf(error) ?? this.#refusedAs
    }
    this.#tell(new Set())
    const longest = Math.min(LONGEST_RETRY_MS, FIRST_RETRY_MS * 2 ** (this.#failures - 1))
    this.#after(longest * (0.5 + (this.#parts.random ?? Math.random)() / 2))
  }

  #after(delayMs: number) {
    this.#callOff?.()
    if (!this.#isClosed) this.#callOff = (this.#parts.later ?? byTimer)(() => void this.sync(), delayMs)
  }

  // How it stands ----------------------------------------------------------------------------------------------------

  #unsent = () => this.#view.open.filter(({ mid }) => mid > this.#view.meta.acked)
  #open = () => this.#pending.filter(({ settled }) => !settled)

  #find(uid: string): Pending {
    const found = this.#open().find(({ mutation }) => mutation.uid === uid)
    if (!found) throw new Refusal('not_found', 'not_found', { detail: 'This is no longer on the list.' })
    return found
  }

  /** Beside the store, for the day it is found empty. */
  #noteDown() {
    try {
      this.#parts.mark?.write(this.#unsent().length)
    } catch {
      // There is no room for the mark: it is the lesser thing.
    }
  }

  #statusNow(): SyncStatus {
    const { meta } = this.#view
    const { heard, isWhole, lost = 0, places = 0 } = meta
    const unsent = this.#unsent()
    return {
      connection: this.#connection,
      isReady: isWhole && !this.#isMissed(),
      heardAt: heardOnDevice(heard),
      unsent: unsent.length,
      oldestUnsentAt: unsent[0]?.device.at,
      needsAttention: this.#open().length,
      trouble: this.#refusedAs ?? (this.#isFull ? 'full' : lost > 0 ? 'lost' : undefined),
      lost,
      part: isPartial(meta) ? { held: Object.keys(meta.cursor.scopes).length, of: places } : undefined,
    }
  }

  /** Tells the watchers of these entities; all of them when the status is another. */
  #tell(entities: ReadonlySet<string>) {
    const now = this.#statusNow()
    const isOther = JSON.stringify(now) !== JSON.stringify(this.#status)
    if (isOther) this.#status = now
    for (const [watcher, watched] of this.#watchers)
      if (isOther || (watched ? watched.some((entity) => entities.has(entity)) : entities.size > 0)) watcher()
  }
}

/** There is nothing in the store. */
class Cleared extends Error {}

async function known(tx: Tx): Promise<Meta> {
  const meta = await readMeta(tx)
  if (!meta) throw new Cleared()
  return meta
}

/** The key opens nothing at the server. */
function asNoKey(error: unknown): never {
  const isRefused = error instanceof ApiProblem && error.code === 'sync.drain_refused'
  throw isRefused ? new NoKey('The server does not take this.', { cause: error }) : error
}

/** The server, or a proxy of the house, could not take it as it is. Trying again would not help. */
const UNREADABLE: ReadonlySet<string> = new Set(['invalid', 'malformed', 'too_large'])

/** As it will be stored and sent, and nothing else. */
const plain = (args: unknown) => JSON.parse(JSON.stringify(args)) as SentMutation['args']

async function settle(tx: Tx, uid: string, how: string) {
  const pending = await tx.get<Pending>('attention', uid)
  if (pending) await tx.put('attention', uid, { ...pending, settled: how } satisfies Pending)
}

/** The server answers, and will not have it: the session is over, or is someone else's; or the app is of another time. */
function troubleOf({ status, code }: ApiProblem): 'signed_out' | 'outdated' | undefined {
  if (status === 401 || code === 'sync.not_your_client') return 'signed_out'
  return code === 'app.outdated' || status === 404 || UNREADABLE.has(code) ? 'outdated' : undefined
}

/** By this device's own clock, for telling how old the rows are. */
const heardOnDevice = ({ heardAt, offsetMs }: Heard) =>
  heardAt === null ? undefined : Date.parse(heardAt) - (offsetMs ?? 0)

function byTimer(work: () => void, delayMs: number) {
  const timer = setTimeout(work, delayMs)
  return () => clearTimeout(timer)
}
