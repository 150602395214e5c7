import { randomUUID } from 'node:crypto'
import { z } from 'zod'
import { openReplica } from '../platform/client/sync/open-replica.ts'
import {
  TRIAL_TABLES,
  trialEntities,
  trialMutators,
  trialServerMutators,
  writeLine,
} from '../platform/client/sync/proof/trial-rows.for-tests.ts'
import { sqliteDatabase } from '../platform/client/sync/sqlite-database.for-tests.ts'
import { openSqliteStore } from '../platform/client/sync/store-sqlite.ts'
import type { Tabs } from '../platform/client/sync/tabs.ts'
import { apiTransport } from '../platform/client/sync/transport.ts'
import { defineRoutes } from '../platform/route.ts'
import { implement } from '../platform/server/http/implement.ts'
import { serveForTests } from '../platform/server/http/serve.for-tests.ts'
import { openLog } from '../platform/server/log.ts'
import type { TestDatabase } from '../platform/server/postgres/for-tests.ts'
import { foundTenant, hire } from '../platform/server/postgres/tenant.for-tests.ts'
import { drainedClients, syncImplementations } from '../platform/server/sync.ts'
import { openDatabase, openPool } from '../platform/server/tenant.ts'
import { atLeast, atMost, type Effort, median, type Report, round } from './lib.ts'

const Line = z.strictObject({ id: z.uuid(), locationId: z.uuid(), text: z.string() })
const plainRoutes = defineRoutes({
  'POST /lines': {
    summary: 'One line',
    tag: 'bench',
    permission: 'trial.work',
    body: Line,
    response: Line,
    status: 201,
  },
})

/**
 * What waits on a device, sent through outbox and protocol and pulled back, against the same rows posted one by one to
 * a route of the house; and a device's 10,000 rows, opened into memory against merely reading them from its storage.
 */
export async function replica(database: TestDatabase, effort: Effort): Promise<Report> {
  const isShort = effort.rounds === 1
  const [queued, held, rounds] = isShort ? [60, 200, 1] : [1_000, 10_000, 5]
  const kitchen = await openKitchen(database)
  try {
    const drained: number[] = []
    const posted: number[] = []
    for (let n = 0; n < rounds; n++) {
      posted.push(await kitchen.post(queued))
      drained.push(await kitchen.drain(queued))
    }
    const { openMillis, readMillis } = await openRows(held)
    const ratio = median(drained.map((rate, n) => rate / (posted[n] ?? Number.NaN)))
    return {
      title: `The replica: ${queued} queued mutations drained, ${held} rows opened (SQLite in memory, HTTP on loopback)`,
      table: [
        { what: 'posted one by one', 'rows/s': Math.round(median(posted)), millis: '' },
        { what: 'drained and pulled back', 'rows/s': Math.round(median(drained)), millis: '' },
        { what: 'rows read from storage', 'rows/s': '', millis: round(readMillis, 1) },
        { what: 'rows opened into the view', 'rows/s': '', millis: round(openMillis, 1) },
      ],
      findings: [
        atLeast('drain rate by plain posts', 0.5, ratio, '×'),
        atMost('opening by reading the rows', 3, openMillis / readMillis, '×'),
      ],
    }
  } finally {
    await kitchen.close()
  }
}

async function openKitchen(test: TestDatabase) {
  const admin = openPool(test.admin, 2)
  await admin.query(TRIAL_TABLES)
  const database = openDatabase({ url: test.urls.app, contextKey: test.contextKey, poolSize: 8, prepared: true })
  const auth = openPool(test.urls.auth, 1)
  const tenant = await foundTenant(database, 'Bench')
  const [place] = tenant.locations
  const cook = await hire(database, tenant, 'Cook', ['trial.work'], new Set([place]))
  const sync = syncImplementations({
    database,
    entities: trialEntities,
    mutators: trialServerMutators,
    actors: { reader: async (actor) => actor, doer: async (actor) => ({ may: true, actor, proved: 'own' }) },
    clientOf: drainedClients(auth),
    secret: 'bench',
    log: openLog('silent'),
  })
  const plain = implement(plainRoutes, {
    'POST /lines': ({ body, write }) =>
      write(async (tx) => {
        await tx.query('insert into trial_lines (id, location_id, text, member_id) values ($1, $2, $3, $4)', [
          body.id,
          body.locationId,
          body.text,
          tx.actor.id,
        ])
        return body
      }),
  })
  const { ask, close } = await serveForTests([...sync, ...plain], database)
  const line = () => ({ id: randomUUID(), locationId: place, text: 'Walk-in 38.4' })

  return {
    post: (count: number) =>
      rateOf(count, async () => {
        for (let n = 0; n < count; n++) {
          const { status } = await ask(cook, 'POST /lines', line(), { 'idempotency-key': randomUUID() })
          if (status !== 201) throw new Error(`posting was answered ${status}`)
        }
      }),
    async drain(count: number) {
      let isOnline = false
      const device = await openReplica({
        name: 'bench',
        store: await openSqliteStore(sqliteDatabase(':memory:')),
        transport: apiTransport(async (key: string, { body }: { body: unknown }) => {
          const { status, body: answer } = await ask(cook, key, body)
          if (status !== 200) throw new Error(`${key} was answered ${status} ${JSON.stringify(answer)}`)
          return answer
        }),
        mutators: trialMutators,
        owner: { kind: 'member', id: cook.id, name: 'Cook' },
        later: () => () => undefined,
        tabs: alone((work) => (isOnline ? work() : offline())),
      })
      for (let n = 0; n < count; n++) await device.mutate(writeLine, line())
      isOnline = true
      const rate = await rateOf(count, () => device.sync())
      const { unsent, needsAttention, isReady } = device.status
      if (unsent > 0 || needsAttention > 0 || !isReady) throw new Error('it was not all delivered')
      await device.close()
      return rate
    },
    async close() {
      await close()
      await Promise.all([database.close(), admin.end(), auth.end()])
    },
  }
}

/** The only tab of its device: no channel to others is opened, which would keep the process from ending. */
const alone = (inTurn: Tabs['alone']) => (): Tabs => ({ alone: inTurn, tell: () => undefined, close: () => undefined })
const offline = () => Promise.reject(new Error('offline'))

async function openRows(count: number) {
  const database = sqliteDatabase(':memory:')
  const store = await openSqliteStore(database)
  await store.write(async (tx) => {
    for (let n = 0; n < count; n++) {
      const id = randomUUID()
      const row = { id, locationId: id, title: `Row ${n}`, status: 'open', by: { id, name: 'Ana' } }
      await tx.put('base', `task/${id}`, { scope: id, version: n + 1, row })
    }
  })
  const times = async (work: () => Promise<unknown>) => {
    const millis: number[] = []
    for (let n = 0; n < 7; n++) {
      const from = performance.now()
      await work()
      millis.push(performance.now() - from)
    }
    return median(millis)
  }
  const readMillis = await times(() => store.read((tx) => tx.list('base')))
  const transport = apiTransport(offline)
  const openMillis = await times(async () => {
    const owner = { kind: 'member' as const, id: randomUUID(), name: 'Ana' }
    const later = () => () => undefined
    const opened = await openReplica({
      name: 'bench',
      store,
      transport,
      mutators: [],
      owner,
      later,
      tabs: alone(offline),
    })
    if (opened.rows('task').length !== count) throw new Error('rows are missing')
  })
  await store.close()
  return { openMillis, readMillis }
}

async function rateOf(count: number, work: () => Promise<void>) {
  const from = performance.now()
  await work()
  return (count / (performance.now() - from)) * 1000
}
