import type { ReadTx, Tx } from '@opsflow/platform/server/tenant'
import type { PolicyChange, PolicyRecord } from '../policy-record.ts'

const COLUMNS = `p.id, p.kind, p.severity, p.group_id as "groupId", p.place_id as "locationId", p.policy, p.revision,
  p.changed_at as "changedAt", case when p.changed_by is not null then json_build_object('id', p.changed_by, 'name', m.name) end as "changedBy"`
const TABLES = `alert_policies p left join members m on m.tenant_id = p.tenant_id and m.id = p.changed_by`

export const standingPolicies = (tx: ReadTx): Promise<PolicyRecord[]> =>
  tx.query<PolicyRecord>(
    `select ${COLUMNS} from ${TABLES} where p.tenant_id = (select app.tenant()) and p.organization_id = $1
      order by p.kind, p.severity, p.group_id nulls first, p.place_id nulls first`,
    [tx.actor.organizationId],
  )

/** The groups above each of these locations, the nearest first. */
export const nodesAbove = (
  tx: ReadTx,
  locationIds: readonly string[],
): Promise<{ locationId: string; groupIds: string[] }[]> =>
  tx.query(
    `with recursive above as (
       select l.id as place, l.group_id as id, 1 as depth from locations l where l.tenant_id = (select app.tenant()) and l.id = any ($1::uuid[])
       union all
       select a.place, g.parent_id, a.depth + 1 from above a
         join location_groups g on g.tenant_id = (select app.tenant()) and g.id = a.id where a.depth < 50)
     select place as "locationId", array_agg(id order by depth) as "groupIds" from above where id is not null group by 1`,
    [locationIds],
  )

/** The node is one of this organization: an open location, or a group that stands. */
export async function isNode(
  tx: ReadTx,
  { groupId, locationId }: Pick<PolicyChange, 'groupId' | 'locationId'>,
): Promise<boolean> {
  if (groupId === null && locationId === null) return true
  const rows = await tx.query(
    `select from locations where tenant_id = (select app.tenant()) and organization_id = $1 and id = $2 and closed_at is null
     union all
     select from location_groups where tenant_id = (select app.tenant()) and organization_id = $1 and id = $3 and archived_at is null`,
    [tx.actor.organizationId, locationId, groupId],
  )
  return rows.length === 1
}

/** Undefined when another was saved meanwhile. */
export async function savePolicy(tx: Tx, change: PolicyChange, by: string | null): Promise<string | undefined> {
  const { kind, severity, groupId, locationId, policy, revision } = change
  const values = [tx.actor.organizationId, kind, severity, groupId, locationId, JSON.stringify(policy), by]
  const rows =
    revision === 0
      ? await tx.query<{ id: string }>(
          `insert into alert_policies (organization_id, kind, severity, group_id, place_id, policy, changed_by)
           values ($1, $2, $3, $4, $5, $6, $7) on conflict do nothing returning id`,
          values,
        )
      : await tx.query<{ id: string }>(
          `update alert_policies set policy = $6, revision = revision + 1, changed_by = $7, changed_at = now()
            where tenant_id = (select app.tenant()) and organization_id = $1 and kind = $2 and severity = $3
              and group_id is not distinct from $4 and place_id is not distinct from $5 and revision = $8 returning id`,
          [...values, revision],
        )
  return rows[0]?.id
}

export async function removePolicy(tx: Tx, id: string): Promise<PolicyRecord | undefined> {
  const policy = (await standingPolicies(tx)).find((one) => one.id === id)
  if (policy) await tx.query('delete from alert_policies where tenant_id = (select app.tenant()) and id = $1', [id])
  return policy
}

/** What is open is looked at by the new policy at once. */
export const lookAgain = (tx: Tx, { kind, severity }: { kind: string; severity: string }) =>
  tx.query(
    `update matters set next_at = now() where tenant_id = (select app.tenant()) and kind = $1 and severity = $2 and closed_at is null
        and (returns_at is null or returns_at <= now())`,
    [kind, severity],
  )
