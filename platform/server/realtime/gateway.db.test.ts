import { randomUUID } from 'node:crypto'
import { once } from 'node:events'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import type pg from 'pg'
import { type Socket as ClientSocket, io } from 'socket.io-client'
import { afterAll, afterEach, beforeAll, expect, test, vi } from 'vitest'
import { z } from 'zod'
import type { Actor, Reach } from '../../actor.ts'
import { defineFact, locationRoom } from '../../fact.ts'
import { refuse } from '../../refusal.ts'
import { rateLimiter, rateLimitsOf } from '../http/rate-limit.ts'
import { openLog } from '../log.ts'
import { openMetrics } from '../metrics.ts'
import { type TestDatabase, testDatabase } from '../postgres/for-tests.ts'
import { type Database, openDatabase, openPool } from '../tenant.ts'
import { defineSocketCommand, type Gateway, openGateway } from './gateway.ts'
import { type Relay, startRelay } from './relay.ts'

const doorOpened = defineFact({
  name: 'test.door_opened',
  event: 'alert',
  schema: z.object({ locationId: z.uuid(), n: z.int() }),
  scope: (fact) => fact.locationId,
  room: (fact) => locationRoom(fact.locationId),
})

const north = randomUUID()
const south = randomUUID()
const ours = { tenantId: randomUUID(), organizationId: randomUUID() }
const theirs = { tenantId: randomUUID(), organizationId: randomUUID() }
const person = (at: typeof ours, reach: Reach): Actor => ({
  ...at,
  kind: 'member',
  id: randomUUID(),
  name: 'Ana',
  locationIds: reach,
  permissions: new Map([
    ['listen', reach],
    ['act', reach],
  ]),
})
const actors: Record<string, Actor> = {
  admin: person(ours, 'all'),
  northern: person(ours, new Set([north])),
  southern: person(ours, new Set([south])),
  stranger: person(theirs, 'all'),
  deaf: { ...person(ours, 'all'), permissions: new Map() },
}
const standing = new Map<string, string>()

let testDb: TestDatabase
let database: Database
let pool: pg.Pool
let server: Server
let gateway: Gateway
let relay: Relay
let origin: string
const open: ClientSocket[] = []

beforeAll(async () => {
  testDb = await testDatabase()
  pool = openPool(testDb.urls.relay, 3)
  database = openDatabase({
    url: testDb.urls.app,
    contextKey: testDb.contextKey,
    poolSize: 8,
    prepared: true,
    onFacts: () => relay.wake(),
  })
  server = createServer()
  const log = openLog('silent')
  const metrics = openMetrics()
  gateway = openGateway({
    server,
    database,
    log,
    metrics,
    listenPermission: 'listen',
    redis: undefined,
    rateLimiter: rateLimiter({ ...rateLimitsOf(3000), credentialPerMinute: 300 }, undefined),
    publicOrigin: () => 'https://ops.example.com',
    commands: [
      defineSocketCommand({
        name: 'temperature-reading',
        permission: 'act',
        input: z.strictObject({ n: z.int() }),
        run: async (tx, _actor, { n }) => {
          await tx.emit(doorOpened, { locationId: north, n })
          return { heard: n }
        },
      }),
    ],
    authenticator: {
      authenticate: async ({ headers }) => {
        const name = headers.authorization?.slice('Bearer '.length) ?? ''
        const actor = actors[name] ?? refuse('unauthenticated', 'unauthenticated')
        if (standing.get(name) === 'gone') refuse('unauthenticated', 'unauthenticated')
        return { actor, via: 'session', credential: name, standing: standing.get(name) ?? '' }
      },
      standings: async (callers) => new Map(callers.map((caller) => [caller, standing.get(caller.credential) ?? ''])),
    },
  })
  relay = startRelay({ pool, deliver: gateway.deliver, log, metrics })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  for (const at of [ours, theirs]) {
    await database.write(person(at, 'all'), async (tx) => {
      await tx.query(`insert into tenants (name) values ('t')`)
      await tx.query(`insert into organizations (id, name, slug) values ($1, 'o', 'o')`, [at.organizationId])
    })
  }
})

