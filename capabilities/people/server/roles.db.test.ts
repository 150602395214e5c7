import type { Actor } from '@opsflow/platform/actor'
import { can } from '@opsflow/platform/actor'
import type { Tx } from '@opsflow/platform/server/tenant'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import type { Grant } from '../reach.ts'
import { addMember } from './add-member.ts'
import { changeMember } from './change-member.ts'
import { archiveRole, changeRole, makeRole } from './custom-roles.ts'
import { admin, type Chain, grantIdsOf, hire, makeChain, type PeopleUnderTest, peopleUnderTest } from './for-tests.ts'
import { grantRole, revokeRole } from './grant-role.ts'

type Hired = Awaited<ReturnType<typeof hire>>
let people: PeopleUnderTest
let chain: Chain
let other: Chain
let east: string
let ana: Hired // admin
let ben: Hired // admin
let mia: Hired // manager of East, where the first location lies
let stranger: Hired // admin of another tenant
let count = 0

beforeAll(async () => {
  people = await peopleUnderTest()
  other = await makeChain(people, { name: 'Other', locations: 1 })
  stranger = await hire(people, other, { name: 'Stranger', grants: admin })
})
afterAll(() => people.close())

beforeEach(async () => {
  count++
  chain = await makeChain(people, { name: `Chain ${count}`, locations: 2 })
  east = await groupOf(chain, 'East', at(0))
  ana = await hire(people, chain, { name: `Ana ${count}`, grants: admin })
  ben = await hire(people, chain, { name: `Ben ${count}`, grants: admin })
  mia = await hire(people, chain, { name: `Mia ${count}`, grants: [{ role: 'org:manager', groupId: east }] })
})

const at = (n: number) => chain.locationIds[n] as string
const run = <T>(actor: Actor, work: (tx: Tx) => Promise<T>) => people.database.write(actor, work)
const asRole = (name: string, permissions: Parameters<typeof makeRole>[2]['permissions']) => ({
  name,
  description: '',
  permissions,
})
const grant = ({ actor }: Hired, memberId: string, wanted: Grant) =>
  run(actor, (tx) => grantRole(tx, actor, memberId, wanted))
const now = async ({ userId }: { userId: string }) =>
  (await people.directory.memberships([userId]))[0] ?? expect.fail('no membership')

async function groupOf({ system }: Chain, name: string, ...locationIds: string[]): Promise<string> {
  const id = crypto.randomUUID()
  await run(system, async (tx) => {
    await tx.query('insert into location_groups (id, organization_id, name) values ($1, $2, $3)', [
      id,
      system.organizationId,
      name,
    ])
    await tx.query('update locations set group_id = $1 where id = any ($2::uuid[])', [id, locationIds])
  })
  return id
}

