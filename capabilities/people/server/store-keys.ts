import type { Actor } from '@opsflow/platform/actor'
import type { ReadTx, Tx } from '@opsflow/platform/server/tenant'
import type { NewApiKey } from '../api-key.ts'
import type { NewDevice } from '../device.ts'
import { memberIdOf } from './store.ts'

type Minted = { id: string; createdAt: string }

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
  await tx.query('update api_keys set revoked_at = now(), revoked_by = $2 where id = $1', [id, memberIdOf(actor)])
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
  tx.query('update devices set revoked_at = now(), revoked_by = $2 where id = $1', [id, memberIdOf(actor)])

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
