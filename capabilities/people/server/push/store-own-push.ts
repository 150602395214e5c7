import type { Actor } from '@opsflow/platform/actor'
import type { Tx } from '@opsflow/platform/server/tenant'

// One's own devices, in the tenant's transaction.

export type StoredTarget = {
  endpoint: string
  endpointHash: Buffer
  p256dh: Buffer
  authSecret: Buffer
  vapidKey: string
}

export type DeviceRow = {
  id: string
  sessionId: string
  userAgent: string | null
  createdAt: string
  lastSentAt: string | null
}

const DEVICE = `id, session_id as "sessionId", user_agent as "userAgent", created_at as "createdAt", last_sent_at as "lastSentAt"`

export const PUSH_DEVICES = `
  select ${DEVICE} from push_subscriptions where tenant_id = $1 and member_id = $2 order by created_at desc, id`

export async function upsertDevice(
  tx: Tx,
  { id }: Actor,
  { sessionId, userAgent, target }: { sessionId: string; userAgent: string | undefined; target: StoredTarget },
): Promise<DeviceRow> {
  const [kept] = await tx.query<DeviceRow>(
    `insert into push_subscriptions (member_id, session_id, user_agent, endpoint, endpoint_hash, p256dh, auth_secret, vapid_key)
     values ($1, $2, $3, $4, $5, $6, $7, $8)
     on conflict (tenant_id, member_id, session_id) do update
        set user_agent = excluded.user_agent, endpoint = excluded.endpoint, endpoint_hash = excluded.endpoint_hash,
            p256dh = excluded.p256dh, auth_secret = excluded.auth_secret, vapid_key = excluded.vapid_key
     returning ${DEVICE}`,
    [
      id,
      sessionId,
      userAgent?.slice(0, 500) ?? null,
      target.endpoint,
      target.endpointHash,
      target.p256dh,
      target.authSecret,
      target.vapidKey,
    ],
  )
  return kept as DeviceRow
}

export async function deleteDevice(tx: Tx, actor: Actor, id: string): Promise<boolean> {
  const sql = 'delete from push_subscriptions where tenant_id = $1 and member_id = $2 and id = $3 returning id'
  return (await tx.query(sql, [actor.tenantId, actor.id, id])).length > 0
}

/** Whoever may not work here is told nothing either. */
export async function deletePushOf(tx: Tx, memberId: string) {
  await tx.query('delete from push_subscriptions where tenant_id = $1 and member_id = $2', [
    tx.actor.tenantId,
    memberId,
  ])
}

/** Undefined: no such device of theirs. False: one was sent just now. */
export async function noteTest(tx: Tx, actor: Actor, id: string): Promise<boolean | undefined> {
  const [noted] = await tx.query<{ due: boolean }>(
    `with device as (
       select tenant_id, id, coalesce(tested_at < now() - interval '10 seconds', true) as due from push_subscriptions
        where tenant_id = $1 and member_id = $2 and id = $3),
     noted as (
       update push_subscriptions s set tested_at = now() from device d
        where s.tenant_id = d.tenant_id and s.id = d.id and d.due)
     select due from device`,
    [actor.tenantId, actor.id, id],
  )
  return noted?.due
}
