/** Role → where `m` holds it: 'all', or the locations of its grants, those below their groups with them. */
const ROLES_AT = `(
  with recursive held (key, group_id, location_id, is_all) as (
    select coalesce(g.role, g.role_id::text), g.group_id, g.location_id, num_nonnulls(g.group_id, g.location_id) = 0
      from role_grants g where g.tenant_id = m.tenant_id and g.member_id = m.id and g.revoked_at is null
    union
    select h.key, c.id, null, false from held h
      join location_groups c on c.tenant_id = m.tenant_id and c.parent_id = h.group_id and c.archived_at is null)
  select coalesce(json_object_agg(key, places), '{}') from (
    select h.key, case when bool_or(h.is_all) then to_json('all'::text)
                       else to_json(array_remove(array_agg(distinct l.id), null)) end as places
      from held h left join locations l on l.tenant_id = m.tenant_id and (l.id = h.location_id or l.group_id = h.group_id)
     group by h.key) at_places)`

export const SESSION_MEMBER = `
  select m.id, m.name, m.email, m.user_id as "userId", array(select g.role from role_grants g
           where g.tenant_id = m.tenant_id and g.member_id = m.id and g.revoked_at is null
             and g.role is not null) as roles,
         array(select distinct coalesce(g.role, g.role_id::text) from role_grants g
           where g.tenant_id = m.tenant_id and g.member_id = m.id and g.revoked_at is null) as "roleKeys",
         ${ROLES_AT} as "rolesAt"
    from members m where m.tenant_id = $1 and m.id = $2`

export const SESSION_ORGANIZATION = `
  select o.id, o.name, o.slug, o.brand, t.tenant_id as "tenantId", t.name as "tenantName", t.is_demo as "isDemo"
    from organizations o join tenants t on t.tenant_id = o.tenant_id
   where o.tenant_id = $1 and o.id = $2`

export const SESSION_LOCATIONS = `
  select id, name, kind, timezone, temperature_unit as "temperatureUnit" from locations
   where tenant_id = $1 and organization_id = $2 and closed_at is null order by name, id`

export const USER_OF_MEMBER = 'select user_id as "userId" from members where tenant_id = $1 and id = $2'
