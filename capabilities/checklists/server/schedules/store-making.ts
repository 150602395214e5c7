import type { Node } from '@opsflow/capabilities/locations'
import type { ReadTx, Tx } from '@opsflow/platform/server/tenant'
import type { Schedule } from '../../schedule.ts'
import type { DayPlace, Slot } from '../../slots.ts'
import type { TargetPlace } from '../../targets.ts'

export type Place = DayPlace & TargetPlace & { name: string; madeUntil: string | null }

/** Open locations of the organization as schedules see them. `ids`: only these. */
export const readPlaces = (tx: ReadTx, ids: readonly string[] | null = null): Promise<Place[]> =>
  tx.query<Place>(
    `select l.id, l.name, l.group_id as "groupId", l.kind, l.attributes, l.timezone, to_char(l.day_starts_at, 'HH24:MI') as "dayStartsAt",
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

/** Paused by the product, which changes nothing of what it says. Answers what it is called. */
export const pauseSchedule = async (tx: Tx, id: string): Promise<string> =>
  (
    await tx.query<{ name: string }>(
      `update checklist_schedules set paused_at = now(), revision = revision + 1
        where tenant_id = (select app.tenant()) and id = $1 returning name`,
      [id],
    )
  )[0]?.name ?? ''

/** Of these, locked: nobody changes them until their occurrences are made. Ended and paused ones too. */
export const lockSchedules = (tx: Tx, ids: readonly string[]): Promise<(Making & { isRunning: boolean })[]> =>
  tx.query(
    `select id, template_id as "templateId", role, timing, target, ended_at is null and paused_at is null as "isRunning"
       from checklist_schedules where tenant_id = (select app.tenant()) and organization_id = $1 and id = any ($2::uuid[])
      order by id for no key update`,
    [tx.actor.organizationId, ids],
  )

/** Nobody else makes these locations' checklists meanwhile; a second server takes others. Answers those it got. */
export async function claimPlaces(tx: Tx, ids: readonly string[]): Promise<{ id: string; isStale: boolean }[]> {
  await tx.query(
    `insert into checklist_progress (id, location_id, made_until)
     select id, id, '-infinity' from unnest($1::uuid[]) id order by id on conflict do nothing`,
    [ids],
  )
  return tx.query(
    `select id, stale_at is not null as "isStale" from checklist_progress
      where tenant_id = (select app.tenant()) and id = any ($1::uuid[]) order by id for update skip locked`,
    [ids],
  )
}

export const noteMadeUntil = (tx: Tx, ids: readonly string[], until: number) =>
  tx.query(
    `update checklist_progress set made_until = greatest(made_until, $2), stale_at = null
      where tenant_id = (select app.tenant()) and id = any ($1::uuid[])`,
    [ids, new Date(until).toISOString()],
  )

/** To be made anew from now on. */
export const markStale = (tx: Tx, ids: readonly string[], now: number) =>
  tx.query(
    `insert into checklist_progress (id, location_id, made_until, stale_at)
     select id, id, '-infinity', $2 from unnest($1::uuid[]) id order by id
     on conflict (tenant_id, id) do update set stale_at = excluded.stale_at`,
    [ids, new Date(now).toISOString()],
  )

/** Where something that these schedules made is still to come. */
export const placesOfSchedules = async (tx: Tx, ids: readonly string[], now: number): Promise<string[]> =>
  (
    await tx.query<{ id: string }>(
      `select distinct location_id as id from checklists
        where tenant_id = (select app.tenant()) and schedule_id = any ($1::uuid[]) and status = 'open' and due_at > $2`,
      [ids, new Date(now).toISOString()],
    )
  ).map(({ id }) => id)

export const noteMade = (tx: Tx, ids: readonly string[]) =>
  tx.query(
    `update checklist_schedules set made_at = changed_at where tenant_id = (select app.tenant()) and id = any ($1::uuid[])`,
    [ids],
  )

export type Occurrence = Slot & { locationId: string; schedule: Making }

/** Their time is over: closed by rule, so that nothing piles up. Work that was done in time and arrives later opens it again. */
export const closeMissed = async (tx: Tx, ids: readonly string[], now: number): Promise<number> =>
  (
    await tx.query(
      `update checklists set status = 'missed'
        where tenant_id = (select app.tenant()) and id = any ($1::uuid[]) and status in ('open', 'in_progress') and missed_at <= $2
        returning 1`,
      [ids, new Date(now).toISOString()],
    )
  ).length
