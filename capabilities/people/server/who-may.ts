import type { ReadTx } from '@opsflow/platform/server/tenant'
import { type Permission, ROLES, rolePermissions } from '../roles.ts'

/** The ids of all who are still here and may do it at a location: by a role they hold there, above it, or everywhere. */
export async function whoMay(tx: ReadTx, permission: Permission, locationId: string): Promise<ReadonlySet<string>> {
  const rows = await tx.query<{ id: string }>(
    `with recursive above (id) as (
       select l.group_id from locations l where l.tenant_id = (select app.tenant()) and l.id = $1
       union
       select g.parent_id from above a
         join location_groups g on g.tenant_id = (select app.tenant()) and g.id = a.id and g.archived_at is null)
     select distinct m.id
       from role_grants g
       join members m on m.tenant_id = g.tenant_id and m.id = g.member_id and m.status = 'active'
       join locations l on l.tenant_id = g.tenant_id and l.id = $1 and l.organization_id = m.organization_id
       left join roles r on r.tenant_id = g.tenant_id and r.id = g.role_id and r.archived_at is null
      where g.tenant_id = (select app.tenant()) and g.revoked_at is null
        and (num_nonnulls(g.location_id, g.group_id) = 0 or g.location_id = $1
             or g.group_id in (select b.id from above a join location_groups b on b.tenant_id = (select app.tenant()) and b.id = a.id
                                where b.archived_at is null))
        and (g.role = any ($2) or $3 = any (r.permissions))`,
    [locationId, ROLES.filter((role) => rolePermissions[role].includes(permission)), permission],
  )
  return new Set(rows.map(({ id }) => id))
}
