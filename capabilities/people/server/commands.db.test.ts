import { changeLocation, openLocation } from '@opsflow/capabilities/locations/server'
import { type Actor, systemActor } from '@opsflow/platform/actor'
import type { Tx } from '@opsflow/platform/server/tenant'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { addMember } from './add-member.ts'
import { changeMember } from './change-member.ts'
import { newKey } from './credentials.ts'
import { enrolDevice } from './enrol-device.ts'
import {
  admin,
  type Chain,
  grantIdsOf,
  hire,
  locationNamed,
  makeChain,
  type PeopleUnderTest,
  peopleUnderTest,
} from './for-tests.ts'
import { addOrganization, foundTenant } from './found-tenant.ts'
import { grantRole, revokeRole } from './grant-role.ts'
import { makeApiKey } from './make-api-key.ts'
import { revokeApiKey, revokeDevice } from './revoke-key.ts'

type Hired = Awaited<ReturnType<typeof hire>>
let people: PeopleUnderTest
let burger: Chain
let pizza: Chain
let ana: Hired // admin of Burger
let cook: Hired // member everywhere in Burger
let manager: Hired // manager of Burger's first location
let stranger: Hired // admin of another tenant
let sibling: Hired // admin of Pizza, in the same tenant as Burger
let cooksGrant: string
let keyId: string
let deviceId: string

beforeAll(async () => {
  people = await peopleUnderTest()
  burger = await makeChain(people, { name: 'Burger', locations: 2 })
  pizza = await makeChain(people, { name: 'Pizza', locations: 1, tenantId: burger.system.tenantId })
  const other = await makeChain(people, { name: 'Other', locations: 1 })
  ana = await hire(people, burger, { name: 'Ana', grants: admin })
  cook = await hire(people, burger, { name: 'Cook', grants: [{ role: 'org:member', locationId: null }] })
  const grants = [{ role: 'org:manager' as const, locationId: first(burger) }]
  manager = await hire(people, burger, { name: 'Manager', grants })
  stranger = await hire(people, other, { name: 'Stranger', grants: admin })
  sibling = await hire(people, pizza, { name: 'Sibling', grants: admin })
  cooksGrant = (await grantIdsOf(people, burger, cook.memberId))[0] as string
  keyId = (await run(ana.actor, (tx) => makeKey(tx, ana.actor))).id
  deviceId = (await run(ana.actor, (tx) => enrol(tx, ana.actor, first(burger)))).id
})
afterAll(() => people.close())

const first = ({ locationIds }: Chain) => locationIds[0] as string
const run = <T>(actor: Actor, work: (tx: Tx) => Promise<T>) => people.database.write(actor, work)
const key = { name: 'till', scopes: ['temperature.read' as const], locationIds: null, expiresAt: null }
const makeKey = (tx: Tx, actor: Actor, wanted: Parameters<typeof makeApiKey>[2] = key) =>
  makeApiKey(tx, actor, wanted, newKey('ofk'), people.digest)
const enrol = (tx: Tx, actor: Actor, locationId: string) =>
  enrolDevice(tx, actor, { locationId, name: 'gate', kind: 'gateway' }, newKey('ofd'), people.digest)
const asMember = { role: 'org:member' as const, locationId: null }

/** Each command, aimed at what belongs to Burger. */
const commands: Record<string, (tx: Tx, actor: Actor) => Promise<unknown>> = {
  changeLocation: (tx, actor) => changeLocation(tx, actor, first(burger), { address: '1 Main St' }),
  grantRole: (tx, actor) => grantRole(tx, actor, manager.memberId, asMember),
  revokeRole: (tx, actor) => revokeRole(tx, actor, cooksGrant),
  changeMember: (tx, actor) => changeMember(tx, actor, cook.memberId, { status: 'suspended' }),
  revokeApiKey: (tx, actor) => revokeApiKey(tx, actor, keyId),
  enrolDevice: (tx, actor) => enrol(tx, actor, first(burger)),
  revokeDevice: (tx, actor) => revokeDevice(tx, actor, deviceId),
  'makeApiKey at a location': (tx, actor) => makeKey(tx, actor, { ...key, locationIds: [first(burger)] }),
}
/** Those that make something in the actor's own organization: nothing foreign to aim at. */
const ownCommands: typeof commands = {
  openLocation: (tx, actor) => openLocation(tx, actor, locationNamed('New')),
  addMember: (tx, actor) => addMember(tx, actor, { userId: null, name: 'X', email: null, grants: [] }),
  makeApiKey: (tx, actor) => makeKey(tx, actor),
  foundTenant: (tx, actor) => foundTenant(tx, actor, { name: 'X', organizationName: 'X' }),
  addOrganization: (tx, actor) => addOrganization(tx, actor, 'X'),
}

