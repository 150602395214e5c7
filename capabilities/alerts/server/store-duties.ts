import type { Moment } from '@opsflow/platform/moment'
import type { ReadTx, Tx } from '@opsflow/platform/server/tenant'
import type { Duty } from '../duty.ts'

const named = (id: string, name: string) =>
  `case when ${id} is not null then json_build_object('id', ${id}, 'name', ${name}) end`

const DUTIES = `
  select d.id, d.location_id as "locationId", json_build_object('id', d.member_id, 'name', m.name) as member,
         d.starts_at as "startsAt", d.ends_at as "endsAt", d.ended_at as "endedAt",
         ${named('d.ended_by', 'e.name')} as "endedBy", ${named('d.kiosk_id', 'k.name')} as kiosk
    from duties d join members m on m.tenant_id = d.tenant_id and m.id = d.member_id
    left join members e on e.tenant_id = d.tenant_id and e.id = d.ended_by
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

/** When someone took it after that moment. Nobody else takes it meanwhile. */
export async function nextDutyAfter(tx: Tx, locationId: string, at: string): Promise<string | null> {
  await tx.query('select pg_advisory_xact_lock(hashtextextended($1, 37))', [locationId])
  const [next] = await tx.query<{ at: string | null }>(
    `select min(starts_at) as at from duties where tenant_id = (select app.tenant()) and location_id = $1 and starts_at > $2`,
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

export const endDutyAt = (tx: Tx, id: string, at: string, by: string | null) =>
  tx.query(`update duties set ended_at = $2, ended_by = $3 where tenant_id = (select app.tenant()) and id = $1`, [
    id,
    at,
    by,
  ])

type NewDuty = { id: string; locationId: string; memberId: string; endsAt: string; relievedAt: string | null }

export const insertDuty = (tx: Tx, { id, locationId, memberId, endsAt, relievedAt }: NewDuty, when: Moment) =>
  tx.query(
    `insert into duties (id, location_id, member_id, starts_at, ends_at, ended_at, kiosk_id, received_at, time_quality)
     values ($1, $2, $3, $4, $5, case when $6::timestamptz < $5::timestamptz then $6::timestamptz end, $7, $8, $9)`,
    [
      ...[id, locationId, memberId, when.at, endsAt, relievedAt],
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
