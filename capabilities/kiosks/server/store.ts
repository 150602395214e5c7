import type { ReadTx, Tx } from '@opsflow/platform/server/tenant'
import { CODE_MINUTES } from '../code.ts'
import type { Kiosk, KioskChange, NewKiosk } from '../kiosk.ts'
import { DEVICE_BUDGET, DEVICE_WINDOW_MINUTES } from '../tries.ts'

/** Wrong PINs on the tablet `k` within the hour, since a manager last opened it. */
const WRONG = `
  from pin_tries w where w.tenant_id = k.tenant_id and w.kiosk_id = k.id and w.succeeded_at is null
   and w.tried_at > greatest(clock_timestamp() - interval '${DEVICE_WINDOW_MINUTES} minutes', k.unlocked_at)`

const GUARDED_UNTIL = `
  case when k.revoked_at is null and (select count(*) ${WRONG}) >= ${DEVICE_BUDGET}
       then (select max(w.tried_at) + interval '${DEVICE_WINDOW_MINUTES} minutes' ${WRONG}) end`

const KIOSK_COLUMNS = `
  k.id, k.location_id as "locationId", k.name, k.created_at as "createdAt", k.enrolled_at as "enrolledAt",
  k.last_seen_at as "lastSeenAt", ${GUARDED_UNTIL} as "guardedUntil",
  case when k.revoked_at is not null then 'revoked'
       when k.wipe_seen_at is not null then 'wiped'
       when k.wiped_at is not null then 'wiping'
       when k.enrolled_at is null then 'waiting'
       when k.locked_at is not null then 'locked'
       when ${GUARDED_UNTIL} is not null then 'guarded' else 'ready' end as state`

const OF_ORGANIZATION = `
  kiosks k join locations l on l.tenant_id = k.tenant_id and l.id = k.location_id`

export const KIOSKS = `
  select ${KIOSK_COLUMNS} from ${OF_ORGANIZATION}
   where k.tenant_id = $1 and l.organization_id = $2 and ($3::uuid is null or k.location_id = $3)
     and ($4::uuid[] is null or k.location_id = any ($4)) and ($5::uuid is null or k.id < $5)
   order by k.id desc limit $6`

export const ONE_KIOSK = `select ${KIOSK_COLUMNS} from ${OF_ORGANIZATION} where k.id = $1 and l.organization_id = $2`

export async function readKiosk(tx: ReadTx, id: string): Promise<Kiosk | undefined> {
  const [kiosk] = await tx.query<Kiosk>(ONE_KIOSK, [id, tx.actor.organizationId])
  return kiosk
}

/** Of the actor's organization, in their reach, and open. */
export async function isOwnLocation(tx: ReadTx, id: string): Promise<boolean> {
  const found = await tx.query('select from locations where id = $1 and organization_id = $2 and closed_at is null', [
    id,
    tx.actor.organizationId,
  ])
  return found.length === 1
}

export async function insertKiosk(tx: Tx, { locationId, name }: NewKiosk): Promise<string> {
  const [made] = await tx.query<{ id: string }>(
    'insert into kiosks (location_id, name, created_by) values ($1, $2, $3) returning id',
    [locationId, name, tx.actor.id],
  )
  return (made as { id: string }).id
}

/** Earlier codes of the tablet open nothing any more. */
export async function insertCode(tx: Tx, kiosk: { id: string; locationId: string }, hash: Buffer): Promise<string> {
  await tx.query('update kiosk_codes set expires_at = now() where kiosk_id = $1 and expires_at > now()', [kiosk.id])
  const [made] = await tx.query<{ expiresAt: string }>(
    `insert into kiosk_codes (location_id, kiosk_id, code_hash, created_by, expires_at)
     values ($1, $2, $3, $4, now() + make_interval(mins => $5)) returning expires_at as "expiresAt"`,
    [kiosk.locationId, kiosk.id, hash, tx.actor.id, CODE_MINUTES],
  )
  return (made as { expiresAt: string }).expiresAt
}

type LockedKiosk = { id: string; locationId: string; isLocked: boolean; isRevoked: boolean }

