import { listTasks, type TaskRow, taskOf } from '../capabilities/tasks/server/index.ts'
import type { Actor } from '../platform/actor.ts'
import { anyoneOf } from '../platform/server/isolation/chain.ts'
import type { TestDatabase } from '../platform/server/postgres/for-tests.ts'
import { openDatabase, openPool } from '../platform/server/tenant.ts'
import { Chains } from './chains.ts'
import { atLeast, backendsOf, type Effort, measure, type Report, tableOf } from './lib.ts'

const LOCATIONS = 4
const DAYS = 365
/** What a location of the demo has each day, and a third more. */
const TASKS_A_DAY = 30

/** Today's open list of a location that has a year of tasks behind it, against the same query as the superuser. */
export async function today(database: TestDatabase, effort: Effort): Promise<Report> {
  const chains = await Chains.plant(database, 5)
  const perTenant = LOCATIONS * DAYS * TASKS_A_DAY
  await chains.fill('public.tasks', effort.rounds === 1 ? perTenant / 20 : perTenant)
  // All but the last day's are done; of the rest a third is late, and some was given up the night before. A third is for
  // someone by name.
  await chains.admin.query('set session_replication_role = replica')
  await chains.admin.query(`
    with ordered as (select tenant_id, id, row_number() over (partition by tenant_id, location_id order by id desc) as n from tasks)
    update tasks t set status = case when o.n > ${TASKS_A_DAY + 10} then 'completed' else 'todo' end,
           completed_at = case when o.n > ${TASKS_A_DAY + 10} then now() end,
           due_at = now() + (case when o.n % 3 = 0 then -60 else o.n end) * interval '1 minute',
           missed_at = case when o.n between ${TASKS_A_DAY + 1} and ${TASKS_A_DAY + 10} then now() - interval '1 hour' end
      from ordered o where o.tenant_id = t.tenant_id and o.id = t.id`)
  for (const tenant of chains.tenants) {
    const { id } = await chains.factory.plant(tenant, 'public.members')
    await chains.admin.query(
      `update tasks set assigned_to = case when right(id::text, 1) < '5' then $2::uuid end,
              created_by = case when right(id::text, 1) = '7' then $2::uuid end where tenant_id = $1`,
      [tenant.tenantId, id],
    )
  }
  await chains.admin.query('set session_replication_role = origin')
  await chains.admin.query('vacuum analyze tasks')

  const product = openDatabase({ url: database.urls.app, contextKey: database.contextKey, poolSize: 8, prepared: true })
  const bare = openPool(database.admin, 8)
  const places = chains.tenants.flatMap((tenant) =>
    tenant.locationIds.map((locationId) => ({ actor: anyoneOf(tenant, new Set([locationId])), locationId })),
  )
  const next = () => places[Math.floor(Math.random() * places.length)] as (typeof places)[number]
  const asked = (actor: Actor, locationId: string) => listTasks(actor, { status: 'open', locationId, sort: 'due' }, 200)
  const isRight = (rows: unknown[]) => {
    if (rows.length !== TASKS_A_DAY) throw new Error(`${rows.length} tasks are open, not ${TASKS_A_DAY}`)
  }
  try {
    const measured = await measure(
      [
        {
          name: 'the bare query, as the superuser',
          async work() {
            const { actor, locationId } = next()
            const { sql, params = [] } = asked(actor, locationId)
            isRight((await bare.query({ name: 'today', text: sql, values: [...params] })).rows)
            return undefined
          },
        },
        {
          name: 'the product’s list, by when it is due',
          async work() {
            const { actor, locationId } = next()
            isRight((await product.readOne<TaskRow>(actor, asked(actor, locationId))).map(taskOf))
            return undefined
          },
        },
      ],
      { ...effort, loops: 1 },
      backendsOf(chains.admin),
    )
    const [, ours] = measured
    if (!ours) throw new Error('a mode is missing')
    return {
      title: `Today's open list of a location with ${DAYS * TASKS_A_DAY} tasks behind it`,
      table: tableOf(measured),
      findings: [atLeast('rate by the bare query', 0.6, ours.rate, '×')],
    }
  } finally {
    await Promise.all([product.close(), bare.end(), chains.close()])
  }
}
