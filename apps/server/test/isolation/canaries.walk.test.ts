import { randomBytes, randomUUID } from 'node:crypto'
import { PassThrough } from 'node:stream'
import type { RouteKey } from '@opsflow/platform/route'
import { openLog } from '@opsflow/platform/server/log'
import { proven } from '@opsflow/platform/server/proven.for-tests'
import fc from 'fast-check'
import { io, type Socket } from 'socket.io-client'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { everyRoute } from '../every-route.ts'
import { examplesOf, idIn } from '../examples.ts'
import type { Caller } from '../kitchen.ts'
import { idsOf } from './digest.ts'
import { type Marked, markEveryText } from './marked.ts'
import { properRequest, type Ready, SUCCEEDS_ELSEWHERE } from './proper.ts'
import { watchedRedis } from './redis.ts'
import { Search, SINKS } from './sinks.ts'
import { anAddress, type CallerName, openWorld, PASSWORD, type World } from './world.ts'

/**
 * Every text of the other tenant carries a marker. This one is driven at random, with ids it learned and with ids of
 * theirs it was never told, by everyone it employs; wherever words can come out, the marker is looked for.
 */
const logged = vi.hoisted(() => ({ lines: [] as string[] }))
vi.mock(import('@opsflow/platform/server/log'), async (original) => {
  const real = await original()
  const sink = new PassThrough()
  sink.on('data', (chunk: Buffer) => void logged.lines.push(chunk.toString('utf8')))
  return { ...real, openLog: (level: string) => real.openLog(level === 'silent' ? level : 'debug', sink) }
})

