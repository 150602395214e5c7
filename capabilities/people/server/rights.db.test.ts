import { randomUUID } from 'node:crypto'
import { type Actor, can } from '@opsflow/platform/actor'
import { openPool } from '@opsflow/platform/server/tenant'
import fc from 'fast-check'
import type pg from 'pg'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { isOrganizationWide } from '../index.ts'
import type { Role } from '../role-schema.ts'
import { PERMISSIONS, type Permission, ROLES, rolePermissions } from '../roles.ts'
import { type PeopleUnderTest, peopleUnderTest } from './for-tests.ts'

/** A chain as the property draws it. Groups hang at an earlier group or (null) at the organization. */
type Drawn = {
  groups: { parent: number | null; archived: boolean }[]
  locations: (number | null)[]
  roles: Permission[][]
  grants: { role: Role | number; place: Place }[]
  beside: boolean
}
type Place = { kind: 'organization' } | { kind: 'group' | 'location'; n: number }

const MOST = { groups: 6, locations: 7, roles: 3, grants: 6 }
const RUNS = process.env.LONG_TESTS ? 5000 : 250

/** An index into what was drawn before it: taken modulo how many there are. */
const index = fc.nat(1000)
const drawn: fc.Arbitrary<Drawn> = fc
  .record({
    parents: fc.array(fc.option(index, { freq: 3 }), { maxLength: MOST.groups }),
    archive: fc.array(fc.nat(9), { minLength: MOST.groups, maxLength: MOST.groups }),
    locations: fc.array(fc.option(index, { freq: 4 }), { minLength: 1, maxLength: MOST.locations }),
    roles: fc.array(fc.uniqueArray(fc.constantFrom(...PERMISSIONS), { minLength: 1, maxLength: 5 }), {
      maxLength: MOST.roles,
    }),
    grants: fc.array(
      fc.record({
        role: fc.oneof(fc.constantFrom<Role>(...ROLES), index),
        place: fc.record({ kind: fc.constantFrom('organization', 'group', 'group', 'location', 'location'), n: index }),
      }),
      { maxLength: MOST.grants },
    ),
    beside: fc.boolean(),
  })
  .map(({ parents, archive, locations, roles, grants, beside }) => ({
    // One in ten groups is archived: a branch that ends there.
    groups: parents.map((parent, n) => ({ parent: before(parent, n), archived: archive[n] === 0 })),
    locations: locations.map((group) => before(group, parents.length)),
    roles,
    beside,
    grants: grants.flatMap(({ role, place }): Drawn['grants'] => {
      if (typeof role === 'number' && roles.length === 0) return []
      const held = typeof role === 'number' ? role % roles.length : role
      if (held === 'org:admin' || place.kind === 'organization')
        return [{ role: held, place: { kind: 'organization' } }]
      const of = place.kind === 'group' ? parents.length : locations.length
      return of === 0 ? [] : [{ role: held, place: { kind: place.kind as 'group' | 'location', n: place.n % of } }]
    }),
  }))

const before = (n: number | null, count: number) => (n === null || count === 0 ? null : n % count)

let people: PeopleUnderTest
let admin: pg.Pool

beforeAll(async () => {
  people = await peopleUnderTest()
  admin = openPool(people.testDb.admin, 2)
})
afterAll(async () => {
  await admin.end()
  await people.close()
})

test('can() is what row-level security returns, for random trees, roles and grants', async () => {
  let cases = 0
  let pairs = 0
  await fc.assert(
    fc.asyncProperty(drawn, async (chain) => {
      const planted = await plant(chain)
      const [{ actor } = expect.fail('no membership')] = await people.directory.memberships([planted.userId])
      const seen = new Map<string, Promise<Set<string>>>()
      for (const permission of PERMISSIONS) {
        const rows = await rowsSeen(actor, permission, seen)
        for (const [n, locationId] of planted.locationIds.entries()) {
          const expected = holds(chain, permission, n)
          expect(can(actor, permission, locationId), `${permission} at location ${n}`).toBe(expected)
          expect(rows.has(locationId), `rows of location ${n} by ${permission}`).toBe(expected)
          pairs++
        }
        for (const foreign of planted.foreignIds) {
          expect(can(actor, permission, foreign) || rows.has(foreign)).toBe(false)
        }
      }
      // All of it together: a location is open to the database when anything at all is allowed there.
      const everything = await visible(actor)
      for (const [n, locationId] of planted.locationIds.entries()) {
        expect(everything.has(locationId)).toBe(PERMISSIONS.some((permission) => holds(chain, permission, n)))
      }
      cases++
    }),
    { numRuns: RUNS },
  )
  console.log(`can() against row-level security: ${cases} cases, ${pairs} pairs of permission and location`)
  expect(cases).toBeGreaterThanOrEqual(200)
}, 1_800_000)

