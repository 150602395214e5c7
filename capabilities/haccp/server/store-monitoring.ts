import { EXCUSES, outcomeSql } from '@opsflow/capabilities/checklists/server'
import type { Week } from '@opsflow/capabilities/locations'
import type { ReadTx } from '@opsflow/platform/server/tenant'

export type WatchedPlace = Week & {
  id: string
  name: string
  timezone: string
  /** The business day it is there. */
  today: string
  /** The instants between which the days lie. */
  starts: string
  ends: string
}

/** `from` and `to` are business days there. */
export const watchedPlace = async (tx: ReadTx, locationId: string, from: string, to: string) =>
  (
    await tx.query<WatchedPlace>(
      `select l.id, l.name, l.timezone, l.opening_hours as "openingHours", l.special_days as "specialDays",
              to_char((now() at time zone l.timezone) - l.day_starts_at, 'YYYY-MM-DD') as today,
              ($2::date + l.day_starts_at) at time zone l.timezone as starts, ($3::date + 1 + l.day_starts_at) at time zone l.timezone as ends
         from locations l where l.tenant_id = (select app.tenant()) and l.id = $1`,
      [locationId, from, to],
    )
  )[0]

export type Between = { locationId: string; starts: string; ends: string }
const BETWEEN = ({ locationId, starts, ends }: Between) => [locationId, starts, ends]

export type UnitRead = {
  id: string
  name: string
  since: string
  until: string | null
  /** Hours since 1970, each with its readings; of several sensors those of the one that spoke most. */
  hours: [hour: number, readings: number][]
  lastAt: string | null
  /** Out of the limit for less than the alarm allows. */
  brief: number
}

/** What units read, by the hour. */
export const unitsRead = (tx: ReadTx, span: Between, unitIds: readonly string[]) =>
  tx.query<UnitRead>(
    `select u.id, u.name, u.created_at as since, u.retired_at as until, coalesce(h.hours, '[]') as hours,
            (select g.measured_at from temperature_logs g
              where g.tenant_id = u.tenant_id and g.unit_id = u.id and g.measured_at >= $2 and g.measured_at < $3
              order by g.measured_at desc, g.id desc limit 1) as "lastAt",
            (select count(*)::int from excursions e
              where e.tenant_id = u.tenant_id and e.unit_id = u.id and e.started_at >= $2 and e.started_at < $3
                and e.alarmed_at is null and e.disproved_at is null) as brief
       from units u
       left join lateral (
         select jsonb_agg(jsonb_build_array(extract(epoch from hour)::bigint / 3600, readings)) as hours
           from (select hour, max(readings) as readings from temperature_hours h
                  where h.tenant_id = u.tenant_id and h.unit_id = u.id and h.hour >= $2 and h.hour < $3
                  group by hour) one) h on true
      where u.tenant_id = (select app.tenant()) and u.location_id = $1 and u.id = any ($4::uuid[])`,
    [...BETWEEN(span), unitIds],
  )

export type UnitDeviation = {
  id: string
  unitId: string
  unit: string
  at: string
  until: string | null
  value: string
  /** Of its corrective action; null: none was opened. */
  actionId: string | null
  state: string | null
}

/** Alarms of a limit, and readings by hand out of one, each with its corrective action. */
export const unitDeviations = (tx: ReadTx, span: Between, unitIds: readonly string[]) =>
  tx.query<UnitDeviation>(
    `select c.id, c.unit_id as "unitId", u.name as unit, coalesce(e.started_at, c.opened_at) as at, e.ended_at as until,
            coalesce(case when e.peak_milli is not null then to_char(e.peak_milli / 1000.0, 'FM99990.0') || ' °' || e.peak_unit end,
                     case when g.value_milli is not null then g.value_text || ' °' || g.value_unit end, '') as value,
            c.id as "actionId", c.state
       from corrective_actions c
       join units u on u.tenant_id = c.tenant_id and u.id = c.unit_id
       left join alarms a on a.tenant_id = c.tenant_id and a.id = c.alarm_id
       left join excursions e on e.tenant_id = a.tenant_id and e.id = a.excursion_id
       left join temperature_logs g on g.tenant_id = c.tenant_id and g.id = c.temperature_log_id and g.measured_at = c.temperature_log_measured_at
      where c.tenant_id = (select app.tenant()) and c.location_id = $1 and c.opened_at >= $2 and c.opened_at < $3
        and c.unit_id = any ($4::uuid[]) and e.disproved_at is null
     union all
     select e.id, e.unit_id, u.name, e.started_at, e.ended_at,
            coalesce(to_char(e.peak_milli / 1000.0, 'FM99990.0') || ' °' || e.peak_unit, ''), null, null
       from excursions e join units u on u.tenant_id = e.tenant_id and u.id = e.unit_id
      where e.tenant_id = (select app.tenant()) and e.location_id = $1 and e.started_at >= $2 and e.started_at < $3
        and e.unit_id = any ($4::uuid[]) and e.alarmed_at is not null and e.disproved_at is null
        and not exists (select from alarms a join corrective_actions c on c.tenant_id = a.tenant_id and c.alarm_id = a.id
                         where a.tenant_id = e.tenant_id and a.excursion_id = e.id)`,
    [...BETWEEN(span), unitIds],
  )

export type AskedTie = { id: string; scheduleId: string; itemIds: readonly string[] }
export type Days = { locationId: string; from: string; to: string }

const TIES = `jsonb_to_recordset($4::jsonb) t (id uuid, "scheduleId" uuid, "itemIds" jsonb)`
const ASKED = `
  ${TIES}
  join checklists c on c.tenant_id = (select app.tenant()) and c.location_id = $1 and c.schedule_id = t."scheduleId"
                   and c.day between $2::date and $3::date and c.status <> 'withdrawn'`

