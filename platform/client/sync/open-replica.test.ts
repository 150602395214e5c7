import { randomUUID } from 'node:crypto'
import { DatabaseSync } from 'node:sqlite'
import { expect, test } from 'vitest'
import { z } from 'zod'
import { defineMutator, type PullAnswer, type PullBody, type PushAnswer, type PushBody } from '../../sync.ts'
import { Unreachable } from '../problem.ts'
import { openReplica } from './open-replica.ts'
import { openSqliteStore } from './store-sqlite.ts'
import type { Transport } from './transport.ts'

const place = randomUUID()
const addNote = defineMutator({
  name: 'notes.add',
  version: 1,
  args: z.strictObject({ id: z.uuid(), text: z.string() }),
  async foresee(rows, { id, text }, { by }) {
    rows.put('note', id, place, { id, text, by: by.name })
  },
})

/** Keeps notes, and is there or not. */
class SmallServer implements Transport {
  isThere = true
  readonly notes = new Map<string, { version: number; row: Record<string, unknown> }>()
  readonly ran: string[] = []
  version = 0
  lastMid = 0

  async push({ mutations }: PushBody): Promise<PushAnswer> {
    this.#answer()
    const results = mutations.map(({ mid, uid, args }) => {
      if (mid === this.lastMid + 1) {
        this.lastMid = mid
        this.ran.push(uid)
        const refused = args.text === 'no'
        if (!refused) this.notes.set(String(args.id), { version: ++this.version, row: { ...args, by: 'Server' } })
        if (refused) this.refused.add(uid)
      }
      const isRefused = this.refused.has(uid)
      return {
        mid,
        uid,
        outcome: isRefused ? ('refused' as const) : ('applied' as const),
        code: isRefused ? 'notes.no' : null,
        detail: null,
        errors: [],
        occurredAt: new Date().toISOString(),
        timeQuality: 'exact' as const,
      }
    })
    return { lastMid: this.lastMid, serverTime: new Date().toISOString(), results }
  }
  readonly refused = new Set<string>()

  async pull({ cursor }: PullBody): Promise<PullAnswer> {
    this.#answer()
    const after = cursor.scopes[place] ?? 0
    return {
      cursor: { epoch: '0198a000-0000-7000-8000-000000000000', rights: 'r', scopes: { [place]: this.version } },
      reset: false,
      resetScopes: [],
      changes: [...this.notes]
        .filter(([, { version }]) => version > after)
        .map(([id, { version, row }]) => ({ scope: place, entity: 'note', id, version, row })),
      more: false,
      lastMid: this.lastMid,
      serverTime: new Date().toISOString(),
      drainKey: 'key',
    }
  }

  drain = (body: PushBody) => this.push(body)

  #answer() {
    if (!this.isThere) throw new Unreachable('Not there.')
  }
}

const sqlite = (db = new DatabaseSync(':memory:')) =>
  openSqliteStore({
    execAsync: async (sql) => db.exec(sql),
    runAsync: async (sql, params) => db.prepare(sql).run(...params),
    getAllAsync: async <T>(sql: string, params: (string | number | null)[]) => db.prepare(sql).all(...params) as T[],
    closeAsync: async () => undefined,
  })

const open = async (server: SmallServer, store = sqlite()) =>
  openReplica({
    name: 'test',
    store: await store,
    transport: server,
    mutators: [addNote],
    owner: { kind: 'member', id: randomUUID(), name: 'Ana' },
    tabs: () => ({ alone: (work) => work(), tell: () => undefined, close: () => undefined }),
  })

test('work done without a server is shown at once, kept over a restart, and arrives once when the server is back', async () => {
  const server = new SmallServer()
  const db = new DatabaseSync(':memory:')
  const first = await open(server, sqlite(db))
  await first.sync()
  expect(first.status).toMatchObject({ connection: 'live', isReady: true, unsent: 0 })
  server.isThere = false
  const ids = [randomUUID(), randomUUID()]
  for (const id of ids) await first.mutate(addNote, { id, text: 'ice' })
  await first.sync()
  expect(first.status).toMatchObject({ connection: 'offline', unsent: 2 })
  expect(first.rows('note')).toMatchObject([{ by: 'Ana' }, { by: 'Ana' }])
  expect([...first.unsentIds('note')]).toEqual(ids)
  await first.close()

  const second = await open(server, sqlite(db))
  expect(second.status).toMatchObject({ isReady: true, unsent: 2 })
  expect(second.rows('note')).toHaveLength(2)
  server.isThere = true
  await second.sync()
  await second.sync()
  expect(server.ran).toHaveLength(2)
  expect(second.status).toMatchObject({ connection: 'live', unsent: 0, needsAttention: 0 })
  expect(second.row('note', ids[0] ?? '')).toMatchObject({ by: 'Server' })
  expect([...second.unsentIds('note')]).toEqual([])
  await second.close()
})

test('what the server refuses is gone from the rows and waits for a person', async () => {
  const server = new SmallServer()
  const replica = await open(server)
  const id = randomUUID()
  const { uid } = await replica.mutate(addNote, { id, text: 'no' })
  await replica.sync()
  await replica.sync()
  expect(replica.row('note', id)).toBeUndefined()
  expect(replica.status.needsAttention).toBe(1)
  await replica.mend(uid, { id, text: 'yes' })
  await replica.sync()
  await replica.sync()
  expect(replica.status).toMatchObject({ needsAttention: 0, unsent: 0 })
  expect(replica.row('note', id)).toMatchObject({ text: 'yes', by: 'Server' })
  await replica.close()
})

test('a list is the same array until one of its rows changes', async () => {
  const replica = await open(new SmallServer())
  const before = replica.rows('note')
  expect(replica.rows('note')).toBe(before)
  await replica.mutate(addNote, { id: randomUUID(), text: 'ice' })
  const after = replica.rows('note')
  expect(after).not.toBe(before)
  expect(replica.rows('note')).toBe(after)
  await replica.close()
})
