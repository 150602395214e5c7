import { withClient } from '@opsflow/platform/server/tenant'
import type pg from 'pg'
import type { StoredTarget } from './store-own-push.ts'

export type Subscribed = {
  tenantId: string
  id: string
  endpoint: string
  p256dh: Buffer
  authSecret: Buffer
  /** How addresses name the organization. */
  organization: string
}

/** Of the built-in provider, or of Clerk, which tells us when one ends. */
const SESSION_STANDS = `
  (exists (select from auth.sessions a where a.id = s.session_id and a.expires_at > now())
   or exists (select from auth.clerk_sessions c where c.id = s.session_id and c.ended_at is null))`

/** As opsflow_auth, which knows sessions. A device whose session is over, or whose person is out, is not among them. */
export function pushStoreIn(pool: pg.Pool) {
  const ask = <Row extends pg.QueryResultRow>(text: string, values: unknown[], name?: string) =>
    withClient(pool, async (client) => (await client.query<Row>({ text, values, ...(name && { name }) })).rows)
  return {
    devicesOf: (tenantId: string, memberId: string, vapidKey: string, id: string | null) =>
      ask<Subscribed>(
        `select s.tenant_id as "tenantId", s.id, s.endpoint, s.p256dh, s.auth_secret as "authSecret",
                case when exists (select from members x
                                    join organizations y on y.tenant_id = x.tenant_id and y.id = x.organization_id
                                   where x.user_id = m.user_id and y.slug = o.slug and y.id <> o.id)
                     then o.id::text else o.slug end as organization
           from push_subscriptions s
           join members m on m.tenant_id = s.tenant_id and m.id = s.member_id
           join tenants t on t.tenant_id = s.tenant_id
           join organizations o on o.tenant_id = m.tenant_id and o.id = m.organization_id
          where s.tenant_id = $1 and s.member_id = $2 and s.vapid_key = $3 and ($4::uuid is null or s.id = $4)
            and m.status = 'active' and t.status = 'active' and ${SESSION_STANDS}`,
        [tenantId, memberId, vapidKey, id],
        'push-devices',
      ),
    noteSent: ({ tenantId, id }: Subscribed) =>
      ask('update push_subscriptions set last_sent_at = now() where tenant_id = $1 and id = $2', [tenantId, id]),
    /** Unless the device has subscribed anew meanwhile. */
    remove: ({ tenantId, id, endpoint }: Subscribed) =>
      ask('delete from push_subscriptions where tenant_id = $1 and id = $2 and endpoint = $3', [
        tenantId,
        id,
        endpoint,
      ]),
    /** Someone else was signed in on that browser, and is not any more. */
    releaseEndpoint: (endpointHash: Buffer, sessionId: string) =>
      ask('delete from push_subscriptions where endpoint_hash = $1 and session_id <> $2', [endpointHash, sessionId]),
    renew: (sessionId: string, oldHash: Buffer, target: StoredTarget) =>
      ask(
        `update push_subscriptions set endpoint = $3, endpoint_hash = $4, p256dh = $5, auth_secret = $6, vapid_key = $7
          where session_id = $1 and endpoint_hash = $2`,
        [sessionId, oldHash, target.endpoint, target.endpointHash, target.p256dh, target.authSecret, target.vapidKey],
      ),
    /** What is over was told nothing already; this is only tidiness. */
    sweep: () => ask(`delete from push_subscriptions s where not ${SESSION_STANDS}`, []),
  }
}
