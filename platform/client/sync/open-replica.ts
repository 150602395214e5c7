import type { z } from 'zod'
import { discardWork, type Mutator, type Row } from '../../sync.ts'
import { ApiProblem, Unreachable } from '../problem.ts'
import { browserClocks, type Clocks, DeviceClock } from './device-clock.ts'
import type { Mutators } from './foreseen.ts'
import { type Done, Gone, Journal } from './journal.ts'
import {
  entityOf,
  type ForeseenRow,
  idOf,
  type KeptAttention,
  type KeptMutation,
  type KeptRow,
  type Meta,
} from './kept.ts'
import { Mailman } from './mailman.ts'
import type { Attention, Recorded, Replica, Seated, SyncStatus, Unsent } from './replica.ts'
import { DeviceFull, type Store } from './store.ts'
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
  mutators: readonly Mutator[]
  owner: Owner
  /** Kept apart from the store: tells, when the store is found empty, that it was not so before. */
  mark?: Mark
  clocks?: Clocks
  newId?: () => string
  later?: (work: () => void, delayMs: number) => () => void
  tabs?: (name: string, onNews: (news: News) => void) => Tabs
}

/** How many were unsent when last looked; undefined when nothing was ever kept under this name. */
export type Mark = { read: () => number | undefined; write: (unsent: number | undefined) => void }

const MOST_NEWS = 500
const POKE_MS = 120
const LONGEST_PAUSE_MS = 30_000
const AT_EASE_MS = 5 * 60_000

/** Opens the local copy. It can be read and worked on at once, whether the server is there or not. */
export async function openReplica(parts: ReplicaParts): Promise<Replica> {
  const replica = new OpenReplica(parts)
  await replica.open()
  return replica
}

