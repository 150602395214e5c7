import type { Actor } from '@opsflow/platform/actor'
import type { Tx } from '@opsflow/platform/server/tenant'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { changeOrganization } from './change-organization.ts'
import { admin, type Chain, hire, makeChain, type PeopleUnderTest, peopleUnderTest } from './for-tests.ts'
import { sessionView } from './session-view.ts'
import { upsertPreferences } from './store-settings.ts'

let people: PeopleUnderTest
let burger: Chain
let pizza: Chain
let ana: Actor
let cook: Actor

beforeAll(async () => {
  people = await peopleUnderTest()
  burger = await makeChain(people, { name: 'Burger', locations: 1 })
  pizza = await makeChain(people, { name: 'Pizza', locations: 1, tenantId: burger.system.tenantId })
  ana = (await hire(people, burger, { name: 'Ana', grants: admin })).actor
  cook = (await hire(people, burger, { name: 'Cook', grants: [{ role: 'org:member', locationId: null }] })).actor
})
afterAll(() => people.close())

const run = <T>(actor: Actor, work: (tx: Tx) => Promise<T>) => people.database.write(actor, work)
const sessionOf = (actor: Actor) =>
  sessionView(actor, (statements) => people.database.readBatch(actor, statements), people.directory)

test('a session says where each role is held: everywhere, or at the locations of its grants and below', async () => {
  const two = await makeChain(people, { name: 'Two places', locations: 3 })
  const [one, other, third] = two.locationIds as [string, string, string]
  const group = crypto.randomUUID()
  await people.database.write(two.system, async (tx) => {
    const { organizationId } = two.system
    await tx.query('insert into location_groups (id, organization_id, name) values ($1, $2, $3)', [
      ...[group, organizationId, 'East'],
    ])
    await tx.query('update locations set group_id = $1 where id = any ($2::uuid[])', [group, [other, third]])
  })
  const grants = [
    { role: 'org:manager' as const, locationId: one },
    { role: 'org:member' as const, groupId: group },
  ]
  const { actor } = await hire(people, two, { name: 'Mia', grants })
  const { rolesAt } = await sessionOf(actor)
  expect(rolesAt['org:manager']).toEqual([one])
  expect(rolesAt['org:member']).toEqual([other, third].sort())
  expect((await sessionOf(ana)).rolesAt).toEqual({ 'org:admin': 'all' })
})

describe('preferences', () => {
  test('are nobody’s until someone chooses', async () => {
    expect((await sessionOf(cook)).preferences).toEqual({
      language: null,
      theme: null,
      density: null,
      temperatureUnit: null,
    })
  })

  test('change only where they are named, can be taken back, and are one’s own', async () => {
    await run(cook, (tx) => upsertPreferences(tx, cook, { language: 'es', temperatureUnit: 'C' }))
    await run(cook, (tx) => upsertPreferences(tx, cook, { theme: 'contrast' }))
    const kept = await run(cook, (tx) => upsertPreferences(tx, cook, { temperatureUnit: null, density: 'kitchen' }))
    expect(kept).toEqual({ language: 'es', theme: 'contrast', density: 'kitchen', temperatureUnit: null })
    expect((await sessionOf(cook)).preferences).toEqual(kept)
    expect((await sessionOf(ana)).preferences.language).toBeNull()
  })

  test('of two devices at once are both kept', async () => {
    await Promise.all([
      run(ana, (tx) => upsertPreferences(tx, ana, { language: 'es' })),
      run(ana, (tx) => upsertPreferences(tx, ana, { theme: 'dark' })),
      run(ana, (tx) => upsertPreferences(tx, ana, { temperatureUnit: 'F' })),
    ])
    expect((await sessionOf(ana)).preferences).toEqual({
      language: 'es',
      theme: 'dark',
      density: null,
      temperatureUnit: 'F',
    })
  })
})

describe('the brand of an organization', () => {
  const paint = (actor: Actor, id: string, brand: string | null) =>
    run(actor, (tx) => changeOrganization(tx, actor, id, { brand }))

  test('is seen by its people and written into its trail', async () => {
    const id = ana.organizationId
    expect(await paint(ana, id, '#7a1f2b')).toMatchObject({ id, brand: '#7a1f2b', name: 'Burger' })
    expect((await sessionOf(cook)).organization).toMatchObject({ id, brand: '#7a1f2b' })
    await paint(ana, id, null)
    expect((await sessionOf(cook)).organization.brand).toBeNull()
    const events = await run(ana, (tx) =>
      tx.query<{ before: object; after: object; actor: string }>(
        `select before, after, actor from events where name = 'people.organization_changed' order by id`,
      ),
    )
    expect(events).toEqual([
      { before: { brand: null }, after: { brand: '#7a1f2b' }, actor: `member:${ana.id}` },
      { before: { brand: '#7a1f2b' }, after: { brand: null }, actor: `member:${ana.id}` },
    ])
  })

  test('is not for those who may not manage it, and another organization is not there', async () => {
    await expect(paint(cook, cook.organizationId, '#7a1f2b')).rejects.toMatchObject({ kind: 'forbidden' })
    await expect(paint(ana, pizza.system.organizationId, '#7a1f2b')).rejects.toMatchObject({ kind: 'not_found' })
  })

  test('can be nothing but a colour, whatever the way in', async () => {
    await expect(paint(ana, ana.organizationId, 'red; --ink: #fff')).rejects.toMatchObject({ code: '23514' })
  })
})
