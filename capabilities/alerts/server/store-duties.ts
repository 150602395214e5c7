import type { Moment } from '@opsflow/platform/moment'
import type { ReadTx, Tx } from '@opsflow/platform/server/tenant'
import type { Duty } from '../duty.ts'

const named = (id: string, name: string) =>
  `case when ${id} is not null then json_build_object('id', ${id}, 'name', ${name}) end`

const DUTIES = `
  select d.id, d.location_id as "locationId", json_build_object('id', d.member_id, 'name', m.name) as member,
         d.starts_at as "startsAt", d.ends_at as "endsAt", d.ended_at as "endedAt",
         ${named('d.ended_by', 'e.name')} as "endedBy", ${named('d.given_by', 'g.name')} as "givenBy",
         ${named('d.kiosk_id', 'k.name')} as kiosk
    from duties d join members m on m.tenant_id = d.tenant_id and m.id = d.member_id
    left join members e on e.tenant_id = d.tenant_id and e.id = d.ended_by
    left join members g on g.tenant_id = d.tenant_id and g.id = d.given_by
    left join kiosks k on k.tenant_id = d.tenant_id and k.id = d.kiosk_id
   where d.tenant_id = (select app.tenant())`

export const dutiesByIds = (tx: ReadTx, ids: readonly string[]) =>
  tx.query<Duty>(`${DUTIES} and d.id = any ($1::uuid[])`, [ids])

/** Of the last days, the latest first. */
export const dutiesAt = (tx: ReadTx, locationId: string) =>
  tx.query<Duty>(
    `${DUTIES} and d.location_id = $1 and d.starts_at > now() - interval '14 days' order by d.starts_at desc, d.id limit 200`,
    [locationId],
  )

/** Of these those that are over. */
export const overDuties = async (tx: ReadTx, ids: readonly string[]): Promise<string[]> =>
  (
    await tx.query<{ id: string }>(
      `select id from duties where tenant_id = (select app.tenant()) and id = any ($1::uuid[])
          and (ended_at is not null or ends_at <= now())`,
      [ids],
    )
  ).map(({ id }) => id)

export async function openPlace(tx: ReadTx, id: string): Promise<boolean> {
  const rows = await tx.query(
    `select from locations where tenant_id = (select app.tenant()) and organization_id = $1 and id = $2 and closed_at is null`,
    [tx.actor.organizationId, id],
  )
  return rows.length === 1
}

/** Until COMMIT nobody else takes or gives the duty there. */
export const lockDuties = (tx: Tx, locationId: string) =>
  tx.query('select pg_advisory_xact_lock(hashtextextended($1, 37))', [locationId])

/** When someone had it after that moment; what was taken back never was. */
export async function nextDutyAfter(tx: Tx, locationId: string, at: string): Promise<string | null> {
  const [next] = await tx.query<{ at: string | null }>(
    `select min(starts_at) as at from duties where tenant_id = (select app.tenant()) and location_id = $1 and starts_at > $2
        and ended_at is distinct from starts_at`,
    [locationId, at],
  )
  return next?.at ?? null
}

/** Those that run then are relieved. */
export const endDuties = (tx: Tx, locationId: string, at: string, by: string) =>
  tx.query(
    `update duties set ended_at = $2, ended_by = $3
      where tenant_id = (select app.tenant()) and location_id = $1 and starts_at <= $2 and ends_at > $2
        and (ended_at is null or ended_at > $2)`,
    [locationId, at, by],
  )

export const endDutyAt = (tx: Tx, id: string, at: string | null, by: string | null) =>
  tx.query(`update duties set ended_at = $2, ended_by = $3 where tenant_id = (select app.tenant()) and id = $1`, [
    id,
    at,
    by,
  ])

/** Someone else has had it since this one began or ended. */
export async function isFollowed(tx: Tx, { id, locationId }: Duty, since: string): Promise<boolean> {
  const rows = await tx.query(
    `select from duties where tenant_id = (select app.tenant()) and location_id = $2 and id <> $1 and starts_at >= $3
        and ended_at is distinct from starts_at limit 1`,
    [id, locationId, since],
  )
  return rows.length > 0
}

/** It never began: those it relieved have it again, as if nobody had come. */
export const undoStart = (tx: Tx, { id, locationId, startsAt }: Duty, by: string) =>
  tx.query(
    `update duties set ended_at = case when id = $1 then starts_at end, ended_by = case when id = $1 then $4::uuid end
      where tenant_id = (select app.tenant())
        and (id = $1 or location_id = $2 and ended_at = $3 and ended_by = $4 and ended_at > starts_at)`,
    [id, locationId, startsAt, by],
  )

type NewDuty = {
  id: string
  locationId: string
  memberId: string
  endsAt: string
  relievedAt: string | null
  givenBy: string | null
}

export const insertDuty = (tx: Tx, duty: NewDuty, when: Moment) =>
  tx.query(
    `insert into duties (id, location_id, member_id, starts_at, ends_at, ended_at, given_by, kiosk_id, received_at, time_quality)
     values ($1, $2, $3, $4, $5, case when $6::timestamptz < $5::timestamptz then $6::timestamptz end, $7, $8, $9, $10)`,
    [
      ...[duty.id, duty.locationId, duty.memberId, when.at, duty.endsAt, duty.relievedAt, duty.givenBy],
      ...[tx.actor.kioskId ?? null, when.receivedAt, when.quality],
    ],
  )

/** Whoever is on duty now hears of what stands, unless someone has it. */
export const lookAtMattersOf = (tx: Tx, locationId: string, at: string) =>
  tx.query(
    `update matters set next_at = $2
      where tenant_id = (select app.tenant()) and location_id = $1 and closed_at is null and next_at > $2
        and (returns_at is null or returns_at <= $2)`,
    [locationId, at],
  )
