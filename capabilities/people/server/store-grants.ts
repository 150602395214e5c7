import type { Actor } from '@opsflow/platform/actor'
import type { ReadTx, Tx } from '@opsflow/platform/server/tenant'
import type { Grant } from '../reach.ts'
import type { Role } from '../role-schema.ts'
import { memberIdOf } from './store.ts'

/** A grant that stands, with what a role of the organization's own gives. */
export type GrantRow = {
  id: string
  memberId: string
  role: Role | null
  roleId: string | null
  groupId: string | null
  locationId: string | null
  permissions: string[] | null
}

/** Whoever changes rights holds this row: of two who do so at once, the second sees what the first has done. */
export const lockOrganization = (tx: Tx, { organizationId }: Actor) =>
  tx.query('select from organizations where id = $1 for no key update', [organizationId])

const STANDING = `
  select g.id, g.member_id as "memberId", g.role, g.role_id as "roleId", g.group_id as "groupId",
         g.location_id as "locationId", r.permissions
    from role_grants g join members m on m.tenant_id = g.tenant_id and m.id = g.member_id
    left join roles r on r.tenant_id = g.tenant_id and r.id = g.role_id and r.archived_at is null
   where m.organization_id = $1 and g.revoked_at is null`

export const grantsOfMember = (tx: ReadTx, { organizationId }: Actor, memberId: string) =>
  tx.query<GrantRow>(`${STANDING} and g.member_id = $2`, [organizationId, memberId])

export const grantsOfAll = (tx: ReadTx, { organizationId }: Actor) => tx.query<GrantRow>(STANDING, [organizationId])

export async function standingGrant(tx: ReadTx, { organizationId }: Actor, id: string): Promise<GrantRow | undefined> {
  return (await tx.query<GrantRow>(`${STANDING} and g.id = $2`, [organizationId, id]))[0]
}

export const groupsOf = (tx: ReadTx, { organizationId }: Actor) =>
  tx.query<{ id: string; parentId: string | null }>(
    `select id, parent_id as "parentId" from location_groups where organization_id = $1 and archived_at is null`,
    [organizationId],
  )

/** Those of the organization that the actor may see, and the group each lies in. */
export const placesOf = (tx: ReadTx, { organizationId }: Actor, locationIds: readonly string[]) =>
  tx.query<{ id: string; groupId: string | null }>(
    `select id, group_id as "groupId" from locations where organization_id = $1 and id = any ($2::uuid[])`,
    [organizationId, locationIds],
  )

/** The four columns that say which role, and where. */
const columnsOf = ({ role, roleId, groupId, locationId }: Grant) =>
  [role, roleId, groupId, locationId].map((column) => column ?? null)

/** The grant, whether it is new or stood already; the organization's row is locked. */
export async function insertGrant(tx: Tx, actor: Actor, memberId: string, grant: Grant) {
  const [stands] = await tx.query<{ id: string; isNew: boolean }>(
    `with known as (
       select id from role_grants
        where member_id = $1 and role is not distinct from $2 and role_id is not distinct from $3::uuid
          and group_id is not distinct from $4::uuid and location_id is not distinct from $5::uuid
          and revoked_at is null),
     made as (
       insert into role_grants (member_id, role, role_id, group_id, location_id, granted_by)
       select $1, $2, $3, $4, $5, $6 where not exists (select from known) returning id)
     select id, false as "isNew" from known union all select id, true from made`,
    [memberId, ...columnsOf(grant), memberIdOf(actor)],
  )
  return stands as { id: string; isNew: boolean }
}

export const revokeGrantRow = (tx: Tx, actor: Actor, id: string) =>
  tx.query('update role_grants set revoked_at = now(), revoked_by = $2 where id = $1', [id, memberIdOf(actor)])

/** A built-in role held in the whole organization. */
export const revokeEverywhere = (tx: Tx, actor: Actor, memberId: string, role: Role) =>
  tx.query(
    `update role_grants set revoked_at = now(), revoked_by = $3
      where member_id = $1 and role = $2 and location_id is null and group_id is null and revoked_at is null`,
    [memberId, role, memberIdOf(actor)],
  )

/** Admins who can sign in. */
export async function activeAdmins(tx: ReadTx, { organizationId }: Actor): Promise<number> {
  const [count] = await tx.query<{ n: number }>(
    `select count(distinct m.id) as n
       from role_grants g join members m on m.tenant_id = g.tenant_id and m.id = g.member_id
      where m.organization_id = $1 and g.role = 'org:admin' and g.revoked_at is null
        and m.status = 'active' and m.user_id is not null`,
    [organizationId],
  )
  return count?.n ?? 0
}

const VIEW = `
  select g.id, g.member_id as "memberId", g.role, g.role_id as "roleId", r.name as "roleName", g.group_id as "groupId",
         g.location_id as "locationId", coalesce(l.name, b.name) as "placeName", g.granted_at as "grantedAt"
    from role_grants g
    join members m on m.tenant_id = g.tenant_id and m.id = g.member_id
    left join roles r on r.tenant_id = g.tenant_id and r.id = g.role_id
    left join location_groups b on b.tenant_id = g.tenant_id and b.id = g.group_id
    left join locations l on l.tenant_id = g.tenant_id and l.id = g.location_id
   where g.tenant_id = $1 and m.organization_id = $2 and g.revoked_at is null`

export const GRANT = `${VIEW} and g.id = $3`

/** Of one member or of all, newest first; of those at locations in `$4` (null: everywhere), above them, or everywhere. */
export const GRANTS = `${VIEW}
     and ($3::uuid is null or g.member_id = $3)
     and ($4::uuid[] is null or num_nonnulls(g.group_id, g.location_id) = 0 or g.location_id = any ($4)
          or g.group_id in (
            with recursive above (id) as (
              select x.group_id from locations x where x.tenant_id = $1 and x.id = any ($4)
              union
              select c.parent_id from above join location_groups c on c.tenant_id = $1 and c.id = above.id)
            select id from above))
     and ($5::uuid is null or g.id < $5)
   order by g.id desc limit $6`
