import { randomUUID } from 'node:crypto'
import { DatabaseSync } from 'node:sqlite'
import { z } from 'zod'
import {
  type DrainBody,
  defineMutator,
  type MutationResult,
  type PullAnswer,
  type PullBody,
  type PushAnswer,
  type PushBody,
  type SentMutation,
} from '../../sync.ts'
import { ApiProblem, Unreachable } from '../problem.ts'
import { openReplica, type ReplicaParts } from './open-replica.ts'
import { openSqliteStore } from './store-sqlite.ts'
import type { Transport } from './transport.ts'

const place = randomUUID()

/** A note; "no" is refused. */
export const addNote = defineMutator({
  name: 'notes.add',
  version: 1,
  args: z.strictObject({ id: z.uuid(), text: z.string() }),
  async foresee(rows, { id, text }, { by }) {
    rows.put('note', id, place, { id, text, by: by.name })
  },
})

/** Keeps notes, each mutation once by its uid, in each client's order; and is there or not. */
export class SmallServer implements Transport {
  isThere = true
  now = () => Date.now()
  /** The session is over: only a drain is heard. */
  isOver = false
  /** A text nothing of which can be read, as a proxy of the house would have it. */
  unreadable: string | undefined
  readonly notes = new Map<string, { version: number; row: Record<string, unknown> }>()
  /** In the order they were run. */
  readonly ran: string[] = []
  readonly pushes: PushBody[] = []
  readonly drained: SentMutation[] = []
  readonly discarded: unknown[] = []
  readonly #decided = new Map<string, Pick<MutationResult, 'outcome' | 'code'>>()
  readonly #lastMids = new Map<string, number>()
  readonly #keys = new Map<string, string>()
  #version = 0

  async push(body: PushBody): Promise<PushAnswer> {
    this.#answer()
    this.pushes.push(body)
    return this.#takeIn(body, (mutation) => this.#run(mutation))
  }

  async drain({ drainKey, ...body }: z.output<typeof DrainBody>): Promise<PushAnswer> {
    if (!this.isThere) throw new Unreachable('Not there.')
    if (this.#keys.get(body.clientId) !== drainKey) throw problem(403, 'sync.drain_refused')
    return this.#takeIn(body, (mutation) => {
      this.drained.push(mutation)
      return { outcome: 'quarantined', code: 'sync.drained' }
    })
  }

  async pull({ clientId, cursor }: PullBody): Promise<PullAnswer> {
    this.#answer()
    const after = cursor.scopes[place] ?? 0
    const isNew = !this.#keys.has(clientId)
    const drainKey = this.#keys.get(clientId) ?? randomUUID()
    this.#keys.set(clientId, drainKey)
    return {
      cursor: { epoch: '0198a000-0000-7000-8000-000000000000', rights: 'r', scopes: { [place]: this.#version } },
      reset: false,
      resetScopes: [],
      changes: [...this.notes]
        .filter(([, { version }]) => version > after)
        .map(([id, { version, row }]) => ({ scope: place, entity: 'note', id, version, row })),
      places: 1,
      more: false,
      lastMid: this.#lastMids.get(clientId) ?? 0,
      serverTime: new Date(this.now()).toISOString(),
      drainKey: isNew ? drainKey : null,
    }
  }

  #answer() {
    if (!this.isThere) throw new Unreachable('Not there.')
    if (this.isOver) throw problem(403, 'people.suspended')
  }

  #takeIn({ clientId, mutations }: PushBody, decide: (one: SentMutation) => Pick<MutationResult, 'outcome' | 'code'>) {
    if (this.unreadable && JSON.stringify(mutations).includes(this.unreadable)) throw problem(413, 'too_large')
    let lastMid = this.#lastMids.get(clientId) ?? 0
    const results = mutations.map((mutation): MutationResult => {
      const { mid, uid, device } = mutation
      const before = this.#decided.get(uid)
      if (mid <= lastMid && !before) throw problem(409, 'sync.client_forked')
      if (mid > lastMid + 1) throw problem(409, 'sync.gap', String(lastMid + 1))
      const decided = before ?? decide(mutation)
      this.#decided.set(uid, decided)
      lastMid = Math.max(lastMid, mid)
      return { mid, uid, ...decided, detail: null, errors: [], occurredAt: device.at, timeQuality: 'exact' }
    })
    this.#lastMids.set(clientId, lastMid)
    return { lastMid, serverTime: new Date(this.now()).toISOString(), results }
  }

  #run({ uid, name, args }: SentMutation): Pick<MutationResult, 'outcome' | 'code'> {
    this.ran.push(uid)
    if (name === 'sync.unsendable') return { outcome: 'refused', code: 'sync.mutation_unknown' }
    if (args.text === 'no') return { outcome: 'refused', code: 'notes.no' }
    if (name === 'sync.discard') this.discarded.push(args)
    else this.notes.set(String(args.id), { version: ++this.#version, row: { ...args, by: 'Server' } })
    return { outcome: 'applied', code: null }
  }
}

const problem = (status: number, code: string, message?: string) =>
  new ApiProblem({
    type: '',
    title: '',
    status,
    code,
    detail: code,
    requestId: '',
    ...(message && { errors: [{ path: '', code, message }] }),
  })

export const memorySqlite = (db = new DatabaseSync(':memory:')) =>
  openSqliteStore({
    execAsync: async (sql) => db.exec(sql),
    runAsync: async (sql, params) => db.prepare(sql).run(...params),
    getAllAsync: async <T>(sql: string, params: (string | number | null)[]) => db.prepare(sql).all(...params) as T[],
    closeAsync: async () => undefined,
  })

const ana = { kind: 'member', id: randomUUID(), name: 'Ana' } as const

/** Ana's device, that does nothing by itself. */
export const openSmall = async (server: Transport, parts: Partial<ReplicaParts> = {}) =>
  openReplica({
    name: 'test',
    store: parts.store ?? (await memorySqlite()),
    transport: server,
    mutators: [addNote],
    owner: ana,
    later: () => () => undefined,
    tabs: () => ({ alone: (work) => work(), tell: () => undefined, close: () => undefined }),
    ...parts,
  })
