import { once } from 'node:events'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import express from 'express'
import pg from 'pg'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { authenticator } from '../authenticate.ts'
import { admin, hire, makeChain, type PeopleUnderTest, peopleUnderTest } from '../for-tests.ts'
import {
  type ClerkInstance,
  clerkInstance,
  membershipObject,
  messageOf,
  organizationObject,
  PAGE_ORIGIN,
  userObject,
} from './clerk.for-tests.ts'
import { type Clerk, openClerk } from './open.ts'

let people: PeopleUnderTest
let instance: ClerkInstance
let clerk: Clerk
let opening: Clerk
let server: Server
let superuser: pg.Client
const ask = async (sql: string, values: unknown[] = []) => (await superuser.query(sql, values)).rows
const warned: object[] = []
beforeAll(async () => {
  people = await peopleUnderTest(PAGE_ORIGIN)
  superuser = new pg.Client(people.testDb.admin)
  await superuser.connect()
  instance = await clerkInstance()
  const log = { info: () => undefined, warn: (details: object) => void warned.push(details) }
  const parts = {
    keys: instance.keys,
    pool: people.pool,
    database: people.database,
    publicOrigin: () => PAGE_ORIGIN,
    log,
  }
  clerk = openClerk({ ...parts, signUpIsOpen: false })
  opening = openClerk({ ...parts, signUpIsOpen: true })
  const app = express().use('/closed', clerk.webhooks).use('/open', opening.webhooks)
  server = createServer(app).listen(0, '127.0.0.1')
  await once(server, 'listening')
})
afterAll(async () => {
  server.close()
  await superuser.end()
  await instance.close()
  await people.close()
})

/** Delivered the way Svix does it; the answer's status. */
async function deliver(body: string, headers = instance.signed(body), mount = 'closed'): Promise<number> {
  const { port } = server.address() as AddressInfo
  const answer = await fetch(`http://127.0.0.1:${port}/${mount}/webhooks`, { method: 'POST', body, headers })
  return answer.status
}
const tell = async (type: string, data: object, timestamp?: number) =>
  expect(await deliver(messageOf(type, data, timestamp))).toBe(204)

let counter = 0
/** A chain of ours with its admin, and a Clerk organization that stands for it. */
async function movedChain() {
  counter += 1
  const chain = await makeChain(people, { name: `Chain ${counter}`, locations: 2 })
  const boss = await hire(people, chain, { name: `Boss ${counter}`, grants: admin })
  const metadata = { opsflowOrganizationId: chain.system.organizationId }
  const organization = organizationObject(`org_${counter}`, `Chain ${counter}`, 1000, metadata)
  await tell('organization.created', organization)
  return { chain, boss, organization, n: counter }
}
const person = (name: string, n: number | string, more: object = {}) => ({
  id: `user_${name}${n}`,
  first_name: name,
  last_name: `No${n}`,
  email: `${name}${n}@example.com`,
  ...more,
})

const authenticate = (token: string, organizationId?: string) =>
  authenticator({ identity: { ...clerk.identity }, directory: people.directory, digest: people.digest }).authenticate({
    headers: { authorization: `Bearer ${token}` },
    organizationId,
    isRead: true,
  })
const membersOf = async (organizationId: string) =>
  (
    await ask(
      `select m.name, m.status, array(select coalesce(g.role, 'own') || coalesce('@' || g.location_id, '') from role_grants g
                where g.member_id = m.id and g.revoked_at is null order by 1) as roles
         from members m where m.organization_id = $1 order by m.name`,
      [organizationId],
    )
  ).map(({ name, status, roles }) => `${name} ${status} ${roles.join()}`)

