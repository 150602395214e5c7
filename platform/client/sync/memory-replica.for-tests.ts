import { z } from 'zod'
import type { Mutator, Row, Rows, SentMutation } from '../../sync.ts'
import type { Attention, Replica, SyncStatus, Unsent } from './replica.ts'

type Told = { entity: string; id: string; row: Row }

/** A replica that keeps everything in memory and sends nothing: what screens make of rows, without a disk or a network. */
export class MemoryReplica implements Replica {
  #status: SyncStatus = {
    connection: 'live',
    isReady: true,
    heardAt: Date.now(),
    unsent: 0,
    oldestUnsentAt: undefined,
    needsAttention: 0,
    trouble: undefined,
    lost: 0,
    part: undefined,
  }
  #rows = new Map<string, Map<string, Row>>()
  #lists = new Map<string, readonly Row[]>()
  #marked = new Map<string, ReadonlySet<string>>()
  #unsent: Unsent[] = []
  #attention: Attention[] = []
  #memos = new Map<string, unknown>()
  #watchers = new Set<() => void>()
  readonly by: { id: string; name: string }

  constructor(by: { id: string; name: string }, rows: readonly Told[] = []) {
    this.by = by
    for (const { entity, id, row } of rows) this.#put(entity, id, row)
  }

  get status() {
    return this.#status
  }

  /** As a server, a network or a disk would change it. */
  set(change: Partial<SyncStatus>) {
    this.#status = { ...this.#status, ...change }
    this.#tell()
  }

  /** As an answer of the server would put it there. */
  refused(...items: Attention[]) {
    this.#attention.push(...items)
    this.set({ needsAttention: this.#attention.length })
  }

  lookAt = () => undefined

  watch = (watcher: () => void) => {
    this.#watchers.add(watcher)
    return () => void this.#watchers.delete(watcher)
  }

  row = <R extends Row>(entity: string, id: string) => this.#rows.get(entity)?.get(id) as R | undefined

  rows = <R extends Row>(entity: string): readonly R[] => {
    const list = this.#lists.get(entity) ?? [...(this.#rows.get(entity)?.values() ?? [])]
    this.#lists.set(entity, list)
    return list as readonly R[]
  }

  unsentIds = (entity: string): ReadonlySet<string> => {
    const ids = this.#marked.get(entity) ?? new Set()
    this.#marked.set(entity, ids)
    return ids
  }

  mutate = async <A extends z.ZodType>(mutator: Mutator<A>, args: z.input<A>, by = this.by) => {
    const at = new Date().toISOString()
    const mutation: SentMutation = {
      mid: this.#unsent.length + 1,
      uid: crypto.randomUUID(),
      name: mutator.name,
      version: mutator.version,
      args: args as Row,
      device: {
        at,
        zone: null,
        offsetMinutes: 0,
        session: crypto.randomUUID(),
        monotonicMs: performance.now(),
        anchor: null,
        offsetMs: null,
      },
      by: null,
    }
    const foreseen = new Foreseen(this)
    await mutator.foresee(foreseen, z.parse(mutator.args, args), { by, kiosk: null, at, uid: mutation.uid })
    for (const { entity, id, row } of foreseen.changed) {
      this.#put(entity, id, row)
      this.#marked.set(entity, new Set(this.unsentIds(entity)).add(id))
    }
    this.#unsent.push({ mutation, recordedAt: at, by })
    this.set({ unsent: this.#unsent.length, oldestUnsentAt: this.#unsent[0]?.recordedAt })
    return { mid: mutation.mid, uid: mutation.uid }
  }

  now = () => Date.now()
  unsentWork = async () => [...this.#unsent]
  attention = async () => [...this.#attention]

  mend = async (uid: string) => {
    await this.discard(uid)
    return { mid: this.#unsent.length + 1, uid: crypto.randomUUID() }
  }

  discard = async (uid: string) => {
    this.#attention = this.#attention.filter(({ mutation }) => mutation.uid !== uid)
    this.set({ needsAttention: this.#attention.length })
  }

  memo = async <Value>(name: string) => this.#memos.get(name) as Value | undefined
  memos = async <Value>(kind: string) =>
    [...this.#memos].flatMap(([name, value]) => (name.startsWith(`${kind}/`) ? [[name, value as Value] as const] : []))
  keepMemo = async (name: string, value: unknown) => {
    if (value === undefined) this.#memos.delete(name)
    else this.#memos.set(name, value)
  }

  forgetLost = async () => this.set({ lost: 0, trouble: undefined })
  exportUnsent = async () => JSON.stringify({ unsent: this.#unsent, attention: this.#attention }, null, 2)
  sync = async () => undefined
  poked = () => undefined
  drain = async () => 0
  handOverKey = () => undefined
  wipe = async () => undefined
  close = async () => undefined

  #put(entity: string, id: string, row: Row) {
    this.#rows.set(entity, (this.#rows.get(entity) ?? new Map<string, Row>()).set(id, row))
    this.#lists.delete(entity)
  }

  #tell() {
    for (const watcher of this.#watchers) watcher()
  }
}

/** The rows as a mutator sees them while it runs: its own changes on top. Nothing counts before it has come to its end. */
class Foreseen implements Rows {
  readonly changed: Told[] = []
  readonly #of: MemoryReplica

  constructor(of: MemoryReplica) {
    this.#of = of
  }

  get = async <R extends Row>(entity: string, id: string) =>
    (this.changed.findLast((one) => one.entity === entity && one.id === id)?.row ?? this.#of.row(entity, id)) as
      | R
      | undefined

  list = async <R extends Row>(entity: string) => [...this.#of.rows<R>(entity)]
  put = (entity: string, id: string, _scope: string, row: Row) => void this.changed.push({ entity, id, row })
  remove = () => undefined
}