describe('a role of the organization’s own', () => {
  test('gives what it says where it is held, changes for all at once, and gives nothing more when it is edited', async () => {
    const role = await run(ana.actor, (tx) => makeRole(tx, ana.actor, asRole('Opener', ['tasks.read', 'tasks.update'])))
    const kit = await hire(people, chain, { name: `Kit ${count}`, grants: [{ roleId: role.id, groupId: east }] })
    expect(can(kit.actor, 'tasks.update', at(0))).toBe(true)
    expect(can(kit.actor, 'tasks.update', at(1))).toBe(false)

    const before = await now(kit)
    const change = { version: 1, name: 'Morning', permissions: ['tasks.read' as const] }
    expect(await run(ana.actor, (tx) => changeRole(tx, ana.actor, role.id, change))).toMatchObject({
      name: 'Morning',
      version: 2,
      holders: 1,
    })
    const after = await now(kit)
    expect(can(after.actor, 'tasks.update', at(0))).toBe(false)
    expect(after.standing).not.toBe(before.standing)
  })

  test('a renamed role keeps its holders, and the old name is free again', async () => {
    const role = await run(ana.actor, (tx) => makeRole(tx, ana.actor, asRole('Opener', ['tasks.read'])))
    const kit = await hire(people, chain, { name: `Kit ${count}`, grants: [{ roleId: role.id }] })
    await run(ana.actor, (tx) => changeRole(tx, ana.actor, role.id, { version: 1, name: 'org:admin' }))
    expect([...(await now(kit)).actor.permissions.keys()]).toEqual(['tasks.read'])
    await expect(
      run(ana.actor, (tx) => makeRole(tx, ana.actor, asRole('Opener', ['people.read']))),
    ).resolves.toMatchObject({ name: 'Opener' })
    await expect(
      run(ana.actor, (tx) => makeRole(tx, ana.actor, asRole('org:admin', ['people.read']))),
    ).rejects.toMatchObject({ kind: 'conflict', code: 'people.role_name_taken' })
  })

  test('of two admins who edit it at once, one is told to look again', async () => {
    const role = await run(ana.actor, (tx) => makeRole(tx, ana.actor, asRole('Closer', ['tasks.read'])))
    const outcomes = await Promise.allSettled([
      run(ana.actor, (tx) => changeRole(tx, ana.actor, role.id, { version: 1, permissions: ['people.read'] })),
      run(ben.actor, (tx) => changeRole(tx, ben.actor, role.id, { version: 1, description: 'Closes up.' })),
    ])
    expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(1)
    expect(outcomes.find(({ status }) => status === 'rejected')).toMatchObject({
      reason: { kind: 'conflict', code: 'people.role_changed' },
    })
  })

  test('is not put away while someone holds it, and who does is said', async () => {
    const role = await run(ana.actor, (tx) => makeRole(tx, ana.actor, asRole('Porter', ['tasks.read'])))
    const kit = await hire(people, chain, { name: `Kit ${count}`, grants: [{ roleId: role.id, locationId: at(1) }] })
    await expect(run(ana.actor, (tx) => archiveRole(tx, ana.actor, role.id))).rejects.toMatchObject({
      code: 'people.role_held',
      message: expect.stringContaining(`Kit ${count}`),
    })
    const [grantId] = await grantIdsOf(people, chain, kit.memberId)
    await run(ana.actor, (tx) => revokeRole(tx, ana.actor, grantId as string))
    await run(ana.actor, (tx) => archiveRole(tx, ana.actor, role.id))
    await expect(grant(ana, kit.memberId, { roleId: role.id })).rejects.toMatchObject({ kind: 'not_found' })
  })

  test('never contains more than its author holds in the whole organization', async () => {
    const leads = await run(ana.actor, (tx) =>
      makeRole(tx, ana.actor, asRole('Lead', ['roles.manage', 'people.manage', 'tasks.read'])),
    )
    const lea = await hire(people, chain, { name: `Lea ${count}`, grants: [{ roleId: leads.id }] })
    const make = (permissions: Parameters<typeof asRole>[1]) =>
      run(lea.actor, (tx) => makeRole(tx, lea.actor, asRole(`By Lea ${permissions}`, permissions)))
    await expect(make(['tasks.read'])).resolves.toMatchObject({ version: 1 })
    await expect(make(['tasks.update'])).rejects.toMatchObject({ code: 'people.exceeds_own' })
    const big = await run(ana.actor, (tx) => makeRole(tx, ana.actor, asRole('Big', ['keys.manage'])))
    const commands: ((tx: Tx) => Promise<unknown>)[] = [
      (tx) => changeRole(tx, lea.actor, big.id, { version: 1, permissions: ['tasks.read'] }),
      (tx) => archiveRole(tx, lea.actor, big.id),
    ]
    for (const work of commands) {
      await expect(run(lea.actor, work)).rejects.toMatchObject({ code: 'people.exceeds_own' })
    }
    const local = await hire(people, chain, { name: `Loc ${count}`, grants: [{ roleId: leads.id, groupId: east }] })
    await expect(
      run(local.actor, (tx) => makeRole(tx, local.actor, asRole('Local', ['tasks.read']))),
    ).rejects.toMatchObject({ kind: 'forbidden' })
  })
})