describe('moving an organization to Clerk', () => {
  test('its admin is known by the verified address and keeps every grant', async () => {
    const { chain, boss, organization, n } = await movedChain()
    const asBoss = { ...person('boss', n), email: boss.email }
    await tell('user.created', userObject(asBoss, 1000))
    await tell('organizationMembership.created', membershipObject(organization, asBoss, 'org:admin', 1000))
    const caller = await authenticate(instance.tokenOf(asBoss.id))
    expect(caller?.actor).toMatchObject({ id: boss.memberId, organizationId: chain.system.organizationId })
    expect(caller?.actor.permissions.get('people.manage')).toBe('all')
  })

  test('a grant of ours stays when the role at Clerk changes', async () => {
    const { chain, organization, n } = await movedChain()
    const [here = ''] = chain.locationIds
    const { email, memberId } = await hire(people, chain, {
      name: `Mia ${n}`,
      grants: [{ role: 'org:manager', locationId: here }],
    })
    const mia = { ...person('mia', n), email }
    await tell('user.created', userObject(mia, 1000))
    await tell('organizationMembership.created', membershipObject(organization, mia, 'org:member', 1000))
    expect(await membersOf(chain.system.organizationId)).toContain(`Mia ${n} active org:manager@${here},org:member`)
    await tell('organizationMembership.updated', membershipObject(organization, mia, 'org:custom_role', 2000))
    expect(await membersOf(chain.system.organizationId)).toContain(`Mia ${n} active org:manager@${here}`)
    const caller = await authenticate(instance.tokenOf(mia.id))
    expect(caller?.actor.id).toBe(memberId)
    expect(caller?.actor.permissions.get('temperature.verify')).toEqual(new Set([here]))
  })

  test('someone with an address that is not verified is nobody we know', async () => {
    const { chain, boss, organization, n } = await movedChain()
    const impostor = { ...person('impostor', n), email: boss.email, isVerified: false }
    await tell('user.created', userObject(impostor, 1000))
    await tell('organizationMembership.created', membershipObject(organization, impostor, 'org:admin', 1000))
    expect(await authenticate(instance.tokenOf(impostor.id))).toBeNull()
    expect(await membersOf(chain.system.organizationId)).toEqual([`Boss ${n} active org:admin`])
    await tell('user.updated', userObject({ ...impostor, isVerified: true }, 2000))
    expect((await authenticate(instance.tokenOf(impostor.id)))?.actor.id).toBe(boss.memberId)
  })

  test('a password on an account whose address was never verified ends with the recognition', async () => {
    const { boss, n } = await movedChain()
    const asBoss = { ...person('boss', n), email: boss.email }
    await tell('user.created', userObject(asBoss, 1000))
    const left = await people.pool.query('select from auth.accounts where user_id = $1', [boss.userId])
    expect(left.rowCount).toBe(0)
  })

  test('an organization is taken in only when it is linked, or when anyone may found one', async () => {
    const nia = person('nia', 'new')
    const alone = organizationObject('org_alone', 'Alone Cafe', 1000)
    await tell('user.created', userObject(nia, 1000))
    await tell('organizationMembership.created', membershipObject(alone, nia, 'org:admin', 1000))
    await expect(authenticate(instance.tokenOf(nia.id))).rejects.toMatchObject({ code: 'people.no_organization' })

    const body = messageOf('organization.updated', { ...alone, updated_at: 2000 })
    expect(await deliver(body, instance.signed(body), 'open')).toBe(204)
    const caller = await authenticate(instance.tokenOf(nia.id))
    expect(caller?.actor.permissions.get('people.manage')).toBe('all')
    expect(await ask('select name from organizations where name = $1', ['Alone Cafe'])).toHaveLength(1)
  })

  test('two organizations of Clerk cannot both stand for ours', async () => {
    const { chain, n } = await movedChain()
    const metadata = { opsflowOrganizationId: chain.system.organizationId }
    const second = organizationObject(`org_second${n}`, 'Thief', 1000, metadata)
    const thief = person('thief', n)
    await tell('user.created', userObject(thief, 1000))
    await tell('organizationMembership.created', membershipObject(second, thief, 'org:admin', 1000))
    expect(await membersOf(chain.system.organizationId)).toEqual([`Boss ${n} active org:admin`])
  })
})

