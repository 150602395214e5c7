import { judgeProcess, type Process } from '../capabilities/processes/index.ts'
import { listProcesses } from '../capabilities/processes/server/index.ts'
import { anyoneOf } from '../platform/server/isolation/chain.ts'
import type { TestDatabase } from '../platform/server/postgres/for-tests.ts'
import { openDatabase, openPool } from '../platform/server/tenant.ts'
import { Chains } from './chains.ts'
import { atLeast, atMost, backendsOf, type Effort, measure, type Report, tableOf } from './lib.ts'

const A_DAY = 15
const RUNNING = 12

/** What runs now at a location with a year of food processes, read and judged, against the same statement as the superuser. */
export async function processes(database: TestDatabase, effort: Effort): Promise<Report> {
  const isShort = effort.rounds === 1
  const days = isShort ? 10 : 365
  const chains = await Chains.plant(database, 1)
  const [tenant] = chains.tenants
  const [locationId] = tenant?.locationIds ?? []
  if (!tenant || !locationId) throw new Error('no tenant')
  await plantYear(chains, tenant.tenantId, locationId, days)

  const product = openDatabase({ url: database.urls.app, contextKey: database.contextKey, poolSize: 4, prepared: true })
  const bare = openPool(database.admin, 4)
  const here = new Set([locationId])
  const actor = { ...anyoneOf(tenant, here), permissions: new Map([['processes.read', here]]) }
  const { sql, params = [] } = listProcesses(actor, { locationId, state: 'running' }, 50)
  const mustBe = (rows: readonly Process[]) => {
    if (rows.length !== RUNNING) throw new Error(`${rows.length} processes run, not ${RUNNING}`)
  }
  try {
    const measured = await measure(
      [
        {
          name: 'the bare statement, as the superuser',
          async work() {
            mustBe((await bare.query({ name: 'running', text: sql, values: [...params] })).rows)
            return undefined
          },
        },
        {
          name: 'the product: read and judged',
          async work() {
            const rows = await product.read(actor, (tx) => tx.query<Process>(sql, params))
            mustBe(rows)
            const now = Date.now()
            const failed = rows.filter((row) => judgeProcess(row, now, 'America/Chicago').result === 'failed').length
            if (failed !== RUNNING / 2) throw new Error(`${failed} have failed, not ${RUNNING / 2}`)
            return undefined
          },
        },
      ],
      { ...effort, loops: Math.min(effort.loops, 4) },
      backendsOf(chains.admin),
    )
    const [, ours] = measured
    if (!ours) throw new Error('a mode is missing')
    return {
      title: `${RUNNING} running food processes of a location with ${days * A_DAY} that have ended, read and judged`,
      table: tableOf(measured),
      findings: [atLeast('rate by the bare statement', 0.6, ours.rate, '×'), atMost('p99', 50, ours.p99Millis, ' ms')],
    }
  } finally {
    await Promise.all([product.close(), bare.end(), chains.close()])
  }
}

/** Soup that was cooled, fifteen times a day, with four steps each; and twelve that cool now, half of them too slowly. */
async function plantYear({ admin }: Chains, tenantId: string, locationId: string, days: number) {
  const columns = `tenant_id, location_id, kind, plan, product, edition, began_at, time_quality, state, result`
  const values = `$1, $2, 'cooling', '{"kind":"cooling","from":"hot"}', 'Tomato soup', 'fda-2022'`
  const step = (of: string) => `
    insert into process_steps (tenant_id, location_id, process_id, step, done_at, time_quality, outcome, value_text, value_unit,
                               value_milli, disposition)
    select p.tenant_id, p.location_id, p.id, case when n = 3 then 'finish' else 'reading' end, p.began_at + n * interval '55 minutes',
           'server', 'applied', case when n < 3 then v::text end, case when n < 3 then 'F' end, case when n < 3 then v * 1000 end,
           case when n = 3 then 'stored' end
      from processes p, (values ${of}) as s (n, v)
     where p.tenant_id = $1 and p.location_id = $2`
  await admin.query('begin')
  await admin.query('set local session_replication_role = replica')
  await admin.query(
    `insert into processes (${columns}, disposition, finished_at)
     select ${values}, at, 'server', 'finished', 'passed', 'stored', at + interval '165 minutes'
       from generate_series(1, $3::int) d, generate_series(1, ${A_DAY}) n,
            lateral (select now() - d * interval '1 day' - n * interval '1 hour' as at) made`,
    [tenantId, locationId, days],
  )
  await admin.query(step('(0, 135), (1, 70), (2, 41), (3, 0)'), [tenantId, locationId])
  await admin.query(
    `insert into processes (${columns})
     select ${values}, now() - case when n % 2 = 0 then interval '30 minutes' else interval '3 hours' end, 'server', 'running', 'running'
       from generate_series(1, ${RUNNING}) n`,
    [tenantId, locationId],
  )
  await admin.query(`${step('(0, 135)')} and p.state = 'running'`, [tenantId, locationId])
  await admin.query('commit')
  await admin.query('vacuum analyze processes')
  await admin.query('vacuum analyze process_steps')
}