describe('who may grant', () => {
  test('a district manager staffs her district, and nobody beyond it or above her', async () => {
    const kit = await hire(people, chain, { name: `Kit ${count}`, grants: [{ role: 'org:member', groupId: east }] })
    await expect(grant(mia, kit.memberId, { role: 'org:manager', locationId: at(0) })).resolves.toEqual(
      expect.any(String),
    )
    await expect(grant(mia, kit.memberId, { role: 'org:member', groupId: east })).resolves.toEqual(expect.any(String))
    await expect(grant(mia, kit.memberId, { role: 'org:member', locationId: at(1) })).rejects.toMatchObject({
      kind: 'not_found',
    })
    for (const wanted of [{ role: 'org:admin' as const }, { role: 'org:member' as const }]) {
      await expect(grant(mia, kit.memberId, wanted)).rejects.toMatchObject({ code: 'people.exceeds_own' })
    }
    const add = (grants: Grant[]) =>
      run(mia.actor, (tx) => addMember(tx, mia.actor, { userId: null, name: 'New', email: null, grants }))
    await expect(add([{ role: 'org:member', locationId: at(0) }])).resolves.toMatchObject({ id: expect.any(String) })
    await expect(add([])).rejects.toMatchObject({ code: 'people.exceeds_own' })
  })

  test('nobody suspends, renames or strips someone who holds more', async () => {
    const wide = await hire(people, chain, { name: `Wide ${count}`, grants: [{ role: 'org:member' }] })
    const [grantId] = await grantIdsOf(people, chain, wide.memberId)
    for (const change of [{ status: 'suspended' as const }, { status: 'removed' as const }, { name: 'Nobody' }]) {
      await expect(run(mia.actor, (tx) => changeMember(tx, mia.actor, wide.memberId, change))).rejects.toMatchObject({
        kind: 'forbidden',
        code: 'people.holds_more',
      })
    }
    await expect(run(mia.actor, (tx) => revokeRole(tx, mia.actor, grantId as string))).rejects.toMatchObject({
      code: 'people.exceeds_own',
    })
  })

  test('a right that was just taken away gives nothing, whatever the session still remembers', async () => {
    const kit = await hire(people, chain, { name: `Kit ${count}`, grants: [] })
    const [grantId] = await grantIdsOf(people, chain, mia.memberId)
    await run(ana.actor, (tx) => revokeRole(tx, ana.actor, grantId as string))
    await expect(grant(mia, kit.memberId, { role: 'org:member', locationId: at(0) })).rejects.toMatchObject({
      code: 'people.exceeds_own',
    })
  })

  test('nothing of another tenant is found: no person, no role, no group, no location', async () => {
    const role = await run(ana.actor, (tx) => makeRole(tx, ana.actor, asRole('Ours', ['tasks.read'])))
    const theirs = stranger.actor
    const [grantId] = await grantIdsOf(people, chain, mia.memberId)
    const commands: ((tx: Tx) => Promise<unknown>)[] = [
      (tx) => grantRole(tx, theirs, mia.memberId, { role: 'org:member' }),
      (tx) => grantRole(tx, theirs, stranger.memberId, { roleId: role.id }),
      (tx) => grantRole(tx, theirs, stranger.memberId, { role: 'org:member', groupId: east }),
      (tx) => grantRole(tx, theirs, stranger.memberId, { role: 'org:member', locationId: at(0) }),
      (tx) => revokeRole(tx, theirs, grantId as string),
      (tx) => changeMember(tx, theirs, mia.memberId, { name: 'Theirs' }),
      (tx) => changeRole(tx, theirs, role.id, { version: 1, name: 'Theirs' }),
      (tx) => archiveRole(tx, theirs, role.id),
    ]
    for (const work of commands) {
      await expect(run(theirs, work)).rejects.toMatchObject({ kind: 'not_found', code: 'not_found' })
    }
  })
})

