import type { Whose } from '@opsflow/platform/server/in-turns'

/** What the relay role's pool can do: it sees across tenants what is to be sent and for whom, nothing else. */
export type AcrossTenants = { query: (sql: string, params?: unknown[]) => Promise<{ rows: unknown[] }> }

const AT_ONCE = 50

const due = (relay: AcrossTenants, what: string, now: number, except: readonly string[]) =>
  relay
    .query(
      `select x.tenant_id as "tenantId", l.organization_id as "organizationId", array_agg(x.id) as ids
         from (select tenant_id, id, location_id from ${what} and due_at <= $1 and tenant_id <> all ($2::uuid[]) order by due_at limit ${AT_ONCE}) x
         join locations l on l.tenant_id = x.tenant_id and l.id = x.location_id
        group by 1, 2`,
      [new Date(now).toISOString(), except],
    )
    .then(({ rows }) => rows as Whose[])

/** Passes over `except`, the customers that had their turn. */
export const mailingsDue = (relay: AcrossTenants, now: number, except: readonly string[]) =>
  due(relay, 'report_mailings where ended_at is null and paused_at is null', now, except)

export const sendingsDue = (relay: AcrossTenants, now: number, except: readonly string[]) =>
  due(relay, "report_sendings where state in ('queued', 'sending')", now, except)
