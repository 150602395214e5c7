import { openLocation } from '@opsflow/capabilities/locations/server'
import { type Actor, can } from '@opsflow/platform/actor'
import fc from 'fast-check'
import pg from 'pg'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { PERMISSIONS, ROLES } from '../roles.ts'
import { addMember } from './add-member.ts'
import { changeMember } from './change-member.ts'
import { newKey } from './credentials.ts'
import { enrolDevice } from './enrol-device.ts'
import {
  admin,
  type Chain,
  cookieOf,
  grantIdsOf,
  hire,
  locationNamed,
  makeChain,
  type PeopleUnderTest,
  peopleUnderTest,
} from './for-tests.ts'
import { revokeRole } from './grant-role.ts'
import { makeApiKey } from './make-api-key.ts'
import { revokeApiKey, revokeDevice } from './revoke-key.ts'

let people: PeopleUnderTest
let northern: Chain
let burger: Chain
let pizza: Chain
let ana: Awaited<ReturnType<typeof hire>>
beforeAll(async () => {
  people = await peopleUnderTest()
  northern = await makeChain(people, { name: 'Northern', locations: 3 })
  burger = await makeChain(people, { name: 'Burger', locations: 2 })
  pizza = await makeChain(people, { name: 'Pizza', locations: 2, tenantId: burger.system.tenantId })
  ana = await hire(people, northern, { name: 'Ana', grants: admin })
})
afterAll(() => people.close())
beforeEach(() => people.advance(10_000))

const asPerson = (cookie: string, organizationId?: string) =>
  people.authenticator.authenticate({ headers: { cookie }, organizationId })
const withKey = (key: string, organizationId?: string) =>
  people.authenticator.authenticate({ headers: { authorization: `Bearer ${key}` }, organizationId })
const at = (chain: Chain, n: number) => chain.locationIds[n] as string

/** What no role of the product may do, only who runs the database. */
async function asOperator(sql: string, values: unknown[]) {
  const operator = new pg.Client(people.testDb.admin)
  await operator.connect()
  await operator.query(sql, values)
  await operator.end()
}

type Scopes = Parameters<typeof makeApiKey>[2]['scopes']
async function keyOf(actor: Actor, scopes: Scopes, locationIds: string[] | null = null) {
  const key = newKey('ofk')
  const wanted = { name: 'till', scopes, locationIds, expiresAt: null }
  const { id } = await people.database.write(actor, (tx) => makeApiKey(tx, actor, wanted, key, people.digest))
  return { id, key }
}