describe('the last admin', () => {
  test('two admins who demote each other at the same moment leave one of them', async () => {
    const [anas] = await grantIdsOf(people, chain, ana.memberId)
    const [bens] = await grantIdsOf(people, chain, ben.memberId)
    const outcomes = await Promise.allSettled([
      run(ana.actor, (tx) => revokeRole(tx, ana.actor, bens as string)),
      run(ben.actor, (tx) => revokeRole(tx, ben.actor, anas as string)),
    ])
    expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(1)
    const left = [
      ...(await grantIdsOf(people, chain, ana.memberId)),
      ...(await grantIdsOf(people, chain, ben.memberId)),
    ]
    expect(left).toHaveLength(1)
  })

  test('neither suspends, nor removes, nor strips themselves; one who cannot sign in does not count', async () => {
    const [bens] = await grantIdsOf(people, chain, ben.memberId)
    await run(ana.actor, (tx) => revokeRole(tx, ana.actor, bens as string))
    await run(ana.actor, (tx) => addMember(tx, ana.actor, { userId: null, name: 'By PIN', email: null, grants: admin }))
    const [anas] = await grantIdsOf(people, chain, ana.memberId)
    await expect(run(ana.actor, (tx) => revokeRole(tx, ana.actor, anas as string))).rejects.toMatchObject({
      kind: 'conflict',
      code: 'people.last_admin',
    })
    const { system } = chain
    for (const status of ['suspended', 'removed'] as const) {
      await expect(run(system, (tx) => changeMember(tx, system, ana.memberId, { status }))).rejects.toMatchObject({
        code: 'people.last_admin',
      })
    }
  })
})

test('whatever is changed is told: by whom, about whom, where, from what to what', async () => {
  const kit = await hire(people, chain, { name: `Kit ${count}`, grants: [] })
  const grantId = await grant(ana, kit.memberId, { role: 'org:member', locationId: at(0) })
  await run(ana.actor, (tx) => changeMember(tx, ana.actor, kit.memberId, { name: 'Kitty', status: 'suspended' }))
  await run(ana.actor, (tx) => revokeRole(tx, ana.actor, grantId))
  const told = await people.database.readOne(
    ana.actor,
    `select name, actor, location_id as at, before, after from events where subject_id = $1 and actor like 'member:%'
      order by id`,
    [kit.memberId],
  )
  const by = { actor: `member:${ana.memberId}` }
  expect(told).toEqual([
    {
      ...by,
      name: 'people.role_granted',
      at: at(0),
      before: null,
      after: expect.objectContaining({ role: 'org:member' }),
    },
    {
      ...by,
      ...{ name: 'people.member_changed', at: null },
      ...{ before: { name: `Kit ${count}`, status: 'active' }, after: { name: 'Kitty', status: 'suspended' } },
    },
    {
      ...by,
      name: 'people.role_revoked',
      at: at(0),
      before: expect.objectContaining({ role: 'org:member' }),
      after: null,
    },
  ])
})

test('a location moved into the group, and one moved out, act on who holds the group', async () => {
  const before = await now(mia)
  expect(before.actor.locationIds).toEqual(new Set([at(0)]))
  await run(chain.system, (tx) => tx.query('update locations set group_id = $1 where id = $2', [east, at(1)]))
  const wider = await now(mia)
  expect(wider.actor.locationIds).toEqual(new Set(chain.locationIds))
  await run(chain.system, (tx) => tx.query('update locations set group_id = null where id = $1', [at(0)]))
  const moved = await now(mia)
  expect(moved.actor.locationIds).toEqual(new Set([at(1)]))
  expect(new Set([before.standing, wider.standing, moved.standing]).size).toBe(3)
})
