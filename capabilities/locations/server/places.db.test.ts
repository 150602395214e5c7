import { rolePermissions } from '@opsflow/capabilities/people'
import { addUnit } from '@opsflow/capabilities/temperature/server'
import type { Actor } from '@opsflow/platform/actor'
import type { Refusal } from '@opsflow/platform/refusal'
import { openPool, type Tx } from '@opsflow/platform/server/tenant'
import type pg from 'pg'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import {
  admin,
  type Chain,
  hire,
  locationNamed,
  makeChain,
  type PeopleUnderTest,
  peopleUnderTest,
} from '../../people/server/for-tests.ts'
import type { LocationGroup } from '../location-group.ts'
import { changeGroup, effectsOfMovingGroup, makeGroup } from './change-group.ts'
import { changeLocation } from './change-location.ts'
import { visibleGroups } from './list-groups.ts'
import { effectsOfMovingLocation, moveLocation } from './move-location.ts'
import { openLocation } from './open-location.ts'

type Person = Awaited<ReturnType<typeof hire>>
let people: PeopleUnderTest
let rows: pg.Pool
let chain: Chain
let ana: Person // admin
let dora: Person // manages the district of New Jersey by a grant on the group, places and people included
let stranger: Person // admin of another tenant
let regionalRole: string
const groups: Record<string, string> = {}

/** East > New Jersey (Burger 1, 2), East > New York (Burger 3), West (Burger 4). */
beforeAll(async () => {
  people = await peopleUnderTest()
  rows = openPool(people.testDb.admin, 2)
  chain = await makeChain(people, { name: 'Burger', locations: 4 })
  ana = await hire(people, chain, { name: 'Ana', grants: admin })
  stranger = await hire(people, await makeChain(people, { name: 'Other', locations: 1 }), {
    name: 'Sam',
    grants: admin,
  })
  await as(ana, async (tx, actor) => {
    groups.east = (await makeGroup(tx, actor, { name: 'East', parentId: null }, rolePermissions)).id
    groups.jersey = (await makeGroup(tx, actor, { name: 'New Jersey', parentId: groups.east }, rolePermissions)).id
    groups.york = (await makeGroup(tx, actor, { name: 'New York', parentId: groups.east }, rolePermissions)).id
    groups.west = (await makeGroup(tx, actor, { name: 'West', parentId: null }, rolePermissions)).id
    const places = ['jersey', 'jersey', 'york', 'west']
    for (const [n, key] of places.entries()) {
      await moveLocation(tx, actor, at(n + 1), groups[key] as string, rolePermissions)
    }
  })
  regionalRole = await roleOf([...rolePermissions['org:manager'], 'locations.manage', 'people.manage'])
  dora = await hire(people, chain, {
    name: 'Dora',
    grants: [{ roleId: regionalRole, groupId: groups.jersey as string }],
  })
})
afterAll(async () => {
  await rows.end()
  await people.close()
})

const at = (n: number) => chain.locationIds[n - 1] as string
const as = async <T>({ userId, memberId }: Person, work: (tx: Tx, actor: Actor) => Promise<T>): Promise<T> => {
  const holders = await people.directory.memberships([userId])
  const { actor } = holders.find((holder) => holder.actor.id === memberId) as { actor: Actor }
  return people.database.write(actor, (tx) => work(tx, actor))
}
const move = (who: Person, id: string, to: string | null) =>
  as(who, (tx, actor) => moveLocation(tx, actor, id, to, rolePermissions))
const change = (who: Person, id: string, wanted: Parameters<typeof changeGroup>[3]) =>
  as(who, (tx, actor) => changeGroup(tx, actor, id, wanted, rolePermissions))
const seenBy = (who: Person) => as(who, (tx, actor) => visibleGroups(tx, actor, rolePermissions))
const refusal = async (work: Promise<unknown>): Promise<Pick<Refusal, 'kind' | 'code' | 'message'>> =>
  work.then(
    (result) => ({ kind: 'not_found', code: `not refused: ${JSON.stringify(result)}`, message: '' }),
    ({ kind, code, message }: Refusal) => ({ kind, code, message }),
  )