describe('messages', () => {
  test('in any order, late and twice, lead to the same members', async () => {
    const outcomes = new Set<string>()
    for (const order of orders(6).filter((_, i) => i % 31 === 0)) {
      const { chain, organization, n } = await movedChain()
      const [ana, ben] = [person('ana', n), person('ben', n)]
      const messages = [
        messageOf('user.created', userObject(ana, 1000)),
        messageOf('user.created', userObject(ben, 1000)),
        messageOf('organizationMembership.created', membershipObject(organization, ana, 'org:member', 1000)),
        messageOf('organizationMembership.updated', membershipObject(organization, ana, 'org:manager', 2000)),
        messageOf('organizationMembership.created', membershipObject(organization, ben, 'org:admin', 1000)),
        messageOf('organizationMembership.deleted', membershipObject(organization, ben, 'org:admin', 1000), 3000),
      ]
      for (const index of [...order, ...order.slice(0, 2)]) expect(await deliver(messages[index] as string)).toBe(204)
      const found = (await membersOf(chain.system.organizationId)).join('\n').replaceAll(String(n), '#')
      // Who was gone before they were ever seen is no member; who was seen first is a removed one, without a role.
      outcomes.add(found.replace('\nben No# removed ', ''))
    }
    expect([...outcomes]).toEqual([['Boss # active org:admin', 'ana No# active org:manager'].join('\n')])
  })

  test('delivered again with the same id change nothing', async () => {
    const { organization, n } = await movedChain()
    const ana = person('ana', n)
    await tell('user.created', userObject(ana, 1000))
    const body = messageOf('organizationMembership.created', membershipObject(organization, ana, 'org:member', 1000))
    const headers = instance.signed(body)
    expect([await deliver(body, headers), await deliver(body, headers)]).toEqual([204, 204])
    const events = await ask(`select from events where name like 'people.clerk%' and after ->> 'email' = $1`, [
      ana.email,
    ])
    expect(events).toHaveLength(1)
  })

  test('without the signature, with an old one, of another body or another secret are refused', async () => {
    const { chain, organization, n } = await movedChain()
    const eve = person('eve', n)
    const body = messageOf('organizationMembership.created', membershipObject(organization, eve, 'org:admin', 1000))
    const good = instance.signed(body)
    const another = await clerkInstance()
    const cases = [
      {},
      { ...good, 'svix-signature': 'v1,' },
      { ...good, 'svix-id': 'msg_other' },
      instance.signed(body, Date.now() - 6 * 60_000),
      instance.signed(`${body} `),
      another.signed(body),
    ]
    await another.close()
    for (const headers of cases) expect(await deliver(body, headers as Record<string, string>)).toBe(401)
    expect(await membersOf(chain.system.organizationId)).toEqual([`Boss ${n} active org:admin`])
  })

  test('of a kind we do not read are taken and left; of a shape that is not Clerk’s are refused, and noted', async () => {
    await tell('email.created', { id: 'ema_1' })
    const broken = messageOf('user.created', { id: 'user_x' })
    expect(await deliver(broken)).toBe(422)
    expect(warned.length).toBe(1)
    const huge = messageOf('user.created', { text: 'x'.repeat(300_000) })
    expect(await deliver(huge)).toBe(413)
  })
})

describe('someone who leaves', () => {
  test('the organization is removed here, and may come back', async () => {
    const { chain, organization, n } = await movedChain()
    const ana = person('ana', n)
    await tell('user.created', userObject(ana, 1000))
    const membership = membershipObject(organization, ana, 'org:manager', 1000)
    await tell('organizationMembership.created', membership)
    const token = instance.tokenOf(ana.id)
    const caller = await authenticate(token)
    await tell('organizationMembership.deleted', membership, 2000)
    expect(await membersOf(chain.system.organizationId)).toContain(`ana No${n} removed `)
    await expect(authenticate(token)).rejects.toMatchObject({ code: 'people.no_organization' })
    if (!caller) throw new Error('she was not in')
    expect((await people.authenticator.standings([caller])).size).toBe(0)
    await tell('organizationMembership.created', membershipObject(organization, ana, 'org:member', 3000))
    expect(await membersOf(chain.system.organizationId)).toContain(`ana No${n} active org:member`)
  })

  test('is out with the end of the session, its token notwithstanding', async () => {
    const { organization, n } = await movedChain()
    const ana = person('ana', n)
    await tell('user.created', userObject(ana, 1000))
    await tell('organizationMembership.created', membershipObject(organization, ana, 'org:member', 1000))
    const token = instance.tokenOf(ana.id)
    expect(await authenticate(token)).not.toBeNull()
    expect(await clerk.identity.usersOf([`sess_ana${n}`])).toHaveProperty('size', 1)
    await tell('session.revoked', { object: 'session', id: `sess_ana${n}`, user_id: ana.id, status: 'revoked' })
    expect(await authenticate(token)).toBeNull()
    expect(await clerk.identity.usersOf([`sess_ana${n}`])).toHaveProperty('size', 0)
  })

  test('Clerk altogether, or is banned there, has no session left here', async () => {
    for (const leave of ['banned', 'deleted'] as const) {
      const { chain, organization, n } = await movedChain()
      const ana = person('ana', n)
      await tell('user.created', userObject(ana, 1000))
      await tell('organizationMembership.created', membershipObject(organization, ana, 'org:member', 1000))
      const token = instance.tokenOf(ana.id)
      expect(await authenticate(token)).not.toBeNull()
      if (leave === 'banned') await tell('user.updated', { ...userObject(ana, 2000), banned: true })
      else await tell('user.deleted', { object: 'user', id: ana.id, deleted: true }, 2000)
      expect(await authenticate(token)).toBeNull()
      const status = leave === 'banned' ? 'active org:member' : 'removed '
      expect(await membersOf(chain.system.organizationId)).toContain(`ana No${n} ${status}`)
    }
  })

  test('and someone suspended here stays suspended, whatever Clerk says', async () => {
    const { chain, organization, n } = await movedChain()
    const ana = person('ana', n)
    await tell('user.created', userObject(ana, 1000))
    await tell('organizationMembership.created', membershipObject(organization, ana, 'org:member', 1000))
    await ask(`update members set status = 'suspended' where name = $1`, [`ana No${n}`])
    await tell('organizationMembership.updated', membershipObject(organization, ana, 'org:manager', 2000))
    expect(await membersOf(chain.system.organizationId)).toContain(`ana No${n} suspended org:manager`)
  })
})

