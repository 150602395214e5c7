import type { Actor } from '@opsflow/platform/actor'
import type { Moment } from '@opsflow/platform/moment'
import type { Statement } from '@opsflow/platform/server/batch'
import type { ReadTx, Tx } from '@opsflow/platform/server/tenant'
import { rowsFor, Where } from '@opsflow/platform/server/where'
import type { Finding, FindingStep, MostFound } from '../finding.ts'

const named = (id: string, name: string) =>
  `case when ${id} is not null then jsonb_build_object('id', ${id}, 'name', ${name}) end`

const COLUMNS = `
  f.id, f.location_id as "locationId", f.audit_id as "auditId", f.checklist_id as "checklistId", f.answer_id as "answerId",
  f.template_id as "templateId", f.version, v.name as "auditName", f.item_id as "itemId", f.entry_id as "entryId", f.label,
  f.scored_as as "as", f.severity, jsonb_build_object('note', a.note, 'photos', a.photos) as said, f.due_at as "dueAt",
  to_char(f.due_day, 'YYYY-MM-DD') as "dueDay", f.task_id as "taskId", ${named('t.assigned_to', 'p.name')} as "assignedTo",
  case when coalesce(t.assigned_role, t.assigned_role_id::text) is not null then
    jsonb_build_object('id', coalesce(t.assigned_role, t.assigned_role_id::text), 'name', r.name) end as "assignedRole",
  f.state, f.opened_at as "openedAt", ${named('f.opened_by', 'o.name')} as "openedBy", f.fixed_at as "fixedAt",
  f.ended_at as "endedAt", f.resolved_at as "resolvedAt", f.repeats_id as "repeatsId", f.times,
  (select coalesce(jsonb_agg(jsonb_build_object('id', s.id, 'step', s.step, 'outcome', s.outcome, 'at', s.recorded_at,
            'receivedAt', s.received_at, 'timeQuality', s.time_quality, 'by', ${named('s.recorded_by', 'm.name')},
            'kiosk', ${named('s.kiosk_id', 'k.name')}, 'signature', s.signature, 'note', s.note, 'cause', s.cause,
            'cost', case when s.cost_micro is not null then jsonb_build_object('micro', s.cost_micro, 'currency', s.currency) end,
            'checklistId', s.checklist_id) order by s.recorded_at, s.received_at, s.id), '[]')
     from finding_steps s
     left join members m on m.tenant_id = s.tenant_id and m.id = s.recorded_by
     left join kiosks k on k.tenant_id = s.tenant_id and k.id = s.kiosk_id
    where s.tenant_id = f.tenant_id and s.finding_id = f.id) as history`

const TABLES = `
  findings f
  join checklist_template_versions v on v.tenant_id = f.tenant_id and v.template_id = f.template_id and v.version = f.version
  join checklist_answers a on a.tenant_id = f.tenant_id and a.id = f.answer_id
  join tasks t on t.tenant_id = f.tenant_id and t.id = f.task_id
  left join members p on p.tenant_id = t.tenant_id and p.id = t.assigned_to
  left join roles r on r.tenant_id = t.tenant_id and r.id = t.assigned_role_id
  left join members o on o.tenant_id = f.tenant_id and o.id = f.opened_by`

export const ONE_FINDING = `select ${COLUMNS} from ${TABLES} where f.tenant_id = (select app.tenant()) and f.id = $1`

export const readFinding = async (tx: ReadTx, id: string): Promise<Finding | undefined> =>
  (await tx.query<Finding>(ONE_FINDING, [id]))[0]

export const readFindings = (tx: ReadTx, ids: readonly string[]) =>
  tx.query<Finding>(
    `select ${COLUMNS} from ${TABLES} where f.tenant_id = (select app.tenant()) and f.id = any ($1::uuid[])`,
    [ids],
  )

export async function lockFinding(tx: Tx, id: string): Promise<Finding | undefined> {
  await tx.query('select id from findings where tenant_id = (select app.tenant()) and id = $1 for no key update', [id])
  return readFinding(tx, id)
}

/** What earlier visits of this template to this place found and nobody has found in order since, and what this one did. */
export async function lockKnown(tx: Tx, locationId: string, templateId: string): Promise<Finding[]> {
  const locked = await tx.query<{ id: string }>(
    `select id from findings
      where tenant_id = (select app.tenant()) and location_id = $1 and template_id = $2 and resolved_at is null
        and state not in ('repeated', 'withdrawn')
      order by id for no key update`,
    [locationId, templateId],
  )
  return locked.length === 0
    ? []
    : readFindings(
        tx,
        locked.map(({ id }) => id),
      )
}

export type FindingFilter = {
  locationId?: string | undefined
  state?: string | undefined
  severity?: string | undefined
  overdue?: 'true' | 'false' | undefined
  checklistId?: string | undefined
  templateId?: string | undefined
  taskId?: string | undefined
  sort?: 'due' | 'newest' | undefined
  after?: readonly [at: string, id: string] | null | undefined
}

const OVERDUE = `(f.state = 'open' and f.due_at < now())`