const names = (some: readonly Pick<LocationGroup, 'name'>[]) => some.map(({ name }) => name)
const reachOf = async (who: Person) => {
  const holders = await people.directory.memberships([who.userId])
  return holders[0]?.actor.locationIds as ReadonlySet<string>
}
async function roleOf(permissions: readonly string[]): Promise<string> {
  const { tenantId, organizationId } = chain.system
  const made = await rows.query<{ id: string }>(
    `insert into roles (tenant_id, organization_id, name, permissions) values ($1, $2, gen_random_uuid()::text, $3) returning id`,
    [tenantId, organizationId, permissions],
  )
  return made.rows[0]?.id as string
}
const eventsOf = async (subjectId: string) =>
  (
    await rows.query<{ name: string; actor: string }>(
      'select name, actor from events where subject_id = $1 order by id',
      [subjectId],
    )
  ).rows

describe('what a district manager sees and may do', () => {
  test('she sees her group and the way to it, and no other', async () => {
    expect(names(await seenBy(dora))).toEqual(['East', 'New Jersey'])
    expect(names(await seenBy(ana))).toEqual(['East', 'New Jersey', 'New York', 'West'])
    const [east, jersey] = await seenBy(dora)
    expect(east).toMatchObject({ locations: 2, manageable: false })
    expect(jersey).toMatchObject({ locations: 2, manageable: true })
  })

  test('she makes groups in hers, opens locations there, and sees them while they are empty', async () => {
    const shore = await as(dora, (tx, actor) =>
      makeGroup(tx, actor, { name: 'Shore', parentId: groups.jersey as string }, rolePermissions),
    )
    expect(names(await seenBy(dora))).toContain('Shore')
    const opened = await as(dora, (tx, actor) =>
      openLocation(tx, actor, { ...locationNamed('Boardwalk'), groupId: shore.id }, rolePermissions),
    )
    expect(await reachOf(dora)).toContain(opened.id)
    await as(dora, (tx, actor) => changeLocation(tx, actor, opened.id, { closed: true }))
    await change(dora, shore.id, { archived: true })
  })

  test('what lies outside is forbidden, or does not exist for her', async () => {
    const forbidden = { kind: 'forbidden', code: 'forbidden' }
    expect(await refusal(change(dora, groups.east as string, { name: 'Mine' }))).toMatchObject(forbidden)
    expect(await refusal(move(dora, at(1), null))).toMatchObject(forbidden)
    expect(await refusal(move(dora, at(1), groups.west as string))).toMatchObject({ code: 'locations.group_unknown' })
    expect(await refusal(move(dora, at(4), groups.jersey as string))).toMatchObject({ kind: 'not_found' })
    const open = (groupId: string | null) =>
      as(dora, (tx, actor) => openLocation(tx, actor, { ...locationNamed('Elsewhere'), groupId }, rolePermissions))
    expect(await refusal(open(null))).toMatchObject(forbidden)
    expect(await refusal(open(groups.west as string))).toMatchObject({ code: 'locations.group_unknown' })
  })
})

/** Each command, aimed at what belongs to Burger. */
const commands: Record<string, (tx: Tx, actor: Actor) => Promise<unknown>> = {
  changeLocation: (tx, actor) => changeLocation(tx, actor, at(1), { address: '1 Main St' }),
  moveLocation: (tx, actor) => moveLocation(tx, actor, at(1), null, rolePermissions),
  effectsOfMovingLocation: (tx, actor) => effectsOfMovingLocation(tx, actor, at(1), null, rolePermissions),
  changeGroup: (tx, actor) => changeGroup(tx, actor, groups.jersey as string, { name: 'Jersey' }, rolePermissions),
  effectsOfMovingGroup: (tx, actor) => effectsOfMovingGroup(tx, actor, groups.jersey as string, null, rolePermissions),
  makeGroup: (tx, actor) => makeGroup(tx, actor, { name: 'Inner', parentId: groups.jersey as string }, rolePermissions),
  openLocation: (tx, actor) =>
    openLocation(tx, actor, { ...locationNamed('Inner'), groupId: groups.jersey as string }, rolePermissions),
}

