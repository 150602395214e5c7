import type { Actor } from '@opsflow/platform/actor'
import type { ReadTx, Tx } from '@opsflow/platform/server/tenant'
import type { LocationGroup } from '../location-group.ts'

export type Group = Pick<LocationGroup, 'id' | 'parentId' | 'name' | 'createdAt' | 'archivedAt'>

const COLUMNS = `id, parent_id as "parentId", name, created_at as "createdAt", archived_at as "archivedAt"`

/** One at a time changes the tree of an organization: no two moves make a circle together. */
export const lockTree = (tx: Tx, { tenantId, organizationId }: Actor) =>
  tx.query('select from organizations where tenant_id = $1 and id = $2 for no key update', [tenantId, organizationId])

/** All groups of the organization, by name: a chain has hundreds at most. */
export const readGroups = (tx: ReadTx, { tenantId, organizationId }: Actor) =>
  tx.query<Group>(
    `select ${COLUMNS} from location_groups where tenant_id = $1 and organization_id = $2 order by name, id`,
    [tenantId, organizationId],
  )

/** Where the locations lie that the actor sees. */
export const readPlacings = (tx: ReadTx, { tenantId, organizationId }: Actor) =>
  tx.query<{ id: string; groupId: string | null; isOpen: boolean }>(
    `select id, group_id as "groupId", closed_at is null as "isOpen" from locations
      where tenant_id = $1 and organization_id = $2`,
    [tenantId, organizationId],
  )

export async function insertGroup(tx: Tx, { organizationId }: Actor, name: string, parentId: string | null) {
  const [group] = await tx.query<Group>(
    `insert into location_groups (organization_id, parent_id, name) values ($1, $2, $3) returning ${COLUMNS}`,
    [organizationId, parentId, name],
  )
  return group as Group
}

export const updateGroup = (tx: Tx, { tenantId }: Actor, { id, name, parentId, archivedAt }: Group) =>
  tx.query('update location_groups set name = $3, parent_id = $4, archived_at = $5 where tenant_id = $1 and id = $2', [
    tenantId,
    id,
    name,
    parentId,
    archivedAt,
  ])

/** A grant as it stands: a built-in role by name, or the permissions of one of the organization's own. */
export type StandingGrant = {
  memberId: string
  memberName: string
  role: string | null
  roleName: string
  permissions: readonly string[] | null
  groupId: string | null
  locationId: string | null
}

const STANDING = `
  select g.member_id as "memberId", m.name as "memberName", g.role, coalesce(g.role, r.name) as "roleName",
         r.permissions, g.group_id as "groupId", g.location_id as "locationId"
    from role_grants g
    join members m on m.tenant_id = g.tenant_id and m.id = g.member_id and m.status <> 'removed'
    left join roles r on r.tenant_id = g.tenant_id and r.id = g.role_id
   where g.tenant_id = $1 and g.revoked_at is null and (r.id is null or r.archived_at is null)`

export const grantsOf = (tx: ReadTx, { tenantId }: Actor, memberId: string) =>
  tx.query<StandingGrant>(`${STANDING} and g.member_id = $2`, [tenantId, memberId])

export const grantsAt = (tx: ReadTx, { tenantId }: Actor, groupIds: readonly string[]) =>
  tx.query<StandingGrant>(`${STANDING} and g.group_id = any ($2::uuid[]) order by m.name, g.id`, [tenantId, groupIds])
