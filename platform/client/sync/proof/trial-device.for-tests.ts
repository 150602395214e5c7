import { randomUUID } from 'node:crypto'
import { IDBFactory, IDBKeyRange } from 'fake-indexeddb'
import type { Actor } from '../../../actor.ts'
import type { PushBody } from '../../../sync.ts'
import { ApiProblem, Unreachable } from '../../problem.ts'
import type { AnyMutator } from '../foreseen.ts'
import type { OpenReplica, openReplica } from '../open-replica.ts'
import { sqliteDatabase } from '../sqlite-database.for-tests.ts'
import { type Key, type Store, TABLES, type Table } from '../store.ts'
import { openIdbStore } from '../store-idb.ts'
import { openSqliteStore } from '../store-sqlite.ts'
import type { Transport } from '../transport.ts'
import { trialMutators } from './trial-rows.for-tests.ts'
import { at, type TrialServer } from './trial-server.for-tests.ts'

globalThis.IDBKeyRange ??= IDBKeyRange

/** The process is killed: nothing after it happens. */
class Killed extends Error {
  override name = 'Killed'
}

const signedOut = { type: '', title: '', status: 401, code: 'unauthenticated', detail: 'Sign in.', requestId: '' }

/**
 * request lost: the server never hears · answer lost: it did, and the device does not know · twice: the network doubled
 * it · signed_out: the session is over for the moment · a number: killed at that transaction of the store, before its
 * commit or after it.
 */
export type Fault =
  | 'none'
  | 'request lost'
  | 'answer lost'
  | 'twice'
  | 'signed_out'
  | { killedAt: number; isCommitted: boolean }

export type Wrapped = (transport: Transport, device: TrialDevice) => Transport
export type Backup = { tables: [Table, [Key, unknown][]][]; recorded: string[] }

/** A device: its storage outlives the processes that use it. */
export class TrialDevice {
  /** Uids of everything that was recorded here, in order. */
  readonly recorded: string[] = []
  readonly clientIds: Set<string>
  places: readonly string[]
  skewMs = 0
  /** For a mistake put in on purpose to remember what it swallowed. */
  readonly swallowed = new Map<string, number>()
  /** What it pushed last: comes late once more. */
  lastPush: PushBody | undefined
  replica!: OpenReplica
  readonly server: TrialServer
  readonly #person: Actor
  readonly #open: typeof openReplica
  readonly #wrap: Wrapped
  #store!: Store
  #isOnline = false
  #fault: Fault = 'none'
  #transactions = 0
  #lastId = ''

  constructor(parts: {
    server: TrialServer
    person: Actor
    places: readonly string[]
    clientIds: Set<string>
    open: typeof openReplica
    wrap: Wrapped
  }) {
    this.server = parts.server
    this.#person = parts.person
    this.places = parts.places
    this.clientIds = parts.clientIds
    this.#open = parts.open
    this.#wrap = parts.wrap
  }

  get actor() {
    return at(this.#person, this.places)
  }

  async begin(kind: 'IndexedDB' | 'SQLite', backup?: Backup) {
    this.#store =
      kind === 'IndexedDB'
        ? await openIdbStore('trial', new IDBFactory())
        : await openSqliteStore(sqliteDatabase(':memory:'))
    if (backup) {
      await this.#store.write(async (tx) => {
        for (const [table, entries] of backup.tables)
          for (const [key, value] of entries) await tx.put(table, key, value)
      })
      this.recorded.push(...backup.recorded)
    }
    await this.#start()
    return this
  }

  backUp = async (): Promise<Backup> => ({
    tables: await this.#store.read(async (tx) => {
      const tables: Backup['tables'] = []
      for (const table of TABLES) tables.push([table, await tx.list(table)])
      return tables
    }),
    recorded: [...this.recorded],
  })

  /** What is recorded is known for certain, killed or not: before the commit it never was, after it it was. */
  async record(mutator: AnyMutator, args: Record<string, unknown>, killed?: 'before' | 'after') {
    this.#fault = killed ? { killedAt: 0, isCommitted: killed === 'after' } : 'none'
    this.#transactions = 0
    try {
      this.recorded.push((await this.replica.mutate(mutator, args)).uid)
    } catch (error) {
      if (!(error instanceof Killed)) throw error
      if (killed === 'after') this.recorded.push(this.#lastId)
      await this.#start()
    }
  }

  async sync(fault: Fault = 'none') {
    this.#fault = fault
    this.#transactions = 0
    this.#isOnline = true
    await this.replica.sync()
    this.#isOnline = false
    if (typeof fault === 'object' && this.#transactions > fault.killedAt) await this.#start()
    this.#fault = 'none'
  }

  close = () => this.#store.close()

  async #start() {
    this.#fault = 'none'
    const began = performance.now()
    this.replica = await this.#open({
      name: 'trial',
      store: this.#mortal(),
      transport: this.#wrap(this.#transport(), this),
      mutators: trialMutators,
      owner: { kind: 'member', id: this.#person.id, name: this.#person.name },
      clocks: {
        now: () => Date.now() + this.skewMs,
        monotonic: () => performance.now() - began,
        session: randomUUID(),
        zone: () => 'UTC',
      },
      newId: () => {
        this.#lastId = randomUUID()
        return this.#lastId
      },
      later: () => () => undefined,
      tabs: () => ({
        alone: (work) => (this.#isOnline ? work() : Promise.reject(new Unreachable('The network is off.'))),
        tell: () => undefined,
        close: () => undefined,
      }),
    })
  }

  /** The storage as one process sees it: it may die at any transaction, and then does nothing more. */
  #mortal(): Store {
    const store = this.#store
    let isDead = false
    return {
      ...store,
      read: (work) => (isDead ? Promise.reject(new Killed()) : store.read(work)),
      write: async (work) => {
        if (isDead) throw new Killed()
        const fault = this.#fault
        const isLast = typeof fault === 'object' && this.#transactions++ === fault.killedAt
        if (isLast && !fault.isCommitted) {
          isDead = true
          throw new Killed()
        }
        const result = await store.write(work)
        if (!isLast) return result
        isDead = true
        throw new Killed()
      },
    }
  }

  #transport(): Transport {
    const send = async <Answer>(isPush: boolean, ask: () => Promise<Answer>): Promise<Answer> => {
      if (this.#fault === 'signed_out') throw new ApiProblem(signedOut)
      if (this.#fault === 'request lost') throw new Unreachable('lost')
      if (this.#fault === 'twice' && isPush) await ask()
      const answer = await ask()
      if (this.#fault === 'answer lost') throw new Unreachable('lost')
      return answer
    }
    return {
      push: (body) => {
        this.lastPush = JSON.parse(JSON.stringify(body)) as PushBody
        this.clientIds.add(body.clientId)
        return send(true, () => this.server.push(this.actor, this.lastPush))
      },
      pull: (body) => {
        this.clientIds.add(body.clientId)
        return send(false, () => this.server.pull(this.actor, body))
      },
      drain: () => Promise.reject(new Unreachable('not tried here')),
    }
  }
}