describe.each(Object.keys(commands))('%s', (name) => {
  const command = commands[name] as (tx: Tx, actor: Actor) => Promise<unknown>

  test('another tenant’s admin finds nothing there', async () => {
    expect((await refusal(as(stranger, command))).code).toMatch(/^(not_found|locations\.group_unknown)$/)
  })

  test('a manager of the place without the permission is refused', async () => {
    const grants = [{ role: 'org:manager' as const, groupId: groups.jersey as string }]
    const manager = await hire(people, chain, { name: `Manager for ${name}`, grants })
    expect(await refusal(as(manager, command))).toMatchObject({ kind: 'forbidden' })
  })
})

describe('a branch that moves', () => {
  test('takes the reach of grants along at once, says before whom it concerns, and is told in the trail', async () => {
    const grants = [{ role: 'org:manager' as const, groupId: groups.west as string }]
    const will = await hire(people, chain, { name: 'Will', grants })
    const effects = await as(ana, (tx, actor) =>
      effectsOfMovingGroup(tx, actor, groups.york as string, groups.west as string, rolePermissions),
    )
    expect(effects).toEqual({
      locations: 1,
      groups: 1,
      gain: [{ memberId: will.memberId, name: 'Will', role: 'org:manager' }],
      lose: [],
    })
    expect(await reachOf(will)).toEqual(new Set([at(4)]))
    await change(ana, groups.york as string, { parentId: groups.west as string })
    expect(await reachOf(will)).toEqual(new Set([at(3), at(4)]))
    await change(ana, groups.york as string, { parentId: groups.east as string })
    expect(await reachOf(will)).toEqual(new Set([at(4)]))
    const moved = { name: 'locations.group_moved', actor: `member:${ana.memberId}` }
    expect((await eventsOf(groups.york as string)).slice(-2)).toEqual([moved, moved])
  })

  test('never into itself, also when two move at once', async () => {
    expect(await refusal(change(ana, groups.east as string, { parentId: groups.jersey as string }))).toMatchObject({
      code: 'locations.into_itself',
    })
    const [north, south] = await as(ana, async (tx, actor) => [
      await makeGroup(tx, actor, { name: 'North', parentId: null }, rolePermissions),
      await makeGroup(tx, actor, { name: 'South', parentId: null }, rolePermissions),
    ])
    const outcomes = await Promise.all([
      refusal(change(ana, north?.id as string, { parentId: south?.id as string })),
      refusal(change(ana, south?.id as string, { parentId: north?.id as string })),
    ])
    expect(outcomes.filter(({ code }) => code === 'locations.into_itself')).toHaveLength(1)
  })

  test('does not give anyone what the mover could not grant', async () => {
    const inner = await as(dora, (tx, actor) =>
      makeGroup(tx, actor, { name: 'Fine dining', parentId: groups.jersey as string }, rolePermissions),
    )
    const beyond = await roleOf(['keys.manage', 'temperature.read'])
    await hire(people, chain, { name: 'Key keeper', grants: [{ roleId: beyond, groupId: inner.id }] })
    expect(await refusal(move(dora, at(1), inner.id))).toMatchObject({
      kind: 'forbidden',
      code: 'locations.beyond_own_rank',
      message: expect.stringContaining('Key keeper'),
    })
    await move(ana, at(1), inner.id)
    expect(await refusal(move(dora, at(1), groups.jersey as string))).toMatchObject({
      code: 'locations.beyond_own_rank',
    })
    await move(ana, at(1), groups.jersey as string)
  })
})