/** With one more than `rows` at least when there are more. */
export function listFindings({ tenantId }: Actor, filter: FindingFilter, rows: number): Statement {
  const { state, overdue, sort = 'due', after } = filter
  const [at, way, then] = sort === 'due' ? ['f.due_at', '>', 'asc'] : ['f.opened_at', '<', 'desc']
  const where = new Where('f.tenant_id', tenantId)
    .andIf(state === 'owed', `f.state in ('open', 'fixed')`)
    .and('f.state = ?', state === 'owed' ? undefined : state)
    .andIf(overdue === 'true', OVERDUE)
    .andIf(overdue === 'false', `not ${OVERDUE}`)
    .and('f.location_id = ?', filter.locationId)
    .and('f.severity = ?', filter.severity)
    .and('f.checklist_id = ?', filter.checklistId)
    .and('f.template_id = ?', filter.templateId)
    .and('f.task_id = ?', filter.taskId)
    .and(`(${at}, f.id) ${way} (?::timestamptz, ?::uuid)`, after?.[0], after?.[1])
  const sql = `select ${COLUMNS} from ${TABLES} where ${where} order by ${at} ${then}, f.id ${then} limit ${rowsFor(rows)}`
  return { sql, params: where.params }
}

/** Every finding of a location that was opened between two instants, the earliest first; withdrawn ones were none. */
export const reportFindings = (
  tx: ReadTx,
  { locationId, starts, ends }: { locationId: string; starts: string; ends: string },
  most: number,
) =>
  tx.query<Finding>(
    `select ${COLUMNS} from ${TABLES}
      where f.tenant_id = (select app.tenant()) and f.location_id = $1 and f.opened_at >= $2 and f.opened_at < $3 and f.state <> 'withdrawn'
      order by f.opened_at, f.id limit ${most}`,
    [locationId, starts, ends],
  )

/** Of a completed audit, an answer by which a unit was out of its limit, and which stands. */
const unitOut = (audit: string, answer: string) => `
  ${answer}.tenant_id = ${audit}.tenant_id and ${answer}.checklist_id = ${audit}.checklist_id and ${answer}.outcome = 'fail'
  and ${answer}.value ->> 'unitId' is not null
  and not exists (select from checklist_answers later
        where later.tenant_id = ${answer}.tenant_id and later.checklist_id = ${answer}.checklist_id and later.item_id = ${answer}.item_id
          and later.entry_id is not distinct from ${answer}.entry_id
          and (later.answered_at, later.id) > (${answer}.answered_at, ${answer}.id))`

/**
 * By item, at these places; null: at all that row-level security shows. A unit out of its limit is no finding, since
 * it has its corrective action; what is found most tells of it all the same.
 */
export const mostFound = (
  tx: ReadTx,
  { locationId, from, to, limit }: { locationId?: string | undefined; from: string; to: string; limit: number },
  places: readonly string[] | null,
) =>
  tx.query<MostFound>(
    `with visits as (
       select distinct on (checklist_id) tenant_id, checklist_id, location_id, template_id, version, scored_at
         from audits
        where tenant_id = (select app.tenant()) and scored_at >= $1::date and scored_at < $2::date + 1
          and ($3::uuid is null or location_id = $3) and ($4::uuid[] is null or location_id = any ($4))
        order by checklist_id, scored_at desc
     ), found as (
       select f.tenant_id, f.template_id, f.version, f.item_id, f.location_id, f.opened_at as at, f.label,
              f.times > 1 as is_again, f.state = 'open' as is_open
         from findings f
        where f.tenant_id = (select app.tenant()) and f.state <> 'withdrawn'
          and f.opened_at >= $1::date and f.opened_at < $2::date + 1
          and ($3::uuid is null or f.location_id = $3) and ($4::uuid[] is null or f.location_id = any ($4))
       union all
       select a.tenant_id, a.template_id, a.version, w.item_id, a.location_id, a.scored_at, null,
              exists (select from checklist_answers x
                       where ${unitOut('before', 'x')} and x.item_id = w.item_id and x.value ->> 'unitId' = w.value ->> 'unitId'),
              exists (select from corrective_actions c
                       where c.tenant_id = a.tenant_id and c.temperature_log_id = coalesce((w.value ->> 'logId')::uuid, w.id)
                         and c.closed_at is null)
         from visits a
         join checklist_answers w on ${unitOut('a', 'w')}
         left join lateral (
              select b.tenant_id, b.checklist_id from audits b
               where b.tenant_id = a.tenant_id and b.location_id = a.location_id and b.template_id = a.template_id
                 and b.checklist_id <> a.checklist_id and b.scored_at < a.scored_at
               order by b.audit_date desc, b.scored_at desc limit 1) before on true
     )
     select f.template_id as "templateId", f.item_id as "itemId",
            coalesce((array_agg(f.label order by f.at desc) filter (where f.label is not null))[1],
                     (array_agg(jsonb_path_query_first(v.content, '$.sections[*].items[*] ? (@.id == $id).label',
                        jsonb_build_object('id', f.item_id)) #>> '{}' order by f.at desc))[1], '') as label,
            (array_agg(v.name order by f.at desc))[1] as "auditName", count(*)::int as found,
            (count(*) filter (where f.is_again))::int as again, count(distinct f.location_id)::int as places,
            (count(*) filter (where f.is_open))::int as open
       from found f
       join checklist_template_versions v on v.tenant_id = f.tenant_id and v.template_id = f.template_id and v.version = f.version
      group by f.template_id, f.item_id
      order by found desc, again desc, f.item_id
      limit $5`,
    [from, to, locationId ?? null, places, limit],
  )

