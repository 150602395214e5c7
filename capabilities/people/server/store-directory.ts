// Statements of the directory (directory.ts), asked as opsflow_auth.

const AMONG = 'in (select * from unnest($1::uuid[], $2::uuid[]))'

/** The locations of a group and of all groups below it. UNION, not UNION ALL: it would end even in a circle. */
const LOCATIONS_BELOW = `
  (with recursive branch as (
     select b.id from location_groups b
      where b.tenant_id = m.tenant_id and b.organization_id = m.organization_id and b.id = g.group_id
        and b.archived_at is null
     union
     select c.id from branch join location_groups c
         on c.tenant_id = m.tenant_id and c.parent_id = branch.id and c.archived_at is null)
   select coalesce(json_agg(l.id order by l.id), '[]')
     from branch join locations l on l.tenant_id = m.tenant_id and l.group_id = branch.id)`

/** What the member `m` holds in their organization. A grant at a group is followed down the tree as it is now. */
const HELD = `
  m.status <> 'active' or t.status <> 'active' as suspended,
  (select count(*) = 1 from organizations x where x.tenant_id = m.tenant_id) as only_organization,
  (select coalesce(json_agg(json_build_object('role', g.role, 'permissions', r.permissions, 'locationIds',
                              case when g.group_id is not null then ${LOCATIONS_BELOW}
                                   when g.location_id is not null then json_build_array(g.location_id) end)
                            order by g.role, g.role_id, g.group_id, g.location_id), '[]')
     from role_grants g
     left join locations l on l.tenant_id = g.tenant_id and l.id = g.location_id
     left join roles r on r.tenant_id = g.tenant_id and r.id = g.role_id
      and r.organization_id = m.organization_id and r.archived_at is null
    where g.tenant_id = m.tenant_id and g.member_id = m.id and g.revoked_at is null
      and (g.location_id is null or l.organization_id = m.organization_id)) as grants,
  (select array_agg(l.id order by l.id) from locations l
    where l.tenant_id = m.tenant_id and l.organization_id = m.organization_id
      and (select count(*) > 1 from organizations x where x.tenant_id = m.tenant_id)) as location_ids`

const membersWhere = (condition: string) => `
  select m.tenant_id, m.organization_id, o.name as organization_name, o.slug, m.id, m.name, m.user_id, ${HELD}
    from members m
    join tenants t on t.tenant_id = m.tenant_id
    join organizations o on o.tenant_id = m.tenant_id and o.id = m.organization_id
   where ${condition} and m.status <> 'removed'
   order by o.name, o.id`

export const MEMBERSHIPS = membersWhere('m.user_id = any ($1)')
export const MEMBERS_BY_ID = membersWhere(`(m.tenant_id, m.id) ${AMONG}`)

const keysWhere = (condition: string) => `
  select k.tenant_id, k.organization_id, o.name as organization_name, o.slug, k.id, k.name, k.scopes,
         k.location_ids as key_location_ids,
         k.last_used_at is null or k.last_used_at < now() - interval '1 minute' as unnoted, ${HELD}
    from api_keys k
    join members m on m.tenant_id = k.tenant_id and m.id = k.created_by
    join tenants t on t.tenant_id = k.tenant_id
    join organizations o on o.tenant_id = k.tenant_id and o.id = k.organization_id
   where ${condition} and k.revoked_at is null and (k.expires_at is null or k.expires_at > now())`

const devicesWhere = (condition: string) => `
  select d.tenant_id, l.organization_id, o.name as organization_name, o.slug, d.id, d.name, d.location_id,
         t.status <> 'active' as suspended,
         d.last_seen_at is null or d.last_seen_at < now() - interval '1 minute' as unnoted
    from devices d
    join locations l on l.tenant_id = d.tenant_id and l.id = d.location_id
    join tenants t on t.tenant_id = d.tenant_id
    join organizations o on o.tenant_id = l.tenant_id and o.id = l.organization_id
   where ${condition} and d.revoked_at is null`

export const KEY_BY_HASH = keysWhere('k.key_hash = $1')
export const DEVICE_BY_HASH = devicesWhere('d.key_hash = $1')
export const KEYS = keysWhere(`(k.tenant_id, k.id) ${AMONG}`)
export const DEVICES = devicesWhere(`(d.tenant_id, d.id) ${AMONG}`)

export const NOTE_KEY = 'update api_keys set last_used_at = now() where tenant_id = $1 and id = $2'
export const NOTE_DEVICE = 'update devices set last_seen_at = now() where tenant_id = $1 and id = $2'

export const IS_EMPTY = 'select not exists (select from tenants) as empty'