const isLong = Boolean(process.env.LONG_TESTS)
const [RUNS, STEPS] = isLong ? [50, 60] : [12, 30]
const SEED = Number(process.env.SEED ?? Date.now() % 2_147_483_647)
const MARKER = `cnry${randomBytes(6).toString('hex')}`
const UUID = /[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/g

/** Whoever would end their own session, lock themselves out or take the others' rights away would end the walk. */
const ENDS_THE_WALK =
  /^(DELETE \/(session|account|kiosk|grants|api-keys|devices|kiosks|roles|kiosk-session)|(PUT|POST) \/account|PUT \/pin|POST \/kiosks.*wipe|PATCH \/members|POST \/first-run|POST \/kiosk|POST \/members\/|PATCH \/kiosks)/
const everyKey = Object.keys(everyRoute) as RouteKey[]
const keys = everyKey.filter((key) => !ENDS_THE_WALK.test(key))
const DRIVERS: readonly CallerName[] = [
  ...([
    'admin',
    'admin',
    'admin',
    'manager of the place',
    'member of the place',
    'manager of a sibling place',
  ] as const),
  ...(['API key with the scope', 'person at a tablet', 'nobody', 'device'] as const),
]

let world: World
let redis: Awaited<ReturnType<typeof watchedRedis>>
let marked: Marked
let theirOrganization: string
let foreignIds: string[]
const learned: string[] = []
const frames: string[] = []
const sockets: Socket[] = []
const search = new Search(MARKER)
/** Passwords, keys, tokens and codes of our own people: nowhere but in the answer that gives them out. */
let secrets: Search
const statuses = new Map<number, number>()
let [steps, succeeded] = [0, 0]
const used = new Set<string>()

beforeAll(async () => {
  redis = await watchedRedis()
  world = await openWorld({
    theirMark: MARKER,
    environment: {
      ...{ OPSFLOW_ROLES: 'api,realtime,ingest,worker', LOG_LEVEL: 'debug', OPSFLOW_SIGN_UP: 'open' },
      ...(redis ? { REDIS_URL: redis.url } : {}),
    },
  })
  theirOrganization = (await world.theirAdmin.must('GET', '/session')).organization.id
  marked = await markEveryText(world.rows, world.foreignTenant, MARKER)
  foreignIds = await idsOf(world.rows, world.foreignTenant)
  learned.push(...(JSON.stringify(world.own).match(UUID) ?? []))
  for (const name of ['admin', 'member of the place'] as const) await listen(world.callerFor(name, ''))
  secrets = new Search(secretsOf(world).map(escaped).join('|'))
  redis?.take() // what furnishing the other tenant said
  logged.lines.length = 0
  world.whole.catcher.letters.length = 0
}, 300_000)
afterAll(async () => {
  for (const socket of sockets) socket.disconnect()
  await world?.close()
  await redis?.close()
})

/** Every packet as it came over the wire. */
async function listen(by: Caller) {
  const socket = io(`${world.whole.origin}/org-${world.session.organization.id}`, {
    ...{ transports: ['websocket'], forceNew: true, extraHeaders: by.headers },
  })
  sockets.push(socket)
  await new Promise<void>((resolve, reject) => {
    socket.once('connect', resolve)
    socket.once('connect_error', reject)
  })
  socket.io.engine.on('packet', ({ data }: { data?: unknown }) => void frames.push(String(data ?? '')))
}

const aStep = fc.record({
  key: fc.constantFrom(...keys),
  by: fc.constantFrom(...DRIVERS),
  /** Which ids stand where: own ones that were learned, theirs, or nobody's. */
  draws: fc.array(fc.nat({ max: 1_000_000 }), { minLength: 12, maxLength: 12 }),
  keepsExample: fc.boolean(),
  /** Now and then with everything before it that lets it succeed. */
  isPrepared: fc.integer({ min: 0, max: 2 }).map((n) => n === 0),
  overSocket: fc.integer({ min: 0, max: 19 }),
})
type Step = typeof aStep extends fc.Arbitrary<infer S> ? S : never

test(
  `seed ${SEED}: of what the other tenant's texts carry nothing comes out anywhere`,
  async () => {
    await everyRouteOnce(keys)
    await fc.assert(
      fc.asyncProperty(fc.array(aStep, { minLength: STEPS, maxLength: STEPS }), async (sequence) => {
        for (const step of sequence) await take(step)
        await theyGoOn()
        await lookEverywhere()
      }),
      { numRuns: RUNS, seed: SEED, endOnFailure: true, includeErrorInReport: true },
    )
    await everyRouteOnce(everyKey.filter((key) => ENDS_THE_WALK.test(key)))
    await search.inRows(world.rows, world.ownTenant)
    search.inFiles(world.whole.folder, world.foreignTenant)
    expect(search.leaks).toEqual([])
    // A walk that is refused everywhere shows nothing.
    expect(succeeded / steps).toBeGreaterThan(0.3)
    expect(neverSucceeded(), 'routes that never said anything: see PREPARED in proper.ts').toEqual([])
    report()
  },
  isLong ? 3_600_000 : 480_000,
)

/** As its proper caller makes it, so that what each route has to say comes out at least once. */
async function everyRouteOnce(some: readonly RouteKey[]) {
  for (const key of some) {
    if (SUCCEEDS_ELSEWHERE[key]) continue
    const ready = await properRequest(world, key)
    const status = await send(key, ready, { by: ready.by ?? world.admin, name: 'its proper caller' })
    if (status < 300) used.add(key)
  }
  await theyGoOn()
  await lookEverywhere()
}

async function take({ key, by, draws, keepsExample, isPrepared, overSocket }: Step) {
  steps++
  let next = 0
  const draw = () => draws[next++ % draws.length] as number
  const anId = (now: string): string => {
    const n = draw()
    if (n % 10 < 4) return foreignIds[n % foreignIds.length] as string
    if (n % 10 < 7) return learned[n % learned.length] as string
    return n % 10 < 9 ? now : randomUUID()
  }
  if (overSocket === 0) return overTheSocket(anId)
  const isProper = isPrepared && !SUCCEEDS_ELSEWHERE[key]
  const example: Ready = isProper ? await properRequest(world, key) : (examplesOf(world.own)[key] ?? {})
  const [, path = ''] = key.split(' ')
  const drawn = <T>(value: T): T =>
    keepsExample || isRaw(value) ? value : JSON.parse(JSON.stringify(value).replaceAll(UUID, (id) => anId(id)))
  const id = path.includes('{id}') ? (example.id ?? idIn(path, world.own)) : undefined
  const ready: Ready = {
    ...example,
    ...(id === undefined ? {} : { id: isProper && keepsExample ? id : anId(id) }),
    ...(example.query === undefined ? {} : { query: drawn(example.query) }),
    ...(example.body === undefined ? {} : { body: drawn(example.body) }),
  }
  const caller = isProper && example.by ? example.by : world.callerFor(by, everyRoute[key]?.permission ?? '')
  const status = await send(key, ready, { by: caller, name: isProper ? 'its proper caller' : by })
  statuses.set(status, (statuses.get(status) ?? 0) + 1)
  if (status < 300) {
    succeeded++
    used.add(key)
  }
}

const isRaw = (body: unknown) => typeof body === 'string' || body instanceof Uint8Array

/** Whatever is answered is searched, and the ids in it are learned. */
async function send(
  key: RouteKey,
  { id = '', query = {}, body, headers }: Ready,
  { by, name }: { by: Caller; name: string },
): Promise<number> {
  const [method = '', path = ''] = key.split(' ')
  const asked = new URLSearchParams(query).toString()
  const response = await fetch(`${world.whole.origin}/api/v1${path.replace('{id}', id)}${asked ? `?${asked}` : ''}`, {
    method,
    headers: {
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      ...{ 'x-forwarded-for': anAddress() },
      ...by.headers,
      ...headers,
    },
    ...(body === undefined ? {} : { body: (isRaw(body) ? body : JSON.stringify(body)) as string }),
  })
  const bytes = Buffer.from(await response.arrayBuffer())
  expect(response.status, `${key}: ${bytes.toString('utf8').slice(0, 500)}`).not.toBe(500)
  await search.inAnswer(`${key} by ${name}`, response.status, response.headers, bytes)
  for (const known of bytes.toString('latin1').match(UUID) ?? []) {
    if (!foreignIds.includes(known) && learned.length < 5_000) learned.push(known)
  }
  return response.status
}

async function overTheSocket(anId: (now: string) => string) {
  const [socket] = sockets
  const told = [
    await socket?.timeout(10_000).emitWithAck('task-update', { id: anId(world.own.task), status: 'in_progress' }),
    await socket
      ?.timeout(10_000)
      .emitWithAck('temperature-reading', { unitId: anId(world.own.unit), value: '140', unit: 'F' }),
  ]
  search.in('socket frames', 'acknowledgements', JSON.stringify(told))
}

/** The other tenant is at work meanwhile: what it does passes through the same server, relay and Redis. */
async function theyGoOn() {
  const body = { locationId: world.foreign.location, title: `Mend ${MARKER}` }
  await world.theirAdmin.ask('POST', '/tasks', { body })
  await world.theirAdmin.ask('POST', '/temperature-logs', {
    body: { unitId: world.foreign.unit, value: '99', unit: 'F', note: MARKER },
  })
}

async function lookEverywhere() {
  for (const frame of frames.splice(0)) search.in('socket frames', 'own sockets', frame)
  for (const line of logged.lines.splice(0)) {
    search.in('log lines', 'log', line)
    secrets.in('log lines', 'log', line)
  }
  for (const told of redis?.take() ?? []) {
    // On its way to the sockets of their own organization.
    if (!told.includes(`org-${theirOrganization}`)) search.in('Redis', told.slice(0, 60), told)
    secrets.in('Redis', told.slice(0, 20), told)
  }
  for (const letter of world.whole.catcher.letters.splice(0)) {
    if (letter.to.some((address) => address.toLowerCase().includes(MARKER))) continue
    search.in('letters', letter.to.join(), `${letter.subject}\n${letter.text}\n${letter.html}\n${letter.raw}`)
  }
  const metrics = await fetch(`${world.whole.origin}/metrics`)
  const text = await metrics.text()
  search.in('metrics', 'metrics', text)
  secrets.in('metrics', 'metrics', text)
  const leaks = [...search.leaks, ...secrets.leaks]
  if (leaks.length > 0) throw new Error(JSON.stringify(leaks.slice(0, 3), null, 1))
}

const neverSucceeded = () => everyKey.filter((key) => !used.has(key) && !SUCCEEDS_ELSEWHERE[key])

const escaped = (text: string) => text.replaceAll(/[.*+?^${}()|[\]\\/]/g, '\\$&')

function secretsOf({ own, callerFor }: World): string[] {
  const headers = DRIVERS.map((name) => callerFor(name, '').headers)
  const cookies = headers.flatMap(
    ({ cookie }) => cookie?.split('; ').map((pair) => pair.slice(pair.indexOf('=') + 1)) ?? [],
  )
  const keys = headers.flatMap(({ authorization }) => authorization?.replace('Bearer ', '') ?? [])
  return [...cookies, ...keys, own.inspectorSecret, own.paperCode, PASSWORD, 'long enough a password'].filter(Boolean)
}

function report() {
  proven('canaries', {
    title: 'The other tenant’s words',
    method: `Every text column of the other tenant carries a marker made for this run. ${RUNS} sequences of ${STEPS} steps through the real API and sockets: any route, by anyone employed here, with ids learned, ids of theirs and ids of nobody; a third of them with everything before it that lets it succeed; their own work and all jobs go on meanwhile. Again with SEED=${SEED}. Besides, every route is asked once as its proper caller asks it; those that would end the caller’s own session are asked only so, at the end.`,
    findings: [
      { what: 'seed', seen: String(SEED) },
      { what: 'steps', seen: String(steps) },
      { what: 'steps that succeeded', seen: String(succeeded) },
      {
        what: 'routes that succeeded at least once',
        seen: `${used.size} of ${everyKey.length}`,
        goal: 'all but those listed',
        met: neverSucceeded().length === 0,
      },
      { what: 'text columns of theirs that carry the marker', seen: `${marked.columns}, in ${marked.rows} values` },
      { what: 'documents of theirs (JSON) that carry it in every wording', seen: `${marked.documents}` },
      {
        what: 'passwords, keys, tokens and codes of our own in log lines, Redis or metrics',
        goal: 'none',
        seen: String(secrets.leaks.length),
        met: secrets.leaks.length === 0,
      },
      { what: 'markers found', goal: 'none', seen: String(search.leaks.length), met: search.leaks.length === 0 },
    ],
    table: SINKS.map((sink) => ({
      sink,
      'looked through': search.looked.get(sink) ?? 0,
      found: search.leaks.filter((one) => one.sink === sink).length,
    })),
    notes: [
      `Columns that can hold no marker because a rule allows no other word in them: ${marked.left.join(', ')}.`,
      ...Object.entries(SUCCEEDS_ELSEWHERE).map(([key, why]) => `\`${key}\` does not succeed here: ${why}.`),
      ...(redis ? [] : ['Redis was not searched: there is no redis-server on this machine.']),
      `Answers by status: ${[...statuses]
        .sort(([a], [b]) => a - b)
        .map(([status, n]) => `${status} × ${n}`)
        .join(', ')}.`,
    ],
  })
}

test('a marker that is planted in each of these places is found', async () => {
  const word = `plnt${randomBytes(6).toString('hex')}`
  const planted = new Search(word)
  const admin = world.admin
  const fetched = async (path: string, init: RequestInit = {}) => {
    const response = await fetch(`${world.whole.origin}/api/v1${path}`, {
      ...init,
      headers: { ...admin.headers, ...(init.headers as Record<string, string>) },
    })
    await planted.inAnswer(path, response.status, response.headers, Buffer.from(await response.arrayBuffer()))
  }
  await admin.must('PATCH', `/locations/${world.place}`, {
    body: { address: `1 ${word} Street`, name: `Main ${word}` },
  })
  await admin.must('PATCH', `/organizations/${world.session.organization.id}`, { body: { name: `Own ${word}` } })
  frames.length = 0
  redis?.take()
  const task = await admin.must('POST', '/tasks', { body: { locationId: world.place, title: `Mend ${word}` } })
  await expect.poll(() => frames.join(), { timeout: 10_000 }).toContain(word)
  for (const frame of frames) planted.in('socket frames', 'own', frame)
  for (const told of redis?.take() ?? []) planted.in('Redis', 'told', told)
  await fetched(`/tasks/${task.id}`)
  await fetched('/tasks.csv')
  const pack = `locationId=${world.place}&from=2026-01-01&to=2026-01-31`
  await fetched(`/inspector-packs/pack.xlsx?${pack}`)
  await fetched(`/inspector-packs/pack.pdf?${pack}`)
  await fetched('/tasks', {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ [word]: 1 }),
  })
  await planted.inAnswer('a header', 200, new Headers({ 'content-disposition': word }), Buffer.from('{}'))
  await planted.inRows(world.rows, world.ownTenant)
  const { writeFileSync } = await import('node:fs')
  const { join } = await import('node:path')
  writeFileSync(join(world.whole.folder, 'planted'), `a file with ${word}`)
  planted.inFiles(world.whole.folder, world.foreignTenant)
  openLog('info').warn({ said: word }, 'planted')
  await expect.poll(() => logged.lines.join()).toContain(word)
  for (const line of logged.lines) planted.in('log lines', 'log', line)
  const email = `${randomUUID().slice(0, 8)}@guest.example`
  await admin.must('POST', '/invitations', { body: { email, grant: { role: 'org:member', locationId: world.place } } })
  await expect.poll(() => world.whole.catcher.to(email), { timeout: 10_000 }).toBeDefined()
  for (const letter of world.whole.catcher.letters) planted.in('letters', 'letter', letter.text)
  planted.in(
    'metrics',
    'metrics',
    `${await (await fetch(`${world.whole.origin}/metrics`)).text()}\nplanted{label="${word}"} 1`,
  )
  const found = new Set(planted.leaks.map(({ sink }) => sink))
  expect(SINKS.filter((sink) => !found.has(sink))).toEqual(redis ? [] : ['Redis'])
  proven('canaries', {
    title: 'That what is there is found',
    method:
      'A word of one’s own is put through the product, or into the place itself where nothing leads there, and looked for in the same way.',
    findings: [
      {
        what: 'places where it was found',
        goal: String(SINKS.length),
        seen: String(found.size),
        met: found.size === SINKS.length,
      },
    ],
  })
}, 120_000)
