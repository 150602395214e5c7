import type { Actor } from '@opsflow/platform/actor'
import type { ReadTx, Tx } from '@opsflow/platform/server/tenant'
import type { NewApiKey } from '../api-key.ts'
import type { NewDevice } from '../device.ts'

type Minted = { id: string; createdAt: string }

/** People of the organization: one at a time changes what someone may do. */
export async function lockMember(tx: Tx, { organizationId }: Actor, id: string): Promise<boolean> {
  const found = await tx.query('select from members where id = $1 and organization_id = $2 for no key update', [
    id,
    organizationId,
  ])
  return found.length === 1
}

/** How many of these locations belong to the organization and lie in the actor's reach. */
export async function visibleLocations(tx: ReadTx, { organizationId }: Actor, ids: readonly string[]): Promise<number> {
  const [count] = await tx.query<{ n: number }>(
    'select count(*) as n from locations where organization_id = $1 and id = any ($2::uuid[])',
    [organizationId, ids],
  )
  return count?.n ?? 0
}

export async function insertApiKey(tx: Tx, actor: Actor, key: NewApiKey, prefix: string, hash: Buffer) {
  const [made] = await tx.query<Minted>(
    `insert into api_keys (organization_id, name, prefix, key_hash, scopes, location_ids, expires_at, created_by)
     values ($1, $2, $3, $4, $5, $6, $7, $8) returning id, created_at as "createdAt"`,
    [actor.organizationId, key.name, prefix, hash, key.scopes, key.locationIds, key.expiresAt, actor.id],
  )
  return made as Minted
}

/** True when it was not revoked before; undefined when there is no such key. */
export async function revokeApiKeyRow(tx: Tx, actor: Actor, id: string): Promise<boolean | undefined> {
  const [known] = await tx.query<{ revoked_at: string | null }>(
    'select revoked_at from api_keys where id = $1 and organization_id = $2 for no key update',
    [id, actor.organizationId],
  )
  if (!known || known.revoked_at !== null) return known && false
  await tx.query('update api_keys set revoked_at = now(), revoked_by = $2 where id = $1', [id, revokerOf(actor)])
  return true
}

export async function insertDevice(tx: Tx, actor: Actor, device: NewDevice, prefix: string, hash: Buffer) {
  const [made] = await tx.query<Minted>(
    `insert into devices (location_id, name, kind, prefix, key_hash, created_by)
     values ($1, $2, $3, $4, $5, $6) returning id, created_at as "createdAt"`,
    [device.locationId, device.name, device.kind, prefix, hash, actor.id],
  )
  return made as Minted
}

export async function lockDevice(tx: Tx, { organizationId }: Actor, id: string) {
  const [device] = await tx.query<{ locationId: string; revokedAt: string | null }>(
    `select d.location_id as "locationId", d.revoked_at as "revokedAt"
       from devices d join locations l on l.tenant_id = d.tenant_id and l.id = d.location_id
      where d.id = $1 and l.organization_id = $2 for no key update of d`,
    [id, organizationId],
  )
  return device
}

export const revokeDeviceRow = (tx: Tx, actor: Actor, id: string) =>
  tx.query('update devices set revoked_at = now(), revoked_by = $2 where id = $1', [id, revokerOf(actor)])

const revokerOf = (actor: Actor) => (actor.kind === 'member' ? actor.id : null)

const GRANTS = `
  (select coalesce(json_agg(json_build_object('role', g.role, 'locationId', g.location_id)
                            order by g.role, g.location_id), '[]')
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

export const API_KEYS = `
  select k.id, k.name, k.prefix, k.scopes, k.location_ids as "locationIds", k.created_at as "createdAt",
         k.expires_at as "expiresAt", k.last_used_at as "lastUsedAt", k.revoked_at as "revokedAt",
         json_build_object('id', m.id, 'name', m.name) as "createdBy"
    from api_keys k join members m on m.tenant_id = k.tenant_id and m.id = k.created_by
   where k.tenant_id = $1 and k.organization_id = $2 and ($3::uuid is null or k.id < $3)
   order by k.id desc limit $4`

export const DEVICES = `
  select d.id, d.location_id as "locationId", d.name, d.kind, d.prefix, d.created_at as "createdAt",
         d.last_seen_at as "lastSeenAt", d.revoked_at as "revokedAt"
    from devices d join locations l on l.tenant_id = d.tenant_id and l.id = d.location_id
   where d.tenant_id = $1 and l.organization_id = $2 and ($3::uuid is null or d.location_id = $3)
     and ($4::uuid is null or d.id < $4)
   order by d.id desc limit $5`

export const SESSION_MEMBER = `
  select m.id, m.name, m.email, m.user_id as "userId", array(select g.role from role_grants g
           where g.tenant_id = m.tenant_id and g.member_id = m.id and g.revoked_at is null) as roles
    from members m where m.tenant_id = $1 and m.id = $2`

export const SESSION_ORGANIZATION = `
  select o.id, o.name, o.slug, t.tenant_id as "tenantId", t.name as "tenantName", t.is_demo as "isDemo"
    from organizations o join tenants t on t.tenant_id = o.tenant_id
   where o.tenant_id = $1 and o.id = $2`

export const SESSION_LOCATIONS = `
  select id, name, kind, timezone, temperature_unit as "temperatureUnit" from locations
   where tenant_id = $1 and organization_id = $2 and closed_at is null order by name, id`
