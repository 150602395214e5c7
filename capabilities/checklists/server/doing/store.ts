import type { Actor } from '@opsflow/platform/actor'
import type { Moment } from '@opsflow/platform/moment'
import type { Statement } from '@opsflow/platform/server/batch'
import type { ReadTx, Tx } from '@opsflow/platform/server/tenant'
import { rowsFor, Where } from '@opsflow/platform/server/where'
import type { Answer } from '../../answer.ts'
import type { Checklist, ChecklistStatus, SignOff } from '../../checklist.ts'
import type { UnitHere } from '../../steps.ts'
import { PRESENCES_OF_LIST } from './store-presences.ts'

const named = (id: string, name: string) =>
  `case when ${id} is not null then jsonb_build_object('id', ${id}, 'name', ${name}) end`

/** Of `CHECKLIST_TABLES`: a checklist as HTTP and the feed answer it. */
export const CHECKLIST_COLUMNS = `
  c.id, c.location_id as "locationId", c.form_id as "formId", f.template_id as "templateId", f.version, v.name, v.category,
  c.schedule_id as "scheduleId", to_char(c.day, 'YYYY-MM-DD') as day, c.role, c.status, c.visible_at as "visibleAt",
  c.due_at as "dueAt", c.late_at as "lateAt", c.missed_at as "missedAt", c.started_at as "startedAt",
  ${named('c.started_by', 's.name')} as "startedBy", c.completed_at as "completedAt",
  ${named('c.completed_by', 'd.name')} as "completedBy", c.reason,
  case when c.status in ('missed', 'open', 'in_progress') and c.missed_at is not null then
  (select jsonb_build_object('by', ${named('x.excused_by', 'm.name')}, 'at', x.excused_at, 'reason', x.reason)
     from checklist_excuses x left join members m on m.tenant_id = x.tenant_id and m.id = x.excused_by
    where x.tenant_id = c.tenant_id and x.checklist_id = c.id and x.taken_back_at is null) end as excuse,
  coalesce((v.content ->> 'needsVerification')::boolean, false) as "needsVerification",
  case when c.started_at is null and c.completed_at is null then '[]'::jsonb else
  (select coalesce(jsonb_agg(jsonb_build_object('id', g.id, 'meaning', g.meaning, 'by', ${named('g.signed_by', 'm.name')},
            'kiosk', ${named('g.kiosk_id', 'k.name')}, 'at', g.signed_at, 'timeQuality', g.time_quality,
            'signature', g.signature, 'note', g.note, 'digest', encode(g.digest, 'hex'), 'presences', g.presences) order by g.signed_at, g.id), '[]')
     from checklist_sign_offs g
     left join members m on m.tenant_id = g.tenant_id and m.id = g.signed_by
     left join kiosks k on k.tenant_id = g.tenant_id and k.id = g.kiosk_id
    where g.tenant_id = c.tenant_id and g.checklist_id = c.id) end as "signOffs",
  (select coalesce(jsonb_agg(jsonb_build_object('id', h.id, 'to', ${named('h.handed_to', 't.name')}, 'by', ${named('h.handed_by', 'm.name')},
            'kiosk', ${named('h.kiosk_id', 'k.name')}, 'at', h.handed_at, 'note', h.note) order by h.handed_at, h.id), '[]')
     from checklist_handovers h
     join members t on t.tenant_id = h.tenant_id and t.id = h.handed_to
     left join members m on m.tenant_id = h.tenant_id and m.id = h.handed_by
     left join kiosks k on k.tenant_id = h.tenant_id and k.id = h.kiosk_id
    where h.tenant_id = c.tenant_id and h.checklist_id = c.id) as "handOvers",
  ${PRESENCES_OF_LIST} as presences,
  c.received_at as "receivedAt", c.time_quality as "timeQuality", c.created_at as "createdAt"`

export const CHECKLIST_TABLES = `
  checklists c
  join checklist_forms f on f.tenant_id = c.tenant_id and f.location_id = c.location_id and f.id = c.form_id
  join checklist_template_versions v on v.tenant_id = f.tenant_id and v.template_id = f.template_id and v.version = f.version
  left join members s on s.tenant_id = c.tenant_id and s.id = c.started_by
  left join members d on d.tenant_id = c.tenant_id and d.id = c.completed_by`

export const ONE_CHECKLIST = `
  select ${CHECKLIST_COLUMNS} from ${CHECKLIST_TABLES} where c.tenant_id = (select app.tenant()) and c.id = $1`

export const readChecklist = async (tx: ReadTx, id: string): Promise<Checklist | undefined> =>
  (await tx.query<Checklist>(ONE_CHECKLIST, [id]))[0]

export const readChecklists = (tx: ReadTx, ids: readonly string[]) =>
  tx.query<Checklist>(
    `select ${CHECKLIST_COLUMNS} from ${CHECKLIST_TABLES} where c.tenant_id = (select app.tenant()) and c.id = any ($1::uuid[])`,
    [ids],
  )

export const lockChecklist = async (tx: Tx, id: string): Promise<Checklist | undefined> =>
  (await tx.query<Checklist>(`${ONE_CHECKLIST} for no key update of c`, [id]))[0]

