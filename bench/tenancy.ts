import { randomUUID } from 'node:crypto'
import { z } from 'zod'
import type { Actor } from '../platform/actor.ts'
import { defineFact, locationRoom } from '../platform/fact.ts'
import { anyoneOf } from '../platform/server/isolation/chain.ts'
import { pgBouncerProgram, startPgBouncer } from '../platform/server/isolation/pgbouncer.ts'
import { tenantTables } from '../platform/server/isolation/rows.ts'
import type { TestDatabase } from '../platform/server/postgres/for-tests.ts'
import { type Database, openDatabase, openPool } from '../platform/server/tenant.ts'
import { Chains } from './chains.ts'
import {
  atLeast,
  atMost,
  backendsOf,
  type Effort,
  type Mode,
  measure,
  median,
  type Report,
  round,
  tableOf,
} from './lib.ts'

const enter = (database: TestDatabase, url = database.urls.app, prepared = true, poolSize = 8): Database =>
  openDatabase({ url, contextKey: database.contextKey, poolSize, prepared })

const LISTS = {
  'members (tenant)': {
    table: 'public.members',
    columns: 'id, organization_id, name, email, status, created_at',
    where: 'true',
    order: 'id',
  },
  'tasks (tenant and location)': {
    table: 'public.tasks',
    columns: 'id, location_id, due_at, priority, status, task_type, assigned_to, title',
    where: `status in ('todo', 'in_progress', 'overdue')`,
    order: 'id desc',
  },
}

/** The same prepared list of 50, as the superuser with a tenant in its WHERE, and as everyone else. */
export async function context(database: TestDatabase, effort: Effort): Promise<Report> {
  const chains = await Chains.plant(database, 40)
  const product = enter(database)
  const bare = openPool(database.admin, 8)
  const report: Report = {
    title: 'Tenant context, set and verified, against the same prepared statement without it',
    table: [],
    findings: [],
  }
  for (const [name, { table, columns, where, order }] of Object.entries(LISTS)) {
    await chains.fill(table, 500)
    const list = `select ${columns} from ${table} where ${where} and tenant_id = $1 order by ${order} limit 50`
    const everywhere = chains.tenants.map((tenant) => anyoneOf(tenant))
    const somewhere = chains.tenants.map((tenant) => anyoneOf(tenant, new Set(tenant.locationIds.slice(0, 3))))
    const asked = (actors: Actor[]) =>
      whileAsking(actors, async (actor) => {
        const rows = await product.readOne(actor, list, [actor.tenantId])
        if (rows.length !== 50) throw new Error(`${rows.length} rows`)
      })
    const modes: Mode[] = [
      {
        name: `${name}: without`,
        work: whileAsking(everywhere, (actor) =>
          bare.query({ name: `list ${table}`, text: list, values: [actor.tenantId] }),
        ),
      },
      { name: `${name}: context of every location`, work: asked(everywhere) },
      { name: `${name}: context of three locations`, work: asked(somewhere) },
    ]
    // One at a time: eight on two cores would measure how they push each other out of the caches.
    const measured = await measure(modes, { ...effort, loops: 1 }, backendsOf(chains.admin))
    report.table.push(...tableOf(measured))
    const [without, all, three] = measured
    if (!without || !all || !three) throw new Error('a mode is missing')
    report.findings.push(
      atMost(`${name}: database CPU of the context`, 25, round(all.databaseMicros - without.databaseMicros, 1), ' µs'),
      atMost(`${name}: CPU, every location`, 1.15, all.cpu, '×'),
      atMost(`${name}: CPU, three locations`, 1.15, three.cpu, '×'),
    )
  }
  await Promise.all([product.close(), bare.end(), chains.close()])
  return report
}

