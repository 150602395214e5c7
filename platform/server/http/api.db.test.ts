import { randomUUID } from 'node:crypto'
import { once } from 'node:events'
import type { Server } from 'node:http'
import { type AddressInfo, connect } from 'node:net'
import { gzipSync } from 'node:zlib'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { z } from 'zod'
import type { Actor } from '../../actor.ts'
import { contractEdition, oldestEdition } from '../../contract.ts'
import { refuse } from '../../refusal.ts'
import { defineRoutes, IdParams, PageQuery, page } from '../../route.ts'
import { openLog } from '../log.ts'
import { openMetrics } from '../metrics.ts'
import { type TestDatabase, testDatabase } from '../postgres/for-tests.ts'
import { type Database, openDatabase } from '../tenant.ts'
import { cursorKeys, isInteger, pageOf } from './cursor.ts'
import { implement } from './implement.ts'
import { rateLimiter, rateLimitsOf } from './rate-limit.ts'
import { httpServer } from './server.ts'

const Thing = z.object({ id: z.uuid(), name: z.string() })
const routes = defineRoutes({
  'GET /things': {
    summary: 'List',
    tag: 'things',
    permission: 'things.read',
    response: page(z.object({ n: z.int() })),
    query: PageQuery,
  },
  'POST /things': {
    summary: 'Make',
    tag: 'things',
    permission: 'things.make',
    response: Thing,
    status: 201,
    body: z.strictObject({ name: z.string().trim().min(1).max(50), count: z.int().min(0).max(10).optional() }),
  },
  'GET /things/{id}': { summary: 'One', tag: 'things', permission: 'things.read', params: IdParams, response: Thing },
  'GET /mistaken': { summary: 'Reads, and writes', tag: 'things', permission: 'things.read', response: z.null() },
  'POST /broken': { summary: 'Bug', tag: 'things', permission: 'public', response: z.null() },
})

let testDb: TestDatabase
let database: Database
let server: Server
let origin: string
const logged: string[] = []
let made = 0
const tenantId = randomUUID()
const organizationId = randomUUID()

const actor: Actor = {
  tenantId,
  organizationId,
  kind: 'member',
  id: randomUUID(),
  name: 'Ana',
  permissions: new Map([
    ['things.read', 'all'],
    ['things.make', 'all'],
  ]),
  locationIds: 'all',
}

