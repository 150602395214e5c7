import { lookAfterMatters } from '../capabilities/alerts/server/index.ts'
import { systemActor } from '../platform/actor.ts'
import type { TestDatabase } from '../platform/server/postgres/for-tests.ts'
import { foundTenant } from '../platform/server/postgres/tenant.for-tests.ts'
import { openDatabase, openPool } from '../platform/server/tenant.ts'
import { Chains } from './chains.ts'
import { atLeast, backendsOf, type Effort, measure, type Report, tableOf } from './lib.ts'

/** So many locations have something late in the same minute, each told to two people. */
const LOCATIONS = 200
const MINUTE = 60_000

/**
 * Many locations at once: finding what is late, deciding and telling, against a bare insert of the same rows as the
 * superuser: a matter, its opening and two notices.
 */
export async function alerts(database: TestDatabase, effort: Effort): Promise<Report> {
  const minutes = effort.rounds === 1 ? 40 : 600
  const chains = await Chains.plant(database, 1)
  const { admin } = chains
  const product = openDatabase({ url: database.urls.app, contextKey: database.contextKey, poolSize: 4, prepared: true })
  const relayPool = openPool(database.urls.relay, 2)
  const bare = openPool(database.admin, 2)
  const start = Date.now() - minutes * MINUTE
  const tenant = await foundTenant(product, 'Many')
  const system = systemActor(tenant.tenantId, tenant.organizationId, 'bench')
  await product.write(system, async (tx) => {
    await tx.query(
      `with place as (
         insert into locations (organization_id, name, kind, timezone) select $1, 'Store ' || i, 'cafe', $2 from generate_series(1, ${LOCATIONS}) i
         returning id),
       person as (insert into members (organization_id, name) select $1, 'Person ' || i from generate_series(1, 2) i returning id)
       insert into role_grants (member_id, role, location_id) select person.id, 'org:member', place.id from person, place`,
      [tenant.organizationId, whereItIsNoon()],
    )
  })
  await admin.query('set session_replication_role = replica')
  await admin.query(
    `insert into tasks (tenant_id, location_id, title, task_type, priority, cause_kind, cause_id, due_at, created_at)
     select l.tenant_id, l.id, 'Sweep', 'cleaning', 'urgent', 'bench', gen_random_uuid(), $2::timestamptz + m * interval '1 minute', $2
       from locations l, generate_series(1, ${minutes}) m where l.tenant_id = $1 and l.name like 'Store %'`,
    [tenant.tenantId, new Date(start).toISOString()],
  )
  await admin.query('set session_replication_role = origin')
  for (const table of ['matters', 'matter_events', 'notices'])
    await admin.query(
      `create table bare_${table} (like ${table} including defaults including indexes including constraints)`,
    )
  await admin.query('vacuum analyze')
  let minute = 0
  try {
    const measured = await measure(
      [
        {
          name: 'a bare insert of the same rows, as the superuser',
          work: () => insertBare(bare, tenant.tenantId, tenant.locations[0]),
        },
        {
          name: 'found, decided, told',
          async work() {
            minute++
            if (minute > minutes) throw new Error('There is nothing late any more: give it more minutes.')
            await lookAfterMatters({ database: product, relayPool, waysOn: new Set() }, start + minute * MINUTE + 1)
            return LOCATIONS
          },
        },
      ],
      { ...effort, loops: 1 },
      backendsOf(admin),
    )
    const { rows } = await admin.query(
      'select count(*)::int as told, count(distinct matter_id)::int as matters from notices',
    )
    if (rows[0].matters !== minute * LOCATIONS || rows[0].told < 2 * rows[0].matters)
      throw new Error(`told ${JSON.stringify(rows[0])}`)
    const [, ours] = measured
    if (!ours) throw new Error('a mode is missing')
    return {
      title: `${LOCATIONS} locations are late at once: each matter opened, decided and told to two people`,
      table: tableOf(measured),
      findings: [atLeast('rate by a bare insert', 0.1, ours.rate, '×')],
    }
  } finally {
    await Promise.all([product.close(), relayPool.end(), bare.end(), chains.close()])
  }
}

async function insertBare(bare: ReturnType<typeof openPool>, tenantId: string, locationId: string): Promise<number> {
  await bare.query(
    `with matter as (
       insert into bare_matters (tenant_id, location_id, kind, severity, subject_kind, subject_id, name, since, opened_at, stepped_at, next_at)
       select $1, $2, 'task', 'critical', 'task', gen_random_uuid(), 'Sweep', now(), now(), now(), now() from generate_series(1, ${LOCATIONS})
       returning id),
     event as (
       insert into bare_matter_events (tenant_id, location_id, matter_id, event, made_at, time_quality)
       select $1, $2, id, 'opened', now(), 'server' from matter)
     insert into bare_notices (tenant_id, location_id, matter_id, member_id, first_at, last_at)
     select $1, $2, matter.id, gen_random_uuid(), now(), now() from matter, generate_series(1, 2)`,
    [tenantId, locationId],
  )
  return LOCATIONS
}

/** Where nobody sleeps: at night what is not urgent waits for the morning, whenever the bench runs. */
function whereItIsNoon(): string {
  const ahead = 12 - new Date().getUTCHours()
  // The names of these zones count the other way.
  return ahead === 0 ? 'UTC' : `Etc/GMT${ahead > 0 ? '-' : '+'}${Math.abs(ahead)}`
}
