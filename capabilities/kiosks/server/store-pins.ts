import type { ReadTx, Tx } from '@opsflow/platform/server/tenant'
import { DEVICE_WINDOW_MINUTES, type Tries } from '../tries.ts'

export type Purpose = 'sign_in' | 'signature' | 'change'

/** Wrong PINs that still count; the tablet's row is locked, so nobody counts beside us. */
export async function wrongTries(tx: Tx, kioskId: string, memberId: string): Promise<Tries> {
  const [tries] = await tx.query<Tries>(
    `with recent as (
       select t.tried_as, t.tried_at, t.succeeded_at from pin_tries t
        where t.kiosk_id = $1 and t.tried_at > clock_timestamp() - make_interval(mins => $3)),
     own as (
       select * from recent where tried_as = $2
          and tried_at > coalesce((select set_at from member_pins where member_id = $2), '-infinity'))
     select
       (select coalesce(jsonb_agg(extract(epoch from tried_at)::float8 * 1000), '[]') from own
         where succeeded_at is null
           and tried_at > coalesce((select max(tried_at) from own where succeeded_at is not null), '-infinity')) as person,
       (select coalesce(jsonb_agg(extract(epoch from tried_at)::float8 * 1000), '[]') from recent
         where succeeded_at is null
           and tried_at > coalesce((select unlocked_at from kiosks where id = $1), '-infinity')) as device`,
    [kioskId, memberId, DEVICE_WINDOW_MINUTES],
  )
  return tries as Tries
}

export async function insertTry(
  tx: Tx,
  {
    kioskId,
    locationId,
    memberId,
    purpose,
  }: { kioskId: string; locationId: string; memberId: string; purpose: Purpose },
): Promise<string> {
  const [made] = await tx.query<{ id: string }>(
    `insert into pin_tries (location_id, kiosk_id, tried_as, purpose, tried_at)
     values ($1, $2, $3, $4, clock_timestamp()) returning id`,
    [locationId, kioskId, memberId, purpose],
  )
  return (made as { id: string }).id
}

export const succeed = (tx: Tx, tryId: string) =>
  tx.query('update pin_tries set succeeded_at = clock_timestamp() where id = $1', [tryId])

type StoredPin = { hash: string; isTemporary: boolean; setAt: string }

export async function pinHashOf(tx: ReadTx, memberId: string): Promise<StoredPin | null> {
  const [pin] = await tx.query<StoredPin>(
    'select pin_hash as hash, is_temporary as "isTemporary", set_at as "setAt" from member_pins where member_id = $1',
    [memberId],
  )
  return pin ?? null
}

export async function storePin(tx: Tx, pin: { memberId: string; hash: string; isTemporary: boolean }): Promise<void> {
  await tx.query(
    `insert into member_pins (member_id, pin_hash, is_temporary, set_by, set_at) values ($1, $2, $3, $4, clock_timestamp())
     on conflict (tenant_id, member_id) do update
        set pin_hash = excluded.pin_hash, is_temporary = excluded.is_temporary, set_by = excluded.set_by,
            set_at = excluded.set_at`,
    [pin.memberId, pin.hash, pin.isTemporary, tx.actor.kind === 'member' ? tx.actor.id : null],
  )
}

/** Wherever the member is signed in with a PIN, but for the tablet this is done on. */
export const endSessionsOf = (tx: Tx, memberId: string) =>
  tx.query(
    `update kiosk_sessions set ended_at = now()
      where member_id = $1 and ended_at is null and kiosk_id is distinct from $2::uuid`,
    [memberId, tx.actor.kioskId ?? null],
  )

export async function isActiveMember(tx: Tx, memberId: string): Promise<boolean> {
  const found = await tx.query(
    `select from members where id = $1 and organization_id = $2 and status = 'active' for no key update`,
    [memberId, tx.actor.organizationId],
  )
  return found.length === 1
}
