import { type Actor, can, canEverywhere } from '@opsflow/platform/actor'
import { Refusal } from '@opsflow/platform/refusal'
import fc from 'fast-check'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Grant } from '../reach.ts'
import { PERMISSIONS, ROLES } from '../roles.ts'
import { addMember } from './add-member.ts'
import { changeMember } from './change-member.ts'
import { archiveRole, changeRole, makeRole } from './custom-roles.ts'
import { admin, type Chain, grantIdsOf, hire, makeChain, type PeopleUnderTest, peopleUnderTest } from './for-tests.ts'
import { grantRole, revokeRole } from './grant-role.ts'

/** Nobody who is not an admin leads anyone, by any sequence of commands, beyond what they held when it began. */
const RUNS = process.env.LONG_TESTS ? 2000 : 100
const COMMANDS = 10

let people: PeopleUnderTest
let chain: Chain
let groupIds: string[]

beforeAll(async () => {
  people = await peopleUnderTest()
  chain = await makeChain(people, { name: 'Chain', locations: 4 })
  const [east, west] = [crypto.randomUUID(), crypto.randomUUID()]
  const boston = crypto.randomUUID()
  groupIds = [east, west, boston]
  await people.database.write(chain.system, async (tx) => {
    for (const [id, parent, name] of [
      [east, null, 'East'],
      [west, null, 'West'],
      [boston, east, 'Boston'],
    ]) {
      const values = [id, chain.system.organizationId, parent, name]
      await tx.query(
        'insert into location_groups (id, organization_id, parent_id, name) values ($1, $2, $3, $4)',
        values,
      )
    }
    const [first, second, third] = chain.locationIds
    for (const [locationId, groupId] of [
      [first, boston],
      [second, east],
      [third, west],
    ]) {
      await tx.query('update locations set group_id = $2 where id = $1', [locationId, groupId])
    }
  })
  await hire(people, chain, { name: 'Owner', grants: admin })
})
afterAll(() => people.close())

const index = fc.nat(1000)
const someGrant = fc.record({ role: fc.nat(5), place: fc.nat(8) })
const someRole = fc.uniqueArray(fc.constantFrom(...PERMISSIONS), { minLength: 1, maxLength: 4 })
/** Mostly people who may decide about people: others are refused at the door. */
const leading = fc.constantFrom<Grant['role']>('org:manager', 'org:manager', 'org:member')
const command = fc.record({
  what: fc.constantFrom('grant', 'grant', 'grant', 'add', 'revoke', 'status', 'make', 'change', 'archive'),
  ...{ whom: index, grant: someGrant, permissions: someRole, which: index },
})