/** What was drawn says it in the plainest way: some grant gives the permission at this location or above it. */
function holds({ groups, locations, roles, grants }: Drawn, permission: Permission, location: number): boolean {
  const above = new Set<number>()
  for (let at = locations[location] ?? null; at !== null && !groups[at]?.archived; at = groups[at]?.parent ?? null) {
    above.add(at)
  }
  return grants.some(({ role, place }) => {
    const given = typeof role === 'number' ? roles[role] : rolePermissions[role]
    if (!given?.includes(permission)) return false
    if (place.kind === 'organization') return true
    if (isOrganizationWide(permission)) return false
    return place.kind === 'group' ? above.has(place.n) : place.n === location
  })
}

/** Rows of a located table that come back when only this permission counts, through its own signed context. */
function rowsSeen(actor: Actor, permission: Permission, known: Map<string, Promise<Set<string>>>) {
  const reach = actor.permissions.get(permission)
  if (reach === undefined) return new Set<string>()
  const locationIds = reach === 'all' ? actor.locationIds : reach
  const name = locationIds === 'all' ? 'all' : [...locationIds].sort().join()
  const rows = known.get(name) ?? visible({ ...actor, locationIds })
  known.set(name, rows)
  return rows
}

async function visible(actor: Actor): Promise<Set<string>> {
  const [devices, locations] = (await people.database.readBatch(actor, [
    { sql: 'select location_id as id from devices' },
    { sql: 'select id from locations' },
  ])) as [{ id: string }[], { id: string }[]]
  const ids = new Set(devices.map(({ id }) => id))
  expect(new Set(locations.map(({ id }) => id))).toEqual(ids)
  return ids
}

/** The chain as rows, with one device at each location; beside it another organization of the tenant, and a stranger. */
async function plant({ groups, locations, roles, grants, beside }: Drawn) {
  const [tenant, organization, member, userId] = [randomUUID(), randomUUID(), randomUUID(), randomUUID()]
  const groupIds = groups.map(() => randomUUID())
  const locationIds = locations.map(() => randomUUID())
  const roleIds = roles.map(() => randomUUID())
  const at = (n: number | null, ids: string[]) => (n === null ? null : ids[n])
  const sibling = beside ? [randomUUID()] : []
  const rows: Record<string, object[]> = {
    tenants: [{ name: 'T' }],
    organizations: [organization, ...sibling].map((id) => ({ id, name: 'O', slug: `o-${id}` })),
    location_groups: groups.map(({ parent, archived }, n) => ({
      ...{ id: groupIds[n], organization_id: organization, parent_id: at(parent, groupIds), name: `G${n}` },
      archived_at: archived ? new Date() : null,
    })),
    locations: [
      ...locations.map((group, n) => ({
        ...{ id: locationIds[n], organization_id: organization, group_id: at(group, groupIds), name: `L${n}` },
        ...PLACE,
      })),
      ...sibling.map((id) => ({ id, organization_id: id, name: 'S', ...PLACE })),
    ],
    members: [{ id: member, organization_id: organization, user_id: userId, name: 'M' }],
    roles: roles.map((permissions, n) => ({
      id: roleIds[n],
      organization_id: organization,
      name: `R${n}`,
      permissions,
    })),
    role_grants: unique(grants).map(({ role, place }) => ({
      member_id: member,
      role: typeof role === 'number' ? null : role,
      role_id: typeof role === 'number' ? roleIds[role] : null,
      group_id: place.kind === 'group' ? groupIds[place.n] : null,
      location_id: place.kind === 'location' ? locationIds[place.n] : null,
    })),
    devices: [...locationIds, ...sibling].map((location_id) => ({
      ...{ location_id, name: 'D', kind: 'probe', prefix: 'ofd_', created_by: member },
      key_hash: `\\x${'00'.repeat(32)}`,
    })),
  }
  for (const [table, own] of Object.entries(rows)) {
    if (own.length === 0) continue
    const complete = own.map((row) => ({ tenant_id: tenant, ...row }))
    const columns = Object.keys(complete[0] as object).join(', ')
    await admin.query(
      `insert into ${table} (${columns}) select ${columns} from jsonb_populate_recordset(null::${table}, $1)`,
      [JSON.stringify(complete)],
    )
  }
  return { userId, locationIds, foreignIds: sibling }
}

const PLACE = { kind: 'cafe', timezone: 'UTC' }
const unique = (grants: Drawn['grants']) => [...new Map(grants.map((grant) => [JSON.stringify(grant), grant])).values()]
