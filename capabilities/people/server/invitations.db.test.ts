import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Browser, doorUnderTest } from './door.for-tests.ts'
import { admin, type Chain, hire, makeChain, PASSWORD } from './for-tests.ts'

const NEXT = 'copper kettle ninety two'

let door: Awaited<ReturnType<typeof doorUnderTest>>
let chain: Chain
let ana: Awaited<ReturnType<typeof hire>>
let asAna: Browser
beforeAll(async () => {
  door = await doorUnderTest()
  chain = await makeChain(door.people, { name: 'Burger', locations: 2 })
  ana = await hire(door.people, chain, { name: 'Ana', grants: admin })
  asAna = await signedIn(ana.email)
})
afterAll(() => door.close())

async function signedIn(email: string, password = PASSWORD): Promise<Browser> {
  const browser = door.browser()
  expect((await browser.ask('POST /session', { email, password })).status).toBe(201)
  return browser
}
let invited = 0
const address = () => `guest${++invited}@example.com`
type Grant = { role: string; locationId?: string | undefined }
const manager = (): Grant => ({ role: 'org:manager', locationId: chain.locationIds[0] })
const inviting = (email: string, grant: Grant = manager(), by = asAna) => by.ask('POST /invitations', { email, grant })
const accept = (token: string, at = door.browser(), more: object = { name: 'Mia', password: NEXT }) =>
  at.ask('POST /invitations/acceptance', { token, ...more })
const open = (token: string, at = door.browser()) => at.ask('POST /invitations/opening', { token })
const verify = (userId: string) =>
  door.people.pool.query('update auth.users set email_verified = true where id = $1', [userId])

/** The token of a new invitation, from its letter. */
async function invitation(email = address(), grant: Grant = manager()) {
  const made = await inviting(email, grant)
  expect(made.status, made.text).toBe(201)
  return { id: made.body.id as string, email, token: await door.tokenFor(email) }
}

describe('someone new', () => {
  test('reads what the invitation says, makes an account with it, and sees her store', async () => {
    const { email, token } = await invitation()
    expect((await open(token)).body).toMatchObject({
      ...{ email, organization: 'Burger', invitedBy: 'Ana', role: 'org:manager', placeName: 'Burger 1' },
      next: 'make_account',
    })
    const mia = door.browser()
    expect((await accept(token, mia)).status).toBe(201)
    expect((await mia.ask('GET /session')).body).toMatchObject({
      member: { name: 'Mia', email, role: 'org:manager' },
      locations: [{ name: 'Burger 1' }],
    })
    // The letter went to that address, so whoever has its link reads that mailbox.
    expect((await mia.ask('GET /account')).body.emailVerified).toBe(true)
    expect((await asAna.ask('GET /invitations?state=accepted')).body.items).toContainEqual(
      expect.objectContaining({ email, state: 'accepted', mailed: true }),
    )
  })

  test('says her name and a password that is not known', async () => {
    const { token } = await invitation()
    expect((await accept(token, door.browser(), {})).body).toMatchObject({
      status: 422,
      errors: [{ path: 'body.name' }],
    })
    const known = await accept(token, door.browser(), { name: 'Mia', password: 'passwordpassword' })
    expect(known.body.code).toBe('people.password_known')
    expect((await accept(token)).status).toBe(201)
  })

  test('works here by PIN already: she keeps her place and her history', async () => {
    const email = address()
    const rosa = await asAna.ask('GET /session').then(() =>
      door.people.database.write(chain.system, async (tx) => {
        const [added] = await tx.query<{ id: string }>(
          'insert into members (organization_id, name, email) values ($1, $2, $3) returning id',
          [chain.system.organizationId, 'Rosa', email],
        )
        return added?.id
      }),
    )
    const { token } = await invitation(email)
    const at = door.browser()
    await accept(token, at, { name: 'Rosa', password: NEXT })
    expect((await at.ask('GET /session')).body.member).toMatchObject({ id: rosa, name: 'Rosa' })
  })
})