describe('a person', () => {
  test('is known by their session, with their grants', async () => {
    const cookie = await cookieOf(people, ana.email)
    const caller = await asPerson(cookie)
    expect(caller).toMatchObject({
      via: 'session',
      actor: {
        kind: 'member',
        id: ana.memberId,
        name: 'Ana',
        tenantId: northern.system.tenantId,
        organizationId: northern.system.organizationId,
        locationIds: 'all',
      },
    })
    expect([...(caller?.actor.permissions.keys() ?? [])].sort()).toEqual([...PERMISSIONS].sort())
    expect(await asPerson(cookie)).toBe(caller)
  })

  test('reaches only the locations of their grants', async () => {
    const grants = [
      { role: 'org:manager' as const, locationId: at(northern, 0) },
      { role: 'org:member' as const, locationId: at(northern, 1) },
    ]
    const { actor } = await hire(people, northern, { name: 'Bo', grants })
    expect(actor.locationIds).toEqual(new Set([at(northern, 0), at(northern, 1)]))
    expect(can(actor, 'temperature.configure', at(northern, 0))).toBe(true)
    expect(can(actor, 'temperature.configure', at(northern, 1))).toBe(false)
    expect(can(actor, 'temperature.record', at(northern, 1))).toBe(true)
    expect(can(actor, 'temperature.record', at(northern, 2))).toBe(false)
  })

  test('who is admin of one organization of a tenant does not reach the other one', async () => {
    const { actor } = await hire(people, burger, { name: 'Cy', grants: admin })
    expect(actor.locationIds).toEqual(new Set(burger.locationIds))
    expect(can(actor, 'temperature.read', at(pizza, 0))).toBe(false)
  })

  test('in several organizations has to choose, among all their tenants', async () => {
    const dee = await hire(people, northern, { name: 'Dee', grants: admin })
    await hire(people, pizza, { name: 'Dee', grants: admin, userId: dee.userId })
    const cookie = await cookieOf(people, dee.email)
    await expect(asPerson(cookie)).rejects.toMatchObject({
      kind: 'invalid',
      code: 'people.organization_required',
      details: {
        errors: [
          { path: 'query.organizationId', code: northern.system.organizationId, message: 'Northern' },
          { path: 'query.organizationId', code: pizza.system.organizationId, message: 'Pizza' },
        ],
      },
    })
    const chosen = await asPerson(cookie, pizza.system.organizationId.toUpperCase())
    expect(chosen?.actor).toMatchObject({ tenantId: pizza.system.tenantId, locationIds: new Set(pizza.locationIds) })
    const [slug] = (await people.directory.memberships([dee.userId])).map(({ organization }) => organization.slug)
    expect((await asPerson(cookie, slug))?.actor.tenantId).toBe(northern.system.tenantId)
    await expect(asPerson(cookie, 'no-such-organization')).rejects.toMatchObject({ kind: 'not_found' })
    await expect(asPerson(cookie, burger.system.organizationId)).rejects.toMatchObject({ kind: 'not_found' })
  })

  test('suspended, removed, or in a suspended tenant, gets no further', async () => {
    const chain = await makeChain(people, { name: 'Closing', locations: 1 })
    await hire(people, chain, { name: 'Owner', grants: admin })
    const eli = await hire(people, chain, { name: 'Eli', grants: admin })
    const cookie = await cookieOf(people, eli.email)
    const set = (status: 'active' | 'suspended' | 'removed') =>
      people.database.write(chain.system, (tx) => changeMember(tx, chain.system, eli.memberId, { status }))
    for (const [status, code] of [
      ['suspended', 'people.suspended'],
      ['removed', 'people.no_organization'],
    ] as const) {
      await set(status)
      people.authenticator.forgetTenant(chain.system.tenantId)
      await expect(asPerson(cookie)).rejects.toMatchObject({ kind: 'forbidden', code })
    }
    await set('active')
    people.authenticator.forgetTenant(chain.system.tenantId)
    expect(await asPerson(cookie)).not.toBeNull()

    await asOperator(`update tenants set status = 'suspended' where tenant_id = $1`, [chain.system.tenantId])
    people.advance(3001)
    await expect(asPerson(cookie)).rejects.toMatchObject({ kind: 'forbidden', code: 'people.suspended' })
  })
})

describe('credentials that open nothing', () => {
  test('look alike: none, unknown, malformed, revoked, expired, signed out', async () => {
    const { id, key } = await keyOf(ana.actor, ['temperature.read'])
    await people.database.write(ana.actor, (tx) => revokeApiKey(tx, ana.actor, id))
    const expired = await keyOf(ana.actor, ['temperature.read'])
    await asOperator(`update api_keys set expires_at = now() - interval '1 s' where id = $1`, [expired.id])
    const cookie = await cookieOf(people, ana.email)
    await people.identity.signOut({ cookie })

    for (const wrong of [key, expired.key, newKey('ofk'), newKey('ofd'), 'ofk_short', '', "' or true --"]) {
      expect(await withKey(wrong)).toBeNull()
    }
    expect(await people.authenticator.authenticate({ headers: {}, organizationId: undefined })).toBeNull()
    expect(await asPerson(cookie)).toBeNull()
  })

  test('a bad key is not saved by a good session beside it', async () => {
    const headers = { cookie: await cookieOf(people, ana.email), authorization: 'Basic YTpi' }
    expect(await people.authenticator.authenticate({ headers, organizationId: undefined })).toBeNull()
  })
})

