import { createHash } from 'node:crypto'
import type { Actor, Reach } from '@opsflow/platform/actor'
import type pg from 'pg'
import { devicePermissions, type Grant, narrowed, type Permission, permissionsOf, reachOf } from '../index.ts'

/** Who may act: a person in one organization, a key or a device. */
export type Holder = {
  actor: Actor
  organization: { name: string; slug: string }
  suspended: boolean
  /** Digest of everything the rights came from: another standing, other rights. */
  standing: string
}

type Ids = readonly { tenantId: string; id: string }[]

/**
 * Look-ups before a tenant is known: whose session, key or device is this, and what may it do where? They run as
 * opsflow_auth, which sees the few columns they need of every tenant and can change none of them.
 */
export type Directory = {
  /** One for each organization a person belongs to, by name. */
  memberships: (userIds: readonly string[]) => Promise<(Holder & { userId: string })[]>
  keyByHash: (hash: Buffer) => Promise<Holder | undefined>
  deviceByHash: (hash: Buffer) => Promise<Holder | undefined>
  keys: (ids: Ids) => Promise<Holder[]>
  devices: (ids: Ids) => Promise<Holder[]>
  /** No tenant yet. */
  isEmpty: () => Promise<boolean>
}

export function directory(pool: pg.Pool): Directory {
  const ask = async <Row extends pg.QueryResultRow>(name: string, text: string, values: unknown[]) =>
    (await pool.query<Row>({ name, text, values })).rows
  const byId = (ids: Ids) => [ids.map(({ tenantId }) => tenantId), ids.map(({ id }) => id)]

  return {
    async memberships(userIds) {
      const rows = await ask<MemberRow>('memberships', MEMBERSHIPS, [userIds])
      return rows.map((row) => ({ ...memberOf(row), userId: row.user_id }))
    },
    async keyByHash(hash) {
      const [row] = await ask<KeyRow>('key-by-hash', keysWhere('k.key_hash = $1'), [hash])
      if (row?.unnoted) note(pool, 'update api_keys set last_used_at = now() where tenant_id = $1 and id = $2', row)
      return row && keyOf(row)
    },
    async deviceByHash(hash) {
      const [row] = await ask<DeviceRow>('device-by-hash', devicesWhere('d.key_hash = $1'), [hash])
      if (row?.unnoted) note(pool, 'update devices set last_seen_at = now() where tenant_id = $1 and id = $2', row)
      return row && deviceOf(row)
    },
    keys: async (ids) => (await ask<KeyRow>('keys', keysWhere(`(k.tenant_id, k.id) ${AMONG}`), byId(ids))).map(keyOf),
    devices: async (ids) =>
      (await ask<DeviceRow>('devices', devicesWhere(`(d.tenant_id, d.id) ${AMONG}`), byId(ids))).map(deviceOf),
    async isEmpty() {
      const [row] = await ask<{ empty: boolean }>('is-empty', 'select not exists (select from tenants) as empty', [])
      return row?.empty === true
    },
  }
}

type Row = {
  tenant_id: string
  organization_id: string
  organization_name: string
  slug: string
  id: string
  name: string
}
type Held = { suspended: boolean; only_organization: boolean; grants: Grant[]; location_ids: string[] | null }
type MemberRow = Row & Held & { user_id: string }
type KeyRow = Row & Held & { scopes: string[]; key_location_ids: string[] | null; unnoted: boolean }
type DeviceRow = Row & { suspended: boolean; location_id: string; unnoted: boolean }

const memberOf = (row: MemberRow) => holderOf('member', row, permissionsOfMember(row), heldParts(row))

const keyOf = (row: KeyRow) =>
  holderOf('key', row, narrowed(permissionsOfMember(row), row.scopes, row.key_location_ids), heldParts(row))

const deviceOf = (row: DeviceRow) => {
  const here: Reach = new Set([row.location_id])
  return holderOf('device', row, new Map(devicePermissions.map((permission) => [permission, here])), [row.suspended])
}

/** In a tenant with one organization, everything; beside another one, this organization's locations by name. */
const permissionsOfMember = ({ grants, only_organization, location_ids }: Held) =>
  permissionsOf(grants, only_organization ? 'all' : new Set(location_ids))

const heldParts = (row: Held) => [row.suspended, row.grants, row.only_organization, row.location_ids]

function holderOf(
  kind: Actor['kind'],
  row: Row & { suspended: boolean },
  permissions: ReadonlyMap<Permission, Reach>,
  standsOn: unknown[],
): Holder {
  return {
    actor: {
      tenantId: row.tenant_id,
      organizationId: row.organization_id,
      kind,
      id: row.id,
      name: row.name,
      permissions,
      locationIds: reachOf(permissions),
    },
    organization: { name: row.organization_name, slug: row.slug },
    suspended: row.suspended,
    standing: createHash('sha256').update(JSON.stringify(standsOn)).digest('base64url'),
  }
}

/** When a key was last used, to the minute. Beside the request: a note that fails is no reason to refuse. */
function note(pool: pg.Pool, text: string, row: { tenant_id: string; id: string }) {
  pool.query(text, [row.tenant_id, row.id]).catch(() => undefined)
}

const AMONG = 'in (select * from unnest($1::uuid[], $2::uuid[]))'

/** What the member `m` holds in their organization. */
const HELD = `
  m.status <> 'active' or t.status <> 'active' as suspended,
  (select count(*) = 1 from organizations x where x.tenant_id = m.tenant_id) as only_organization,
  (select coalesce(json_agg(json_build_object('role', g.role, 'locationId', g.location_id)
                            order by g.role, g.location_id), '[]')
     from role_grants g left join locations l on l.tenant_id = g.tenant_id and l.id = g.location_id
    where g.tenant_id = m.tenant_id and g.member_id = m.id and g.revoked_at is null
      and (g.location_id is null or l.organization_id = m.organization_id)) as grants,
  (select array_agg(l.id order by l.id) from locations l
    where l.tenant_id = m.tenant_id and l.organization_id = m.organization_id
      and (select count(*) > 1 from organizations x where x.tenant_id = m.tenant_id)) as location_ids`

const MEMBERSHIPS = `
  select m.tenant_id, m.organization_id, o.name as organization_name, o.slug, m.id, m.name, m.user_id, ${HELD}
    from members m
    join tenants t on t.tenant_id = m.tenant_id
    join organizations o on o.tenant_id = m.tenant_id and o.id = m.organization_id
   where m.user_id = any ($1) and m.status <> 'removed'
   order by o.name, o.id`

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
