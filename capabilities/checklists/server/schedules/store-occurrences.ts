import type { ReadTx, Tx } from '@opsflow/platform/server/tenant'
import type { NextTime } from '../../schedule.ts'
import type { FormId } from '../templates/store-forms.ts'
import type { Occurrence } from './store-making.ts'

/**
 * Each once, however often it is asked for. One that was withdrawn comes back as it is now meant; one that is not due
 * yet and nobody has begun follows its schedule and its location. What is over by its rule already is on record as missed.
 */
export async function insertOccurrences(
  tx: Tx,
  occurrences: readonly Occurrence[],
  forms: readonly FormId[],
  now: number,
): Promise<void> {
  const formOf = new Map(forms.map(({ id, locationId, templateId }) => [`${locationId} ${templateId}`, id]))
  const ready = occurrences.flatMap((one) => {
    const formId = formOf.get(`${one.locationId} ${one.schedule.templateId}`)
    return formId ? [{ ...one, formId }] : []
  })
  if (ready.length === 0) return
  const instants = (of: (one: Occurrence) => number) => ready.map((one) => new Date(of(one)).toISOString())
  await tx.query(
    `insert into checklists as c (location_id, form_id, schedule_id, slot, day, role, status, visible_at, due_at, late_at, missed_at)
     select location_id, form_id, schedule_id, slot, day, role,
            case when missed_at <= $11 then 'missed' else 'open' end, visible_at, due_at, late_at, missed_at
       from unnest($1::uuid[], $2::uuid[], $3::uuid[], $4::text[], $5::date[], $6::text[],
                   $7::timestamptz[], $8::timestamptz[], $9::timestamptz[], $10::timestamptz[])
         as o (location_id, form_id, schedule_id, slot, day, role, visible_at, due_at, late_at, missed_at)
     on conflict (tenant_id, schedule_id, location_id, slot) do update
       set status = 'open', form_id = excluded.form_id, role = excluded.role, day = excluded.day, visible_at = excluded.visible_at,
           due_at = excluded.due_at, late_at = excluded.late_at, missed_at = excluded.missed_at
       where excluded.status = 'open'
         and (c.status = 'withdrawn'
              or c.status = 'open' and c.due_at > $11
                 and (c.role, c.day, c.visible_at, c.due_at, c.late_at, c.missed_at) is distinct from
                     (excluded.role, excluded.day, excluded.visible_at, excluded.due_at, excluded.late_at, excluded.missed_at))`,
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
}

/** At these locations, of what is to come and nobody has begun: what no schedule means any more. The past is never changed. */
export async function withdrawOthers(
  tx: Tx,
  locationIds: readonly string[],
  wanted: readonly Occurrence[],
  now: number,
): Promise<void> {
  await tx.query(
    `update checklists c set status = 'withdrawn'
      where c.tenant_id = (select app.tenant()) and c.location_id = any ($1::uuid[]) and c.schedule_id is not null
        and c.status = 'open' and c.due_at > $2
        and not exists (select from unnest($3::uuid[], $4::uuid[], $5::text[]) as w (location_id, schedule_id, slot)
                         where w.location_id = c.location_id and w.schedule_id = c.schedule_id and w.slot = c.slot)
 `,
    [
      locationIds,
      new Date(now).toISOString(),
      wanted.map(({ locationId }) => locationId),
      wanted.map(({ schedule }) => schedule.id),
      wanted.map(({ slot }) => slot),
    ],
  )
}

/** Of each schedule the earliest checklist that waits and nobody has begun, where the caller sees it. */
export const unbegunOf = (tx: ReadTx, scheduleIds: readonly string[]) =>
  tx.query<NextTime & { scheduleId: string }>(
    `select distinct on (c.schedule_id) c.schedule_id as "scheduleId", c.due_at as "dueAt", l.timezone, l.name as "locationName"
       from checklists c join locations l on l.tenant_id = c.tenant_id and l.id = c.location_id and l.organization_id = $1
      where c.tenant_id = (select app.tenant()) and c.schedule_id = any ($2::uuid[]) and c.status = 'open' and c.due_at is not null
        and l.closed_at is null
      order by c.schedule_id, c.due_at, l.name`,
    [tx.actor.organizationId, scheduleIds],
  )
