import { randomUUID } from 'node:crypto'
import type { Actor } from '../platform/actor.ts'
import { anyoneOf } from '../platform/server/isolation/chain.ts'
import type { TestDatabase } from '../platform/server/postgres/for-tests.ts'
import { type Database, openDatabase } from '../platform/server/tenant.ts'
import { type DeviceTime, emptyCursor, MOST_MUTATIONS, type PullAnswer } from '../platform/sync.ts'
import { Chains } from './chains.ts'
import { atLeast, atMost, backendsOf, type Effort, measure, type Report, tableOf } from './lib.ts'
import { serveTasks } from './serve-tasks.ts'

const open = (database: TestDatabase, poolSize: number): Database =>
  openDatabase({ url: database.urls.app, contextKey: database.contextKey, poolSize, prepared: true })

/** The same table twice: once as the product has it, once without the feed's triggers. */
async function plainTasks(chains: Chains) {
  await chains.admin.query(`
    create table plain_tasks (like tasks including all);
    alter table plain_tasks owner to opsflow_owner;
    set role opsflow_owner;
    select app.fence('plain_tasks', updatable => array['status']);
    reset role`)
}

const insert = (table: string) => `
  insert into ${table} (location_id, title, task_type, cause_kind, cause_id) values ($1, 'Bench', 'other', 'bench', gen_random_uuid())`
const insertMany = (table: string) => `
  insert into ${table} (location_id, title, task_type, cause_kind, cause_id)
  select $1, 'Bench', 'other', 'bench', gen_random_uuid() from generate_series(1, 100)`

/** One row, and a hundred in one statement; every loop in a place of its own, so that nobody waits for anybody. */
export async function feed(database: TestDatabase, effort: Effort): Promise<Report> {
  const chains = await Chains.plant(database, effort.loops)
  await plainTasks(chains)
  const product = open(database, effort.loops)
  const actors = chains.tenants.map((tenant) => anyoneOf(tenant))
  const writing = (sql: string, count: number) => async (loop: number) => {
    const tenant = chains.tenants[loop]
    await product.write(actors[loop] as Actor, (tx) => tx.query(sql, [tenant?.locationId]))
    return count
  }
  try {
    const one = await measure(
      [
        { name: 'a row, without the feed', work: writing(insert('plain_tasks'), 1) },
        { name: 'a row, with it', work: writing(insert('tasks'), 1) },
      ],
      effort,
      backendsOf(chains.admin),
    )
    const many = await measure(
      [
        { name: 'a row of a hundred, without', work: writing(insertMany('plain_tasks'), 100) },
        { name: 'a row of a hundred, with it', work: writing(insertMany('tasks'), 100) },
      ],
      effort,
      backendsOf(chains.admin),
    )
    return {
      title: 'The feed on a plain insert: noted, versioned at COMMIT, and told to listeners',
      table: tableOf([...one, ...many]),
      findings: [
        atMost('one row: CPU', 2, one[1]?.cpu ?? Number.NaN, '×'),
        atMost('one row of a hundred: CPU', 1.5, many[1]?.cpu ?? Number.NaN, '×'),
      ],
    }
  } finally {
    await product.close()
    await chains.close()
  }
}

const WRITERS = 16

/** Sixteen writers in one place, where each waits for the COMMIT before it, against sixteen places. */
export async function hotScope(database: TestDatabase, effort: Effort): Promise<Report> {
  const chains = await Chains.plant(database, 4)
  await plainTasks(chains)
  const product = open(database, WRITERS)
  const [tenant] = chains.tenants
  if (!tenant) throw new Error('no tenant')
  type Place = { tenant: (typeof chains.tenants)[number]; place: string | undefined }
  const writing = (table: string, placeOf: (loop: number) => Place) => {
    const actors = new Map(chains.tenants.map((one) => [one, anyoneOf(one)]))
    return async (loop: number) => {
      const { tenant, place } = placeOf(loop)
      await product.write(actors.get(tenant) as Actor, (tx) => tx.query(insert(table), [place]))
      return 1
    }
  }
  const hot = () => ({ tenant, place: tenant.locationId })
  const spread = (loop: number) => {
    const own = chains.tenants[loop % 4] ?? tenant
    return { tenant: own, place: own.locationIds[Math.floor(loop / 4)] }
  }
  try {
    const measured = await measure(
      [
        { name: 'sixteen places', work: writing('tasks', spread) },
        { name: 'one place', work: writing('tasks', hot) },
        { name: 'one place, without the feed', work: writing('plain_tasks', hot) },
      ],
      { ...effort, loops: WRITERS },
      backendsOf(chains.admin),
    )
    return {
      title: 'One hot scope under 16 writers',
      table: tableOf(measured),
      findings: [atLeast('rate of one place by sixteen', 0.5, measured[1]?.rate ?? Number.NaN, '×')],
    }
  } finally {
    await product.close()
    await chains.close()
  }
}