export type ListsDone = { tieId: string; outcome: string; count: number; whole: number; lastAt: string | null }

/** How the checklists of schedules came out; `whole`: of these, in how many all that the plan names was measured. */
export const listsDone = (tx: ReadTx, { locationId, from, to }: Days, ties: readonly AskedTie[]) =>
  tx.query<ListsDone>(
    `select t.id as "tieId", ${outcomeSql} as outcome, count(*)::int as count, max(c.completed_at) as "lastAt",
            (count(*) filter (where jsonb_array_length(t."itemIds") = 0 or
              (select count(distinct a.item_id) from checklist_answers a
                where a.tenant_id = c.tenant_id and a.checklist_id = c.id and a.outcome in ('pass', 'fail', 'recorded')
                  and t."itemIds" ? a.item_id::text) = jsonb_array_length(t."itemIds")))::int as whole
       from ${ASKED} ${EXCUSES}
      group by 1, 2`,
    [locationId, from, to, JSON.stringify(ties)],
  )

export type FailedAnswer = {
  tieId: string
  id: string
  at: string
  checklistId: string
  templateId: string
  itemId: string
  value: { kind: string; text?: string; unit?: string } | null
  note: string
  /** Put right and answered anew, in the same list. */
  isRechecked: boolean
  actionId: string | null
  actionState: string | null
  findingId: string | null
  findingState: string | null
  taskId: string | null
  taskState: string | null
}

/** Failing answers of the questions that the plan names, and what came of each. */
export const failedAnswers = (tx: ReadTx, { locationId, from, to }: Days, ties: readonly AskedTie[]) =>
  tx.query<FailedAnswer>(
    `select t.id as "tieId", a.id, a.answered_at as at, a.checklist_id as "checklistId", f.template_id as "templateId",
            a.item_id as "itemId", a.value, a.note, ca.id as "actionId", ca.state as "actionState",
            fi.id as "findingId", fi.state as "findingState", k.id as "taskId", k.status as "taskState",
            exists (select from checklist_answers b
                     where b.tenant_id = a.tenant_id and b.checklist_id = a.checklist_id and b.item_id = a.item_id
                       and b.entry_id is not distinct from a.entry_id and b.outcome = 'pass'
                       and (b.answered_at, b.id) > (a.answered_at, a.id)) as "isRechecked"
       from checklist_answers a
       join checklists c on c.tenant_id = a.tenant_id and c.location_id = a.location_id and c.id = a.checklist_id
       join ${TIES} on t."scheduleId" = c.schedule_id and (jsonb_array_length(t."itemIds") = 0 or t."itemIds" ? a.item_id::text)
       join checklist_forms f on f.tenant_id = c.tenant_id and f.location_id = c.location_id and f.id = c.form_id
       left join corrective_actions ca on ca.tenant_id = a.tenant_id
                                      and ca.temperature_log_id = coalesce((a.value ->> 'logId')::uuid, a.id)
       left join findings fi on fi.tenant_id = a.tenant_id and fi.answer_id = a.id and fi.state <> 'withdrawn'
       left join tasks k on k.tenant_id = a.tenant_id and k.id = a.task_id
      where a.tenant_id = (select app.tenant()) and a.location_id = $1 and a.outcome = 'fail'
        and a.answered_at >= $2::date - interval '9 days' and c.day between $2::date and $3::date and c.status <> 'withdrawn'`,
    [locationId, from, to, JSON.stringify(ties)],
  )

/** What questions are called, in the latest version that asks them. */
export const questionLabels = (tx: ReadTx, templateIds: readonly string[], itemIds: readonly string[]) =>
  tx.query<{ itemId: string; label: string }>(
    `select distinct on (item ->> 'id') item ->> 'id' as "itemId", item ->> 'label' as label
       from checklist_template_versions v, jsonb_path_query(v.content, '$.sections[*].items[*]') item
      where v.tenant_id = (select app.tenant()) and v.template_id = any ($1::uuid[]) and item ->> 'id' = any ($2::text[])
      order by item ->> 'id', v.version desc`,
    [templateIds, itemIds],
  )

export type FoodsOfDay = { process: string; day: string; begun: number; measured: number; lastAt: string }

/** Foods by the business day on which they were begun. Measured: a result was proven, or its failing. */
export const foodsByDay = (tx: ReadTx, span: Between, kinds: readonly string[]) =>
  tx.query<FoodsOfDay>(
    `select p.kind as process, to_char((p.began_at at time zone l.timezone) - l.day_starts_at, 'YYYY-MM-DD') as day,
            count(*)::int as begun, (count(*) filter (where p.result in ('passed', 'failed')))::int as measured, max(p.began_at) as "lastAt"
       from processes p join locations l on l.tenant_id = p.tenant_id and l.id = p.location_id
      where p.tenant_id = (select app.tenant()) and p.location_id = $1 and p.began_at >= $2 and p.began_at < $3
        and p.kind = any ($4::text[]) and p.state <> 'running'
      group by 1, 2`,
    [...BETWEEN(span), kinds],
  )

export type FailedFood = {
  id: string
  process: string
  product: string
  at: string
  until: string | null
  failure: string
  state: string
  needsVerification: boolean
}

/** Foods that did not keep to their rule; those that still run among them. */
export const failedFoods = (tx: ReadTx, span: Between, kinds: readonly string[]) =>
  tx.query<FailedFood>(
    `select id, kind as process, product, began_at as at, finished_at as until, coalesce(failure, '') as failure, state,
            needs_verification as "needsVerification"
       from processes
      where tenant_id = (select app.tenant()) and location_id = $1 and began_at >= $2 and began_at < $3
        and kind = any ($4::text[]) and result = 'failed'`,
    [...BETWEEN(span), kinds],
  )