export type NewFinding = Pick<
  Finding,
  'id' | 'locationId' | 'checklistId' | 'answerId' | 'templateId' | 'version' | 'itemId' | 'entryId' | 'label' | 'as'
> &
  Pick<Finding, 'severity' | 'dueAt' | 'dueDay' | 'taskId' | 'repeatsId' | 'times'> & { auditId: string }

/** All that a visit found, at once. */
export const insertFindings = (tx: Tx, findings: readonly NewFinding[], by: string | null, at: string) =>
  tx.query(
    `insert into findings (id, location_id, audit_id, checklist_id, answer_id, template_id, version, item_id, entry_id, label,
                           scored_as, severity, due_at, due_day, task_id, repeats_id, times, opened_by, opened_at)
     select f.id, f."locationId", f."auditId", f."checklistId", f."answerId", f."templateId", f.version, f."itemId", f."entryId",
            f.label, f."as", f.severity, f."dueAt", f."dueDay", f."taskId", f."repeatsId", f.times, $2, $3
       from jsonb_to_recordset($1) f (id uuid, "locationId" uuid, "auditId" uuid, "checklistId" uuid, "answerId" uuid,
              "templateId" uuid, version int, "itemId" uuid, "entryId" uuid, label text, "as" text, severity text,
              "dueAt" timestamptz, "dueDay" date, "taskId" uuid, "repeatsId" uuid, times int)`,
    [JSON.stringify(findings), by, at],
  )

export type NewStep = Pick<FindingStep, 'id' | 'step'> &
  Partial<Pick<FindingStep, 'outcome' | 'signature' | 'note' | 'cause' | 'cost' | 'checklistId'>> & {
    findingId: string
    locationId: string
  }

/** Steps as they were done. False: one of their ids is taken. */
export async function insertSteps(
  tx: Tx,
  steps: readonly NewStep[],
  by: string | null,
  when: Moment,
): Promise<boolean> {
  const rows = await tx.query(
    `insert into finding_steps (id, location_id, finding_id, step, outcome, note, cause, cost_micro, currency, checklist_id,
                                signature, recorded_by, kiosk_id, recorded_at, received_at, time_quality)
     select s.id, s."locationId", s."findingId", s.step, coalesce(s.outcome, 'applied'), coalesce(s.note, ''), s.cause,
            (s.cost ->> 'micro')::bigint, s.cost ->> 'currency', s."checklistId", s.signature, $2, $3, $4, $5, $6
       from jsonb_to_recordset($1) s (id uuid, "locationId" uuid, "findingId" uuid, step text, outcome text, note text,
              cause text, cost jsonb, "checklistId" uuid, signature text)
     on conflict do nothing returning id`,
    [JSON.stringify(steps), by, tx.actor.kioskId ?? null, when.at, when.receivedAt, when.quality],
  )
  return rows.length === steps.length
}

/** What follows from their steps. */
export const saveFindings = (
  tx: Tx,
  findings: readonly Pick<Finding, 'id' | 'state' | 'fixedAt' | 'endedAt' | 'resolvedAt'>[],
) =>
  tx.query(
    `update findings f set state = n.state, fixed_at = n."fixedAt", ended_at = n."endedAt", resolved_at = n."resolvedAt"
       from jsonb_to_recordset($1) n (id uuid, state text, "fixedAt" timestamptz, "endedAt" timestamptz, "resolvedAt" timestamptz)
      where f.tenant_id = (select app.tenant()) and f.id = n.id`,
    [
      JSON.stringify(
        findings.map(({ id, state, fixedAt, endedAt, resolvedAt }) => ({ id, state, fixedAt, endedAt, resolvedAt })),
      ),
    ],
  )

/** Of these, what no visit will ask about any more: found in order, gone on elsewhere, or long ago. */
export const overFindings = async (tx: ReadTx, ids: readonly string[]): Promise<string[]> =>
  (
    await tx.query<{ id: string }>(
      `select id from findings
        where tenant_id = (select app.tenant()) and id = any ($1::uuid[])
          and (state in ('repeated', 'withdrawn')
               or (state = 'verified' and (resolved_at is not null or opened_at < now() - interval '120 days')))`,
      [ids],
    )
  ).map(({ id }) => id)

export async function locationNames(tx: ReadTx): Promise<ReadonlyMap<string, string>> {
  const rows = await tx.query<{ id: string; name: string }>(
    'select id, name from locations where tenant_id = (select app.tenant())',
  )
  return new Map(rows.map(({ id, name }) => [id, name]))
}