/** One at a time: managers who change it, and PINs that are tried on it. */
export async function lockKiosk(tx: Tx, id: string): Promise<LockedKiosk | undefined> {
  const [kiosk] = await tx.query<LockedKiosk>(
    `select k.id, k.location_id as "locationId", k.locked_at is not null as "isLocked",
            k.revoked_at is not null or k.wiped_at is not null as "isRevoked"
       from ${OF_ORGANIZATION} where k.id = $1 and l.organization_id = $2 for no key update of k`,
    [id, tx.actor.organizationId],
  )
  return kiosk
}

export async function updateKiosk(tx: Tx, id: string, { name, locked }: KioskChange): Promise<void> {
  await tx.query(
    `update kiosks set name = coalesce($2, name),
            locked_at = case when $3 then coalesce(locked_at, now()) when not $3 then null else locked_at end,
            locked_by = case when $3 then coalesce(locked_by, $4) when not $3 then null else locked_by end,
            unlocked_at = case when not $3 then clock_timestamp() else unlocked_at end
      where id = $1`,
    [id, name ?? null, locked ?? null, tx.actor.id],
  )
}

export const wipeRow = (tx: Tx, id: string) =>
  tx.query('update kiosks set wiped_at = coalesce(wiped_at, now()), wiped_by = coalesce(wiped_by, $2) where id = $1', [
    id,
    tx.actor.id,
  ])

export const revokeRow = (tx: Tx, id: string) =>
  tx.query('update kiosks set revoked_at = now(), revoked_by = $2 where id = $1 and revoked_at is null', [
    id,
    tx.actor.id,
  ])

export const endSessionsAt = (tx: Tx, kioskId: string) =>
  tx.query('update kiosk_sessions set ended_at = now() where kiosk_id = $1 and ended_at is null', [kioskId])

export async function insertSession(
  tx: Tx,
  session: { locationId: string; kioskId: string; memberId: string; tokenHash: Buffer },
): Promise<string> {
  await endSessionsAt(tx, session.kioskId)
  const [made] = await tx.query<{ id: string }>(
    `insert into kiosk_sessions (location_id, kiosk_id, member_id, token_hash) values ($1, $2, $3, $4) returning id`,
    [session.locationId, session.kioskId, session.memberId, session.tokenHash],
  )
  return (made as { id: string }).id
}

/** Everyone who may do anything at the location $3, by name. HQ, with a grant for all of it, once they have a PIN. */
const WORKING_THERE = `
  with recursive above as (
    select l.group_id as id from locations l where l.tenant_id = $1 and l.id = $3
    union
    select g.parent_id from above join location_groups g
      on g.tenant_id = $1 and g.id = above.id and g.archived_at is null)
  select m.id, m.name, m.email, p.is_temporary, p.set_at
    from members m left join member_pins p on p.tenant_id = m.tenant_id and p.member_id = m.id
   where m.tenant_id = $1 and m.organization_id = $2 and m.status = 'active'
     and exists (select from locations l where l.tenant_id = $1 and l.id = $3 and l.organization_id = $2)
     and exists (
       select from role_grants r
         left join roles x on x.tenant_id = r.tenant_id and x.id = r.role_id
        where r.tenant_id = m.tenant_id and r.member_id = m.id and r.revoked_at is null
          and (r.role_id is null or x.archived_at is null)
          and (r.location_id = $3
            or r.group_id in (select a.id from above a join location_groups g
                                on g.tenant_id = $1 and g.id = a.id and g.archived_at is null)
            or (r.location_id is null and r.group_id is null and (p.id is not null or $4))))
   order by m.name, m.id`

/** Parameters: tenant, organization, location. */
export const STAFF = `select id, name, case when not is_temporary then set_at end as "pinSetAt" from (${WORKING_THERE.replace('$4', 'false')}) staff order by name, id`

export const PIN_HOLDERS = `
  select id as "memberId", name, email, set_at as "setAt",
         case when set_at is null then 'none' when is_temporary then 'temporary' else 'own' end as state
    from (${WORKING_THERE.replace('$4', 'true')}) staff order by name, id`
