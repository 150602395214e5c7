import { randomUUID } from 'node:crypto'
import { restaurantPlan } from '../capabilities/haccp/library/restaurant.ts'
import { monitorPlan } from '../capabilities/haccp/server/monitor.ts'
import { anyoneOf } from '../platform/server/isolation/chain.ts'
import type { TestDatabase } from '../platform/server/postgres/for-tests.ts'
import { openDatabase, openPool } from '../platform/server/tenant.ts'
import { Chains } from './chains.ts'
import { atLeast, atMost, backendsOf, type Effort, measure, type Report, tableOf } from './lib.ts'
import { plantYear } from './overview.ts'

const UNITS = 10
type Asked = { sql: string; params: readonly unknown[] }

/** Whether a plan is kept to over a year of a location, against its bare statements as the superuser. */
export async function haccp(database: TestDatabase, effort: Effort): Promise<Report> {
  const isShort = effort.rounds === 1
  const days = isShort ? 10 : 364
  const chains = await Chains.plant(database, 1)
  const [tenant] = chains.tenants
  const [locationId] = tenant?.locationIds ?? []
  if (!tenant || !locationId) throw new Error('no tenant')
  await plantYear(chains, tenant.tenantId, tenant.organizationId, [locationId], days)
  const planId = await plantPlan(chains, tenant.tenantId, locationId, days)

  const product = openDatabase({ url: database.urls.app, contextKey: database.contextKey, poolSize: 4, prepared: true })
  const bare = openPool(database.admin, 4)
  const here = new Set([locationId])
  const actor = { ...anyoneOf(tenant, here), permissions: new Map([['haccp.read', here]]) }
  // Days are the place's: west of Greenwich yesterday by UTC may still be going on.
  const span = { from: dayAgo(days + 1), to: dayAgo(2) }
  const asked: Asked[] = []
  await product.read(actor, (tx) =>
    monitorPlan(
      {
        ...tx,
        query: (sql: string, params: readonly unknown[] = []) => {
          asked.push({ sql: sql.replaceAll('(select app.tenant())', `'${tenant.tenantId}'::uuid`), params })
          return tx.query(sql, params)
        },
      } as typeof tx,
      planId,
      span,
    ),
  )
  try {
    const measured = await measure(
      [
        {
          name: 'the bare statements, as the superuser',
          async work() {
            const client = await bare.connect()
            try {
              for (const [n, { sql, params }] of asked.entries())
                await client.query({ name: `haccp-${n}`, text: sql, values: [...params] })
            } finally {
              client.release()
            }
            return undefined
          },
        },
        {
          name: 'the product: counted and told',
          async work() {
            const { controls } = await product.read(actor, (tx) => monitorPlan(tx, planId, span))
            const [storage] = controls.filter(({ number }) => number === 'CCP 1')
            if (storage?.expected !== UNITS * days * 24) throw new Error(`wrong rows: ${storage?.expected} expected`)
            return undefined
          },
        },
      ],
      { ...effort, loops: Math.min(effort.loops, 2) },
      backendsOf(chains.admin),
    )
    const [, ours] = measured
    if (!ours) throw new Error('a mode is missing')
    return {
      title: `A HACCP plan against ${days} days of ${UNITS} units, 12 checklists and 15 foods a day`,
      table: tableOf(measured),
      findings: [
        atLeast('rate by the bare statements', 0.5, ours.rate, '×'),
        atMost('p99', 2500, ours.p99Millis, ' ms'),
      ],
    }
  } finally {
    await Promise.all([product.close(), bare.end(), chains.close()])
  }
}

const dayAgo = (days: number) => new Date(Date.now() - days * 86_400_000).toISOString().slice(0, 10)

/** A plan in force that is tied to all there is, and what there is: each hour of each unit, answered lists, cooled foods. */
async function plantPlan({ admin }: Chains, tenantId: string, locationId: string, days: number): Promise<string> {
  await admin.query('begin')
  await admin.query('set local session_replication_role = replica')
  const { rows: units } = await admin.query<{ id: string }>(
    `insert into units (tenant_id, location_id, name, kind, created_at)
     select $1, $2, 'Cooler ' || n, 'walk_in_cooler', now() - interval '3 years' from generate_series(1, ${UNITS}) n returning id`,
    [tenantId, locationId],
  )
  await admin.query(
    `insert into temperature_hours (tenant_id, id, location_id, unit_id, hour, readings, compliant, judged, min_milli_c, max_milli_c, sum_milli_c)
     select $1, u, $2, u, date_trunc('hour', now()) - h * interval '1 hour', 6, 6, 6, 2500, 3900, 19000
       from unnest($3::uuid[]) u, generate_series(0, ($4 + 3) * 24) h`,
    [tenantId, locationId, units.map(({ id }) => id), days],
  )
  const scheduleId = randomUUID()
  await admin.query(
    `update checklists set schedule_id = $3, slot = day || '/' || to_char(due_at, 'HH24') where tenant_id = $1 and location_id = $2`,
    [tenantId, locationId, scheduleId],
  )
  await admin.query(
    `insert into checklist_answers (tenant_id, id, location_id, checklist_id, item_id, value, outcome, answered_at, time_quality)
     select c.tenant_id, gen_random_uuid(), c.location_id, c.id, $3::uuid, '{"kind":"pass_fail","passes":true}',
            case when random() < 0.01 then 'fail' else 'pass' end, c.completed_at, 'exact'
       from checklists c where c.tenant_id = $1 and c.location_id = $2 and c.completed_at is not null`,
    [tenantId, locationId, randomUUID()],
  )
  await admin.query(
    `insert into processes (tenant_id, location_id, kind, plan, product, edition, began_at, time_quality, state, result, disposition, finished_at)
     select $1, $2, 'cooling', '{}', 'Tomato soup', 'fda-2022', at, 'server', 'finished', 'passed', 'stored', at + interval '165 minutes'
       from generate_series(1, $3::int) d, generate_series(1, 15) n, lateral (select now() - d * interval '1 day' - n * interval '1 hour' as at) made`,
    [tenantId, locationId, days],
  )
  const content = restaurantPlan('en', randomUUID, {
    ...{ jurisdiction: 'us', units: units.map(({ id }) => ({ id, kind: 'walk_in_cooler' })) },
    schedules: [{ id: scheduleId, key: 'opening.cafe', items: [] }],
  })
  const [planId, revisionId, signatureId] = [randomUUID(), randomUUID(), randomUUID()]
  await admin.query(
    `insert into haccp_plans (tenant_id, id, location_id, name, draft, in_force_id, review_due, review_since)
     values ($1, $2, $3, 'Kitchen', '{}', $4, current_date + 200, $5)`,
    [tenantId, planId, locationId, revisionId, signatureId],
  )
  const shown = { location: 'Here', units: {}, schedules: {}, items: {}, limits: {} }
  await admin.query(
    `insert into haccp_revisions (tenant_id, id, location_id, plan_id, number, name, content, shown, digest)
     values ($1, $2, $3, $4, 1, 'Kitchen', $5, $6, sha256('x'))`,
    [tenantId, revisionId, locationId, planId, JSON.stringify(content), JSON.stringify(shown)],
  )
  await admin.query(
    `insert into haccp_signatures (tenant_id, id, location_id, revision_id, meaning) values ($1, $2, $3, $4, 'approved')`,
    [tenantId, signatureId, locationId, revisionId],
  )
  await admin.query('commit')
  for (const table of ['temperature_hours', 'checklists', 'checklist_answers', 'processes'])
    await admin.query(`vacuum analyze ${table}`)
  return planId
}
