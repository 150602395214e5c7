import type { Actor } from '@opsflow/platform/actor'
import type { ReadTx, Tx } from '@opsflow/platform/server/tenant'
import type { NewRole } from '../custom-role.ts'
import { memberIdOf } from './store.ts'

export type RoleRow = NewRole & { id: string; version: number; createdAt: string }

const COLUMNS = 'id, name, description, permissions, version, created_at as "createdAt"'

export async function lockRole(tx: Tx, { organizationId }: Actor, id: string) {
  const [role] = await tx.query<RoleRow>(
    `select ${COLUMNS} from roles where id = $1 and organization_id = $2 and archived_at is null for no key update`,
    [id, organizationId],
  )
  return role
}

export const rolesOf = (tx: ReadTx, { organizationId }: Actor) =>
  tx.query<RoleRow>(`select ${COLUMNS} from roles where organization_id = $1 and archived_at is null`, [organizationId])

export async function insertRole(tx: Tx, actor: Actor, { name, description, permissions }: NewRole) {
  const [made] = await tx.query<RoleRow>(
    `insert into roles (organization_id, name, description, permissions, created_by) values ($1, $2, $3, $4, $5)
     returning ${COLUMNS}`,
    [actor.organizationId, name, description, permissions, memberIdOf(actor)],
  )
  return made as RoleRow
}

export async function updateRole(tx: Tx, { id, name, description, permissions }: RoleRow) {
  const [changed] = await tx.query<RoleRow>(
    `update roles set name = $2, description = $3, permissions = $4, version = version + 1 where id = $1
     returning ${COLUMNS}`,
    [id, name, description, permissions],
  )
  return changed as RoleRow
}

export const archiveRoleRow = (tx: Tx, id: string) =>
  tx.query('update roles set archived_at = now() where id = $1', [id])

export async function countRoles(tx: ReadTx, { organizationId }: Actor): Promise<number> {
  const [count] = await tx.query<{ n: number }>(
    'select count(*) as n from roles where organization_id = $1 and archived_at is null',
    [organizationId],
  )
  return count?.n ?? 0
}

/** Who holds it somewhere, of those who have not left. */
export const holdersOf = (tx: ReadTx, roleId: string) =>
  tx.query<{ id: string; name: string }>(
    `select distinct m.id, m.name from role_grants g join members m on m.tenant_id = g.tenant_id and m.id = g.member_id
      where g.role_id = $1 and g.revoked_at is null and m.status <> 'removed' order by m.name, m.id`,
    [roleId],
  )

export const ROLES_OF_ORGANIZATION = `
  select r.id, r.name, r.description, r.permissions, r.version, r.created_at as "createdAt",
         (select count(distinct m.id) from role_grants g join members m on m.tenant_id = g.tenant_id and m.id = g.member_id
           where g.tenant_id = r.tenant_id and g.role_id = r.id and g.revoked_at is null and m.status <> 'removed') as holders
    from roles r
   where r.tenant_id = $1 and r.organization_id = $2 and r.archived_at is null
   order by r.name, r.id`

export const HOLDERS_OF_BUILT_IN = `
  select g.role, count(distinct m.id) as holders
    from role_grants g join members m on m.tenant_id = g.tenant_id and m.id = g.member_id
   where g.tenant_id = $1 and m.organization_id = $2 and g.revoked_at is null and g.role is not null
     and m.status <> 'removed'
   group by g.role`
