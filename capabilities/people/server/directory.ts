import { createHash } from 'node:crypto'
import type { Actor, Reach } from '@opsflow/platform/actor'
import { withClient } from '@opsflow/platform/server/tenant'
import type pg from 'pg'
import { devicePermissions, type Held, narrowed, type Permission, permissionsOf, type Role, reachOf } from '../index.ts'
import { givenBy } from './authority.ts'
import {
  DEVICE_BY_HASH,
  DEVICES,
  IS_EMPTY,
  KEY_BY_HASH,
  KEYS,
  MEMBERS_BY_ID,
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
  /** People by who they are in their organization, also those without an account. */
  members: (ids: Ids) => Promise<Holder[]>
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
      return rows.map((row) => ({ ...memberOf(row), userId: row.user_id as string }))
    },
    members: async (ids) => (await ask<MemberRow>('members', MEMBERS_BY_ID, byId(ids))).map(memberOf),
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
type MemberRow = Row & Holdings & { user_id: string | null }
type KeyRow = Row & Holdings & { scopes: string[]; key_location_ids: string[] | null; unnoted: boolean }
type DeviceRow = Row & { suspended: boolean; location_id: string; unnoted: boolean }

const memberOf = (row: MemberRow) => holderOf('member', row, permissionsOfMember(row), placesOf(row), heldParts(row))

const keyOf = (row: KeyRow) => {
  const permissions = narrowed(permissionsOfMember(row), row.scopes, row.key_location_ids)
  return holderOf('key', row, permissions, placesOf(row), heldParts(row))
}

const deviceOf = (row: DeviceRow) => {
  const here: Reach = new Set([row.location_id])
  const permissions = new Map(devicePermissions.map((permission) => [permission, here]))
  return holderOf('device', row, permissions, here, [row.suspended])
}

const permissionsOfMember = ({ grants }: Holdings) => permissionsOf(grants.map(heldBy))

const heldBy = (grant: GrantRow): Held => ({ permissions: givenBy(grant), locationIds: grant.locationIds })

/** In a tenant with one organization, everything; beside another one, this organization's locations by name. */
const placesOf = ({ only_organization, location_ids }: Holdings): Reach =>
  only_organization ? 'all' : new Set(location_ids)

const heldParts = (row: Holdings) => [row.suspended, row.grants, row.only_organization, row.location_ids]

function holderOf(
  kind: Actor['kind'],
  row: Row & { suspended: boolean },
  permissions: ReadonlyMap<Permission, Reach>,
  wholeOrganization: Reach,
  standsOn: unknown[],
): Holder {
  const reach = reachOf(permissions)
  return {
    actor: {
      tenantId: row.tenant_id,
      organizationId: row.organization_id,
      kind,
      id: row.id,
      name: row.name,
      permissions,
      locationIds: reach === 'all' ? wholeOrganization : reach,
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