describe.each(Object.entries(commands))('%s', (_, command) => {
  test('finds nothing of another tenant', async () => {
    await expect(run(stranger.actor, (tx) => command(tx, stranger.actor))).rejects.toMatchObject({
      kind: 'not_found',
      code: 'not_found',
    })
  })
  test('finds nothing of another organization of the tenant', async () => {
    await expect(run(sibling.actor, (tx) => command(tx, sibling.actor))).rejects.toMatchObject({ kind: 'not_found' })
  })
})

test.each(Object.entries({ ...commands, ...ownCommands }))('%s is not for a cook', async (_, command) => {
  await expect(run(cook.actor, (tx) => command(tx, cook.actor))).rejects.toMatchObject({ kind: 'forbidden' })
})

test('a manager enrols gateways at her location, and not at the next one', async () => {
  await expect(run(manager.actor, (tx) => enrol(tx, manager.actor, first(burger)))).resolves.toMatchObject({
    locationId: first(burger),
  })
  await expect(
    run(manager.actor, (tx) => enrol(tx, manager.actor, burger.locationIds[1] as string)),
  ).rejects.toMatchObject({ kind: 'not_found' })
})

test('a role cannot be granted at a place of another organization, nor an admin at one location', async () => {
  const grant = (locationId: string, role: 'org:admin' | 'org:member') =>
    run(ana.actor, (tx) => grantRole(tx, ana.actor, cook.memberId, { role, locationId }))
  await expect(grant(first(pizza), 'org:member')).rejects.toMatchObject({ kind: 'not_found' })
  await expect(grant(first(burger), 'org:admin')).rejects.toMatchObject({ code: 'people.admin_everywhere' })
})

test('granting twice is granting once', async () => {
  for (const _ of [1, 2]) {
    await run(ana.actor, (tx) => grantRole(tx, ana.actor, manager.memberId, asMember))
  }
  const standing = await people.database.readOne(
    ana.actor,
    `select from role_grants where member_id = $1 and role = 'org:member' and revoked_at is null`,
    [manager.memberId],
  )
  expect(standing).toHaveLength(1)
  const [grantId] = await grantIdsOf(people, burger, manager.memberId, 'org:member')
  await run(ana.actor, (tx) => revokeRole(tx, ana.actor, grantId as string))
})

test('a key cannot hold what its maker does not hold', async () => {
  const narrow: Actor = {
    ...ana.actor,
    permissions: new Map([...ana.actor.permissions].filter(([p]) => p !== 'temperature.import')),
  }
  const wanted = { ...key, scopes: ['temperature.read' as const, 'temperature.import' as const] }
  await expect(run(narrow, (tx) => makeKey(tx, narrow, wanted))).rejects.toMatchObject({
    kind: 'forbidden',
    code: 'people.scope_exceeds_own',
    details: { errors: [{ path: 'body.scopes[1]' }] },
  })
  const past = { ...key, expiresAt: '2020-01-01T00:00:00Z' }
  await expect(run(ana.actor, (tx) => makeKey(tx, ana.actor, past))).rejects.toMatchObject({
    code: 'people.expiry_past',
  })
})

test('a tenant with a second organization stays itself: the founder names no other', async () => {
  const third = systemActor(burger.system.tenantId, crypto.randomUUID(), 'test')
  await run(third, (tx) => addOrganization(tx, third, 'Crêperie “Été” & Co.'))
  expect(
    await people.database.readOne(third, 'select name, slug from organizations where id = $1', [third.organizationId]),
  ).toEqual([{ name: 'Crêperie “Été” & Co.', slug: 'creperie-ete-co' }])
})

test('what changes is announced to the organization, with the change', async () => {
  const before = await announced()
  const made = await run(ana.actor, (tx) => makeKey(tx, ana.actor))
  await run(ana.actor, (tx) => revokeApiKey(tx, ana.actor, made.id))
  await run(ana.actor, (tx) => revokeApiKey(tx, ana.actor, made.id))
  await run(ana.actor, (tx) => changeLocation(tx, ana.actor, first(burger), { closed: true }))
  await run(ana.actor, (tx) => changeLocation(tx, ana.actor, first(burger), { closed: false }))
  await run(ana.actor, (tx) => changeMember(tx, ana.actor, cook.memberId, { status: 'suspended' }))
  await run(ana.actor, (tx) => changeMember(tx, ana.actor, cook.memberId, { status: 'active' }))
  expect((await announced()).slice(before.length)).toEqual([
    { name: 'people.key_revoked', room: `scope:${burger.system.organizationId}` },
    { name: 'locations.location_changed', room: `scope:${burger.system.organizationId}` },
    { name: 'locations.location_changed', room: `scope:${burger.system.organizationId}` },
    { name: 'people.member_changed', room: `scope:${burger.system.organizationId}` },
    { name: 'people.member_changed', room: `scope:${burger.system.organizationId}` },
  ])
})

const announced = () =>
  people.database.readOne(ana.actor, 'select name, room from facts where scope_id = $1 order by version', [
    burger.system.organizationId,
  ])