describe('an API key', () => {
  test('holds its scopes at its locations, in its organization only', async () => {
    const { id, key } = await keyOf(ana.actor, ['temperature.read', 'temperature.ingest'], [at(northern, 1)])
    const caller = await withKey(key)
    expect(caller).toMatchObject({ via: 'key', credential: id, actor: { kind: 'key', id, name: 'till' } })
    expect(caller?.actor.permissions).toEqual(
      new Map([
        ['temperature.read', new Set([at(northern, 1)])],
        ['temperature.ingest', new Set([at(northern, 1)])],
      ]),
    )
    expect(await withKey(key, northern.system.organizationId)).toBe(caller)
    await expect(withKey(key, burger.system.organizationId)).rejects.toMatchObject({ kind: 'not_found' })
  })

  test('loses what its maker loses', async () => {
    const finn = await hire(people, northern, { name: 'Finn', grants: admin })
    const { key } = await keyOf(finn.actor, ['temperature.read', 'locations.manage'])
    expect(can((await withKey(key))?.actor as Actor, 'locations.manage')).toBe(true)
    const [grantId] = await grantIdsOf(people, northern, finn.memberId)
    await people.database.write(northern.system, (tx) => revokeRole(tx, northern.system, grantId as string))
    people.advance(3001)
    expect((await withKey(key))?.actor).toMatchObject({ permissions: new Map(), locationIds: new Set() })
    await people.database.write(northern.system, (tx) =>
      changeMember(tx, northern.system, finn.memberId, { status: 'suspended' }),
    )
    people.advance(3001)
    await expect(withKey(key)).rejects.toMatchObject({ code: 'people.suspended' })
  })

  test('is dead three seconds after it is revoked, or at once where the fact arrives', async () => {
    for (const hear of [
      () => people.advance(3001),
      () => people.authenticator.forgetTenant(northern.system.tenantId),
    ]) {
      const { id, key } = await keyOf(ana.actor, ['temperature.read'])
      expect(await withKey(key)).not.toBeNull()
      await people.database.write(ana.actor, (tx) => revokeApiKey(tx, ana.actor, id))
      hear()
      expect(await withKey(key)).toBeNull()
    }
  })

  test('notes when it was used', async () => {
    const { id, key } = await keyOf(ana.actor, ['temperature.read'])
    await withKey(key)
    await expect
      .poll(() => people.database.readOne(ana.actor, 'select last_used_at from api_keys where id = $1', [id]))
      .toEqual([{ last_used_at: expect.any(String) }])
  })
})

test('a device reports for its location and can do nothing else; revoked, it is nobody', async () => {
  const key = newKey('ofd')
  const { id } = await people.database.write(ana.actor, (tx) =>
    enrolDevice(tx, ana.actor, { locationId: at(northern, 2), name: 'gate', kind: 'gateway' }, key, people.digest),
  )
  expect(await withKey(key)).toMatchObject({
    via: 'device',
    actor: {
      kind: 'device',
      id,
      permissions: new Map([['temperature.ingest', new Set([at(northern, 2)])]]),
      locationIds: new Set([at(northern, 2)]),
    },
  })
  await people.database.write(ana.actor, (tx) => revokeDevice(tx, ana.actor, id))
  people.advance(3001)
  expect(await withKey(key)).toBeNull()
})

