import { randomUUID } from 'node:crypto'
import { checklistServerMutators } from '../capabilities/checklists/server/index.ts'
import { TemplateContent } from '../capabilities/checklists/template.ts'
import { justNow } from '../platform/moment.ts'
import { anyoneOf } from '../platform/server/isolation/chain.ts'
import type { TestDatabase } from '../platform/server/postgres/for-tests.ts'
import { openDatabase, type Tx } from '../platform/server/tenant.ts'
import { Chains } from './chains.ts'
import { atMost, type Effort, type Report, round } from './lib.ts'

const ITEMS = 150
const FAILING = 30

/**
 * Completing an audit of 150 questions, in the transaction that keeps its score: where nothing failed, where 30 answers
 * become findings with their tasks, and at the next visit, where the same 30 are found again. In turns, in one run.
 */
export async function findings(database: TestDatabase, { rounds }: Effort): Promise<Report> {
  const audits = rounds === 1 ? 2 : 40
  const chains = await Chains.plant(database, 1)
  const [tenant] = chains.tenants
  if (!tenant) throw new Error('no tenant')
  const product = openDatabase({ url: database.urls.app, contextKey: database.contextKey, poolSize: 4, prepared: true })
  const here = new Set([tenant.locationId])
  const auditor = {
    ...anyoneOf(tenant, here),
    id: String((await chains.factory.plant(tenant, 'public.members')).id),
    permissions: new Map(['checklists.read', 'checklists.do'].map((permission) => [permission, here])),
  }
  const complete = checklistServerMutators({ ensure: async () => undefined }).find(
    ({ mutator }) => mutator.name === 'checklists.complete',
  )
  if (!complete) throw new Error('no completion')
  const visit = async (template: Template, failing: number) => {
    const checklistId = await product.write(auditor, (tx) => plantAnswered(tx, tenant.locationId, template, failing))
    const from = performance.now()
    await product.write(auditor, (tx) =>
      complete.run(tx, { checklistId }, { ...justNow(), uid: randomUUID(), quality: 'exact', flags: [] }),
    )
    return performance.now() - from
  }
  try {
    const took = { none: [] as number[], found: [] as number[], again: [] as number[] }
    for (let n = 0; n < audits + 2; n++) {
      const template = await product.write(auditor, (tx) => plantTemplate(tx, tenant))
      const [none, found, again] = [
        await visit(template, 0),
        await visit(template, FAILING),
        await visit(template, FAILING),
      ]
      if (n < 2) continue // the first warm up
      took.none.push(none)
      took.found.push(found)
      took.again.push(again)
    }
    const [{ count } = { count: 0 }] = (
      await chains.admin.query<{ count: number }>('select count(*)::int as count from findings')
    ).rows
    if (count !== (audits + 2) * FAILING * 2) throw new Error(`${count} findings`)
    const row = (mode: string, all: number[]) => ({
      mode,
      audits: all.length,
      'p50 ms': round(at(all, 0.5), 1),
      'p95 ms': round(at(all, 0.95), 1),
    })
    return {
      title: `Completing an audit of ${ITEMS} questions`,
      table: [
        row('nothing failed', took.none),
        row(`${FAILING} become findings`, took.found),
        row(`${FAILING} are found again`, took.again),
      ],
      findings: [
        atMost('30 findings by none, p50', 3, at(took.found, 0.5) / at(took.none, 0.5), '×'),
        atMost('found again by none, p50', 6, at(took.again, 0.5) / at(took.none, 0.5), '×'),
      ],
    }
  } finally {
    await product.close()
    await chains.close()
  }
}

const at = (all: number[], share: number) =>
  all.toSorted((a, b) => a - b)[Math.min(all.length - 1, Math.floor(all.length * share))] ?? Number.NaN

type Template = { formId: string; items: readonly string[] }
const one = async (tx: Tx, sql: string, params: unknown[]) => (await tx.query<{ id: string }>(sql, params))[0]?.id ?? ''

async function plantTemplate(
  tx: Tx,
  { organizationId, locationId }: { organizationId: string; locationId: string },
): Promise<Template> {
  const items = Array.from({ length: ITEMS }, () => randomUUID())
  const content = JSON.stringify(
    TemplateContent.parse({
      sections: [
        { id: randomUUID(), title: 'All', items: items.map((id) => ({ kind: 'pass_fail', id, label: 'In order' })) },
      ],
      scoring: { scheme: 'weighted', auditType: 'internal' },
    }),
  )
  const templateId = await one(
    tx,
    `insert into checklist_templates (organization_id, name, category, draft) values ($1, $3, 'audit', $2) returning id`,
    [organizationId, content, `Audit ${randomUUID()}`],
  )
  await one(
    tx,
    `insert into checklist_template_versions (template_id, version, name, category, content)
     values ($1, 1, 'Audit', 'audit', $2) returning id`,
    [templateId, content],
  )
  const formId = await one(
    tx,
    `insert into checklist_forms (location_id, template_id, version) values ($1, $2, 1) returning id`,
    [locationId, templateId],
  )
  return { formId, items }
}

/** Everything is answered; the first so many fail. */
async function plantAnswered(tx: Tx, locationId: string, { formId, items }: Template, failing: number) {
  const id = await one(
    tx,
    `insert into checklists (location_id, form_id, day, visible_at, status, started_at)
     values ($1, $2, current_date, now(), 'in_progress', now()) returning id`,
    [locationId, formId],
  )
  await tx.query(
    `insert into checklist_answers (id, location_id, checklist_id, item_id, value, outcome, answered_at, time_quality)
     select gen_random_uuid(), $1, $2, i.id, jsonb_build_object('kind', 'pass_fail', 'passes', i.n > $4),
            case when i.n > $4 then 'pass' else 'fail' end, now(), 'exact'
       from unnest($3::uuid[]) with ordinality i (id, n)`,
    [locationId, id, items, failing],
  )
  return id
}
