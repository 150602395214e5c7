import { type LeagueRow, leagueOf } from '../capabilities/audits/index.ts'
import { leagueRows } from '../capabilities/audits/server/index.ts'
import { anyoneOf } from '../platform/server/isolation/chain.ts'
import type { TestDatabase } from '../platform/server/postgres/for-tests.ts'
import { openDatabase, openPool } from '../platform/server/tenant.ts'
import { Chains } from './chains.ts'
import { atLeast, atMost, backendsOf, type Effort, measure, type Report, tableOf } from './lib.ts'

/** A year of weekly audits of many locations, compared, against the same statement as the superuser. */
export async function league(database: TestDatabase, effort: Effort): Promise<Report> {
  const isShort = effort.rounds === 1
  const [locations, weeks] = isShort ? [20, 4] : [5000, 52]
  const chains = await Chains.plant(database, 1)
  const [tenant] = chains.tenants
  if (!tenant) throw new Error('no tenant')
  await plantAudits(chains, tenant.tenantId, tenant.organizationId, locations, weeks)

  const product = openDatabase({ url: database.urls.app, contextKey: database.contextKey, poolSize: 4, prepared: true })
  const bare = openPool(database.admin, 4)
  const actor = { ...anyoneOf(tenant, 'all'), permissions: new Map([['checklists.read', 'all' as const]]) }
  const day = (days: number) => new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 10)
  const { sql, params = [] } = leagueRows(actor, { from: day(-364), to: day(1) })
  const mustBe = (rows: readonly LeagueRow[]) => {
    const audits = rows.reduce((sum, row) => sum + row.audits, 0)
    if (rows.length !== locations || audits !== locations * weeks)
      throw new Error(`${audits} audits of ${rows.length} locations, not ${locations * weeks} of ${locations}`)
  }
  try {
    const measured = await measure(
      [
        {
          name: 'the bare statement, as the superuser',
          async work() {
            mustBe((await bare.query({ name: 'league', text: sql, values: [...params] })).rows)
            return undefined
          },
        },
        {
          name: 'the product: read and ranked',
          async work() {
            const rows = await product.read(actor, (tx) => tx.query<LeagueRow>(sql, params))
            mustBe(rows)
            leagueOf(rows, day(0))
            return undefined
          },
        },
      ],
      { ...effort, rounds: isShort ? 1 : 4, loops: 1 },
      backendsOf(chains.admin),
    )
    const [, ours] = measured
    if (!ours) throw new Error('a mode is missing')
    const asked = `explain (analyze, costs off, timing off, summary off, buffers off) ${sql}`
    const plan = await product.read(actor, (tx) => tx.query<{ 'QUERY PLAN': string }>(asked, params))
    return {
      plan: plan.map((line) => line['QUERY PLAN']),
      title: `${locations} locations compared by ${locations * weeks} audits`,
      table: tableOf(measured),
      findings: [
        atLeast('rate by the bare statement', 0.6, ours.rate, '×'),
        atMost('p50', 3000, ours.p50Millis, ' ms'),
      ],
    }
  } finally {
    await Promise.all([product.close(), bare.end(), chains.close()])
  }
}

async function plantAudits(
  { admin, tenants }: Chains,
  tenantId: string,
  organizationId: string,
  locations: number,
  weeks: number,
) {
  await admin.query('begin')
  await admin.query('set local session_replication_role = replica')
  const first = tenants[0]?.locationIds[0]
  const made = await admin.query<{ id: string }>(
    `insert into locations (tenant_id, organization_id, name, kind, timezone)
     select $1, $2, 'Store ' || n, kind, timezone from locations, generate_series(1, $4::int) n where tenant_id = $1 and id = $3 returning id`,
    [tenantId, organizationId, first, locations],
  )
  const ids = made.rows.map(({ id }) => id)
  const { rows } = await admin.query<{ id: string }>(
    `insert into checklist_templates (tenant_id, organization_id, name, category, draft) values ($1, $2, 'Audit', 'audit', '{}') returning id`,
    [tenantId, organizationId],
  )
  const templateId = rows[0]?.id
  await admin.query(
    `insert into checklist_forms (tenant_id, location_id, template_id, version) select $1, l, $2, 1 from unnest($3::uuid[]) l`,
    [tenantId, templateId, ids],
  )
  await admin.query(
    `insert into checklists (tenant_id, location_id, form_id, day, status, visible_at, started_at, completed_at)
     select tenant_id, location_id, id, current_date - 7 * w, 'completed', now() - w * interval '7 days', now() - w * interval '7 days', now() - w * interval '7 days'
       from checklist_forms f, generate_series(0, $2::int - 1) w where f.tenant_id = $1 and f.location_id = any ($3::uuid[])`,
    [tenantId, weeks, ids],
  )
  await admin.query(
    `insert into audits (tenant_id, location_id, checklist_id, template_id, version, audit_type, audit_date, scheme, status, compliance_score, score, scored_at)
     select tenant_id, location_id, id, $2, 1, 'internal', day, 'weighted', case when s < 75 then 'fail' else 'pass' end, s, '{}', completed_at
       from (select c.*, round((60 + 40 * random())::numeric, 2) as s from checklists c where c.tenant_id = $1 and c.location_id = any ($3::uuid[])) made`,
    [tenantId, templateId, ids],
  )
  await admin.query('commit')
  await admin.query('vacuum analyze audits')
  await admin.query('vacuum analyze checklists')
}
