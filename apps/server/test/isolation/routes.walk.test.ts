import { randomUUID } from 'node:crypto'
import type { Route, RouteKey } from '@opsflow/platform/route'
import { proven } from '@opsflow/platform/server/proven.for-tests'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { changed, type Place, placesIn, type Schema } from '../broken.ts'
import { everyRoute } from '../every-route.ts'
import { examplesOf } from '../examples.ts'
import type { Caller } from '../kitchen.ts'
import { changedTables, type Digests, digestsOf, idsOf, Whereabouts } from './digest.ts'
import { doorOf } from './door.ts'
import { properRequest, type Ready, SUCCEEDS_ELSEWHERE } from './proper.ts'
import { CALLERS, type CallerName, openWorld, type World } from './world.ts'

/**
 * Every route of the contract × everyone who can stand before it × every field that holds an id. What a caller must be
 * answered is computed from what the route declares (door.ts); whose an id is, from the database (digest.ts).
 */
const routes = everyRoute
const keys = Object.keys(routes) as RouteKey[]
const UUID = /[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/g
/** An id that nobody has. */
const nowhere = () => randomUUID()
const isLong = Boolean(process.env.LONG_TESTS)
/** Whoever can come in at some door and must not reach what is ours, or what is at our other place. */
const OUTSIDERS: readonly CallerName[] = [
  'admin of another tenant',
  'manager of a sibling place',
  'member of a sibling place',
]

const SIBLINGS = OUTSIDERS.slice(1)

type Operation = {
  parameters?: { in: string; name: string; schema: Schema }[]
  requestBody?: { content: Record<string, { schema: Schema }> }
}
type Document = {
  paths: Record<string, Record<string, Operation>>
  components: { schemas: Record<string, Schema> }
}

let world: World
let document: Document
let whereabouts: Whereabouts
let last: Digests
const actors = new Map<string, Awaited<ReturnType<World['actorOf']>>>()
const ran = new Map<string, number>()
const succeeded = new Set<string>()
const allowedWrites: string[] = []
/** Ids of theirs that stand for what a caller makes up. */
const spare: string[] = []
const count = (what: string) => ran.set(what, (ran.get(what) ?? 0) + 1)
const of = (what: string) => ran.get(what) ?? 0

beforeAll(async () => {
  world = await openWorld({ environment: { OPSFLOW_SIGN_UP: 'open' } })
  document = (await world.nobody.ask('GET', '/openapi.json')).body
  whereabouts = await Whereabouts.open(world.rows)
  last = await digestsOf(world.rows, [world.ownTenant, world.foreignTenant])
  spare.push(...(await idsOf(world.rows, world.foreignTenant)))
}, 300_000)
afterAll(() => world?.close())

test('the contract walked here is the one the server gives out', () => {
  const documented = Object.entries(document.paths).flatMap(([path, operations]) =>
    Object.keys(operations).map((method) => `${method.toUpperCase()} ${path.replace('/api/v1', '')}`),
  )
  const missing = documented.filter((key) => !(key in routes))
  expect(missing, 'Add the route table of these routes to apps/server/test/every-route.ts').toEqual([])
  expect(keys.filter((key) => !documented.includes(key))).toEqual([])
})

/** What those who work elsewhere are shown of a place, and why. */
const SHOWN_EVERYWHERE: Record<string, { table: string; why: string }> = Object.fromEntries(
  ['GET /checklist-schedules', 'GET /checklist-schedules/{id}'].map((key) => [
    key,
    { table: 'public.locations', why: 'a schedule is the organization’s, and says by id at which places it runs' },
  ]),
)

/** Who must be taken for whom is typed in: what doors are expected to do is computed from it. */
const TAKEN_FOR: Record<CallerName, { kind?: string; refused?: string; at?: 'everywhere' | 'place' | 'sibling' }> = {
  admin: { kind: 'member', at: 'everywhere' },
  'manager of the place': { kind: 'member', at: 'place' },
  'member of the place': { kind: 'member', at: 'place' },
  'manager of a sibling place': { kind: 'member', at: 'sibling' },
  'member of a sibling place': { kind: 'member', at: 'sibling' },
  'admin of another tenant': { kind: 'member', at: 'everywhere' },
  nobody: {},
  'expired session': {},
  'revoked session': {},
  'suspended member': { refused: 'people.suspended' },
  'suspended tenant': { refused: 'people.suspended' },
  'API key without the scope': { kind: 'key', at: 'everywhere' },
  'API key with the scope': { kind: 'key', at: 'everywhere' },
  'bare tablet': { kind: 'kiosk', at: 'place' },
  'person at a tablet': { kind: 'member', at: 'place' },
  device: { kind: 'device', at: 'place' },
}

test.each(CALLERS)('%s is taken for nobody else', async (name) => {
  const { actor, refused } = await world.actorOf(world.callerFor(name, 'tasks.read'))
  const { kind, refused: mustBeRefused, at } = TAKEN_FOR[name]
  expect(refused, name).toBe(mustBeRefused)
  expect(actor?.kind, name).toBe(kind)
  if (!actor) return
  const isTheirs = name === 'admin of another tenant'
  expect(actor.tenantId).toBe(isTheirs ? world.foreignTenant : world.ownTenant)
  const places = actor.locationIds === 'all' ? 'everywhere' : [...actor.locationIds]
  expect(places).toEqual(at === 'everywhere' ? at : [at === 'place' ? world.place : world.sibling])
})

describe('at the door', () => {
  test.each(keys)('%s lets in whom its declaration names, and the others write nothing', async (key) => {
    const ready = await requestOf(key, 'example')
    const readers: [CallerName, Caller][] = []
    for (const name of CALLERS) {
      const caller = world.callerFor(name, routeOf(key).permission)
      const door = doorOf(routeOf(key), await actorOf(name, caller, routeOf(key)))
      count('door')
      if (door === 'open') readers.push([name, caller])
      else {
        const told = await send(key, ready, { by: caller })
        expect({ status: told.status, code: told.code }, `${key} by ${name}: ${told.text.slice(0, 300)}`).toEqual(door)
        count('refused')
      }
    }
    if (readers.length < CALLERS.length) await nothingChanged(key)
    // Whoever may come in and change something is tried below, with something of their own to change.
    if (methodOf(key) !== 'GET') return
    for (const [name, caller] of readers) {
      // To draw the same paper for each takes its time.
      if (routeOf(key).produces === '*/*' && !isLong && name !== 'member of the place') {
        count('left')
        continue
      }
      const told = await send(key, ready, { by: caller })
      expectInside(told, name, key)
      count('let in')
      if (SIBLINGS.includes(name))
        await expectNothingOfThePlace(key, name, [told, await send(key, { id: ready.id ?? '' }, { by: caller })])
    }
    last = await digestsOf(world.rows, [world.ownTenant, world.foreignTenant])
  })
})

describe('what is not theirs', () => {
  test.each(keys)('%s answers an outsider about ours as about nothing', async (key) => {
    if (!key.includes('{id}') || SUCCEEDS_ELSEWHERE[key]) return
    const ready = await requestOf(key, 'example')
    const found = await whereabouts.of(ready.id as string)
    for (const name of OUTSIDERS) {
      const caller = world.callerFor(name, routeOf(key).permission)
      const door = doorOf(routeOf(key), await actorOf(name, caller, routeOf(key)))
      // What belongs to the whole organization is not hidden from who works at another place of it.
      const isHidden = name === 'admin of another tenant' || found?.locationId === world.place
      if (door !== 'open' || !isHidden || !found) continue
      const ours = await send(key, ready, { by: caller })
      const missing = await send(key, { ...ready, id: nowhere() }, { by: caller })
      expect(ours.text, `${key} by ${name}`).toBe(missing.text)
      expect(ours.status, `${key} by ${name}: ${ours.text}`).toBeGreaterThanOrEqual(400)
      count('outsider')
    }
    await nothingChanged(key)
  })
})

describe('by its proper caller', () => {
  test.each(keys)(
    '%s takes a foreign id for a missing one wherever there is one, and succeeds',
    async (key) => {
      if (SUCCEEDS_ELSEWHERE[key]) return
      let ready = await requestOf(key, 'prepared')
      const theirs = await digestsOf(world.rows, [world.foreignTenant])
      const renewed = async (told: Told) => {
        if (told.status < 300 && methodOf(key) !== 'GET') ready = await requestOf(key, 'prepared')
        return told
      }
      for (const field of fieldsOf(key)) {
        const about = await renewed(await sendWith(key, ready, field, await foreignFor(field, ready)))
        const nothing = await renewed(await sendWith(key, ready, field, nowhere()))
        const what = `${key}, ${field.in} ${field.path.join('.')}`
        // Accepted is an id that the caller makes up or that names nothing: as good as any, and nothing of theirs comes of it.
        if (about.status < 300) {
          expect(nothing.status, `${what}: ${nothing.text.slice(0, 500)}`).toBe(about.status)
          count('free id')
        } else expect(about.text, what).toBe(nothing.text)
        count('field')
      }
      expect(
        changedTables(theirs, await digestsOf(world.rows, [world.foreignTenant])),
        `${key} changed theirs`,
      ).toEqual([])
      const told = await send(key, ready, {})
      expect(
        told.status,
        `${key} never succeeded: ${told.text.slice(0, 600)}\nGive it a request that does, in apps/server/test/examples.ts or, when something has to stand first, in PREPARED of apps/server/test/isolation/proper.ts.`,
      ).toBeLessThan(300)
      expect(told.text).not.toContain(world.foreignTenant)
      succeeded.add(key)
      if (isLong) await othersWhoMay(key)
    },
    120_000,
  )
})

test('every route and every cell ran', () => {
  expect(of('door')).toBe(keys.length * CALLERS.length)
  expect([...succeeded, ...Object.keys(SUCCEEDS_ELSEWHERE)].sort()).toEqual([...keys].sort())
  expect(of('refused')).toBeGreaterThan(keys.length * 5)
  const writes = keys.filter((key) => methodOf(key) !== 'GET')
  proven('isolation', {
    title: 'Routes',
    method: `Every route of the contract before ${CALLERS.length} callers: ${CALLERS.join(', ')}. What each must be answered is computed from the permission and the callers that the route declares and from can(). A digest over every table is taken around the refusals. Each field that holds an id (path, query, body; found from the contract’s schemas) is given the id of a thing of the same kind of another tenant, and one that nobody has: status, content type, names of headers and body must be the same bytes.`,
    findings: [
      { what: 'routes', seen: String(keys.length) },
      {
        what: 'route × caller',
        seen: `${of('door')} of ${keys.length * CALLERS.length}`,
        met: of('door') === keys.length * CALLERS.length,
      },
      { what: 'refused at the door, as declared, with nothing written', seen: String(of('refused')) },
      { what: 'let in to read, as declared', seen: String(of('let in')) },
      {
        what: 'of these by whoever works at the other place only, with no row of this one in the answer',
        seen: String(of('lists of a sibling')),
      },
      { what: 'papers not drawn for each reader in the short form', seen: String(of('left')) },
      { what: 'outsiders told of ours as of nothing (route × caller, byte for byte)', seen: String(of('outsider')) },
      { what: 'fields that hold an id, each with a foreign and with a missing one', seen: String(of('field')) },
      { what: 'of these ids that the caller makes up itself', seen: String(of('free id')) },
      {
        what: 'routes that succeeded for their proper caller',
        seen: `${succeeded.size} of ${keys.length}`,
        goal: 'all but those listed',
        met: succeeded.size + Object.keys(SUCCEEDS_ELSEWHERE).length === keys.length,
      },
      {
        what: 'other callers who may, on routes that write',
        seen: isLong ? String(allowedWrites.length) : `left to the long form (${writes.length} routes)`,
      },
    ],
    notes: [
      ...Object.entries(SUCCEEDS_ELSEWHERE).map(([key, why]) => `\`${key}\` does not succeed here: ${why}.`),
      ...Object.entries(SHOWN_EVERYWHERE).map(([key, { why }]) => `\`${key}\` names other places: ${why}.`),
    ],
  })
})

const methodOf = (key: string) => key.split(' ')[0] as string
const pathOf = (key: string) => key.split(' ')[1] as string
const routeOf = (key: RouteKey) => routes[key] as Route
const operationOf = (key: string) => document.paths[`/api/v1${pathOf(key)}`]?.[methodOf(key).toLowerCase()] as Operation

/** The example alone, or with everything before it that lets it succeed. */
async function requestOf(key: RouteKey, how: 'example' | 'prepared'): Promise<Ready> {
  if (how === 'prepared') return properRequest(world, key)
  const { idIn } = await import('../examples.ts')
  const example = examplesOf(world.own)[key] ?? {}
  const needsExample = Boolean(operationOf(key).requestBody)
  if (needsExample && example.body === undefined && !example.headers)
    throw new Error(`${key} takes a body and has no example. Add one to apps/server/test/examples.ts.`)
  return pathOf(key).includes('{id}') ? { ...example, id: idIn(pathOf(key), world.own) } : example
}

async function actorOf(name: CallerName, caller: Caller, { permission }: Route) {
  const known = name === 'API key without the scope' ? `${name} ${permission === 'temperature.read'}` : name
  if (!actors.has(known)) actors.set(known, await world.actorOf(caller))
  return actors.get(known) as Awaited<ReturnType<World['actorOf']>>
}

type Told = { status: number; code: string | undefined; text: string }

/** Everything a caller can see of an answer, with what it sent itself taken out. */
async function send(key: RouteKey, ready: Ready, { by = ready.by ?? world.admin }: { by?: Caller }): Promise<Told> {
  const path = pathOf(key).replace('{id}', ready.id ?? '')
  const search = new URLSearchParams(ready.query).toString()
  const isRaw = typeof ready.body === 'string' || ready.body instanceof Uint8Array
  const response = await fetch(`${by.origin}/api/v1${path}${search ? `?${search}` : ''}`, {
    method: methodOf(key),
    headers: {
      ...(ready.body === undefined ? {} : { 'content-type': 'application/json' }),
      ...by.headers,
      ...ready.headers,
      'x-request-id': 'the-same-request',
    },
    ...(ready.body === undefined ? {} : { body: (isRaw ? ready.body : JSON.stringify(ready.body)) as string }),
  })
  const body = await response.text()
  const headers = [...response.headers.keys()].filter((name) => name !== 'keep-alive' && name !== 'connection').sort()
  const type = response.headers.get('content-type') ?? ''
  const code = type.includes('problem') ? (JSON.parse(body) as { code: string }).code : undefined
  const said = ready.id ? body.replaceAll(ready.id, 'ID') : body
  return { status: response.status, code, text: `${response.status} ${type} [${headers}] ${said}` }
}

/** What is asked for may not be there, or not be this caller's to see; but the door's own refusals are over. */
function expectInside(told: Told, name: CallerName, key: RouteKey) {
  const what = `${key} by ${name}: ${told.text}`
  expect(told.status, what).toBeLessThan(500)
  // Six digits at a tablet are a session of that tablet, not of the account.
  if (routeOf(key).permission === 'signed-in' && name === 'person at a tablet') return
  // Open to all, since a service worker asks it; whose browser it is, it finds out itself.
  if (key === 'POST /push/renewals') return
  expect(told.code, what).not.toBe('unauthenticated')
}

/** Whoever works at our other place only is shown no row of this one: asked for it, or for whatever there is. */
async function expectNothingOfThePlace(key: RouteKey, name: CallerName, answers: readonly Told[]) {
  const sent = JSON.stringify(examplesOf(world.own)[key] ?? {})
  const shown = new Set(answers.filter(({ status }) => status < 300).flatMap(({ text }) => text.match(UUID) ?? []))
  for (const id of shown) {
    if (sent.includes(id)) continue
    const found = await whereabouts.of(id)
    if (found?.locationId !== world.place || SHOWN_EVERYWHERE[key]?.table === found.table) continue
    expect.fail(`${key} by ${name} shows what is at another place: a row of ${found.table}, ${id}`)
  }
  count('lists of a sibling')
}

async function nothingChanged(key: string) {
  const now = await digestsOf(world.rows, [world.ownTenant, world.foreignTenant])
  const tables = changedTables(last, now)
  last = now
  expect(tables, `${key}: someone who was refused wrote to these tables`).toEqual([])
}

type Field = { in: 'path' | 'query' | 'body'; path: (string | number)[] }

/** Every place of a request that holds an id, as the contract's schemas say. */
function fieldsOf(key: RouteKey): Field[] {
  const { parameters = [], requestBody } = operationOf(key)
  const named = parameters
    .filter(({ schema }) => schema.format === 'uuid')
    .map((one): Field => ({ in: one.in === 'path' ? 'path' : 'query', path: [one.name] }))
  const schema = requestBody?.content['application/json']?.schema
  const refer = (name: string) => document.components.schemas[name.replace('#/components/schemas/', '')] as Schema
  const inBody: Place[] = schema ? placesIn(schema, refer) : []
  return [
    ...named,
    ...inBody
      .filter(({ schema }) => schema.format === 'uuid')
      // A document of questions has ids of its own inside; what it refers to outside is checked where it is saved.
      .filter(({ path }) => path[0] !== 'draft' && path[0] !== 'changes')
      .map(({ path }): Field => ({ in: 'body', path })),
  ]
}

const valueAt = (body: unknown, path: readonly (string | number)[]): unknown =>
  path.reduce<unknown>((value, step) => (value as Record<string, unknown> | undefined)?.[step], body)

/** A thing of the same kind that belongs to the other tenant: the kind is the table of what stands there now. */
async function foreignFor(field: Field, ready: Ready): Promise<string> {
  const now =
    field.in === 'path'
      ? ready.id
      : field.in === 'query'
        ? ready.query?.[field.path[0] as string]
        : valueAt(ready.body, field.path)
  const known = typeof now === 'string' ? await whereabouts.likeIn(world.foreignTenant, now) : undefined
  return known ?? foreignByName(String(field.path.findLast((step) => typeof step === 'string')))
}

/** Where nothing stands yet, the field's name tells of what kind it is. */
function foreignByName(name: string): string {
  const { foreign } = world
  const things: Record<string, string> = { ...foreign } as unknown as Record<string, string>
  const kind = name.replace(/Ids?$/, '')
  // What a caller makes up is any id of theirs, each only once: what was made of it here has it from then on.
  return typeof things[kind] === 'string' ? (things[kind] as string) : (spare.pop() ?? nowhere())
}

async function sendWith(key: RouteKey, ready: Ready, field: Field, id: string): Promise<Told> {
  const told = await send(key, withId(key, ready, field, id), {})
  return { ...told, text: told.text.replaceAll(id, 'ID') }
}

function withId(key: RouteKey, ready: Ready, { in: place, path }: Field, id: string): Ready {
  if (place === 'path') return { ...ready, id }
  if (place === 'query') return { ...ready, query: { ...ready.query, [path[0] as string]: id } }
  const [first] = path
  const example = examplesOf(world.own)[key]?.body as Record<string, unknown> | undefined
  // What this request leaves out stands in the example, which has every field there is.
  const body = isHeld(ready.body, path)
    ? ready.body
    : { ...(ready.body as object | undefined), [first as string]: example?.[first as string] }
  return { ...ready, body: isHeld(body, path) ? changed(body, path, id) : ready.body }
}

const isHeld = (body: unknown, path: readonly (string | number)[]) => {
  const holder = valueAt(body, path.slice(0, -1))
  return typeof holder === 'object' && holder !== null
}

/** In the long form: whoever else the declaration lets in, each with something of their own to change. */
async function othersWhoMay(key: RouteKey) {
  if (methodOf(key) === 'GET') return
  for (const name of CALLERS) {
    const caller = world.callerFor(name, routeOf(key).permission)
    const found = await actorOf(name, caller, routeOf(key))
    const isOurs = found.actor?.tenantId === world.ownTenant && name !== 'admin'
    if (!isOurs || routeOf(key).permission === 'signed-in' || doorOf(routeOf(key), found) !== 'open') continue
    const ready = await requestOf(key, 'prepared')
    const told = await send(key, ready, { by: routeOf(key).permission === 'public' ? await world.anew(name) : caller })
    expectInside(told, name, key)
    allowedWrites.push(`${key} ${name} ${told.status}`)
  }
}
