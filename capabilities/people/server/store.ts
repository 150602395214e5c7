import type { Actor } from '@opsflow/platform/actor'
import type { Tx } from '@opsflow/platform/server/tenant'
import type { MemberStatus } from '../member.ts'
import type { Grant } from '../reach.ts'

export const insertTenant = (tx: Tx, name: string, planType: string, isDemo: boolean) =>
  tx.query('insert into tenants (name, plan_type, is_demo) values ($1, $2, $3)', [name, planType, isDemo])

export const insertOrganization = (tx: Tx, { organizationId }: Actor, name: string, slug: string) =>
  tx.query('insert into organizations (id, name, slug) values ($1, $2, $3)', [organizationId, name, slug])

export async function insertMember(
  tx: Tx,
  { organizationId }: Actor,
  { userId, name, email }: { userId: string | null; name: string; email: string | null },
): Promise<string> {
  const [added] = await tx.query<{ id: string }>(
    'insert into members (organization_id, user_id, name, email) values ($1, $2, $3, $4) returning id',
    [organizationId, userId, name, email],
  )
  return (added as { id: string }).id
}

/** People of the organization: one at a time changes what someone may do. */
export async function lockMember(tx: Tx, { organizationId }: Actor, id: string): Promise<boolean> {
  const found = await tx.query('select from members where id = $1 and organization_id = $2 for no key update', [
    id,
    organizationId,
  ])
  return found.length === 1
}

export const updateMemberStatus = (tx: Tx, id: string, status: MemberStatus) =>
  tx.query('update members set status = $2 where id = $1', [id, status])

/** The four columns that say which role, and where. */
const columnsOf = ({ role, roleId, groupId, locationId }: Grant) =>
  [role, roleId, groupId, locationId].map((column) => column ?? null)

const SAME_GRANT = `role is not distinct from $2 and role_id is not distinct from $3::uuid
  and group_id is not distinct from $4::uuid and location_id is not distinct from $5::uuid and revoked_at is null`

/** No second one beside a grant that stands; the member's row is locked, so none comes in between. */
export const insertGrant = (tx: Tx, actor: Actor, memberId: string, grant: Grant) =>
  tx.query(
    `insert into role_grants (member_id, role, role_id, group_id, location_id, granted_by)
     select $1, $2, $3, $4, $5, $6
      where not exists (select from role_grants where member_id = $1 and ${SAME_GRANT})`,
    [memberId, ...columnsOf(grant), memberIdOf(actor)],
  )

/** False when no such grant stands. */
export async function revokeGrant(tx: Tx, actor: Actor, memberId: string, grant: Grant) {
  const revoked = await tx.query(
    `update role_grants set revoked_at = now(), revoked_by = $6 where member_id = $1 and ${SAME_GRANT} returning id`,
    [memberId, ...columnsOf(grant), memberIdOf(actor)],
  )
  return revoked.length > 0
}

/** Keys and the system act too, but only people are referred to. */
export const memberIdOf = (actor: Actor) => (actor.kind === 'member' ? actor.id : null)

const GRANTS = `
  (select coalesce(json_agg(json_build_object('role', g.role, 'roleId', g.role_id, 'groupId', g.group_id,
                                              'locationId', g.location_id)
                            order by g.role, g.role_id, g.group_id, g.location_id), '[]')
     from role_grants g where g.tenant_id = m.tenant_id and g.member_id = m.id and g.revoked_at is null)`

/** People at the locations in `$6` (null: everywhere), with those of the whole organization. */
export const MEMBERS = `
  select m.id, m.name, m.email, m.status, m.created_at as "createdAt", ${GRANTS} as grants
    from members m
   where m.tenant_id = $1 and m.organization_id = $2 and m.status = $3
     and ($4::text is null or (m.name, m.id) > ($4, $5::uuid))
     and ($6::uuid[] is null or exists (
           select from role_grants g
            where g.tenant_id = m.tenant_id and g.member_id = m.id and g.revoked_at is null
              and (g.location_id is null or g.location_id = any ($6))))
   order by m.name, m.id limit $7`