/** 40 clients of 20 tenants over three connections: every row must be of the one who asked. */
export async function switches(database: TestDatabase, effort: Effort): Promise<Report> {
  const report: Report = {
    title: 'Switches between tenants through PgBouncer in transaction mode',
    table: [],
    findings: [],
  }
  if (!pgBouncerProgram) {
    report.findings.push({
      what: 'PgBouncer',
      goal: 'runs',
      seen: 'not installed: apt-get install -y pgbouncer',
      met: false,
    })
    return report
  }
  const chains = await Chains.plant(database, 20)
  await chains.fill('public.members', 50)
  const pooler = await startPgBouncer(pgBouncerProgram, database.urls.app, 3)
  const ways = {
    direct: enter(database, undefined, pooler.knowsPreparedStatements, 3),
    PgBouncer: enter(database, pooler.url, pooler.knowsPreparedStatements, 40),
  }
  const actors = chains.tenants.map((tenant) => anyoneOf(tenant))
  for (const [name, product] of Object.entries(ways)) {
    let wrong = 0
    let done = 0
    const before = performance.now()
    const client = async (n: number) => {
      for (let i = 0; i < 100; i++) {
        const actor = actors[(n * 7 + i * 3) % actors.length] as Actor
        const rows = await product.readOne<{ tenant_id: string }>(actor, 'select tenant_id from members order by id')
        wrong += rows.filter((row) => row.tenant_id !== actor.tenantId).length + (rows.length === 50 ? 0 : 1)
        done++
      }
    }
    await Promise.all(Array.from({ length: 40 }, (_, n) => client(n)))
    const perSecond = Math.round((done * 1000) / (performance.now() - before))
    report.table.push({
      mode: name,
      switches: done,
      'wrong rows': wrong,
      'ops/s': perSecond,
      prepared: String(pooler.knowsPreparedStatements),
    })
    report.findings.push(atMost(`${name}: wrong rows in ${done} switches`, 0, wrong))
  }
  const list = whileAskingOf(actors)
  report.table.push(
    ...tableOf(
      await measure(
        Object.entries(ways).map(([name, product]) => ({
          name,
          work: list((actor) => product.readOne(actor, 'select tenant_id from members order by id limit 50')),
        })),
        effort,
        backendsOf(chains.admin),
      ),
    ).map((row) => ({ ...row, mode: `${row.mode}, 50 rows` })),
  )
  await Promise.all(Object.values(ways).map((product) => product.close()))
  await pooler.stop()
  await chains.close()
  return report
}

/** Rows are read in their order, by both sides: what an index would spare one of them is not the filter's cost. */
function readingRows(url: string): string {
  const options = ['indexscan', 'indexonlyscan', 'bitmapscan'].map((way) => `-c enable_${way}=off`)
  const address = new URL(url)
  address.searchParams.set('options', [...options, '-c max_parallel_workers_per_gather=0'].join(' '))
  return address.href
}

/** Where a row lies. A change of the feed lies in its scope, which is a location. */
const placeOf = (table: string) => (table === 'public.sync_changes' ? 'scope_id' : 'location_id')