describe('someone with an account', () => {
  test('signs in and joins', async () => {
    const other = await makeChain(door.people, { name: 'Other', locations: 1 })
    const ben = await hire(door.people, other, { name: 'Ben', grants: admin })
    await verify(ben.userId)
    const { token } = await invitation(ben.email)
    expect((await open(token)).body.next).toBe('sign_in')
    expect((await accept(token)).body.code).toBe('people.sign_in_to_accept')
    const asBen = await signedIn(ben.email)
    expect((await open(token, asBen)).body.next).toBe('join')
    const joined = await accept(token, asBen, {})
    expect(joined.body.organizations.map(({ name }: { name: string }) => name).sort()).toEqual(['Burger', 'Other'])
  })

  test('but an address she never proved does not join by it', async () => {
    const other = await makeChain(door.people, { name: 'Unproved', locations: 1 })
    const liar = await hire(door.people, other, { name: 'Liar', grants: admin })
    const { token } = await invitation(liar.email)
    expect((await accept(token, await signedIn(liar.email), {})).body.code).toBe('people.email_unverified')
  })

  test('who belongs there already is not invited', async () => {
    expect((await inviting(ana.email)).body.code).toBe('people.already_member')
  })
})

describe('an invitation is not taken over', () => {
  test('by someone signed in with another address, who is told so', async () => {
    const other = await makeChain(door.people, { name: 'Thieves', locations: 1 })
    const thief = await hire(door.people, other, { name: 'Thief', grants: admin })
    await verify(thief.userId)
    const { token } = await invitation()
    const asThief = await signedIn(thief.email)
    expect((await open(token, asThief)).body.next).toBe('sign_out')
    const told = await accept(token, asThief, { name: 'Thief', password: NEXT })
    expect(told).toMatchObject({ status: 403, body: { code: 'people.invitation_for_another' } })
    expect((await asThief.ask('GET /organizations')).body.items).toHaveLength(1)
    expect((await accept(token)).status).toBe(201) // still there for whom it is
  })

  test('by two at once: one joins', async () => {
    const { token } = await invitation()
    const tries = await Promise.all([1, 2, 3].map(() => accept(token)))
    expect(tries.filter(({ status }) => status === 201)).toHaveLength(1)
    expect(tries.filter(({ status }) => status >= 500)).toEqual([])
  })

  test('by guessing: an unknown token says nothing, and too many wait', async () => {
    const from = { 'x-forwarded-for': '203.0.113.77' }
    const guess = () => door.browser().ask('POST /invitations/opening', { token: 'x'.repeat(43) }, from)
    const tries = await Promise.all(Array.from({ length: 51 }, guess))
    expect(tries.filter(({ body }) => body.code === 'people.link_unknown')).toHaveLength(50)
    expect(tries.filter(({ status }) => status === 429)).toHaveLength(1)
  })

  test('from the database: it holds digests', async () => {
    const { token } = await invitation()
    const rows = await door.people.database.readOne(chain.system, 'select i::text as row from invitations i')
    expect(JSON.stringify(rows)).not.toContain(token)
  })
})

describe('an invitation ends, and says how', () => {
  test('used', async () => {
    const { token } = await invitation()
    await accept(token)
    expect((await accept(token)).body.code).toBe('people.invitation_accepted')
  })

  test('taken back', async () => {
    const { id, token } = await invitation()
    expect((await asAna.ask(`DELETE /invitations/${id}`)).status).toBe(204)
    expect((await open(token)).body.code).toBe('people.invitation_revoked')
    expect((await accept(token)).body.code).toBe('people.invitation_revoked')
    expect((await asAna.ask(`POST /invitations/${id}/links`, {})).body.code).toBe('people.invitation_revoked')
  })

  test('expired, and sent again', async () => {
    const { id, email, token } = await invitation()
    await door.people.database.write(chain.system, (tx) =>
      tx.query(`update invitations set expires_at = now() - interval '1 minute' where id = $1`, [id]),
    )
    expect((await accept(token)).body.code).toBe('people.invitation_expired')
    expect((await asAna.ask(`POST /invitations/${id}/links`, { language: 'es' })).status).toBe(201)
    await expect.poll(() => door.tokenFor(email)).not.toBe(token)
    expect(door.letterTo(email)?.subject).toBe('Ana le invita a Burger')
    expect((await accept(token)).body.code).toBe('people.link_unknown')
    expect((await accept(await door.tokenFor(email))).status).toBe(201)
  })

  test('replaced by a newer one to the same address', async () => {
    const { email, token } = await invitation()
    await inviting(email, { role: 'org:member', locationId: chain.locationIds[1] })
    await expect.poll(() => door.tokenFor(email)).not.toBe(token)
    expect((await accept(token)).body.code).toBe('people.invitation_revoked')
    const at = door.browser()
    await accept(await door.tokenFor(email), at)
    expect((await at.ask('GET /session')).body.member.role).toBe('org:member')
  })

  test('worth nothing once its inviter may no longer give that role', async () => {
    const cleo = await hire(door.people, chain, { name: 'Cleo', grants: admin })
    const email = address()
    await inviting(email, { role: 'org:admin' }, await signedIn(cleo.email))
    const token = await door.tokenFor(email)
    expect((await asAna.ask(`PATCH /members/${cleo.memberId}`, { status: 'suspended' })).status).toBe(200)
    expect((await accept(token)).body.code).toBe('people.invitation_void')
    // No account is left behind by what came to nothing.
    expect((await door.people.pool.query('select from auth.users where email = $1', [email])).rowCount).toBe(0)
  })

  test('someone who left comes back to what the invitation gives, not to what they held', async () => {
    const dan = await hire(door.people, chain, { name: 'Dan', grants: admin })
    await verify(dan.userId)
    await asAna.ask(`PATCH /members/${dan.memberId}`, { status: 'removed' })
    const { token } = await invitation(dan.email, { role: 'org:member', locationId: chain.locationIds[0] })
    const asDan = door.browser()
    await asDan.ask('POST /session', { email: dan.email, password: PASSWORD })
    expect((await accept(token, asDan, {})).status).toBe(201)
    expect((await asDan.ask('GET /session')).body).toMatchObject({ member: { id: dan.memberId, role: 'org:member' } })
  })
})

