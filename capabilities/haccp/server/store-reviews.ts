import type { Whose } from '@opsflow/platform/server/in-turns'
import type { Tx } from '@opsflow/platform/server/tenant'

/** What the relay role's pool can do: it sees across tenants what is due and for whom, and nothing else of them. */
export type AcrossTenants = { query: (sql: string, params?: unknown[]) => Promise<{ rows: unknown[] }> }

const AT_ONCE = 100

/** Plans whose review is due by a day and that nobody was asked to look at yet; but for these customers. */
export async function plansToReview(relay: AcrossTenants, by: string, except: readonly string[]): Promise<Whose[]> {
  const { rows } = await relay.query(
    `select p.tenant_id as "tenantId", l.organization_id as "organizationId", array_agg(p.id) as ids
       from (select tenant_id, id, location_id from haccp_plans
              where review_due <= $1 and archived_at is null and review_asked is distinct from review_since
                and tenant_id <> all ($2::uuid[])
              order by review_due limit ${AT_ONCE}) p
       join locations l on l.tenant_id = p.tenant_id and l.id = p.location_id
      group by 1, 2`,
    [by, except],
  )
  return rows as Whose[]
}

export type ReviewToTell = { id: string; locationId: string; name: string; reviewSince: string; dueAt: string }

/** Locked; due at noon of its day there. */
export const plansToTellOf = (tx: Tx, ids: readonly string[]) =>
  tx.query<ReviewToTell>(
    `select p.id, p.location_id as "locationId", p.name, p.review_since as "reviewSince",
            (p.review_due + time '12:00') at time zone l.timezone as "dueAt"
       from haccp_plans p join locations l on l.tenant_id = p.tenant_id and l.id = p.location_id
      where p.tenant_id = (select app.tenant()) and p.id = any ($1::uuid[]) and p.review_asked is distinct from p.review_since
        and p.archived_at is null
      order by p.id for no key update of p`,
    [ids],
  )

export const tellReview = (tx: Tx, id: string) =>
  tx.query('update haccp_plans set review_asked = review_since where tenant_id = (select app.tenant()) and id = $1', [
    id,
  ])