/** A new device takes 10,000 tasks: by the feed, and by the pages of a plain list. */
export async function pullRows(database: TestDatabase, effort: Effort): Promise<Report> {
  const chains = await Chains.plant(database, 1)
  const { must, addTasks, close } = await serveTasks(chains, database)
  const rows = effort.rounds === 1 ? 1000 : 10_000
  try {
    for (let added = 0; added < rows; added += 250) await addTasks(250)
    await chains.admin.query('vacuum analyze tasks, sync_changes')
    const clientId = randomUUID()
    const byFeed = async () => {
      let got = 0
      let page: PullAnswer | undefined
      do {
        page = (await must('POST /sync/pull', { clientId, cursor: page?.cursor ?? emptyCursor })) as PullAnswer
        got += page.changes.length
      } while (page.more)
      if (got !== rows) throw new Error(`${got} rows`)
      return got
    }
    const byList = async () => {
      let got = 0
      let next: string | null = ''
      do {
        const page: { items: unknown[]; nextCursor: string | null } = await must(
          `GET /tasks?limit=200${next ? `&cursor=${next}` : ''}`,
        )
        got += page.items.length
        next = page.nextCursor
      } while (next)
      if (got !== rows) throw new Error(`${got} rows`)
      return got
    }
    const measured = await measure(
      [
        { name: 'a plain list, 200 a page', work: byList },
        { name: 'the feed, about 500 a page', work: byFeed },
      ],
      { ...effort, rounds: Math.min(effort.rounds, 8), loops: 1 },
      backendsOf(chains.admin),
    )
    const feedRate = measured[1]
    return {
      title: `Pull of ${rows} rows by a new device (an operation is a row)`,
      table: tableOf(measured),
      findings: [
        atLeast('rate by the pages of a plain list', 1, feedRate?.rate ?? Number.NaN, '×'),
        atMost(`${rows} rows`, 5000, feedRate?.p50Millis ?? Number.NaN, ' ms'),
      ],
    }
  } finally {
    await close()
    await chains.close()
  }
}

const session = randomUUID()
const clock = (): DeviceTime => ({
  at: new Date().toISOString(),
  zone: 'UTC',
  offsetMinutes: 0,
  session,
  monotonicMs: performance.now(),
  anchor: null,
  offsetMs: null,
})

/** 1,000 changes that waited on a device: in pushes of fifty, and as one HTTP request each, one after another. */
export async function pushDrain(database: TestDatabase, effort: Effort): Promise<Report> {
  const chains = await Chains.plant(database, 1)
  const { must, addTasks, close } = await serveTasks(chains, database)
  const queued = effort.rounds === 1 ? 100 : 1000
  const clientId = randomUUID()
  let mid = 0
  try {
    const ids = (await addTasks(queued)).map(({ id }) => id)
    const nextStatus = { now: 'todo' }
    const turn = () => {
      nextStatus.now = nextStatus.now === 'todo' ? 'in_progress' : 'todo'
      return nextStatus.now
    }
    const byPush = async () => {
      const status = turn()
      for (let at = 0; at < ids.length; at += MOST_MUTATIONS) {
        const mutations = ids.slice(at, at + MOST_MUTATIONS).map((id) => ({
          mid: ++mid,
          uid: randomUUID(),
          name: 'tasks.change',
          version: 1,
          args: { id, status },
          device: clock(),
          by: null,
        }))
        const { results } = await must('POST /sync/push', { clientId, sent: clock(), mutations })
        if (results.some(({ outcome }: { outcome: string }) => outcome !== 'applied')) throw new Error('not applied')
      }
      return ids.length
    }
    const byRequests = async () => {
      const status = turn()
      for (const id of ids) await must(`PATCH /tasks/${id}`, { status }, { 'idempotency-key': randomUUID() })
      return ids.length
    }
    const measured = await measure(
      [
        { name: 'one HTTP request each', work: byRequests },
        { name: 'pushes of fifty', work: byPush },
      ],
      { ...effort, rounds: Math.min(effort.rounds, 6), loops: 1 },
      backendsOf(chains.admin),
    )
    return {
      title: `A device delivers ${queued} queued mutations (an operation is a mutation)`,
      table: tableOf(measured),
      findings: [atLeast('drain rate by plain requests', 1, measured[1]?.rate ?? Number.NaN, '×')],
    }
  } finally {
    await close()
    await chains.close()
  }
}
