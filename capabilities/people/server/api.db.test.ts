import { once } from 'node:events'
import type { Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { locationsApi } from '@opsflow/capabilities/locations/server'
import { rateLimiter, rateLimitsOf } from '@opsflow/platform/server/http/rate-limit'
import { httpServer } from '@opsflow/platform/server/http/server'
import { openLog } from '@opsflow/platform/server/log'
import { noMail } from '@opsflow/platform/server/mail'
import { openMetrics } from '@opsflow/platform/server/metrics'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { rolePermissions } from '../roles.ts'
import { accountApi } from './account-handlers.ts'
import { authConvention } from './auth-convention.ts'
import {
  admin,
  type Chain,
  cookieOf,
  hire,
  makeChain,
  PASSWORD,
  type PeopleUnderTest,
  peopleUnderTest,
} from './for-tests.ts'
import { peopleApi } from './handlers.ts'

const ORIGIN = 'https://ops.example.com'
const logged: string[] = []
const servers: Server[] = []

async function serve(people: PeopleUnderTest): Promise<string> {
  const log = openLog('debug', { write: (line) => void logged.push(line) })
  const limits = rateLimiter({ ...rateLimitsOf(3000), signInsPer15Minutes: 5 }, undefined)
  const publicOrigin = () => ORIGIN
  const server = httpServer({
    implementations: [
      ...peopleApi(people),
      ...accountApi({ ...people, rateLimiter: limits, mail: noMail, publicUrl: ORIGIN, signUp: 'closed', log }),
      ...locationsApi(rolePermissions),
    ],
    mounts: { '/auth': authConvention({ ...people, rateLimiter: limits, publicOrigin }) },
    database: people.database,
    authenticator: people.authenticator,
    rateLimiter: limits,
    log,
    metrics: openMetrics(),
    version: '0',
    webFolder: undefined,
    metricsToken: undefined,
    trustedProxies: 0,
    isDraining: () => false,
    strictAnswers: true,
    secureTransport: false,
    publicOrigin,
  })
  servers.push(server.listen(0, '127.0.0.1'))
  await once(server, 'listening')
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}/api`
}

let people: PeopleUnderTest
let base: string
let burger: Chain
let ana: Awaited<ReturnType<typeof hire>>
let cookie: string
beforeAll(async () => {
  people = await peopleUnderTest()
  base = await serve(people)
  burger = await makeChain(people, { name: 'Burger', locations: 3 })
  ana = await hire(people, burger, { name: 'Ana', grants: admin })
  cookie = await cookieOf(people, ana.email)
})
afterAll(async () => {
  for (const server of servers) server.close().closeAllConnections()
  await people.close()
})
beforeEach(() => people.advance(10_000))

type Options = { cookie?: string; key?: string; headers?: Record<string, string>; body?: unknown; base?: string }
async function ask(request: string, { headers = {}, body, ...options }: Options = {}) {
  const [method = '', path] = request.split(' ')
  const response = await fetch(`${options.base ?? base}${path}`, {
    method,
    headers: {
      ...(options.cookie ? { cookie: options.cookie } : {}),
      ...(options.key ? { authorization: `Bearer ${options.key}` } : {}),
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      ...headers,
    },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  })
  const text = await response.text()
  const set = response.headers.getSetCookie()
  return { status: response.status, set, text, body: text ? JSON.parse(text) : undefined, headers: response.headers }
}
const asAna = (request: string, options: Options = {}) => ask(request, { cookie, ...options })
const signIn = (email: string, password = PASSWORD, options: Options = {}) =>
  ask('POST /v1/session', { body: { email, password }, ...options })

describe('the session', () => {
  test('begins with email and password, tells who one is, and ends', async () => {
    const signedIn = await signIn(ana.email)
    expect(signedIn).toMatchObject({
      status: 201,
      set: [
        expect.stringMatching(/^__Host-opsflow\.session=\S+; Max-Age=604800; Path=\/; HttpOnly; SameSite=Lax; Secure$/),
      ],
      body: { organizations: [{ id: burger.system.organizationId, name: 'Burger', slug: 'burger' }] },
    })
    const mine = { cookie: signedIn.set[0]?.split(';')[0] ?? '' }
    const session = await ask('GET /v1/session', mine)
    expect(session.body).toEqual({
      member: { id: ana.memberId, name: 'Ana', email: 'ana@example.com', role: 'org:admin' },
      roles: ['org:admin'],
      rolesAt: { 'org:admin': 'all' },
      kioskId: null,
      organization: { id: burger.system.organizationId, name: 'Burger', slug: 'burger', brand: null },
      preferences: { language: null, theme: null, density: null, temperatureUnit: null },
      organizations: [expect.objectContaining({ name: 'Burger', tenantId: burger.system.tenantId })],
      tenant: { id: burger.system.tenantId, name: 'Burger', isDemo: false },
      locations: burger.locationIds.map((id, n) => ({
        ...{ id, name: `Burger ${n + 1}`, kind: 'cafe', timezone: 'America/Chicago', temperatureUnit: 'F' },
      })),
      permissions: expect.objectContaining({ 'temperature.read': 'all', 'people.manage': 'all' }),
    })
    const out = await ask('DELETE /v1/session', mine)
    expect(out).toMatchObject({ status: 204, set: [expect.stringMatching(/^__Host-opsflow\.session=; Max-Age=0;/)] })
    expect(await ask('GET /v1/session', mine)).toMatchObject({ status: 401, body: { code: 'unauthenticated' } })
  })

  test('shows a manager her locations and no more', async () => {
    const grants = [{ role: 'org:manager' as const, locationId: burger.locationIds[1] as string }]
    const bo = await hire(people, burger, { name: 'Bo', grants })
    const { body } = await ask('GET /v1/session', { cookie: await cookieOf(people, bo.email) })
    expect(body.member.role).toBe('org:manager')
    expect(body.locations.map(({ name }: { name: string }) => name)).toEqual(['Burger 2'])
    expect(body.permissions).toMatchObject({ 'temperature.configure': [burger.locationIds[1]] })
    expect(body.permissions).not.toHaveProperty(['keys.manage'])
  })

  test('does not begin with a wrong password or an unknown email, which look alike, nor from another site', async () => {
    const wrong = await signIn(ana.email, 'wrong wrong wrong')
    const unknown = await signIn('nobody@example.com')
    for (const { status, body, set } of [wrong, unknown]) {
      expect({ status, set, ...body, requestId: '' }).toEqual({ ...wrong.body, status: 401, set: [], requestId: '' })
      expect(body.code).toBe('people.sign_in_failed')
    }
    const headers = { origin: 'https://evil.example' }
    expect(await signIn(ana.email, PASSWORD, { headers })).toMatchObject({
      status: 403,
      body: { code: 'origin.foreign' },
    })
  })

  test('is not guessed: the sixth try waits, even with the right password', async () => {
    const cy = await hire(people, burger, { name: 'Cy', grants: [] })
    for (let n = 0; n < 5; n++) expect((await signIn(cy.email, 'wrong wrong')).status).toBe(401)
    const sixth = await signIn(cy.email)
    expect(sixth).toMatchObject({ status: 429, body: { code: 'rate_limited' } })
    expect(Number(sixth.headers.get('retry-after'))).toBeGreaterThan(0)
  })

  test('of someone in several organizations asks for one, by query or header', async () => {
    const pizza = await makeChain(people, { name: 'Pizza', locations: 1 })
    const dee = await hire(people, burger, { name: 'Dee', grants: admin })
    await hire(people, pizza, { name: 'Dee', grants: admin, userId: dee.userId })
    const hers = { cookie: await cookieOf(people, dee.email) }
    const unasked = await ask('GET /v1/session', hers)
    expect(unasked).toMatchObject({ status: 200, body: { organization: { name: 'Burger' } } })
    expect(await ask('POST /v1/locations', { ...hers, body: {} })).toMatchObject({
      status: 422,
      body: {
        code: 'people.organization_required',
        errors: [{ code: burger.system.organizationId }, { code: pizza.system.organizationId }],
      },
    })
    const { organizationId } = pizza.system
    for (const answer of [
      await ask(`GET /v1/session?organizationId=${organizationId}`, hers),
      await ask('GET /v1/session', { ...hers, headers: { 'x-organization-id': organizationId } }),
    ]) {
      expect(answer.body.organization.name).toBe('Pizza')
      expect(answer.body.organizations.map(({ name }: { name: string }) => name)).toEqual(['Burger', 'Pizza'])
    }
    const first = await ask(`GET /v1/organizations?limit=1&organizationId=${organizationId}`, hers)
    expect(first.body.items).toMatchObject([{ name: 'Burger' }])
    const next = `GET /v1/organizations?limit=1&cursor=${first.body.nextCursor}&organizationId=${organizationId}`
    expect((await ask(next, hers)).body).toMatchObject({ items: [{ name: 'Pizza' }], nextCursor: null })
    expect((await asAna(`GET /v1/session?organizationId=${organizationId}`)).status).toBe(404)
    // By its slug, as the address of a page names it.
    expect((await asAna('GET /v1/session?organizationId=burger')).status).toBe(200)
    expect((await asAna('GET /v1/session?organizationId=no-such')).status).toBe(404)
    expect((await asAna("GET /v1/session?organizationId=b'urger")).status).toBe(422)
  })
})

describe('keys', () => {
  const wanted = { name: 'Till', scopes: ['locations.read', 'temperature.read'] }

  test('an API key is shown once, also where the request is repeated, and is nowhere stored', async () => {
    const headers = { 'idempotency-key': crypto.randomUUID() }
    const made = await asAna('POST /v1/api-keys', { body: wanted, headers })
    expect(made).toMatchObject({ status: 201, body: { name: 'Till', key: expect.stringMatching(/^ofk_[\w-]{43}$/) } })
    const { key, id, prefix } = made.body
    expect(key.startsWith(prefix)).toBe(true)
    const again = await asAna('POST /v1/api-keys', { body: wanted, headers })
    expect(again.body).toEqual({ ...made.body, key: null })
    expect(again.headers.get('idempotency-replayed')).toBe('true')

    const list = await asAna('GET /v1/api-keys')
    expect(list.body.items.filter((item: { id: string }) => item.id === id)).toEqual([
      { ...made.body, key: undefined, lastUsedAt: null },
    ])
    const stored = await people.database.readBatch(ana.actor, [
      { sql: 'select k::text from api_keys k' },
      { sql: 'select o::text from operations o' },
      { sql: 'select f::text from facts f' },
    ])
    expect(JSON.stringify(stored) + list.text).not.toContain(key)
  })

  test('an API key works until it is revoked, within its scopes', async () => {
    const { key, id } = (
      await asAna('POST /v1/api-keys', { body: { ...wanted, locationIds: [burger.locationIds[0]] } })
    ).body
    expect((await ask('GET /v1/locations', { key })).body.items).toMatchObject([{ id: burger.locationIds[0] }])
    expect((await ask(`GET /v1/locations/${burger.locationIds[1]}`, { key })).status).toBe(404)
    expect((await ask('GET /v1/members', { key })).status).toBe(403)
    expect((await ask('GET /v1/session', { key })).status).toBe(403)
    expect((await asAna(`DELETE /v1/api-keys/${id}`)).status).toBe(204)
    people.advance(3001)
    expect((await ask('GET /v1/locations', { key })).status).toBe(401)
    expect((await asAna('GET /v1/api-keys')).body.items[0]).toMatchObject({ id, revokedAt: expect.any(String) })
  })

  test('a device gets a key for its location, shown once; it opens nothing here', async () => {
    const body = { locationId: burger.locationIds[0], name: 'Gateway', kind: 'gateway' }
    const { body: enrolled } = await asAna('POST /v1/devices', { body })
    expect(enrolled).toMatchObject({ ...body, key: expect.stringMatching(/^ofd_/), revokedAt: null })
    expect((await ask('GET /v1/locations', { key: enrolled.key })).status).toBe(403)
    const listed = async () => (await asAna(`GET /v1/devices?locationId=${body.locationId}`)).body.items
    // Noted beside the request, so a moment later.
    await expect.poll(listed).toMatchObject([{ id: enrolled.id, lastSeenAt: expect.any(String) }])
    expect((await asAna(`DELETE /v1/devices/${enrolled.id}`)).status).toBe(204)
    people.advance(3001)
    expect((await ask('GET /v1/locations', { key: enrolled.key })).status).toBe(401)
  })

  test.each([
    [{ ...wanted, scopes: [] }, 'body.scopes'],
    [{ ...wanted, scopes: ['everything'] }, 'body.scopes[0]'],
    [{ ...wanted, scopes: ['tasks.read', 'tasks.read'] }, 'body.scopes'],
    [{ ...wanted, name: ' ' }, 'body.name'],
    [{ ...wanted, expiresAt: 'tomorrow' }, 'body.expiresAt'],
    [{ ...wanted, expiresAt: '2020-01-01T00:00:00Z' }, 'body.expiresAt'],
    [{ ...wanted, key: 'ofk_mine' }, 'body.key'],
  ])('%o is refused with its path', async (body, path) => {
    expect(await asAna('POST /v1/api-keys', { body })).toMatchObject({ status: 422, body: { errors: [{ path }] } })
  })
})

describe('locations', () => {
  const place = { name: 'Elm St', kind: 'full_service', timezone: 'America/New_York' }

  test('open, change, close and reopen', async () => {
    const opened = await asAna('POST /v1/locations', { body: place })
    expect(opened).toMatchObject({
      status: 201,
      body: { ...place, dayStartsAt: '04:00', temperatureUnit: 'F', jurisdiction: 'us', closedAt: null },
    })
    const path = `/v1/locations/${opened.body.id}`
    expect((await asAna(`GET ${path}`)).body).toEqual(opened.body)
    const changed = await asAna(`PATCH ${path}`, { body: { dayStartsAt: '05:30', closed: true } })
    expect(changed.body).toEqual({ ...opened.body, dayStartsAt: '05:30', closedAt: expect.any(String) })
    expect((await asAna('GET /v1/locations')).text).not.toContain('Elm St')
    expect((await asAna('GET /v1/locations?state=closed')).body.items).toEqual([changed.body])
    expect((await asAna(`PATCH ${path}`, { body: { closed: false } })).body.closedAt).toBeNull()
  })

  test('open in a tenant of several organizations as well', async () => {
    const pizza = await makeChain(people, { name: 'Pizza 2', locations: 0 })
    const second = await makeChain(people, { name: 'Sushi', locations: 0, tenantId: pizza.system.tenantId })
    const eve = await hire(people, second, { name: 'Eve', grants: admin })
    const hers = { cookie: await cookieOf(people, eve.email) }
    const opened = await ask('POST /v1/locations', { ...hers, body: place })
    expect(opened.status).toBe(201)
    people.advance(3001)
    expect((await ask('GET /v1/locations', hers)).body.items).toEqual([opened.body])
  })

  test('are listed page by page', async () => {
    const names: string[] = []
    let cursor = ''
    do {
      const { body } = await asAna(`GET /v1/locations?limit=2${cursor}`)
      names.push(...body.items.map(({ name }: { name: string }) => name))
      cursor = body.nextCursor ? `&cursor=${body.nextCursor}` : ''
    } while (cursor)
    expect(names).toEqual([...names].sort())
    expect(new Set(names).size).toBe(names.length)
    expect(names).toEqual(expect.arrayContaining(['Burger 1', 'Burger 2', 'Burger 3']))
    const forged = Buffer.from(JSON.stringify(['a\0', burger.locationIds[0]])).toString('base64url')
    for (const wrong of ['x', forged]) expect((await asAna(`GET /v1/locations?cursor=${wrong}`)).status).toBe(422)
  })

  test('have names of their own', async () => {
    expect(await asAna('POST /v1/locations', { body: { ...place, name: 'Burger 1' } })).toMatchObject({
      status: 409,
      body: { code: 'locations.name_taken', errors: [{ path: 'body.name' }] },
    })
    const renamed = await asAna(`PATCH /v1/locations/${burger.locationIds[1]}`, { body: { name: 'Burger 1' } })
    expect(renamed.body.code).toBe('locations.name_taken')
  })

  test.each([
    [{ ...place, timezone: 'Mars/Olympus' }, 'body.timezone'],
    [{ ...place, timezone: '+02:00' }, 'body.timezone'],
    [{ ...place, dayStartsAt: '24:00' }, 'body.dayStartsAt'],
    [{ ...place, kind: 'castle' }, 'body.kind'],
    [{ ...place, name: 'x'.repeat(201) }, 'body.name'],
    [{ ...place, tenantId: crypto.randomUUID() }, 'body.tenantId'],
  ])('%o is refused with its path', async (body, path) => {
    expect(await asAna('POST /v1/locations', { body })).toMatchObject({ status: 422, body: { errors: [{ path }] } })
  })

  test('of another tenant answer as if they did not exist', async () => {
    const other = await makeChain(people, { name: 'Other', locations: 1 })
    const answers = await Promise.all(
      [other.locationIds[0], crypto.randomUUID()].flatMap((id) => [
        asAna(`GET /v1/locations/${id}`),
        asAna(`PATCH /v1/locations/${id}`, { body: { name: 'Mine' } }),
      ]),
    )
    const bodies = answers.map(({ body }) => ({ ...body, requestId: '' }))
    expect(new Set(bodies.map((body) => JSON.stringify(body))).size).toBe(1)
    expect(bodies[0]).toMatchObject({ status: 404, code: 'not_found' })
  })
})

test('members are listed with their grants; a manager sees those of her location and of the whole organization', async () => {
  const [one, two] = burger.locationIds as [string, string]
  const grantsAt = (locationId: string, role: 'org:manager' | 'org:member') => [{ role, locationId }]
  const fay = await hire(people, burger, { name: 'Fay', grants: grantsAt(one, 'org:manager') })
  await hire(people, burger, { name: 'Gil', grants: grantsAt(one, 'org:member') })
  await hire(people, burger, { name: 'Hal', grants: grantsAt(two, 'org:member') })
  const names = ({ body }: Awaited<ReturnType<typeof ask>>) => body.items.map(({ name }: { name: string }) => name)
  expect(names(await asAna('GET /v1/members'))).toEqual(expect.arrayContaining(['Ana', 'Fay', 'Gil', 'Hal']))
  const seen = await ask('GET /v1/members', { cookie: await cookieOf(people, fay.email) })
  expect(names(seen)).toEqual(expect.arrayContaining(['Ana', 'Fay', 'Gil']))
  expect(names(seen)).not.toContain('Hal')
  expect(seen.body.items.find(({ name }: { name: string }) => name === 'Gil')).toMatchObject({
    email: 'gil@example.com',
    status: 'active',
    grants: [{ role: 'org:member', roleId: null, groupId: null, locationId: one }],
  })
})

describe('the trail of changes', () => {
  test('tells the organization’s admin everything, and a manager what happened at her locations', async () => {
    const [one, two] = burger.locationIds as [string, string]
    const gwen = await hire(people, burger, { name: 'Gwen', grants: [{ role: 'org:manager', locationId: one }] })
    const iris = await hire(people, burger, { name: 'Iris', grants: [] })
    for (const locationId of [one, two]) {
      const body = { memberId: iris.memberId, role: 'org:member', locationId }
      expect((await asAna('POST /v1/grants', { body })).status).toBe(201)
    }
    const of = `GET /v1/events?subjectId=${iris.memberId}&name=people.role_granted`
    expect((await asAna(of)).body.items).toMatchObject([
      {
        actor: { kind: 'member', id: ana.memberId, name: 'Ana', kioskId: null },
        subject: { id: iris.memberId, name: 'Iris' },
        location: { id: two },
        before: null,
        after: { role: 'org:member' },
      },
      { location: { id: one } },
    ])
    const hers = { cookie: await cookieOf(people, gwen.email) }
    expect((await ask(of, hers)).body.items).toMatchObject([{ location: { id: one } }])
    expect((await ask(`GET /v1/events?locationId=${two}`, hers)).body.items).toEqual([])
    expect((await asAna(`GET /v1/events?actorId=${ana.memberId}&limit=1`)).body.items).toHaveLength(1)
    const page = (await asAna('GET /v1/events?limit=2')).body
    const next = (await asAna(`GET /v1/events?limit=2&cursor=${page.nextCursor}`)).body
    const ids = [...page.items, ...next.items].map(({ id }: { id: string }) => id)
    expect(ids).toEqual([...ids].sort().reverse())
    expect(new Set(ids).size).toBe(4)
  })
})

test('people are found by a part of their name, by role and by place', async () => {
  const [one, two] = burger.locationIds as [string, string]
  const role = (await asAna('POST /v1/roles', { body: { name: 'Searched', permissions: ['tasks.read'] } })).body
  const grants = [{ roleId: role.id, locationId: two }]
  const added = await asAna('POST /v1/members', { body: { name: 'Zora Quill', grants } })
  expect(added).toMatchObject({
    status: 201,
    body: { hasAccount: false, mayChange: true, grants: [{ roleName: 'Searched', placeName: 'Burger 2' }] },
  })
  const found = async (query: string) =>
    (await asAna(`GET /v1/members?${query}`)).body.items.map(({ name }: { name: string }) => name)
  expect(await found('search=quil')).toEqual(['Zora Quill'])
  expect(await found(`roleId=${role.id}`)).toEqual(['Zora Quill'])
  expect(await found(`locationId=${two}`)).toContain('Zora Quill')
  expect(await found(`locationId=${one}`)).not.toContain('Zora Quill')
  expect((await asAna('GET /v1/roles')).body).toMatchObject({
    builtIn: [{ role: 'org:admin' }, { role: 'org:manager' }, { role: 'org:member' }],
    items: [{ name: 'Searched', holders: 1, version: 1 }],
  })
  const [{ id }] = (await asAna(`GET /v1/grants?memberId=${added.body.id}`)).body.items
  expect((await asAna(`DELETE /v1/grants/${id}`)).status).toBe(204)
  expect((await asAna(`GET /v1/members/${added.body.id}`)).body.grants).toEqual([])
})

test('who is suspended is out within seconds, and in again when let in; nobody shuts themselves out', async () => {
  const kim = await hire(people, burger, { name: 'Kim', grants: admin })
  const hers = { cookie: await cookieOf(people, kim.email) }
  const set = (status: string, id = kim.memberId) => asAna(`PATCH /v1/members/${id}`, { body: { status } })
  expect((await ask('GET /v1/session', hers)).status).toBe(200)
  expect(await set('suspended')).toMatchObject({ status: 200, body: { id: kim.memberId, status: 'suspended' } })
  people.advance(3001)
  expect(await ask('GET /v1/session', hers)).toMatchObject({ status: 403, body: { code: 'people.suspended' } })
  await set('active')
  people.advance(3001)
  expect((await ask('GET /v1/session', hers)).status).toBe(200)
  expect(await set('suspended', ana.memberId)).toMatchObject({ status: 409, body: { code: 'people.not_oneself' } })
  expect((await set('suspended', crypto.randomUUID())).status).toBe(404)
})

describe("better-auth's convention", () => {
  test('signs in and out and tells the session, without its token in any body', async () => {
    const body = { email: ana.email, password: PASSWORD }
    const signedIn = await ask('POST /auth/sign-in/email', { body })
    expect(signedIn).toMatchObject({ status: 200, body: { user: { email: 'ana@example.com' } } })
    const mine = { cookie: signedIn.set[0]?.split(';')[0] ?? '' }
    expect((await ask('GET /v1/session', mine)).body.member.name).toBe('Ana')
    const session = await ask('GET /auth/get-session', mine)
    expect(session.body).toMatchObject({ user: { name: 'Ana' }, session: { userId: ana.userId } })
    for (const { text } of [signedIn, session]) expect(text).not.toContain('"token"')
    expect((await ask('POST /auth/sign-out', mine)).status).toBe(200)
    expect((await ask('GET /v1/session', mine)).status).toBe(401)
  })

  test('offers nothing else, and nothing to other sites', async () => {
    const body = { email: 'new@example.com', password: PASSWORD, name: 'New' }
    for (const path of [
      '/sign-up/email',
      '/sign-in/social',
      '/change-password',
      '/delete-user',
      '/update-user',
      '/ok',
    ]) {
      expect((await ask(`POST /auth${path}`, { body })).status).toBe(404)
    }
    expect((await ask('GET /auth/list-sessions', { cookie })).status).toBe(404)
    const headers = { origin: 'https://evil.example' }
    const signIn = { email: ana.email, password: PASSWORD }
    expect((await ask('POST /auth/sign-in/email', { body: signIn, headers })).status).toBe(403)
    expect((await ask('POST /auth/sign-out', { cookie, headers })).status).toBe(403)
  })
})

test('the first run founds one organization, once, however many try', async () => {
  const empty = await peopleUnderTest()
  const base = await serve(empty)
  const founding = (n: number) => ({
    ...{ organizationName: `Diner ${n}`, locationName: 'Main St', timezone: 'America/Denver', name: 'Owner' },
    ...{ email: `owner${n}@example.com`, password: PASSWORD },
  })
  expect((await ask('GET /v1/first-run', { base })).body).toEqual({ open: true })
  const short = { ...founding(0), password: 'short' }
  expect((await ask('POST /v1/first-run', { base, body: short })).body.errors).toMatchObject([
    { path: 'body.password' },
  ])
  // What an interrupted founding leaves behind is in nobody's way.
  await empty.identity.createAccount({ email: 'owner1@example.com', name: 'x', password: 'some other password' })

  const tries = await Promise.all([1, 2, 3, 4, 5, 6].map((n) => ask('POST /v1/first-run', { base, body: founding(n) })))
  const founded = tries.filter(({ status }) => status === 201)
  expect(founded).toHaveLength(1)
  expect(tries.filter(({ status, body }) => status === 409 && body.code === 'people.already_founded')).toHaveLength(5)
  const session = await ask('GET /v1/session', { base, cookie: founded[0]?.set[0]?.split(';')[0] ?? '' })
  expect(session.body).toMatchObject({ member: { role: 'org:admin' }, locations: [{ name: 'Main St' }] })
  expect((await ask('GET /v1/first-run', { base })).body).toEqual({ open: false })
  expect((await ask('POST /v1/first-run', { base, body: founding(7) })).status).toBe(409)
  expect((await empty.pool.query('select from auth.users')).rowCount).toBe(1)
  await empty.close()
})

test('no password, token or key reaches the log', () => {
  const everything = [...logged, ...people.logged].join('\n')
  expect(everything).toContain('/session')
  expect(everything).not.toMatch(/of[kd]_[\w-]{20}|battery staple|wrong wrong|opsflow\.session=\w/)
})