/** Every tenant table, all rows of a tenant counted: the policy as the filter, against a WHERE that says the same. */
export async function filters(database: TestDatabase, effort: Effort): Promise<Report> {
  const chains = await Chains.plant(database, 2)
  const rows = effort.rounds > 1 ? 20_000 : 200
  const [tenant] = chains.tenants
  if (!tenant) throw new Error('no tenant')
  const product = enter(database, readingRows(database.urls.app), true, 1)
  const bare = openPool(readingRows(database.admin), 1)
  const report: Report = {
    title: 'The policy as a row filter against bypass with the same WHERE (both read every row)',
    table: [],
    findings: [],
  }
  const ratios: { name: string; ratio: number }[] = []
  for (const table of tenantTables) {
    const { isLocated, isSingle } = chains.factory.table(table)
    const hasOneRow = isSingle || table === 'public.organizations'
    if (!hasOneRow) await chains.fill(table, rows)
    const some = new Set(tenant.locationIds.slice(0, 3))
    const count = `select count(*) as n from ${table}`
    const bypass = (where: string, values: unknown[]) => async () => {
      await bare.query({ name: `${table} ${values.length}`, text: `${count} where ${where}`, values })
      return undefined
    }
    const everywhere = anyoneOf(tenant)
    const somewhere = anyoneOf(tenant, some)
    const policy = (actor: Actor) => async () => {
      await product.readOne(actor, count)
      return undefined
    }
    const pairs: [string, Mode['work'], Mode['work']][] = [
      [table, bypass('tenant_id = $1', [tenant.tenantId]), policy(everywhere)],
    ]
    if (isLocated)
      pairs.push([
        `${table}, three locations`,
        bypass(`tenant_id = $1 and ${placeOf(table)} = any ($2)`, [tenant.tenantId, [...some]]),
        policy(somewhere),
      ])
    for (const [name, without, withPolicy] of pairs) {
      const modes = [
        { name: 'bypass', work: without },
        { name: 'policy', work: withPolicy },
      ]
      const [base, seen] = await measure(
        modes,
        { rounds: effort.rounds, sliceMillis: effort.sliceMillis / 3, loops: 1 },
        backendsOf(chains.admin),
      )
      if (!base || !seen) throw new Error('a mode is missing')
      const ratio = seen.databaseMicros / base.databaseMicros
      const extra = seen.databaseMicros - base.databaseMicros
      report.table.push({
        table: name,
        rows: hasOneRow ? 1 : rows,
        'bypass µs': round(base.databaseMicros, 0),
        'policy µs': round(seen.databaseMicros, 0),
        'database CPU ×': round(ratio, 3),
        'extra µs': round(extra, 0),
      })
      // One row is no scan: there the context itself is all there is to see.
      if (!hasOneRow) ratios.push({ name, ratio })
    }
  }
  await Promise.all([product.close(), bare.end(), chains.close()])
  const beyond = ratios.filter(({ ratio }) => ratio > 1.1)
  report.findings.push(
    atMost(`median of ${ratios.length} scans`, 1.1, median(ratios.map(({ ratio }) => ratio)), '×'),
    ...beyond.map(({ name, ratio }) => atMost(name, 1.1, ratio, '×')),
  )
  return report
}

const done = defineFact({
  name: 'bench.done',
  event: 'task-update',
  schema: z.object({ taskId: z.uuid(), locationId: z.uuid(), title: z.string() }),
  scope: ({ locationId }) => locationId,
  room: ({ locationId }) => locationRoom(locationId),
})

/** One row a transaction, durable, with and without announcing it. */
export async function facts(database: TestDatabase, effort: Effort): Promise<Report> {
  const chains = await Chains.plant(database, 8)
  const product = enter(database)
  const task = (announce: boolean, spread: boolean) => async (loop: number) => {
    const tenant = chains.tenants[spread ? loop % chains.tenants.length : 0]
    if (!tenant) throw new Error('no tenant')
    const [taskId, locationId, title] = [randomUUID(), tenant.locationIds[0] as string, 'Clean the fryer']
    await product.write(anyoneOf(tenant), async (tx) => {
      await tx.query(
        `insert into tasks (id, location_id, title, task_type, cause_kind, cause_id) values ($1, $2, $3, 'cleaning', 'bench', $1)`,
        [taskId, locationId, title],
      )
      if (announce) await tx.emit(done, { taskId, locationId, title })
    })
    return undefined
  }
  const modes = [
    { name: 'a row, without a fact', work: task(false, true) },
    { name: 'a row and its fact, eight scopes', work: task(true, true) },
    { name: 'a row and its fact, one scope', work: task(true, false) },
  ]
  const measured = await measure(modes, effort, backendsOf(chains.admin))
  await Promise.all([product.close(), chains.close()])
  return {
    title: 'Writes that announce a fact against writes that do not (fsync on, 8 writers)',
    table: tableOf(measured),
    findings: [atLeast('write rate with facts, eight scopes', 0.9, measured[1]?.rate ?? Number.NaN, '×')],
  }
}

/** Each loop goes from tenant to tenant. */
const whileAskingOf = (actors: Actor[]) => (ask: (actor: Actor) => Promise<unknown>) => whileAsking(actors, ask)

function whileAsking(actors: Actor[], ask: (actor: Actor) => Promise<unknown>): Mode['work'] {
  let turn = 0
  return async () => {
    await ask(actors[turn++ % actors.length] as Actor)
    return undefined
  }
}