afterEach(() => {
  for (const socket of open.splice(0)) socket.disconnect()
  standing.clear()
})

afterAll(async () => {
  await relay.stop()
  await gateway.close()
  server.close()
  await Promise.all([database.close(), pool.end()])
  await testDb.drop()
})

type Heard = { scope: string; version: number; fact: { n: number } }
function connect(token: string, namespace = `/org-${ours.organizationId}`) {
  const socket = io(origin + namespace, { auth: { token }, transports: ['websocket'], reconnection: false })
  open.push(socket)
  const heard: Heard[] = []
  socket.on('alert', (message: Heard) => heard.push(message))
  return { socket, heard }
}
async function connected(token: string) {
  const client = connect(token)
  await once(client.socket as never, 'connect')
  return client
}
const announce = (at: string, n: number, actor = actors.admin as Actor) =>
  database.write(actor, (tx) => tx.emit(doorOpened, { locationId: at, n }))

test('a fact reaches those who may see its location, and nobody else', async () => {
  const [admin, northern, southern] = await Promise.all([
    connected('admin'),
    connected('northern'),
    connected('southern'),
  ])
  const stranger = connect('stranger', `/org-${theirs.organizationId}`)
  await once(stranger.socket as never, 'connect')
  await announce(north, 1)
  await announce(south, 2)
  await vi.waitFor(() => expect(admin.heard.map(({ fact }) => fact.n).sort()).toEqual([1, 2])) // scopes have no order among them
  await vi.waitFor(() => expect(southern.heard.map(({ fact }) => fact.n)).toEqual([2]))
  expect(northern.heard.map(({ fact }) => fact.n)).toEqual([1])
  expect(stranger.heard).toEqual([])
})

test.each([
  ['without a token', '', 'unauthenticated'],
  ['with a wrong one', 'nobody', 'unauthenticated'],
  ['of another organization', 'stranger', 'not_found'],
  ['without the permission', 'deaf', 'forbidden'],
])('nobody enters %s', async (_, token, code) => {
  const { socket } = connect(token)
  const [error] = await once(socket as never, 'connect_error')
  expect(error).toMatchObject({ data: { code } })
})

test('the room list is the server’s: a client cannot ask its way into another', async () => {
  const northern = await connected('northern')
  northern.socket.emit('join', locationRoom(south))
  northern.socket.emit('subscribe', { room: locationRoom(south) })
  await announce(south, 7)
  await announce(north, 8)
  await vi.waitFor(() => expect(northern.heard.map(({ fact }) => fact.n)).toEqual([8]))
})

test('a page of another site may not open a socket', async () => {
  const socket = io(`${origin}/org-${ours.organizationId}`, {
    auth: { token: 'admin' },
    transports: ['websocket'],
    reconnection: false,
    extraHeaders: { origin: 'https://evil.example' },
  })
  open.push(socket)
  await once(socket as never, 'connect_error')
  expect(socket.connected).toBe(false)
})

test('fifty writers at once: every version arrives once, in order', async () => {
  const admin = await connected('admin')
  const before = await database.readOne<{ version: number }>(
    actors.admin as Actor,
    'select version from scopes where id = $1',
    [north],
  )
  await Promise.all(Array.from({ length: 50 }, (_, n) => announce(north, n)))
  await vi.waitFor(() => expect(admin.heard).toHaveLength(50))
  const first = (before[0]?.version ?? 0) + 1
  expect(admin.heard.map(({ version }) => version)).toEqual(Array.from({ length: 50 }, (_, n) => first + n))
})

test('a write that is rolled back is never heard of', async () => {
  const admin = await connected('admin')
  const failing = database.write(actors.admin as Actor, async (tx) => {
    await tx.emit(doorOpened, { locationId: north, n: 666 })
    refuse('conflict', 'test.no')
  })
  await expect(failing).rejects.toThrow('test.no')
  await announce(north, 1)
  await vi.waitFor(() => expect(admin.heard.map(({ fact }) => fact.n)).toEqual([1]))
})