test('no sequence of commands by someone who is no admin gives anyone more than they had', async () => {
  let cases = 0
  let done = 0
  let refused = 0
  const drawn = fc.record({
    own: fc.array(fc.record({ role: leading, place: fc.nat(8) }), { minLength: 1, maxLength: 3 }),
    custom: fc.array(someRole, { minLength: 1, maxLength: 2 }),
    makesRoles: fc.boolean(),
    others: fc.array(fc.array(someGrant, { maxLength: 2 }), { minLength: 1, maxLength: 3 }),
    commands: fc.array(command, { minLength: 1, maxLength: COMMANDS }),
  })
  await fc.assert(
    fc.asyncProperty(drawn, async ({ own, custom, makesRoles, others, commands }) => {
      const roleIds = await asSystem(async (tx) => {
        const ids: string[] = []
        for (const permissions of custom) ids.push((await makeRole(tx, chain.system, roleOf(permissions))).id)
        if (makesRoles) ids.push((await makeRole(tx, chain.system, roleOf(['roles.manage', 'people.manage']))).id)
        return ids
      })
      const place = (n: number) => placeOf(n)
      const grantOf = ({ role, place: n }: { role: number; place: number }): Grant => {
        const builtIn = ROLES[role]
        if (builtIn === 'org:admin') return { role: builtIn }
        return builtIn
          ? { role: builtIn, ...place(n) }
          : { roleId: roleIds[role % roleIds.length] as string, ...place(n) }
      }
      const granter = await someone([
        ...own.map(({ role, place: n }): Grant => ({ role: role ?? null, ...place(n) })),
        ...(makesRoles ? [{ roleId: roleIds.at(-1) as string }] : []),
      ])
      const crew = [granter]
      for (const grants of others) crew.push(await someone(grants.map(grantOf)))
      const had = await rightsOf(granter)
      const first = new Map(await Promise.all(crew.map(async (one) => [one.id, await rightsOf(one)] as const)))

      for (const { what, whom, grant, permissions, which } of commands) {
        const target = crew[whom % crew.length] as Person
        const { actor } = await now(granter)
        const attempt = people.database.write(actor, async (tx) => {
          const [grantId] = what === 'revoke' ? await grantIdsOf(people, chain, target.id) : []
          const roleId = roleIds[which % roleIds.length] as string
          if (what === 'grant') await grantRole(tx, actor, target.id, grantOf(grant))
          if (what === 'add') return addMember(tx, actor, { ...newcomer(), grants: [grantOf(grant)] })
          if (what === 'revoke') await revokeRole(tx, actor, grantId ?? crypto.randomUUID())
          if (what === 'status')
            await changeMember(tx, actor, target.id, { status: which % 2 ? 'suspended' : 'active' })
          if (what === 'make') return { role: (await makeRole(tx, actor, roleOf(permissions))).id }
          if (what === 'change') {
            const [role] = await tx.query<{ version: number }>('select version from roles where id = $1', [roleId])
            await changeRole(tx, actor, roleId, { version: role?.version ?? 1, permissions })
          }
          if (what === 'archive') await archiveRole(tx, actor, roleId)
          return undefined
        })
        const outcome = await attempt.catch((error: unknown) => {
          if (!(error instanceof Refusal)) throw error
          refused++
          return null
        })
        if (outcome === null) continue
        done++
        if (outcome && 'id' in outcome) crew.push(await personOf(outcome.id))
        if (outcome && 'role' in outcome) roleIds.push(outcome.role)
      }

      for (const person of crew) {
        const before = first.get(person.id) ?? new Set()
        const gained = [...(await rightsOf(person))].filter((right) => !before.has(right) && !had.has(right))
        expect(gained).toEqual([])
      }
      await asSystem(async (tx) => {
        await tx.query(`update role_grants set revoked_at = now() where role_id = any ($1::uuid[])`, [roleIds])
        await tx.query('update roles set archived_at = now() where id = any ($1::uuid[])', [roleIds])
      })
      cases++
    }),
    { numRuns: RUNS },
  )
  console.log(`nobody gives what they do not hold: ${cases} cases, ${done} commands done, ${refused} refused`)
  expect(done).toBeGreaterThan(0)
  expect(refused).toBeGreaterThan(0)
}, 1_800_000)

type Person = { id: string; userId: string }

const asSystem = <T>(work: Parameters<typeof people.database.write<T>>[1]) => people.database.write(chain.system, work)
const roleOf = (permissions: (typeof PERMISSIONS)[number][]) => ({
  name: crypto.randomUUID(),
  description: '',
  permissions,
})
const newcomer = () => ({ userId: crypto.randomUUID(), name: 'Someone', email: null })

function placeOf(n: number) {
  if (n === 0) return {}
  if (n <= groupIds.length) return { groupId: groupIds[n - 1] as string }
  return { locationId: chain.locationIds[(n - groupIds.length - 1) % chain.locationIds.length] as string }
}

async function someone(grants: Grant[]): Promise<Person> {
  const { userId, ...person } = newcomer()
  const { id } = await asSystem((tx) => addMember(tx, chain.system, { ...person, userId, grants }))
  return { id, userId }
}

async function personOf(id: string): Promise<Person> {
  const [row] = await people.database.readOne<{ userId: string }>(
    chain.system,
    'select user_id as "userId" from members where id = $1',
    [id],
  )
  return { id, userId: row?.userId ?? '' }
}

async function now({ userId }: Person): Promise<{ actor: Actor }> {
  const [holder] = await people.directory.memberships([userId])
  return holder ?? expect.fail('nobody')
}

/** `permission at place`, and `permission everywhere`, which holds at places to come too. */
async function rightsOf(person: Person): Promise<Set<string>> {
  const { actor } = await now(person)
  return new Set(
    PERMISSIONS.flatMap((permission) => [
      ...(canEverywhere(actor, permission) ? [`${permission} everywhere`] : []),
      ...chain.locationIds.filter((id) => can(actor, permission, id)).map((id) => `${permission} at ${id}`),
    ]),
  )
}