test('of several organizations the token’s own is meant, unless the request names one', async () => {
  const [one, two] = [await movedChain(), await movedChain()]
  const ana = person('ana', `both${one.n}`)
  await tell('user.created', userObject(ana, 1000))
  for (const { organization } of [one, two]) {
    await tell('organizationMembership.created', membershipObject(organization, ana, 'org:member', 1000))
  }
  const token = instance.tokenOf(ana.id, { o: { id: two.organization.id, rol: 'admin', slg: 'x' } })
  const organizationOf = async (named?: string) => (await authenticate(token, named))?.actor.organizationId
  expect(await organizationOf()).toBe(two.chain.system.organizationId)
  expect(await organizationOf(one.chain.system.organizationId)).toBe(one.chain.system.organizationId)
  // The role in the token is Clerk's word of a minute ago; rights come from the members table.
  expect((await authenticate(token))?.actor.permissions.has('people.manage')).toBe(false)
})

test('what was never heard comes in by reconciling, and what is gone ends', async () => {
  const { chain, organization, n } = await movedChain()
  const [ana, ben, cat] = [person('ana', n), person('ben', n), person('cat', n)]
  for (const one of [ben, cat]) {
    await tell('user.created', userObject(one, 1000))
    await tell('organizationMembership.created', membershipObject(organization, one, 'org:member', 1000))
  }
  const crowd = Array.from({ length: 205 }, (_, i) => person(`p${i}x`, n))
  const present = [ana, cat, ...crowd]
  instance.listed.users = present.map((one) => userObject(one, 2000))
  instance.listed.organizations = [{ ...organization, updated_at: 2000 } as typeof organization]
  instance.listed.memberships = present.map((one) =>
    membershipObject(organization, one, one === cat ? 'org:manager' : 'org:member', 2000),
  )
  const found = await clerk.reconcile()
  expect(found).toMatchObject({ users: 207, organizations: 1, memberships: 207 })
  const members = await membersOf(chain.system.organizationId)
  expect(members.filter((member) => member.includes('active'))).toHaveLength(208)
  expect(members).toEqual(expect.arrayContaining([`ana No${n} active org:member`, `cat No${n} active org:manager`]))
  expect(members).toContain(`ben No${n} removed `)
  const again = await clerk.reconcile()
  expect(again.gone).toBe(0)
  expect(await membersOf(chain.system.organizationId)).toEqual(members)
})

/** Every order of n things. */
function orders(n: number): number[][] {
  if (n === 0) return [[]]
  return orders(n - 1).flatMap((order) => Array.from({ length: n }, (_, i) => order.toSpliced(i, 0, n - 1)))
}
