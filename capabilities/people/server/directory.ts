import { createHash } from 'node:crypto'
import type { Actor, Reach } from '@opsflow/platform/actor'
import { withClient } from '@opsflow/platform/server/tenant'
import type pg from 'pg'
import {
  devicePermissions,
  type Held,
  isPermission,
  narrowed,
  type Permission,
  permissionsOf,
  type Role,
  reachOf,
  rolePermissions,
} from '../index.ts'
import {
  DEVICE_BY_HASH,
  DEVICES,
  IS_EMPTY,
  KEY_BY_HASH,
  KEYS,
  MEMBERSHIPS,
  NOTE_DEVICE,
  NOTE_KEY,
} from './store-directory.ts'

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
  const ask = <Row extends pg.QueryResultRow>(name: string, text: string, values: unknown[]) =>
    withClient(pool, async (client) => (await client.query<Row>({ name, text, values })).rows)
  const byId = (ids: Ids) => [ids.map(({ tenantId }) => tenantId), ids.map(({ id }) => id)]

  return {
    async memberships(userIds) {
      const rows = await ask<MemberRow>('memberships', MEMBERSHIPS, [userIds])
      return rows.map((row) => ({ ...memberOf(row), userId: row.user_id }))
    },
    async keyByHash(hash) {
      const [row] = await ask<KeyRow>('key-by-hash', KEY_BY_HASH, [hash])
      if (row?.unnoted) note(pool, NOTE_KEY, row)
      return row && keyOf(row)
    },
    async deviceByHash(hash) {
      const [row] = await ask<DeviceRow>('device-by-hash', DEVICE_BY_HASH, [hash])
      if (row?.unnoted) note(pool, NOTE_DEVICE, row)
      return row && deviceOf(row)
    },
    keys: async (ids) => (await ask<KeyRow>('keys', KEYS, byId(ids))).map(keyOf),
    devices: async (ids) => (await ask<DeviceRow>('devices', DEVICES, byId(ids))).map(deviceOf),
    async isEmpty() {
      const [row] = await ask<{ empty: boolean }>('is-empty', IS_EMPTY, [])
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
type GrantRow = { role: Role | null; permissions: string[] | null; locationIds: string[] | null }
type Holdings = { suspended: boolean; only_organization: boolean; grants: GrantRow[]; location_ids: string[] | null }
type MemberRow = Row & Holdings & { user_id: string }
type KeyRow = Row & Holdings & { scopes: string[]; key_location_ids: string[] | null; unnoted: boolean }
type DeviceRow = Row & { suspended: boolean; location_id: string; unnoted: boolean }

const memberOf = (row: MemberRow) => holderOf('member', row, permissionsOfMember(row), heldParts(row))

const keyOf = (row: KeyRow) =>
  holderOf('key', row, narrowed(permissionsOfMember(row), row.scopes, row.key_location_ids), heldParts(row))

const deviceOf = (row: DeviceRow) => {
  const here: Reach = new Set([row.location_id])
  return holderOf('device', row, new Map(devicePermissions.map((permission) => [permission, here])), [row.suspended])
}

/** In a tenant with one organization, everything; beside another one, this organization's locations by name. */
const permissionsOfMember = ({ grants, only_organization, location_ids }: Holdings) =>
  permissionsOf(grants.map(heldBy), only_organization ? 'all' : new Set(location_ids))

/** A permission the product no longer knows gives nothing. */
const heldBy = ({ role, permissions, locationIds }: GrantRow): Held => ({
  permissions: role ? rolePermissions[role] : (permissions ?? []).filter(isPermission),
  locationIds,
})

const heldParts = (row: Holdings) => [row.suspended, row.grants, row.only_organization, row.location_ids]

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
