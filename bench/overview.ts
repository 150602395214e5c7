import { completion, outcomeSums } from '../capabilities/checklists/server/index.ts'
import { anyoneOf } from '../platform/server/isolation/chain.ts'
import type { TestDatabase } from '../platform/server/postgres/for-tests.ts'
import { openDatabase, openPool } from '../platform/server/tenant.ts'
import { Chains } from './chains.ts'
import { atLeast, atMost, backendsOf, type Effort, measure, type Report, tableOf } from './lib.ts'

const LISTS_A_DAY = 12

/** How the checklists of a year of many locations came out, by location, against the same sums as the superuser. */
export async function overview(database: TestDatabase, effort: Effort): Promise<Report> {
  const isShort = effort.rounds === 1
  const [locations, days] = isShort ? [5, 10] : [100, 365]
  const chains = await Chains.plant(database, 1)
  const [tenant] = chains.tenants
  if (!tenant) throw new Error('no tenant')
  while (tenant.locationIds.length < locations) tenant.locationIds.push(await chains.factory.plantLocation(tenant))
  await plantYear(chains, tenant.tenantId, tenant.organizationId, tenant.locationIds, days)

  const product = openDatabase({ url: database.urls.app, contextKey: database.contextKey, poolSize: 4, prepared: true })
  const bare = openPool(database.admin, 4)
  const everywhere = new Set(tenant.locationIds)
  const actor = { ...anyoneOf(tenant, everywhere), permissions: new Map([['checklists.read', everywhere]]) }
  const asked = { ...spanOf(days), by: 'location' as const }
  const expected = tenant.locationIds.length * days * LISTS_A_DAY
  const mustBe = (sum: number) => {
    if (sum !== expected) throw new Error(`${sum} checklists were counted, not ${expected}`)
  }
  try {
    const measured = await measure(
      [
        {
          name: 'the bare sums, as the superuser',
          async work() {
            const { sql, params = [] } = outcomeSums(
              actor,
              { ...spanOf(days), locationIds: tenant.locationIds },
              'location',
            )
            const { rows } = await bare.query({ name: 'sums', text: sql, values: [...params] })
            mustBe(rows.reduce((sum, { count }) => sum + Number(count), 0))
            return undefined
          },
        },
        {
          name: 'the product: places, sums, names',
          async work() {
            const { total } = await product.read(actor, (tx) => completion(tx, asked))
            mustBe(Object.values(total).reduce((sum, count) => sum + count, 0))
            return undefined
          },
        },
      ],
      { ...effort, rounds: isShort ? 1 : 6, loops: 1 },
      backendsOf(chains.admin),
    )
    const [, ours] = measured
    if (!ours) throw new Error('a mode is missing')
    return {
      title: `How ${expected} checklists of ${tenant.locationIds.length} locations in ${days} days came out`,
      table: tableOf(measured),
      findings: [atLeast('rate by the bare sums', 0.6, ours.rate, '×'), atMost('p50', 1000, ours.p50Millis, ' ms')],
    }
  } finally {
    await Promise.all([product.close(), bare.end(), chains.close()])
  }
}

const DAY_MS = 86_400_000
const dayOf = (ms: number) => new Date(ms).toISOString().slice(0, 10)
const spanOf = (days: number) => ({ from: dayOf(Date.now() - days * DAY_MS), to: dayOf(Date.now() - DAY_MS) })

/** Twelve a day at each location: most done, some late, some missed; a few of the missed excused. */
export async function plantYear(
  { admin }: Chains,
  tenantId: string,
  organizationId: string,
  locationIds: string[],
  days: number,
) {
  await admin.query('begin')
  await admin.query('set local session_replication_role = replica')
  const { rows } = await admin.query(
    `insert into checklist_templates (tenant_id, organization_id, name, category, draft) values ($1, $2, 'Line', 'line_check', '{}')
     returning id`,
    [tenantId, organizationId],
  )
  await admin.query(
    `insert into checklist_forms (tenant_id, location_id, template_id, version) select $1, l, $2, 1 from unnest($3::uuid[]) l`,
    [tenantId, rows[0]?.id, locationIds],
  )
  await admin.query(
    `insert into checklists (tenant_id, location_id, form_id, day, status, visible_at, due_at, late_at, missed_at, started_at, completed_at)
     select tenant_id, location_id, id, day, case when r < 0.92 then 'completed' else 'missed' end,
            due - interval '1 hour', due, due + interval '30 minutes', due + interval '4 hours',
            case when r < 0.92 then due end, case when r < 0.85 then due when r < 0.92 then due + interval '1 hour' end
       from (select f.*, current_date - d as day, (current_date - d) + n * interval '1 hour' as due, random() as r
               from checklist_forms f, generate_series(1, $2::int) d, generate_series(8, ${7 + LISTS_A_DAY}) n
              where f.tenant_id = $1 order by d desc, f.location_id) made`,
    [tenantId, days],
  )
  await admin.query(
    `insert into checklist_excuses (tenant_id, location_id, checklist_id, reason)
     select tenant_id, location_id, id, 'No power' from checklists where tenant_id = $1 and status = 'missed' and random() < 0.2`,
    [tenantId],
  )
  await admin.query('commit')
  await admin.query('vacuum analyze checklists')
  await admin.query('vacuum analyze checklist_excuses')
}
