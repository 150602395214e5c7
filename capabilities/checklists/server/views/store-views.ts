import type { Actor } from '@opsflow/platform/actor'
import type { Statement } from '@opsflow/platform/server/batch'
import type { ReadTx } from '@opsflow/platform/server/tenant'
import { Where } from '@opsflow/platform/server/where'
import type { Outcome } from '../../outcome.ts'
import type { ItemFailures } from '../../view-routes.ts'
import { EXCUSES, outcomeSql } from './outcome-sql.ts'

/** Business days, both inclusive, at these locations: named one by one, so that their index is used. */
export type Span = { from: string; to: string; locationIds: readonly string[] }
export type Sum = { key: string; outcome: Outcome; count: number }
export type SumBy = 'location' | 'checklist' | 'day' | 'week' | 'month'

const spanned = ({ tenantId }: Pick<Actor, 'tenantId'>, { from, to, locationIds }: Span) =>
  new Where('c.tenant_id', tenantId)
    .and('c.location_id = any (?::uuid[])', locationIds)
    .and('c.day between ?::date and ?::date', from, to)
    .and(`c.status <> 'withdrawn'`)

const KEYS: Record<SumBy, string> = {
  location: 'c.location_id',
  checklist: 'f.template_id',
  day: 'c.day',
  week: `date_trunc('week', c.day::timestamp)::date`,
  month: `date_trunc('month', c.day::timestamp)::date`,
}
const FORMS =
  'join checklist_forms f on f.tenant_id = c.tenant_id and f.location_id = c.location_id and f.id = c.form_id'

/** How many came out how, for each place, template or period. */
export function outcomeSums(actor: Pick<Actor, 'tenantId'>, span: Span, by: SumBy, templateId?: string): Statement {
  const where = spanned(actor, span).and('f.template_id = ?', templateId)
  const sql = `
    select ${KEYS[by]} as key, ${outcomeSql} as outcome, count(*) as count
      from checklists c ${by === 'checklist' || templateId ? FORMS : ''} ${EXCUSES}
     where ${where} group by 1, 2`
  return { sql, params: where.params }
}

export const templateNames = (tx: ReadTx, ids: readonly string[]) =>
  tx.query<{ id: string; name: string }>(
    `select id, name from checklist_templates where tenant_id = (select app.tenant()) and id = any ($1::uuid[])`,
    [ids],
  )

type Failed = Pick<ItemFailures, 'itemId' | 'templateId' | 'failed' | 'locations'>

/** Failing answers are few: they have an index of their own. None is given more than a week before its list’s day. */
export function failedItems(tx: ReadTx, span: Span, templateId: string | undefined, most: number): Promise<Failed[]> {
  const where = spanned(tx.actor, span)
    .and('a.location_id = any (?::uuid[])', span.locationIds)
    .and(`a.answered_at >= ?::date - interval '9 days'`, span.from)
    .and('f.template_id = ?', templateId)
  return tx.query<Failed>(
    `select a.item_id as "itemId", f.template_id as "templateId", count(distinct c.id) as failed,
            count(distinct c.location_id) as locations
       from checklist_answers a
       join checklists c on c.tenant_id = a.tenant_id and c.location_id = a.location_id and c.id = a.checklist_id ${FORMS}
      where ${where} and a.tenant_id = c.tenant_id and a.outcome = 'fail'
      group by 1, 2 order by failed desc, a.item_id limit ${most}`,
    where.params,
  )
}

/** How many of each template were begun. */
export function begunOf(tx: ReadTx, span: Span, templateIds: readonly string[]) {
  const where = spanned(tx.actor, span).and('f.template_id = any (?::uuid[])', templateIds)
  return tx.query<{ templateId: string; count: number }>(
    `select f.template_id as "templateId", count(*) as count from checklists c ${FORMS}
      where ${where} and c.started_at is not null group by 1`,
    where.params,
  )
}

