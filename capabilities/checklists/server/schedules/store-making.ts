import type { Node } from '@opsflow/capabilities/locations'
import type { ReadTx, Tx } from '@opsflow/platform/server/tenant'
import type { Schedule } from '../../schedule.ts'
import type { DayPlace, Slot } from '../../slots.ts'
import type { TargetPlace } from '../../targets.ts'
import type { FormId } from '../templates/store-forms.ts'

export type Place = DayPlace & TargetPlace & { madeUntil: string | null }

/** Open locations of the organization as schedules see them. `ids`: only these. */
export const readPlaces = (tx: ReadTx, ids: readonly string[] | null = null): Promise<Place[]> =>
  tx.query<Place>(
    `select l.id, l.group_id as "groupId", l.kind, l.attributes, l.timezone, to_char(l.day_starts_at, 'HH24:MI') as "dayStartsAt",
            l.opening_hours as "openingHours", l.special_days as "specialDays", nullif(p.made_until, '-infinity') as "madeUntil"
       from locations l left join checklist_progress p on p.tenant_id = l.tenant_id and p.id = l.id
      where l.tenant_id = (select app.tenant()) and l.organization_id = $1 and l.closed_at is null
        and ($2::uuid[] is null or l.id = any ($2::uuid[]))
      order by l.id`,
    [tx.actor.organizationId, ids],
  )

export const readGroups = (tx: ReadTx): Promise<Node[]> =>
  tx.query<Node>(
    `select id, parent_id as "parentId" from location_groups where tenant_id = (select app.tenant()) and organization_id = $1`,
    [tx.actor.organizationId],
  )

export type Making = Pick<Schedule, 'id' | 'templateId' | 'role' | 'timing' | 'target'>

/** Schedules that run now. */
export const readRunning = (tx: ReadTx): Promise<Making[]> =>
  tx.query<Making>(
    `select id, template_id as "templateId", role, timing, target from checklist_schedules
      where tenant_id = (select app.tenant()) and organization_id = $1 and ended_at is null and paused_at is null`,
    [tx.actor.organizationId],
  )

/** Of these, locked: nobody changes them until their occurrences are made. Ended and paused ones too. */
export const lockSchedules = (tx: Tx, ids: readonly string[]): Promise<(Making & { isRunning: boolean })[]> =>
  tx.query(
    `select id, template_id as "templateId", role, timing, target, ended_at is null and paused_at is null as "isRunning"
       from checklist_schedules where tenant_id = (select app.tenant()) and organization_id = $1 and id = any ($2::uuid[])
      order by id for no key update`,
    [tx.actor.organizationId, ids],
  )

/** Nobody else makes these locations' checklists meanwhile; a second server takes others. Answers those it got. */
export async function claimPlaces(tx: Tx, ids: readonly string[]): Promise<string[]> {
  await tx.query(
    `insert into checklist_progress (id, location_id, made_until)
     select id, id, '-infinity' from unnest($1::uuid[]) id order by id on conflict do nothing`,
    [ids],
  )
  const rows = await tx.query<{ id: string }>(
    `select id from checklist_progress where tenant_id = (select app.tenant()) and id = any ($1::uuid[])
      order by id for update skip locked`,
    [ids],
  )
  return rows.map(({ id }) => id)
}

export const noteMadeUntil = (tx: Tx, ids: readonly string[], until: number) =>
  tx.query(
    `update checklist_progress set made_until = $2 where tenant_id = (select app.tenant()) and id = any ($1::uuid[])`,
    [ids, new Date(until).toISOString()],
  )

export const noteMade = (tx: Tx, ids: readonly string[]) =>
  tx.query(
    `update checklist_schedules set made_at = changed_at where tenant_id = (select app.tenant()) and id = any ($1::uuid[])`,
    [ids],
  )

export type Occurrence = Slot & { locationId: string; schedule: Making }

/**
 * Each once, however often it is asked for. One that was withdrawn when its schedule changed comes back as it is now
 * meant. What is over by its rule already is on record as missed.
 */
export async function insertOccurrences(
  tx: Tx,
  occurrences: readonly Occurrence[],
  forms: readonly FormId[],
  now: number,
): Promise<number> {
  const formOf = new Map(forms.map(({ id, locationId, templateId }) => [`${locationId} ${templateId}`, id]))
  const ready = occurrences.flatMap((one) => {
    const formId = formOf.get(`${one.locationId} ${one.schedule.templateId}`)
    return formId ? [{ ...one, formId }] : []
  })
  if (ready.length === 0) return 0
  const instants = (of: (one: Occurrence) => number) => ready.map((one) => new Date(of(one)).toISOString())
  const rows = await tx.query(
    `insert into checklists as c (location_id, form_id, schedule_id, slot, day, role, status, visible_at, due_at, late_at, missed_at)
     select location_id, form_id, schedule_id, slot, day, role,
            case when missed_at <= $11 then 'missed' else 'open' end, visible_at, due_at, late_at, missed_at
       from unnest($1::uuid[], $2::uuid[], $3::uuid[], $4::text[], $5::date[], $6::text[],
                   $7::timestamptz[], $8::timestamptz[], $9::timestamptz[], $10::timestamptz[])
         as o (location_id, form_id, schedule_id, slot, day, role, visible_at, due_at, late_at, missed_at)
     on conflict (tenant_id, schedule_id, location_id, slot) do update
       set status = 'open', form_id = excluded.form_id, role = excluded.role, visible_at = excluded.visible_at,
           due_at = excluded.due_at, late_at = excluded.late_at, missed_at = excluded.missed_at
       where c.status = 'withdrawn' and excluded.status = 'open'
     returning 1`,
    [
      ready.map(({ locationId }) => locationId),
      ready.map(({ formId }) => formId),
      ready.map(({ schedule }) => schedule.id),
      ready.map(({ slot }) => slot),
      ready.map(({ day }) => day),
      ready.map(({ schedule }) => schedule.role),
      instants(({ visibleAt }) => visibleAt),
      instants(({ dueAt }) => dueAt),
      instants(({ lateAt }) => lateAt),
      instants(({ missedAt }) => missedAt),
      new Date(now).toISOString(),
    ],
  )
  return rows.length
}

/** What nobody has begun and what is not due yet: the past is never changed. */
export const withdrawFuture = (tx: Tx, scheduleIds: readonly string[], now: number) =>
  tx.query(
    `update checklists set status = 'withdrawn'
      where tenant_id = (select app.tenant()) and schedule_id = any ($1::uuid[]) and status = 'open' and due_at > $2`,
    [scheduleIds, new Date(now).toISOString()],
  )

/** Their time is over: closed by rule, so that nothing piles up. Work that was done in time and arrives later opens it again. */
export const closeMissed = (tx: Tx, ids: readonly string[], now: number) =>
  tx.query(
    `update checklists set status = 'missed'
      where tenant_id = (select app.tenant()) and id = any ($1::uuid[]) and status in ('open', 'in_progress') and missed_at <= $2`,
    [ids, new Date(now).toISOString()],
  )
