import type { Answer } from '@opsflow/capabilities/checklists'
import type { Actor } from '@opsflow/platform/actor'
import type { Statement } from '@opsflow/platform/server/batch'
import type { Database, Tx } from '@opsflow/platform/server/tenant'
import type { Pool } from './store.ts'

/** A checklist as a schedule made it. */
export type MadeList = {
  id: string
  locationId: string
  formId: string
  slot: string
  day: string
  role: string | null
  visibleAt: string
  dueAt: string
  lateAt: string
  missedAt: string
}

/** Of a location, whatever could be seen by then. */
export const madeLists = (locationId: string, until: number): Statement => ({
  sql: `select id, location_id as "locationId", form_id as "formId", slot, to_char(day, 'YYYY-MM-DD') as day, role,
               visible_at as "visibleAt", due_at as "dueAt", late_at as "lateAt", missed_at as "missedAt"
          from checklists
         where tenant_id = (select app.tenant()) and location_id = $1 and schedule_id is not null and visible_at <= $2
         order by due_at, id`,
  params: [locationId, new Date(until).toISOString()],
})

export type Reading = { unitId: string; value: string; measuredAt: string }

/** What was read by hand at a location and within its limits. */
export const MANUAL_READINGS = `
  select unit_id as "unitId", value_text as value, measured_at as "measuredAt" from temperature_logs
   where tenant_id = (select app.tenant()) and location_id = $1 and measured_at >= $2 and source in ('probe', 'typed')
     and is_compliant and value_unit = 'F'
   order by measured_at`

/** One that was begun, and perhaps completed and signed. */
export type Done = {
  list: MadeList
  by: string
  answers: readonly Answer[]
  startedAt: string
  completedAt: string | null
  signOff: { id: string; digest: string } | null
}

/** History in bulk: answer by answer through the commands it would take minutes. */
export async function storeDone(tx: Tx, done: readonly Done[]) {
  await tx.query(
    `update checklists c
        set status = case when d.completed_at is null then 'in_progress' else 'completed' end,
            started_at = d.started_at, started_by = d.by, completed_at = d.completed_at,
            completed_by = case when d.completed_at is not null then d.by end, received_at = d.completed_at,
            time_quality = case when d.completed_at is not null then 'exact' end
       from unnest($1::uuid[], $2::uuid[], $3::timestamptz[], $4::timestamptz[]) as d (id, by, started_at, completed_at)
      where c.tenant_id = (select app.tenant()) and c.id = d.id`,
    [
      done.map(({ list }) => list.id),
      done.map(({ by }) => by),
      done.map(({ startedAt }) => startedAt),
      done.map(({ completedAt }) => completedAt),
    ],
  )
  await storeAnswers(tx, done)
}

/** What was answered, and who signed it. */
export async function storeAnswers(tx: Tx, done: readonly Done[]) {
  const answers = done.flatMap((one) => one.answers)
  await tx.query(
    `insert into checklist_answers (id, location_id, checklist_id, item_id, entry_id, value, outcome, note, answered_at,
                                    answered_by, received_at, time_quality)
     select id, location_id, checklist_id, item_id, entry_id, value, outcome, note, at, by, at, 'exact'
       from unnest($1::uuid[], $2::uuid[], $3::uuid[], $4::uuid[], $5::uuid[], $6::jsonb[], $7::text[], $8::text[],
                   $9::timestamptz[], $10::uuid[])
         as a (id, location_id, checklist_id, item_id, entry_id, value, outcome, note, at, by)`,
    [
      answers.map(({ id }) => id),
      answers.map(({ locationId }) => locationId),
      answers.map(({ checklistId }) => checklistId),
      answers.map(({ itemId }) => itemId),
      answers.map(({ entryId }) => entryId),
      answers.map(({ value }) => JSON.stringify(value)),
      answers.map(({ outcome }) => outcome),
      answers.map(({ note }) => note),
      answers.map(({ answeredAt }) => answeredAt),
      answers.map(({ answeredBy }) => answeredBy?.id ?? null),
    ],
  )
  const signed = done.filter(({ signOff }) => signOff !== null)
  await tx.query(
    `insert into checklist_sign_offs (id, location_id, checklist_id, meaning, digest, signed_by, signed_at, signature,
                                      received_at, time_quality)
     select id, location_id, checklist_id, 'performed', decode(digest, 'hex'), by, at, 'session', at, 'exact'
       from unnest($1::uuid[], $2::uuid[], $3::uuid[], $4::text[], $5::uuid[], $6::timestamptz[])
         as s (id, location_id, checklist_id, digest, by, at)`,
    [
      signed.map(({ signOff }) => signOff?.id),
      signed.map(({ list }) => list.locationId),
      signed.map(({ list }) => list.id),
      signed.map(({ signOff }) => signOff?.digest),
      signed.map(({ by }) => by),
      signed.map(({ completedAt }) => completedAt),
    ],
  )
}

/** What nobody did in its time is missed, as the job would have closed it. */
export const closeOver = (tx: Tx, locationId: string, now: number) =>
  tx.query(
    `update checklists set status = 'missed'
      where tenant_id = (select app.tenant()) and location_id = $1 and status in ('open', 'in_progress') and missed_at <= $2`,
    [locationId, new Date(now).toISOString()],
  )

/** What is still to be put right at a location. */
export const owedFindings = (locationId: string): Statement => ({
  sql: `select id, label, opened_at as "openedAt" from findings
         where tenant_id = (select app.tenant()) and location_id = $1 and state = 'open' order by opened_at, id`,
  params: [locationId],
})

const KEPT_ON_DEVICES = '3 days'
const OLD = `
  select s.entity, array_agg(s.entity_id) as ids, array_agg(s.version) as versions
    from sync_changes s
    left join checklist_answers a on s.entity = 'checklist_answer' and a.tenant_id = s.tenant_id and a.id = s.entity_id
    left join audits u on s.entity = 'audit' and u.tenant_id = s.tenant_id and u.id = s.entity_id
    join checklists c on c.tenant_id = s.tenant_id and c.id = coalesce(a.checklist_id, u.checklist_id, s.entity_id)
   where s.tenant_id = (select app.tenant()) and s.scope_id = $1 and s.entity in ('checklist', 'checklist_answer', 'audit')
     and s.op = 'changed' and c.status in ('completed', 'missed')
     and coalesce(c.completed_at, c.missed_at) < $2::timestamptz - interval '${KEPT_ON_DEVICES}'
   group by 1`

/** As if it had been over for as long as it says: a device that comes new is not sent two weeks of it. */
export async function retireOld(app: Database, relay: Pool, system: Actor, locationId: string, now: number) {
  type Old = { entity: string; ids: string[]; versions: string[] }
  for (const { entity, ids, versions } of await app.readOne<Old>(system, OLD, [
    locationId,
    new Date(now).toISOString(),
  ]))
    await relay.query('select app.retire_from_feed($1, $2, $3, $4)', [system.tenantId, entity, ids, versions])
}