/** What the items are called, in the latest version that asks them. */
export const itemLabels = (tx: ReadTx, templateIds: readonly string[], itemIds: readonly string[]) =>
  tx.query<{ itemId: string; templateId: string; label: string }>(
    `select distinct on (v.template_id, item ->> 'id') v.template_id as "templateId", item ->> 'id' as "itemId",
            item ->> 'label' as label
       from checklist_template_versions v, jsonb_path_query(v.content, '$.sections[*].items[*]') item
      where v.tenant_id = (select app.tenant()) and v.template_id = any ($1::uuid[]) and item ->> 'id' = any ($2::text[])
      order by v.template_id, item ->> 'id', v.version desc`,
    [templateIds, itemIds],
  )

export type Narrowed = Span & {
  templateId?: string | undefined
  outcome?: Outcome | undefined
  role?: string | undefined
  failedItemId?: string | undefined
  after?: readonly [day: string, id: string] | null | undefined
}

/** The checklists behind a number, the latest business day first. */
export function outcomeRows(actor: Pick<Actor, 'tenantId'>, asked: Narrowed, limit: number): Statement {
  const where = spanned(actor, asked)
    .and('f.template_id = ?', asked.templateId)
    .and(`${outcomeSql} = ?`, asked.outcome)
    .and(`coalesce(c.role, 'none') = ?`, asked.role)
    .and(
      `exists (select from checklist_answers a where a.tenant_id = c.tenant_id and a.checklist_id = c.id
                and a.item_id = ? and a.outcome = 'fail')`,
      asked.failedItemId,
    )
    .and('(c.day, c.id) < (?, ?)', asked.after?.[0], asked.after?.[1])
  const sql = `
    select c.id, c.location_id as "locationId", f.template_id as "templateId", v.name, c.day, c.role, r.name as "roleName",
           ${outcomeSql} as outcome, c.due_at as "dueAt", c.late_at as "lateAt", c.missed_at as "missedAt",
           c.completed_at as "completedAt", s.name as "startedBy", d.name as "completedBy", c.reason,
           case when x.id is not null then jsonb_build_object('at', x.excused_at, 'reason', x.reason, 'by',
             case when e.id is not null then jsonb_build_object('id', e.id, 'name', e.name) end) end as excuse
      from checklists c ${FORMS} ${EXCUSES}
      join checklist_template_versions v on v.tenant_id = f.tenant_id and v.template_id = f.template_id and v.version = f.version
      left join members s on s.tenant_id = c.tenant_id and s.id = c.started_by
      left join members d on d.tenant_id = c.tenant_id and d.id = c.completed_by
      left join members e on e.tenant_id = x.tenant_id and e.id = x.excused_by
      left join roles r on r.tenant_id = c.tenant_id and r.id::text = c.role
     where ${where} order by c.day desc, c.id desc limit ${limit}`
  return { sql, params: where.params }
}

/** What was made of schedules already, where it could be planned once more. */
export const madeSlots = (tx: ReadTx, { from, to, locationIds }: Span) =>
  tx.query<{ locationId: string; scheduleId: string; slot: string }>(
    `select c.location_id as "locationId", c.schedule_id as "scheduleId", c.slot from checklists c
      where c.tenant_id = (select app.tenant()) and c.location_id = any ($1::uuid[]) and c.day between $2::date and $3::date
        and c.due_at > now() and c.schedule_id is not null and c.status <> 'withdrawn'`,
    [locationIds, from, to],
  )

export const scheduleNames = (tx: ReadTx, ids: readonly string[]) =>
  tx.query<{ id: string; name: string; roleName: string | null }>(
    `select s.id, t.name, r.name as "roleName" from checklist_schedules s
       left join roles r on r.tenant_id = s.tenant_id and r.id::text = s.role
       join checklist_templates t on t.tenant_id = s.tenant_id and t.id = s.template_id
      where s.tenant_id = (select app.tenant()) and s.id = any ($1::uuid[])`,
    [ids],
  )
