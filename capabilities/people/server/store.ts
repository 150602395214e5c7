import type { Actor } from '@opsflow/platform/actor'
import type { Tx } from '@opsflow/platform/server/tenant'
import type { MemberStatus } from '../member.ts'

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

export type MemberRow = { id: string; name: string; email: string | null; status: MemberStatus; userId: string | null }

/** People of the organization: one at a time changes what someone may do. */
export async function lockMember(tx: Tx, { organizationId }: Actor, id: string): Promise<MemberRow | undefined> {
  const [member] = await tx.query<MemberRow>(
    `select id, name, email, status, user_id as "userId" from members
      where id = $1 and organization_id = $2 for no key update`,
    [id, organizationId],
  )
  return member
}

export const updateMember = (tx: Tx, { id, name, email, status }: MemberRow) =>
  tx.query('update members set name = $2, email = $3, status = $4 where id = $1', [id, name, email, status])

export const updateMemberStatus = (tx: Tx, id: string, status: MemberStatus) =>
  tx.query('update members set status = $2 where id = $1', [id, status])

export const updateMemberEmail = (tx: Tx, id: string, email: string) =>
  tx.query('update members set email = $2 where id = $1', [id, email])

/** Keys and the system act too, but only people are referred to. */
export const memberIdOf = (actor: Actor) => (actor.kind === 'member' ? actor.id : null)

const GRANTS = `
  (select coalesce(json_agg(json_build_object(
            'id', g.id, 'memberId', g.member_id, 'role', g.role, 'roleId', g.role_id, 'roleName', r.name,
            'groupId', g.group_id, 'locationId', g.location_id, 'placeName', coalesce(l.name, b.name),
            'grantedAt', g.granted_at) order by g.role, r.name, coalesce(b.name, l.name) nulls first, g.id), '[]')
     from role_grants g
     left join roles r on r.tenant_id = g.tenant_id and r.id = g.role_id
     left join location_groups b on b.tenant_id = g.tenant_id and b.id = g.group_id
     left join locations l on l.tenant_id = g.tenant_id and l.id = g.location_id
    where g.tenant_id = m.tenant_id and g.member_id = m.id and g.revoked_at is null)`

/** `m` works at one of these locations: by a grant there, above it, or for the whole organization. */
const worksAt = (locationIds: string) => `exists (
  with recursive above (id) as (
    select l.group_id from locations l where l.tenant_id = m.tenant_id and l.id = any (${locationIds})
    union
    select c.parent_id from above join location_groups c on c.tenant_id = m.tenant_id and c.id = above.id)
  select from role_grants g
   where g.tenant_id = m.tenant_id and g.member_id = m.id and g.revoked_at is null
     and (num_nonnulls(g.location_id, g.group_id) = 0 or g.location_id = any (${locationIds})
          or g.group_id in (select id from above)))`

const COLUMNS = `m.id, m.name, m.email, m.status, m.user_id is not null as "hasAccount", m.created_at as "createdAt",
  ${GRANTS} as grants`

/** People at the locations in `$6` (null: everywhere), with those of the whole organization. */
export const MEMBERS = `
  select ${COLUMNS}
    from members m
   where m.tenant_id = $1 and m.organization_id = $2 and m.status = $3
     and ($4::text is null or (m.name, m.id) > ($4, $5::uuid))
     and ($6::uuid[] is null or ${worksAt('$6')})
     and ($8::text is null or strpos(lower(m.name || ' ' || coalesce(m.email, '')), lower($8)) > 0)
     and ($9::uuid is null or ${worksAt('array[$9::uuid]')})
     and ($10::text is null and $11::uuid is null or exists (
           select from role_grants g
            where g.tenant_id = m.tenant_id and g.member_id = m.id and g.revoked_at is null
              and (g.role = $10 or g.role_id = $11)))
   order by m.name, m.id limit $7`

export const MEMBER = `
  select ${COLUMNS} from members m
   where m.tenant_id = $1 and m.organization_id = $2 and m.id = $3
     and ($4::uuid[] is null or m.id = $5 or ${worksAt('$4')})`