describe('archiving a group', () => {
  test('is refused while it holds something, and says what', async () => {
    const told = await refusal(change(ana, groups.jersey as string, { archived: true }))
    expect(told).toMatchObject({ kind: 'conflict', code: 'locations.group_in_use' })
    expect(told.message).toContain('2 open locations')
    expect(told.message).toContain('Dora')
  })

  test('with moveTo its content goes there; its grants never do', async () => {
    const grants = [{ role: 'org:member' as const, groupId: groups.york as string }]
    const nina = await hire(people, chain, { name: 'Nina', grants })
    const archive = () => change(ana, groups.york as string, { archived: true, moveTo: groups.west as string })
    expect(await refusal(archive())).toMatchObject({ code: 'locations.group_in_use' })
    await rows.query('update role_grants set revoked_at = now() where member_id = $1', [nina.memberId])
    await archive()
    expect(await reachOf(nina)).toEqual(new Set())
    expect((await seenBy(ana)).find(({ name }) => name === 'West')).toMatchObject({ locations: 2 })
    await change(ana, groups.york as string, { archived: false })
    await move(ana, at(3), groups.york as string)
  })

  test('a closed location in it opens again only elsewhere', async () => {
    const pop = await as(ana, (tx, actor) => makeGroup(tx, actor, { name: 'Pop-ups', parentId: null }, rolePermissions))
    await move(ana, at(4), pop.id)
    const set = (closed: boolean) => as(ana, (tx, actor) => changeLocation(tx, actor, at(4), { closed }))
    await set(true)
    await change(ana, pop.id, { archived: true })
    expect(await refusal(set(false))).toMatchObject({ code: 'locations.group_archived' })
    await move(ana, at(4), groups.west as string)
    await set(false)
  })
})

describe('a location that changes', () => {
  test('keeps what is not named, and a change that changes nothing is no event', async () => {
    const first = {
      code: 'B-1',
      attributes: { drive_thru: 'yes' },
      openingHours: [{ weekday: 5, opens: '18:00', closes: '02:00' }],
    }
    const changed = await as(ana, (tx, actor) => changeLocation(tx, actor, at(1), first))
    expect(changed).toMatchObject({ ...first, name: 'Burger 1' })
    const before = (await eventsOf(at(1))).length
    await as(ana, (tx, actor) => changeLocation(tx, actor, at(1), { ...first, name: 'Burger 1' }))
    expect(await eventsOf(at(1))).toHaveLength(before)
  })

  test('shares neither its name nor its code', async () => {
    const set = (wanted: object) => refusal(as(ana, (tx, actor) => changeLocation(tx, actor, at(2), wanted)))
    expect(await set({ name: 'Burger 1' })).toMatchObject({ code: 'locations.name_taken' })
    expect(await set({ code: 'B-1' })).toMatchObject({ code: 'locations.code_taken' })
    expect(await set({ ruleEdition: 'uk-2013' })).toMatchObject({ code: 'locations.edition_elsewhere' })
    expect(await set({ latitude: 41.9 })).toMatchObject({ code: 'locations.position_half' })
  })

  test('under other rules its units are judged by what is usual there from now on; what was chosen stays', async () => {
    const [usual, chosen] = await as(ana, async (tx) => [
      await addUnit(tx, { locationId: at(2), name: 'Walk-in', kind: 'walk_in_cooler' }),
      await addUnit(tx, {
        locationId: at(2),
        name: 'Bar',
        kind: 'reach_in',
        policy: { limitIds: ['us.shell_egg_air'], operatingLimits: null, alarm: null },
      }),
    ])
    await as(ana, (tx, actor) => changeLocation(tx, actor, at(2), { jurisdiction: 'uk' }))
    const policies = async (unitId: string | undefined) =>
      (
        await rows.query<{ limits: string; past: boolean }>(
          `select policy ->> 'limitIds' as limits, starts_at < '2001-01-01' as past from unit_policies where unit_id = $1 order by starts_at`,
          [unitId],
        )
      ).rows
    expect(await policies(usual?.id)).toEqual([
      { limits: '["us.cold_hold"]', past: true },
      { limits: '["uk.chill"]', past: false },
    ])
    expect(await policies(chosen?.id)).toEqual([{ limits: '["us.shell_egg_air"]', past: true }])
  })

  test('the rule book of a city is within its jurisdiction, and leaves with it', async () => {
    const set = (wanted: object) => as(ana, (tx, actor) => changeLocation(tx, actor, at(3), wanted))
    expect(await set({ ruleEdition: 'nyc-health-code' })).toMatchObject({ ruleEdition: 'nyc-health-code' })
    expect(await set({ jurisdiction: 'eu' })).toMatchObject({ jurisdiction: 'eu', ruleEdition: null })
    await set({ jurisdiction: 'us' })
  })
})