describe('nobody invites above their own', () => {
  test('a manager of one store invites nobody as admin, nor into another store', async () => {
    const [here, there] = chain.locationIds
    const eve = await hire(door.people, chain, {
      name: 'Eve',
      grants: [{ role: 'org:manager', locationId: here as string }],
    })
    const asEve = await signedIn(eve.email)
    for (const grant of [{ role: 'org:admin' }, { role: 'org:member', locationId: there }, { role: 'org:member' }]) {
      expect((await inviting(address(), grant, asEve)).status).toBeGreaterThanOrEqual(403)
    }
  })

  test('an admin of one location does not exist', async () => {
    const told = await inviting(address(), { role: 'org:admin', locationId: chain.locationIds[0] })
    expect(told.body.code).toBe('people.admin_everywhere')
  })

  test('another customer’s places and invitations are not there', async () => {
    const other = await makeChain(door.people, { name: 'Foreign', locations: 1 })
    const fay = await hire(door.people, other, { name: 'Fay', grants: admin })
    const asFay = await signedIn(fay.email)
    const { id } = await invitation()
    expect((await inviting(address(), { role: 'org:member', locationId: chain.locationIds[0] }, asFay)).status).toBe(
      404,
    )
    expect((await asFay.ask(`DELETE /invitations/${id}`)).status).toBe(404)
    expect((await asFay.ask(`POST /invitations/${id}/links`, {})).status).toBe(404)
    expect((await asFay.ask('GET /invitations')).body.items).toEqual([])
  })
})

test('a repeated request invites once, and mails once', async () => {
  const email = address()
  const key = { 'idempotency-key': crypto.randomUUID() }
  const [first, again] = [
    await asAna.ask('POST /invitations', { email, grant: manager() }, key),
    await asAna.ask('POST /invitations', { email, grant: manager() }, key),
  ]
  expect(again.body.id).toBe(first.body.id)
  expect(door.letters.filter(({ to }) => to === email)).toHaveLength(1)
})

test('what was invited, taken back and accepted stands in the trail', async () => {
  const { id, token } = await invitation()
  await accept(token)
  const names = await door.people.database.readOne<{ name: string }>(
    chain.system,
    `select name from events where subject_id = $1 or after ->> 'invitationId' = $1::text order by id`,
    [id],
  )
  expect(names.map(({ name }) => name)).toEqual(['people.invited', 'people.invitation_accepted'])
})

test('with mail off the link is shown to whoever invites, and proves no address', async () => {
  const quiet = await doorUnderTest({ mail: false })
  const cafe = await makeChain(quiet.people, { name: 'Cafe', locations: 1 })
  const { email } = await hire(quiet.people, cafe, { name: 'Gil', grants: admin })
  const asGil = quiet.browser()
  await asGil.ask('POST /session', { email, password: PASSWORD })
  const made = await asGil.ask('POST /invitations', { email: 'hal@example.com', grant: { role: 'org:member' } })
  expect(made.body).toMatchObject({ mailed: false, link: expect.stringMatching(/\/invitation#[\w-]{43}$/) })
  const token = made.body.link.split('#')[1]
  const hal = quiet.browser()
  expect((await hal.ask('POST /invitations/acceptance', { token, name: 'Hal', password: NEXT })).status).toBe(201)
  expect((await hal.ask('GET /account')).body.emailVerified).toBe(false)
  expect(quiet.logged.join('\n')).not.toContain(token)
  await quiet.close()
})