test('a command is checked, done once and answered; what was sent is not passed on', async () => {
  const northern = await connected('northern')
  const send = (payload: unknown) => northern.socket.emitWithAck('temperature-reading', payload)
  const key = randomUUID()
  expect(await send({ n: 5, idempotencyKey: key })).toEqual({ ok: true, result: { heard: 5 } })
  expect(await send({ n: 5, idempotencyKey: key })).toEqual({ ok: true, result: { heard: 5 } })
  expect(await send({ n: 'five' })).toMatchObject({ ok: false, problem: { status: 422, errors: [{ path: 'body.n' }] } })
  expect(await send({ n: 5, locationId: south })).toMatchObject({ ok: false, problem: { code: 'input.invalid' } })
  expect(await send(null)).toMatchObject({ ok: false, problem: { status: 422 } })
  await vi.waitFor(() => expect(northern.heard.map(({ fact }) => fact.n)).toEqual([5]))
})

test('whatever a client sends as a command is answered, and breaks nothing', async () => {
  const { socket } = await connected('admin')
  const ask = (payload: unknown): Promise<{ ok: boolean; problem?: { code: string; status: number } }> =>
    socket.timeout(10_000).emitWithAck('temperature-reading', payload)
  const nasty = [
    ...[
      null,
      0,
      '',
      'x'.repeat(60_000),
      [],
      [[]],
      true,
      Buffer.from('bytes'),
      { n: '1' },
      { n: 1e300 },
      { n: 1, m: 2 },
    ],
    ...[
      { n: 1, idempotencyKey: 7 },
      { n: 1, idempotencyKey: ['a'] },
      { n: 1, idempotencyKey: '\0' },
      { n: 1, '\uD800': 1 },
    ],
    ...[JSON.parse('{"__proto__":{"n":1}}'), { constructor: { n: 1 } }, { n: { toString: 'x' } }],
  ]
  for (const payload of nasty) {
    const { ok, problem } = await ask(payload)
    expect(ok, JSON.stringify(payload)?.slice(0, 80)).toBe(false)
    expect(problem?.status, JSON.stringify(payload)?.slice(0, 80)).toBeLessThan(500)
  }
  socket.emit('temperature-reading') // without anyone who waits for an answer
  socket.emit('no-such-command', { n: 1 })
  expect(await ask({ n: 1, idempotencyKey: 'after-all-that' })).toMatchObject({ ok: true })
})

test('what is asked over a socket counts: a flood is turned away, and others are served', async () => {
  const [flooder, other] = [await connected('admin'), await connected('northern')]
  const ask = ({ socket }: typeof flooder, n: number): Promise<{ ok: boolean; problem?: { status: number } }> =>
    socket.timeout(20_000).emitWithAck('temperature-reading', { n })
  const answers = []
  for (let n = 0; n < 320; n++) answers.push(await ask(flooder, n))
  const refused = answers.filter(({ problem }) => problem?.status === 429).length
  expect(refused).toBeGreaterThanOrEqual(20)
  expect(answers.at(-1)).toMatchObject({ ok: false, problem: { status: 429 } })
  expect((await ask(other, 1)).problem?.status).not.toBe(429)
})

test('rights that end cut the socket; rights that change move it to other rooms', async () => {
  const [admin, northern] = await Promise.all([connected('admin'), connected('northern')])
  const moved = actors.northern as Actor
  actors.northern = person(ours, new Set([south]))
  standing.set('northern', 'moved')
  standing.set('admin', 'gone')
  const cut = once(admin.socket as never, 'disconnect')
  await gateway.recheck()
  await cut
  await announce(north, 1, moved)
  await announce(south, 2, actors.northern)
  await vi.waitFor(() => expect(northern.heard.map(({ fact }) => fact.n)).toEqual([2]))
  actors.northern = moved
})

test('facts committed while the relay was down are carried when it is back', async () => {
  const admin = await connected('admin')
  await relay.stop()
  await announce(north, 1)
  await announce(north, 2)
  relay = startRelay({ pool, deliver: gateway.deliver, log: openLog('silent'), metrics: openMetrics() })
  await vi.waitFor(() => expect(admin.heard.map(({ fact }) => fact.n).sort()).toEqual([1, 2])) // scopes have no order among them
})