describe('open sockets', () => {
  test('are told apart: same standing, other rights, over', async () => {
    const gus = await hire(people, northern, {
      name: 'Gus',
      grants: [{ role: 'org:member', locationId: at(northern, 0) }],
    })
    const cookies = [
      await cookieOf(people, ana.email),
      await cookieOf(people, gus.email),
      await cookieOf(people, ana.email),
    ]
    const { id, key } = await keyOf(ana.actor, ['temperature.read'])
    const callers = [...(await Promise.all(cookies.map((cookie) => asPerson(cookie)))), await withKey(key)].map(
      (caller) => caller ?? expect.fail('nobody'),
    )
    const [first, cook, second, till] = callers as [
      (typeof callers)[0],
      (typeof callers)[0],
      (typeof callers)[0],
      (typeof callers)[0],
    ]
    expect(await people.authenticator.standings(callers)).toEqual(new Map(callers.map((c) => [c, c.standing])))

    const [grantId] = await grantIdsOf(people, northern, gus.memberId)
    await people.database.write(northern.system, (tx) => revokeRole(tx, northern.system, grantId as string))
    await people.identity.signOut({ cookie: cookies[2] })
    await people.database.write(ana.actor, (tx) => revokeApiKey(tx, ana.actor, id))
    const now = await people.authenticator.standings(callers)
    expect(now.get(first)).toBe(first.standing)
    expect(now.get(cook)).not.toBe(cook.standing)
    expect(now.has(cook)).toBe(true)
    expect(now.has(second) || now.has(till)).toBe(false)

    // Asked again within the three seconds, memory must not bring the old rights back.
    expect((await asPerson(cookies[1] as string))?.actor.locationIds).toEqual(new Set())
    expect(await asPerson(cookies[2] as string)).toBeNull()
    expect(await withKey(key)).toBeNull()
  })
})

test('can() is what row-level security returns, for random grants', async () => {
  const chains = [northern, burger, pizza]
  const key = newKey('ofd')
  for (const chain of chains) {
    const maker = await hire(people, chain, { name: `Maker of ${chain.system.organizationId}`, grants: admin })
    for (const locationId of chain.locationIds) {
      await people.database.write(maker.actor, (tx) =>
        enrolDevice(tx, maker.actor, { locationId, name: 'x', kind: 'probe' }, `${key}${locationId}`, people.digest),
      )
    }
  }
  const held = fc.integer({ min: 0, max: 2 }).chain((n) => {
    const somewhere = fc.option(fc.constantFrom(...(chains[n] as Chain).locationIds), { nil: null, freq: 6 })
    const grant = fc
      .record({ role: fc.constantFrom(...ROLES), locationId: somewhere })
      .map((one) => (one.role === 'org:admin' ? { ...one, locationId: null } : one))
    return fc.tuple(fc.constant(chains[n] as Chain), fc.array(grant, { maxLength: 4 }))
  })
  await fc.assert(
    fc.asyncProperty(held, async ([chain, grants]) => {
      const userId = crypto.randomUUID()
      await people.database.write(chain.system, (tx) =>
        addMember(tx, chain.system, { userId, name: 'someone', email: null, grants }),
      )
      const [{ actor } = expect.fail('no membership')] = await people.directory.memberships([userId])
      const visible = async (sql: string) =>
        new Set((await people.database.readOne<{ id: string }>(actor, sql)).map(({ id }) => id))
      const located = await visible('select distinct location_id as id from devices')
      const places = await visible('select id from locations')
      const sameTenant = chains.filter(({ system }) => system.tenantId === actor.tenantId)
      for (const locationId of sameTenant.flatMap(({ locationIds }) => locationIds)) {
        expect(located.has(locationId)).toBe(can(actor, 'temperature.read', locationId))
        expect(places.has(locationId)).toBe(can(actor, 'locations.read', locationId))
        for (const permission of PERMISSIONS)
          if (can(actor, permission, locationId)) expect(located).toContain(locationId)
      }
      const foreign = chains.filter(({ system }) => system.tenantId !== actor.tenantId)
      for (const locationId of foreign.flatMap(({ locationIds }) => locationIds)) {
        expect(located.has(locationId) || places.has(locationId)).toBe(false)
      }
    }),
    { numRuns: 150 },
  )
})

test('a location that opens is reached by whom it should be, from the next look', async () => {
  const { id } = await people.database.write(pizza.system, (tx) =>
    openLocation(tx, pizza.system, locationNamed('Pizza, new')),
  )
  const admins = await people.directory.memberships([(await hire(people, pizza, { name: 'Hu', grants: admin })).userId])
  expect(admins[0]?.actor.locationIds).toContain(id)
})