export type ChecklistFilter = {
  locationId?: string | undefined
  day?: string | undefined
  templateId?: string | undefined
  status?: ChecklistStatus | undefined
  after?: readonly [day: string, id: string] | null | undefined
}

export function listChecklists({ tenantId }: Actor, filter: ChecklistFilter, limit: number): Statement {
  const where = new Where('c.tenant_id', tenantId)
    .and('c.location_id = ?', filter.locationId)
    .and('c.day = ?', filter.day)
    .and('f.template_id = ?', filter.templateId)
    .and('c.status = ?', filter.status)
    .and('(c.day, c.id) < (?, ?)', filter.after?.[0], filter.after?.[1])
  const sql = `select ${CHECKLIST_COLUMNS} from ${CHECKLIST_TABLES} where ${where}
                order by c.day desc, c.id desc limit ${rowsFor(limit)}`
  return { sql, params: where.params }
}

/** Evidence by the record it proves is read where there is any: most answers have no photo. */
const ANSWER_COLUMNS = `
  a.id, a.location_id as "locationId", a.checklist_id as "checklistId", a.item_id as "itemId", a.entry_id as "entryId",
  a.value, a.outcome, a.note, a.photos,
  case when a.photos = 0 then '[]'::jsonb else
  (select coalesce(jsonb_agg(encode(e.sha256, 'hex') order by e.sha256), '[]') from evidence e
    where e.tenant_id = a.tenant_id and e.owner_kind = 'checklist_answer' and e.owner_id = a.id) end as "photoHashes",
  case when a.outcome = 'fail' then coalesce(a.task_id, t.id) end as "taskId", a.answered_at as "answeredAt",
  ${named('a.answered_by', 'm.name')} as "answeredBy", ${named('a.kiosk_id', 'k.name')} as kiosk,
  a.received_at as "receivedAt", a.time_quality as "timeQuality", a.knew`

const ANSWER_TABLES = `
  checklist_answers a
  left join members m on m.tenant_id = a.tenant_id and m.id = a.answered_by
  left join kiosks k on k.tenant_id = a.tenant_id and k.id = a.kiosk_id
  left join tasks t on t.tenant_id = a.tenant_id and t.cause_kind = 'checklist_answer' and t.cause_id = a.id
                   and a.outcome = 'fail'`

export const ANSWERS_OF = `
  select ${ANSWER_COLUMNS} from ${ANSWER_TABLES}
   where a.tenant_id = (select app.tenant()) and a.checklist_id = $1 order by a.answered_at, a.id`

export const answersOf = (tx: ReadTx, checklistId: string) => tx.query<Answer>(ANSWERS_OF, [checklistId])

export const answersOfMany = (tx: ReadTx, checklistIds: readonly string[]) =>
  tx.query<Answer>(
    `select ${ANSWER_COLUMNS} from ${ANSWER_TABLES}
      where a.tenant_id = (select app.tenant()) and a.checklist_id = any ($1::uuid[]) order by a.answered_at, a.id`,
    [checklistIds],
  )

export const readAnswers = (tx: ReadTx, ids: readonly string[]) =>
  tx.query<Answer>(
    `select ${ANSWER_COLUMNS} from ${ANSWER_TABLES} where a.tenant_id = (select app.tenant()) and a.id = any ($1::uuid[])`,
    [ids],
  )

/** Does any of these bytes prove something that is no answer of this checklist? */
export async function usedElsewhere(tx: ReadTx, checklistId: string, hashes: readonly string[]): Promise<boolean> {
  const [found] = await tx.query(
    `select from evidence e
      where e.tenant_id = (select app.tenant()) and e.sha256 = any (select decode(h, 'hex') from unnest($2::text[]) h)
        and not exists (select from checklist_answers a
                         where a.tenant_id = e.tenant_id and a.id = e.owner_id and a.checklist_id = $1) limit 1`,
    [checklistId, hashes],
  )
  return found !== undefined
}

export type NewChecklist = { id: string; locationId: string; formId: string; day: string; at: string }

/** Begun by hand. False when the id is taken. */
export async function insertChecklist(tx: Tx, { id, locationId, formId, day, at }: NewChecklist): Promise<boolean> {
  const rows = await tx.query(
    `insert into checklists (id, location_id, form_id, day, visible_at, created_at) values ($1, $2, $3, $4, $5, $5)
     on conflict do nothing returning id`,
    [id, locationId, formId, day, at],
  )
  return rows.length > 0
}

export async function insertAnswer(
  tx: Tx,
  answer: Pick<
    Answer,
    | 'id'
    | 'locationId'
    | 'checklistId'
    | 'itemId'
    | 'entryId'
    | 'value'
    | 'outcome'
    | 'note'
    | 'photos'
    | 'taskId'
    | 'knew'
  >,
  by: string | null,
  when: Moment,
): Promise<boolean> {
  const rows = await tx.query(
    `insert into checklist_answers (id, location_id, checklist_id, item_id, entry_id, value, outcome, note, photos, task_id,
                                    answered_at, answered_by, kiosk_id, received_at, time_quality, knew)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16) on conflict do nothing returning id`,
    [
      answer.id,
      answer.locationId,
      answer.checklistId,
      answer.itemId,
      answer.entryId,
      answer.value === null ? null : JSON.stringify(answer.value),
      answer.outcome,
      answer.note,
      answer.photos,
      answer.taskId,
      when.at,
      by,
      tx.actor.kioskId ?? null,
      when.receivedAt,
      when.quality,
      answer.knew,
    ],
  )
  return rows.length > 0
}