beforeAll(async () => {
  testDb = await testDatabase()
  database = openDatabase({ url: testDb.urls.app, contextKey: testDb.contextKey, poolSize: 5, prepared: true })
  const implementations = implement(routes, {
    'GET /things': ({ query }) => {
      const after = Number(cursorKeys(query.cursor, isInteger)?.[0] ?? 0)
      const rows = Array.from({ length: query.limit + 1 }, (_, i) => ({ n: after + i + 1 })).filter(({ n }) => n <= 5)
      return pageOf(rows, query.limit, ({ n }) => [n])
    },
    'POST /things': (call) =>
      call.write(async (tx) => {
        made++
        const [organization] = await tx.query<{ id: string }>(
          `insert into organizations (name, slug) values ($1, $2) returning id`,
          [call.body.name, `s-${randomUUID()}`],
        )
        return { id: organization?.id ?? '', name: call.body.name, secret: 'never promised' }
      }),
    'GET /things/{id}': () => refuse('not_found', 'not_found'),
    'GET /mistaken': (call) => call.write(async () => null),
    'POST /broken': () => {
      throw new Error('password=hunter2 in a bug')
    },
  })
  const log = openLog('info', { write: (line) => void logged.push(line) })
  server = httpServer({
    implementations,
    database,
    log,
    metrics: openMetrics(),
    version: '0',
    webFolder: undefined,
    metricsToken: undefined,
    trustedProxies: 0,
    isDraining: () => false,
    strictAnswers: true,
    secureTransport: true,
    publicOrigin: () => 'https://ops.example.com',
    rateLimiter: rateLimiter({ ...rateLimitsOf(3000), addressPerMinute: 40 }, undefined),
    authenticator: {
      standings: async () => new Map(),
      authenticate: async ({ headers }) => {
        if (headers.cookie) return { actor, via: 'session', credential: 'cookie', standing: '' }
        if (!headers.authorization) return null
        if (headers.authorization === 'Bearer cook') {
          return { actor: { ...actor, permissions: new Map() }, via: 'key', credential: 'cook', standing: '' }
        }
        if (headers.authorization === 'Bearer probe') {
          return { actor: { ...actor, kind: 'device' }, via: 'device', credential: 'probe', standing: '' }
        }
        return headers.authorization === 'Bearer good'
          ? { actor, via: 'key', credential: 'good', standing: '' }
          : refuse('unauthenticated', 'unauthenticated')
      },
    },
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  await database.write(actor, (tx) => tx.query(`insert into tenants (name) values ('A')`))
})

afterAll(async () => {
  server.closeAllConnections()
  server.close()
  await database.close()
  await testDb.drop()
})

type Options = { method?: string; key?: string | null; body?: unknown; headers?: Record<string, string> }
async function ask(path: string, { method = 'GET', key = 'good', body, headers = {} }: Options = {}) {
  const raw = typeof body === 'string' || body instanceof Uint8Array
  const response = await fetch(`${origin}/api/v1${path}`, {
    method,
    headers: {
      ...(key ? { authorization: `Bearer ${key}` } : {}),
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      ...headers,
    },
    ...(body === undefined ? {} : { body: raw ? (body as string) : JSON.stringify(body) }),
  })
  const text = await response.text()
  return { status: response.status, headers: response.headers, text, json: text ? JSON.parse(text) : undefined }
}
const make = (body: unknown, headers: Record<string, string> = {}) => ask('/things', { method: 'POST', body, headers })

describe('an answer', () => {
  test('carries only what the contract promises, with its request id', async () => {
    const answer = await make({ name: ' Walk-in ' }, { 'x-request-id': 'request-0001' })
    expect(answer.status).toBe(201)
    expect(answer.json).toEqual({ id: expect.any(String), name: 'Walk-in' })
    expect(answer.headers.get('x-request-id')).toBe('request-0001')
    expect(answer.headers.get('cache-control')).toBe('no-store')
  })

  test('of a list pages to its end', async () => {
    const first = await ask('/things?limit=3')
    expect(first.json.items).toEqual([{ n: 1 }, { n: 2 }, { n: 3 }])
    const second = await ask(`/things?limit=3&cursor=${first.json.nextCursor}`)
    expect(second.json).toEqual({ items: [{ n: 4 }, { n: 5 }], nextCursor: null })
    const forged = await ask(`/things?cursor=${Buffer.from('["x"]').toString('base64url')}`)
    expect(forged).toMatchObject({ status: 422, json: { code: 'cursor.invalid', errors: [{ path: 'query.cursor' }] } })
  })
})

describe('bad input is the caller’s to mend', () => {
  test.each([
    ['an empty body', '', 422, 'input.invalid'],
    ['half a JSON document', '{"name":', 400, 'body.malformed'],
    ['a field of the wrong type', { name: 3 }, 422, 'input.invalid'],
    ['a field out of range', { name: 'a', count: 11 }, 422, 'input.invalid'],
    ['an unknown field', { name: 'a', tenantId: randomUUID() }, 422, 'input.invalid'],
    ['a NUL character', { name: 'a\0b' }, 422, 'input.invalid'],
    ['a prototype in disguise', '{"name":"a","__proto__":{"x":1}}', 422, 'input.invalid'],
    ['an array', '[]', 422, 'input.invalid'],
    ['a megabyte of text', { name: 'x'.repeat(1_000_000) }, 413, 'body.too_large'],
  ])('%s', async (_, body, status, code) => {
    const before = made
    const answer = await make(body)
    expect(answer).toMatchObject({ status, json: { status, code, requestId: expect.any(String) } })
    expect(answer.headers.get('content-type')).toContain('application/problem+json')
    expect(made).toBe(before)
  })

  test('names every wrong field with its path', async () => {
    const { json } = await make({ name: '', count: 'three', colour: 'red' })
    expect(json.errors.map((error: { path: string }) => error.path).sort()).toEqual([
      'body.colour',
      'body.count',
      'body.name',
    ])
  })

  test('a small body that unpacks to a huge one is refused', async () => {
    const bomb = gzipSync(Buffer.from(JSON.stringify({ name: 'x'.repeat(20_000_000) })))
    expect(await make(bomb, { 'content-encoding': 'gzip' })).toMatchObject({ status: 413 })
    expect(await make(bomb.subarray(0, 40), { 'content-encoding': 'gzip' })).toMatchObject({ status: 400 })
    expect(await make('{}', { 'content-encoding': 'snail' })).toMatchObject({
      status: 400,
      json: { code: 'body.encoding' },
    })
  })

  test('another media type, method, path or id', async () => {
    expect(await make('name=a', { 'content-type': 'text/plain' })).toMatchObject({ status: 415 })
    const put = await ask('/things', { method: 'PUT' })
    expect(put).toMatchObject({ status: 405, json: { code: 'method_not_allowed' } })
    expect(put.headers.get('allow')).toBe('GET, POST')
    expect(await ask('/nothing')).toMatchObject({ status: 404, json: { code: 'not_found' } })
    expect(await ask('/things/1')).toMatchObject({ status: 422, json: { errors: [{ path: 'path.id' }] } })
    expect(await ask('/things/%E0%A4%A')).toMatchObject({ status: 400 })
    expect(await ask('/things?limit=NaN')).toMatchObject({ status: 422, json: { errors: [{ path: 'query.limit' }] } })
    expect(await ask('/things?limit=3&limit=4')).toMatchObject({ status: 422 })
    expect(await ask('/things?sort=name')).toMatchObject({ status: 422, json: { errors: [{ code: 'unknown_field' }] } })
  })

  test('bytes that are not HTTP get a 400 and a closed connection', async () => {
    const { port } = server.address() as AddressInfo
    const socket = connect(port, '127.0.0.1')
    socket.write('\x16\x03\x01 hello\r\n\r\n')
    const [answer] = await once(socket, 'data')
    expect(String(answer)).toContain('400 Bad Request')
    socket.destroy()
  })
})

describe('who may', () => {
  test('without or with a wrong key: 401; without the permission: 403; not for devices: 403', async () => {
    expect(await ask('/things', { key: null })).toMatchObject({ status: 401, json: { code: 'unauthenticated' } })
    expect(await ask('/things', { key: 'wrong' })).toMatchObject({ status: 401, json: { code: 'unauthenticated' } })
    expect(await ask('/things', { key: 'cook' })).toMatchObject({ status: 403, json: { code: 'forbidden' } })
    expect(await ask('/things', { key: 'probe' })).toMatchObject({ status: 403, json: { code: 'forbidden' } })
  })

  test('a write that rides on the cookie must come from our own pages', async () => {
    const write = (headers: Record<string, string>) =>
      ask('/things', { method: 'POST', key: null, body: { name: 'a' }, headers: { cookie: 's=1', ...headers } })
    expect(await write({ origin: 'https://evil.example' })).toMatchObject({
      status: 403,
      json: { code: 'origin.foreign' },
    })
    expect(await write({ origin: 'null' })).toMatchObject({ status: 403 })
    expect(await write({ 'sec-fetch-site': 'cross-site' })).toMatchObject({ status: 403 })
    expect(await write({ origin: 'https://ops.example.com' })).toMatchObject({ status: 201 })
    expect(await write({ origin })).toMatchObject({ status: 201 })
    expect(await write({})).toMatchObject({ status: 201 })
  })
})

describe('an Idempotency-Key', () => {
  test('makes a repeated write give the same answer, byte for byte, and no second row', async () => {
    const key = { 'idempotency-key': randomUUID() }
    const first = await make({ name: 'Fryer' }, key)
    const before = made
    const second = await make({ name: 'Fryer' }, key)
    expect([second.status, second.text]).toEqual([first.status, first.text])
    expect([first, second].map((answer) => answer.headers.get('idempotency-replayed'))).toEqual(['false', 'true'])
    expect(made).toBe(before)
  })

  test('holds when ten arrive at once', async () => {
    const key = { 'idempotency-key': randomUUID() }
    const before = made
    const answers = await Promise.all(Array.from({ length: 10 }, () => make({ name: 'Once' }, key)))
    expect(new Set(answers.map((answer) => answer.text)).size).toBe(1)
    expect(made).toBe(before + 1)
  })

  test('refuses another request, and nonsense', async () => {
    const key = { 'idempotency-key': randomUUID() }
    await make({ name: 'One' }, key)
    expect(await make({ name: 'Two' }, key)).toMatchObject({ status: 422, json: { code: 'idempotency.key_reused' } })
    expect(await make({ name: 'Two' }, { 'idempotency-key': 'a b' })).toMatchObject({ status: 422 })
    expect(await make({ name: 'Two' }, { 'idempotency-key': 'x'.repeat(201) })).toMatchObject({ status: 422 })
  })
})

describe('the house around the routes', () => {
  test('says how it is, to those who may know', async () => {
    const of = async (path: string, headers = {}) => (await fetch(origin + path, { headers })).status
    expect(await of('/livez')).toBe(200)
    expect(await of('/readyz')).toBe(200)
    expect(await of('/metrics')).toBe(200)
    expect(await of('/metrics', { 'x-forwarded-for': '203.0.113.9' })).toBe(404)
  })

  test('documents every route, and the page runs only its own script', async () => {
    const document = JSON.parse(await (await fetch(`${origin}/api/v1/openapi.json`)).text())
    expect(document.openapi).toBe('3.1.0')
    expect(Object.keys(document.paths)).toEqual([
      '/api/v1/things',
      '/api/v1/things/{id}',
      '/api/v1/mistaken',
      '/api/v1/broken',
    ])
    const docs = await fetch(`${origin}/api/docs`)
    const nonce = /script-src 'nonce-([^']+)'/.exec(docs.headers.get('content-security-policy') ?? '')?.[1]
    expect(await docs.text()).toContain(`<script nonce="${nonce}">`)
  })

  test('an app older than it still speaks with is told so, and programs, which name no edition, never', async () => {
    const by = async (edition: string | undefined) => {
      const headers: Record<string, string> = edition === undefined ? {} : { 'x-opsflow-edition': edition }
      const response = await fetch(`${origin}/api/v1/things`, { headers: { authorization: 'Bearer good', ...headers } })
      return { status: response.status, code: ((await response.json()) as { code?: string }).code }
    }
    expect(await by(String(oldestEdition - 1))).toEqual({ status: 409, code: 'app.outdated' })
    for (const edition of [undefined, String(oldestEdition), String(contractEdition), 'none']) {
      expect((await by(edition)).status, edition).toBe(200)
    }
  })

  test('whoever tries what they may not stands in the log, with where from and nothing of what they showed', async () => {
    const { json } = await ask('/things', { method: 'POST', key: 'cook', body: { name: 'secret' } })
    expect(json.status).toBe(403)
    const line = logged.find((one) => one.includes('"attempt"') && one.includes(json.requestId)) ?? '{}'
    expect(JSON.parse(line)).toMatchObject({
      level: 40,
      code: 'forbidden',
      route: 'POST /things',
      tenant: actor.tenantId,
    })
    expect(line).toContain('127.0.0.1')
    expect(line).not.toContain('cook"')
    expect(line).not.toContain('secret')
  })

  test('TRACE and its like are not answered, and browsers keep to https for this host and those below', async () => {
    for (const method of ['OPTIONS', 'PROPFIND']) expect((await ask('/things', { method })).status).toBe(405)
    const { headers } = await ask('/things')
    expect(headers.get('strict-transport-security')).toBe('max-age=31536000; includeSubDomains')
  })

  test('a bug tells the caller nothing but its request id', async () => {
    const answer = await ask('/broken', { method: 'POST' })
    expect(answer).toMatchObject({ status: 500, json: { code: 'internal' } })
    expect(answer.text).not.toContain('hunter2')
    expect(logged.filter((line) => line.includes('"bug"') && line.includes(answer.json.requestId))).toHaveLength(1)
  })

  test('counts callers and says how much is left', async () => {
    const answer = await ask('/things')
    expect(Number(answer.headers.get('ratelimit-limit'))).toBe(3000)
    let refused = await ask('/things', { key: null })
    for (let i = 0; i < 60 && refused.status !== 429; i++) refused = await ask('/things', { key: null })
    expect(refused).toMatchObject({ status: 429, json: { code: 'rate_limited' } })
    expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(0)
    for (const path of ['/api/v1/openapi.json', '/api/docs']) expect((await fetch(origin + path)).status).toBe(429)
  })

  test('a route that reads cannot write', async () => {
    const answer = await ask('/mistaken')
    expect(answer.status).toBe(500)
    expect(logged.some((line) => line.includes('GET /mistaken writes'))).toBe(true)
  })
})