class OpenReplica implements Replica {
  readonly #parts: ReplicaParts
  readonly #clock: DeviceClock
  readonly #journal: Journal
  readonly #mailman: Mailman
  readonly #mutators: Mutators
  readonly #view = new View()
  readonly #tabs: Tabs
  readonly #watchers = new Map<() => void, readonly string[] | undefined>()
  readonly #later: NonNullable<ReplicaParts['later']>
  #meta!: Meta
  #unsent: Pick<KeptMutation, 'sent' | 'keys'>[] = []
  readonly #unsentIds = new Map<string, ReadonlySet<string>>()
  #status: SyncStatus = {
    connection: 'connecting',
    isReady: false,
    heardAt: undefined,
    unsent: 0,
    oldestUnsentAt: undefined,
    needsAttention: 0,
    trouble: undefined,
  }
  #round: Promise<void> | undefined
  #isWanted = false
  #failures = 0
  #isClosed = false
  #callOff: (() => void) | undefined

  constructor(parts: ReplicaParts) {
    const { clocks = browserClocks(), newId = () => crypto.randomUUID(), later = byTimer, tabs = browserTabs } = parts
    this.#parts = parts
    this.#later = later
    this.#clock = new DeviceClock(clocks)
    this.#mutators = new Map([...parts.mutators, discardWork].map((mutator) => [mutator.name, mutator]))
    this.#journal = new Journal({ store: parts.store, mutators: this.#mutators, clock: this.#clock, newId })
    this.#mailman = new Mailman({ journal: this.#journal, transport: parts.transport, clock: this.#clock })
    this.#tabs = tabs(parts.name, (news) => void this.#hear(news))
  }

  async open() {
    const { meta, isNew } = await this.#journal.open()
    const before = this.#parts.mark?.read()
    await this.#view.load(this.#parts.store)
    await this.#reckon(meta)
    this.#set({
      isReady: meta.isReady,
      heardAt: meta.heardAt === null ? undefined : Date.parse(meta.heardAt) - (meta.offsetMs ?? 0),
      // Empty, and it was not: the browser made room. What had been sent is safe on the server; what had not is gone.
      trouble: isNew && before !== undefined && before > 0 ? 'lost' : undefined,
    })
  }

  get status() {
    return this.#status
  }

  watch = (watcher: () => void, entities?: readonly string[]) => {
    this.#watchers.set(watcher, entities)
    return () => void this.#watchers.delete(watcher)
  }

  row = <R extends Row>(entity: string, id: string) => this.#view.row(entity, id) as R | undefined
  rows = <R extends Row>(entity: string) => this.#view.rows(entity) as readonly R[]

  unsentIds = (entity: string): ReadonlySet<string> => {
    const known = this.#unsentIds.get(entity)
    if (known) return known
    const keys = this.#unsent.flatMap((one) => one.keys)
    const ids = new Set(keys.filter((key) => entityOf(key) === entity).map(idOf))
    this.#unsentIds.set(entity, ids)
    return ids
  }

  mutate = <A extends z.ZodType>(mutator: Mutator<A>, args: z.input<A>, by?: Seated) =>
    this.#record(mutator as unknown as Mutator, args as Row, by)

  async #record(mutator: Mutator, args: Row, by: Seated | undefined, instead?: string): Promise<Recorded> {
    const { owner } = this.#parts
    const isShared = owner.kind === 'kiosk'
    if (isShared && !by) throw new Error('On a shared tablet somebody does it.')
    const doing = {
      by: { id: by?.id ?? owner.id, name: by?.name ?? owner.name },
      kiosk: isShared ? { id: owner.id, name: owner.name } : null,
    }
    const act = { mutator, args, doing, by: isShared && by ? by.id : null, proof: by?.proof ?? null }
    try {
      const done = await this.#journal.mutate(act, instead)
      this.#unsent.push(done.kept)
      this.#unsentIds.clear()
      if (instead !== undefined) await this.#reckon(done.meta)
      this.#take(done)
      if (this.#status.trouble === 'full') this.#set({ trouble: undefined })
      void this.sync()
      return { mid: done.kept.sent.mid, uid: done.kept.sent.uid }
    } catch (error) {
      if (error instanceof DeviceFull) this.#set({ trouble: 'full' })
      if (error instanceof Gone) await this.#startAnew()
      throw error
    }
  }

  unsentWork = async (): Promise<readonly Unsent[]> => (await this.#journal.work()).unsent.map(unsentOf)
  attention = async (): Promise<readonly Attention[]> => (await this.#journal.work()).attention.map(attentionOf)

  mend = async (uid: string, args: Row): Promise<Recorded> => {
    const { sent, doing } = await this.#refused(uid)
    return this.#record(
      this.#mutatorOf(sent.name),
      args,
      { ...doing.by, ...(sent.proof && { proof: sent.proof }) },
      uid,
    )
  }

  discard = async (uid: string, reason: string, by?: Seated) => {
    const { doing } = await this.#refused(uid)
    await this.#record(discardWork as unknown as Mutator, { uid, reason }, by ?? doing.by, uid)
  }

  exportUnsent = async () => {
    const { unsent, attention } = await this.#journal.work()
    const { owner, name } = this.#parts
    return JSON.stringify(
      { replica: name, owner, unsent: unsent.map(unsentOf), attention: attention.map(attentionOf) },
      null,
      2,
    )
  }

  /** Rounds do not overlap; whoever asks during one gets one more after it. */
  sync = (): Promise<void> => {
    this.#callOff?.()
    this.#callOff = undefined
    if (this.#isClosed) return Promise.resolve()
    if (this.#round) {
      this.#isWanted = true
      return this.#round
    }
    this.#round = this.#rounds().finally(() => {
      this.#round = undefined
    })
    return this.#round
  }

  poked = (scope: string, version: number) => {
    const known = this.#meta.cursor.scopes[scope]
    if (known === undefined || version <= known || this.#round || this.#isClosed) {
      if (this.#round && known !== undefined && version > known) this.#isWanted = true
      return
    }
    this.#callOff?.()
    this.#callOff = this.#later(() => void this.sync(), POKE_MS)
  }

  drain = async () => {
    const drained = await this.#tabs.alone(() => this.#mailman.drain())
    await this.#reckon((await this.#journal.open()).meta)
    this.#set({ trouble: 'revoked' })
    return drained
  }

  wipe = async () => {
    await this.close()
    await this.#parts.store.destroy()
    this.#parts.mark?.write(undefined)
  }

  close = async () => {
    if (this.#isClosed) return
    this.#isClosed = true
    this.#callOff?.()
    await this.#round?.catch(() => undefined)
    this.#tabs.close()
    await this.#parts.store.close()
  }

  async #rounds() {
    do {
      this.#isWanted = false
      try {
        await this.#tabs.alone(() => this.#mailman.round({ onStep: (done) => this.#step(done) }))
        this.#failures = 0
        const { trouble } = this.#status
        this.#set({
          connection: 'live',
          heardAt: this.#clock.now(),
          trouble: trouble === 'signed_out' || trouble === 'outdated' ? undefined : trouble,
        })
      } catch (error) {
        await this.#failed(error)
        return
      }
    } while (this.#isWanted && !this.#isClosed)
    this.#again(AT_EASE_MS)
  }

  async #step(done: Done) {
    this.#take(done)
    await this.#reckon(done.meta)
  }

  async #failed(error: unknown) {
    if (this.#isClosed) return
    if (error instanceof DeviceFull) this.#set({ trouble: 'full' })
    else if (error instanceof Gone) await this.#startAnew()
    else if (error instanceof ApiProblem) this.#set({ connection: 'live', ...troubleOf(error) })
    else if (error instanceof Unreachable || isTimeout(error)) this.#set({ connection: 'offline' })
    else throw error
    const pause = Math.min(LONGEST_PAUSE_MS, 1000 * 2 ** this.#failures++)
    this.#again(pause * (0.5 + Math.random() / 2))
  }

  #again(delayMs: number) {
    if (this.#isClosed || this.#callOff) return
    this.#callOff = this.#later(() => void this.sync(), delayMs)
  }

  /** What was kept is gone while in use. The screens go on with what is in memory until the rows are fetched anew. */
  async #startAnew() {
    const { meta } = await this.#journal.open()
    const had = this.#unsent.length
    await this.#reckon(meta)
    await this.#view.load(this.#parts.store)
    this.#set({ isReady: false, trouble: had > 0 ? 'lost' : this.#status.trouble })
  }

  #take({ meta, touched }: Done) {
    this.#meta = meta
    const changed = this.#view.take(touched)
    this.#count()
    if (changed.size > 0) this.#tell(changed)
    const keys = [...touched.keys()]
    this.#tabs.tell({ keys: keys.length > MOST_NEWS ? 'all' : keys })
  }

  /** Another tab has worked: its rows are read from the disk. */
  async #hear({ keys }: News) {
    if (this.#isClosed) return
    const { meta } = await this.#journal.batch(0)
    if (keys === 'all') this.#tell(await this.#view.load(this.#parts.store))
    else if (keys.length > 0) this.#tell(this.#view.take(await this.#standing(keys)))
    await this.#reckon(meta)
  }

  #standing(keys: readonly string[]) {
    return this.#parts.store.read(async (tx) => {
      const rows = new Map<string, Row | null>()
      for (const key of keys) {
        const over = await tx.get<ForeseenRow>('over', key)
        rows.set(key, over ? over.row : ((await tx.get<KeptRow>('base', key))?.row ?? null))
      }
      return rows
    })
  }

  /** Counts anew what waits, from the disk. */
  async #reckon(meta: Meta) {
    this.#meta = meta
    const { unsent, attention } = await this.#journal.work()
    this.#unsent = unsent
    this.#unsentIds.clear()
    this.#count()
    this.#set({ needsAttention: attention.length, isReady: meta.isReady })
  }

  #count() {
    this.#parts.mark?.write(this.#unsent.length)
    this.#set({
      unsent: this.#unsent.length,
      oldestUnsentAt: this.#unsent[0]?.sent.device.at,
      isReady: this.#meta.isReady,
    })
  }

  #set(change: Partial<SyncStatus>) {
    const isNews = (Object.keys(change) as (keyof SyncStatus)[]).some((key) => change[key] !== this.#status[key])
    if (!isNews) return
    this.#status = { ...this.#status, ...change }
    this.#tell()
  }

  /** Whoever watches all is told of everything; whoever watches entities, of theirs and of the status. */
  #tell(changed?: ReadonlySet<string>) {
    for (const [watcher, entities] of [...this.#watchers]) {
      if (!changed || !entities || entities.some((entity) => changed.has(entity))) watcher()
    }
  }

  #mutatorOf(name: string): Mutator {
    const mutator = this.#mutators.get(name)
    if (!mutator) throw new Error(`This app does not know ${name}.`)
    return mutator
  }

  async #refused(uid: string): Promise<KeptAttention> {
    const kept = (await this.#journal.work()).attention.find(({ sent }) => sent.uid === uid)
    if (!kept) throw new Error('It is no longer on the list.')
    return kept
  }
}

const unsentOf = ({ sent, doing }: KeptMutation): Unsent => ({ mutation: sent, recordedAt: doing.at })
const attentionOf = ({ sent, doing, result }: KeptAttention): Attention => ({
  mutation: sent,
  result,
  recordedAt: doing.at,
})

/** The server answers, and will not have it as it stands: the session is over, or the app is of another time. */
function troubleOf({ status }: ApiProblem): Pick<SyncStatus, 'trouble'> | undefined {
  if (status === 401) return { trouble: 'signed_out' }
  return status === 400 || status === 404 || status === 422 ? { trouble: 'outdated' } : undefined
}

const isTimeout = (error: unknown) => /^(TimeoutError|AbortError)$/.test((error as Error | undefined)?.name ?? '')

function byTimer(work: () => void, delayMs: number) {
  const timer = setTimeout(work, delayMs)
  return () => clearTimeout(timer)
}