/** The first answer begins it, by the version it was asked by. */
export async function startChecklist(tx: Tx, id: string, formId: string, by: string | null, at: string) {
  await tx.query(
    `update checklists set form_id = $2, started_at = coalesce(started_at, $4), started_by = coalesce(started_by, $3),
            status = case when status in ('open', 'withdrawn') then 'in_progress' else status end
      where tenant_id = (select app.tenant()) and id = $1`,
    [id, formId, by, at],
  )
}

/** Someone began earlier than was known. */
export async function startedEarlier(tx: Tx, id: string, by: string | null, at: string) {
  await tx.query(
    `update checklists set started_at = $3, started_by = $2 where tenant_id = (select app.tenant()) and id = $1`,
    [id, by, at],
  )
}

export async function endChecklist(
  tx: Tx,
  id: string,
  end: { status: 'completed' | 'empty'; by: string | null; reason: string },
  when: Moment,
) {
  await tx.query(
    `update checklists set status = $2, completed_by = $3, reason = $4, completed_at = $5, kiosk_id = $6, received_at = $7,
            time_quality = $8
      where tenant_id = (select app.tenant()) and id = $1`,
    [id, end.status, end.by, end.reason, when.at, tx.actor.kioskId ?? null, when.receivedAt, when.quality],
  )
}

export async function openChecklistAgain(tx: Tx, id: string) {
  await tx.query(
    `update checklists set status = 'in_progress', completed_at = null, completed_by = null, reason = ''
      where tenant_id = (select app.tenant()) and id = $1`,
    [id],
  )
}

export async function insertSignOff(
  tx: Tx,
  list: Pick<Checklist, 'id' | 'locationId'>,
  signed: Pick<SignOff, 'id' | 'meaning' | 'note' | 'digest' | 'signature' | 'presences'> & { by: string | null },
  when: Moment,
) {
  await tx.query(
    `insert into checklist_sign_offs (id, location_id, checklist_id, meaning, note, digest, signed_by, signed_at, kiosk_id,
                                      signature, received_at, time_quality, presences)
     values ($1, $2, $3, $4, $5, decode($6, 'hex'), $7, $8, $9, $10, $11, $12, $13) on conflict do nothing`,
    [
      signed.id,
      list.locationId,
      list.id,
      signed.meaning,
      signed.note,
      signed.digest,
      signed.by,
      when.at,
      tx.actor.kioskId ?? null,
      signed.signature,
      when.receivedAt,
      when.quality,
      signed.presences,
    ],
  )
}

export type NewHandOver = { id: string; to: string; note: string; by: string | null }

/** False: the id is taken, or it was kept already. */
export async function insertHandOver(
  tx: Tx,
  { id: checklistId, locationId }: Pick<Checklist, 'id' | 'locationId'>,
  { id, to, note, by }: NewHandOver,
  when: Moment,
): Promise<boolean> {
  const rows = await tx.query(
    `insert into checklist_handovers (id, location_id, checklist_id, handed_to, note, handed_by, kiosk_id, handed_at, received_at,
                                      time_quality)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10) on conflict do nothing returning id`,
    [id, locationId, checklistId, to, note, by, tx.actor.kioskId ?? null, when.at, when.receivedAt, when.quality],
  )
  return rows.length > 0
}

export type PlaceHere = {
  timezone: string
  dayStartsAt: string
  jurisdiction: 'us' | 'uk' | 'sc' | 'eu'
  ruleEdition: string | null
}

export const readPlace = async (tx: ReadTx, locationId: string): Promise<PlaceHere | undefined> =>
  (
    await tx.query<PlaceHere>(
      `select timezone, to_char(day_starts_at, 'HH24:MI') as "dayStartsAt", jurisdiction, rule_edition as "ruleEdition"
         from locations where tenant_id = (select app.tenant()) and id = $1`,
      [locationId],
    )
  )[0]

/** Of these ids, those that are units of the location. */
export const namesOfUnits = (tx: ReadTx, locationId: string, ids: readonly string[]) =>
  tx.query<{ id: string; name: string }>(
    `select id, name from units
      where tenant_id = (select app.tenant()) and location_id = $1 and id = any ($2::uuid[]) order by position, id`,
    [locationId, ids],
  )

/** In use there at that time: what came later, or had gone before, was not asked about. */
export const unitsAt = (tx: ReadTx, locationId: string, at: string) =>
  tx.query<UnitHere>(
    `select id, name, kind from units
      where tenant_id = (select app.tenant()) and location_id = $1 and created_at <= $2 and (retired_at is null or retired_at > $2)
      order by position, id`,
    [locationId, at],
  )
