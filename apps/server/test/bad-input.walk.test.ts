import { gzipSync } from 'node:zlib'
import type { RouteKey } from '@opsflow/platform/route'
import { openPool } from '@opsflow/platform/server/tenant'
import type pg from 'pg'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { manifest } from '../../../db/manifest.ts'
import {
  type Broken,
  brokenAt,
  changed,
  HTML,
  NOWHERE,
  type Place,
  placesIn,
  type Schema,
  SQL,
  written,
} from './broken.ts'
import { everyRoute } from './every-route.ts'
import { type Example, examplesOf, idIn } from './examples.ts'
import { Caller, type Sent, type Things, type Told } from './kitchen.ts'
import { twoCustomers } from './two-customers.ts'
import { wholeServer } from './whole-server.ts'

const routes = everyRoute
const keys = Object.keys(routes) as RouteKey[]

type Operation = {
  parameters?: { in: string; name: string; schema: Schema }[]
  requestBody?: { content: Record<string, { schema: Schema }> }
}
type Document = {
  paths: Record<string, Record<string, Operation>>
  components: { schemas: Record<string, Schema> }
}

let whole: Awaited<ReturnType<typeof wholeServer>>
let rows: pg.Pool
let document: Document
let examples: Record<string, Example>
let nobody: Caller
let admin: Caller
let device: Caller
let own: Things
let foreign: Things

beforeAll(async () => {
  whole = await wholeServer()
  rows = openPool(whole.database.admin, 1)
  nobody = new Caller(whole.origin)
  document = (await nobody.ask('GET', '/openapi.json')).body
}, 120_000)

afterAll(async () => {
  await rows?.end()
  await whole?.close()
})

test('the document names every route of every capability, and there is an example of each that takes a body', () => {
  const documented = Object.entries(document.paths).flatMap(([path, operations]) =>
    Object.keys(operations).map((method) => `${method.toUpperCase()} ${path.replace('/api/v1', '')}`),
  )
  expect(documented.sort()).toEqual([...keys].sort())
  const lacking = keys.filter((key) => operationOf(key).requestBody && !examplesOf({} as Things)[key])
  expect(lacking).toEqual([])
})

test('a founding with anything wrong founds nothing', async () => {
  examples = examplesOf({} as Things)
  await nothingIsStored(async () => {
    for (const broken of brokenBodies('POST /first-run').filter(({ refused }) => refused)) {
      expectRefusal(await attempt('POST /first-run', broken, nobody), broken.what)
    }
  })
})

describe('with an organization, and another customer beside it', () => {
  beforeAll(async () => {
    ;({ admin, own, foreign, device } = await twoCustomers(whole))
    examples = examplesOf(own)
  }, 120_000)

  describe.each(keys)('%s', (key) => {
    test('without credentials, or with a wrong key, nobody gets in', async () => {
      if (routes[key]?.permission === 'public') return
      const sent = sentOf(examples[key])
      for (const caller of [
        nobody,
        nobody.withKey('ofk_wrong'),
        nobody.withKey('ofd_wrong'),
        nobody.withKey("' or 1"),
      ]) {
        const told = await caller.ask(methodOf(key), addressOf(key), sent)
        expectRefusal(told, 'no credentials')
        expect(told.status).toBe(401)
      }
    })

    test('what is wrong in the path, the query or the body is refused with its place, and nothing is stored', async () => {
      if (key === 'POST /first-run') return
      await nothingIsStored(async () => {
        for (const address of wrongAddresses(key)) {
          expectRefusal(await caller(key).ask(methodOf(key), address, sentOf(examples[key])), address.slice(0, 200))
        }
        for (const broken of brokenBodies(key).filter(({ refused }) => refused)) {
          expectRefusal(await attempt(key, broken, caller(key)), `${broken.path.join('.')}: ${broken.what}`)
        }
        if (operationOf(key).requestBody) await unreadableBodies(key)
        for (const broken of endlessLists(key)) {
          const told = await attempt(key, broken, caller(key))
          expect([413, 422], `${broken.path.join('.')}: 10,001 items: ${told.text.slice(0, 300)}`).toContain(
            told.status,
          )
          expectRefusal(told, '10,001 items')
        }
      })
    }, 180_000)

    test('another customer’s id and one that nobody has are answered with the same bytes', async () => {
      const byId = async (id: string) => {
        const headers = { ...examples[key]?.headers, 'x-request-id': 'the-same-request' }
        const told = await caller(key).ask(methodOf(key), addressOf(key, id), { ...sentOf(examples[key]), headers })
        return `${told.status} ${told.type} ${told.text}`
      }
      if (key.includes('{id}')) {
        const told = await byId(idIn(pathOf(key), foreign))
        expect(told).toMatch(/^404 /)
        expect(told).toBe(await byId(NOWHERE))
      }
      for (const { path, what } of brokenBodies(key).filter((broken) => broken.what === 'foreign id')) {
        if (key === 'POST /temperature-logs' && path[0] === 'id') continue // minted by the caller: any is as good
        if (/^POST .(checklists|processes|probes)\b/.test(key) && path.at(-1) === 'id') continue // so is this
        if (path[0] === 'stepId') continue // and this
        if (path[0] === 'draft') continue // so are the parts of a checklist
        if (path[0] === 'photos' || path[0] === 'steps') continue // and so is this
        if (key.startsWith('POST /sync/')) continue // so are a device's own, and its answers tell the time
        const byField = (value: string) => attempt(key, { path, what, value, refused: true }, caller(key))
        expect(plain(await byField(foreignIdFor(path)))).toBe(plain(await byField(NOWHERE)))
      }
      for (const name of idParameters(key)) {
        const byParameter = (id: string) =>
          caller(key).ask(methodOf(key), withQuery(addressOf(key), { [name]: id }), sentOf(examples[key]))
        expect(plain(await byParameter(foreignIdFor([name])))).toBe(plain(await byParameter(NOWHERE)))
      }
    })
  })

  // Last, because some of it is accepted and changes what is there.
  test.each(keys)('%s keeps HTML and SQL as the text it is, and stands whatever comes', async (key) => {
    for (const broken of brokenBodies(key).filter(({ refused }) => !refused)) {
      const told = await attempt(key, broken, caller(key))
      const what = `${key} ${broken.path.join('.')}: ${broken.what}: ${told.text.slice(0, 300)}`
      expect(told.status, what).toBeLessThan(500)
      if (told.status >= 400) expectRefusal(told, what)
      // What is noted about a process, a hand-over or a presence has an id of its own; the answer is what it is about.
      if (
        /^POST .((processes|probes).\{id\}|checklists.\{id\}.(hand-overs|presences))/.test(key) &&
        broken.path[0] === 'id'
      )
        continue
      const kept = broken.path.length === 1 ? told.body?.[broken.path[0] as string] : undefined
      if (told.status < 300 && typeof kept === 'string') expect(kept, what).toBe(String(broken.value).trim())
    }
  })

  test('the server is alive, and every table is still there', async () => {
    expect((await fetch(`${whole.origin}/readyz`)).status).toBe(200)
    expect(Object.keys(await counts())).toEqual(Object.keys(manifest))
  })
})

const methodOf = (key: string) => key.split(' ')[0] as string
const pathOf = (key: string) => key.split(' ')[1] as string
const operationOf = (key: string) => document.paths[`/api/v1${pathOf(key)}`]?.[methodOf(key).toLowerCase()] as Operation
const addressOf = (key: RouteKey, id = key.includes('{id}') ? idIn(pathOf(key), own) : '') =>
  withQuery(pathOf(key).replace('{id}', id), examples[key]?.query)
const caller = (key: RouteKey) => (key.startsWith('POST /ingest') ? device : admin)
const sentOf = (example: Example | undefined): Sent => ({ body: example?.body, headers: example?.headers ?? {} })
const plain = ({ status, text }: Told) =>
  `${status} ${text.replaceAll(/[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/g, 'ID')}`

function withQuery(address: string, query: Record<string, string> = {}) {
  const [path = '', before] = address.split('?')
  const search = new URLSearchParams({ ...Object.fromEntries(new URLSearchParams(before)), ...query }).toString()
  return search ? `${path}?${search}` : path
}

const foreignIdFor = (path: readonly (string | number)[]): string => {
  const name = String(path.find((step) => typeof step === 'string'))
  return (
    { unitId: foreign?.unit, sensorId: foreign?.sensor, locationId: foreign?.location, ownerId: foreign?.action }[
      name
    ] ??
    foreign?.location ??
    NOWHERE
  )
}

const brokenBodies = (key: RouteKey): Broken[] =>
  places(key)
    .flatMap((place) => brokenAt(place, foreignIdFor(place.path)))
    .filter(({ path }) => isHeld(key, path))

function places(key: RouteKey): Place[] {
  const schema = operationOf(key).requestBody?.content['application/json']?.schema
  if (!schema) return []
  const refer = (name: string) => document.components.schemas[name.replace('#/components/schemas/', '')] as Schema
  return placesIn(schema, refer).filter(({ path }) => isHeld(key, path))
}

/** Of the kinds a question of a checklist or a recurrence can be, and of what it may leave out, the example holds one. */
function isHeld(key: RouteKey, path: readonly (string | number)[]): boolean {
  if (path[0] !== 'draft' && path[1] !== 'recurrence') return true
  const body = examples[key]?.body
  const holder = path.slice(0, -1).reduce<unknown>((value, step) => (value as Record<string, unknown>)?.[step], body)
  return typeof holder === 'object' && holder !== null
}

/** Each list of the body with 10,001 of what it holds in the example. */
function endlessLists(key: RouteKey): Broken[] {
  return places(key)
    .filter(({ schema }) => schema.type?.includes('array'))
    .map(({ path }) => {
      const held = path.reduce<unknown>(
        (value, step) => (value as Record<string, unknown>)?.[step],
        examples[key]?.body,
      )
      const item = Array.isArray(held) && held.length > 0 ? held[0] : NOWHERE
      return { path, what: '10,001 items', value: new Array(10_001).fill(item), refused: true }
    })
}

const attempt = (key: RouteKey, { path, value }: Broken, by: Caller) =>
  by.ask(methodOf(key), addressOf(key), {
    body: written(changed(examples[key]?.body, path, value)),
    headers: { 'content-type': 'application/json' },
  })

const idParameters = (key: RouteKey) =>
  (operationOf(key).parameters ?? []).flatMap((one) =>
    one.in === 'query' && one.schema.format === 'uuid' ? one.name : [],
  )

/** Addresses of the route with one thing wrong in each. */
function wrongAddresses(key: RouteKey): string[] {
  const parameters = (operationOf(key).parameters ?? []).filter((one) => one.in === 'query')
  const right = addressOf(key)
  const wrongIds = ['abc', '%00', '%zz', encodeURIComponent(SQL), encodeURIComponent(HTML), 'x'.repeat(2000), '0']
  return [
    ...(key.includes('{id}') ? wrongIds.map((id) => pathOf(key).replace('{id}', id)) : []),
    ...(parameters.length > 0 ? [withQuery(right, { surprise: '1' })] : []),
    ...parameters.flatMap(({ name, schema }) => [
      withQuery(right, { [name]: 'a\0b' }),
      `${withQuery(right, { [name]: '1' })}&${name}=2`,
      ...wrongValues(name, schema).map((value) => withQuery(right, { [name]: value })),
    ]),
  ]
}

function wrongValues(name: string, schema: Schema): string[] {
  if (name === 'cursor') return ['abc', SQL, 'x'.repeat(500)]
  const isNumber = ['integer', 'number'].includes(String(schema.type))
  if (isNumber) return ['NaN', 'Infinity', '1e309', '-1', '1.5', 'abc', '']
  return schema.enum || schema.format || schema.pattern ? ['abc', '', HTML, SQL] : ['', 'x'.repeat(5000)]
}

/** Bodies that are not even what they say they are. */
async function unreadableBodies(key: RouteKey) {
  const type = Object.keys(operationOf(key).requestBody?.content ?? {})[0] as string
  const send = async (body: string | Uint8Array, headers: Record<string, string> = {}) =>
    caller(key).ask(methodOf(key), addressOf(key), { body, headers: { 'content-type': type, ...headers } })
  if (routes[key]?.accepts?.streamed) {
    // Bytes as they come: nothing is unpacked, and what they are is told by what arrived in the end.
    expect((await send(gzipSync('{}'), { 'content-encoding': 'gzip' })).status, 'compressed').toBe(415)
    expectRefusal(await send('{}', { 'content-type': 'application/xml' }), 'another type')
    expectRefusal(await send(''), 'nothing at all, and no offset')
    return
  }
  const bomb = gzipSync(Buffer.alloc(64 * 1024 * 1024, ' '))
  expect((await send(bomb, { 'content-encoding': 'gzip' })).status, 'zip bomb').toBe(413)
  expectRefusal(await send(gzipSync('{}').subarray(0, 12), { 'content-encoding': 'gzip' }), 'truncated gzip')
  expect((await send('')).status, 'nothing at all').toBe(422)
  expectRefusal(await send('{}', { 'content-encoding': 'zebra' }), 'unknown encoding')
  expectRefusal(await send('{}', { 'content-type': 'application/xml' }), 'another type')
  if (type === 'application/json') expectRefusal(await send('{"a":'), 'half a document')
  else {
    expectRefusal(await send(Buffer.from('time,Käse\n', 'latin1')), 'not UTF-8')
    expectRefusal(await send('a,"b\nc'), 'an open quote')
    expectRefusal(await send('\0\0\0\0'), 'NUL')
  }
}

/** A refusal says what it is about in a shape programs can read; of a batch, each reading is refused by itself. */
function expectRefusal(told: Told, what: string) {
  const said = `${what}: ${told.status} ${told.text.slice(0, 400)}`
  if (told.status === 200 && Array.isArray(told.body?.results)) {
    expect(told.body, said).toMatchObject({ accepted: 0, results: [{ status: 'rejected', code: expect.any(String) }] })
    return
  }
  expect(told.status, said).toBeGreaterThanOrEqual(400)
  expect(told.status, said).toBeLessThan(500)
  expect(told.type, said).toContain('application/problem+json')
  expect(told.body, said).toMatchObject({
    status: told.status,
    code: expect.any(String),
    requestId: expect.any(String),
  })
  if (told.status === 422)
    expect(told.body.errors?.[0], said).toMatchObject({ path: expect.any(String), code: expect.any(String) })
}

/** An upload that began and was taken back is a change of which the evidence log forgets nothing. */
async function nothingIsStored(work: () => Promise<void>) {
  const { 'public.ledger_unsealed': _noted, ...before } = await counts()
  await work()
  const { 'public.ledger_unsealed': _more, ...after } = await counts()
  expect(after).toEqual(before)
}

async function counts(): Promise<Record<string, number>> {
  const each = Object.keys(manifest).map((table) => `select '${table}' as name, count(*)::int as rows from ${table}`)
  const result = await rows.query<{ name: string; rows: number }>(each.join(' union all '))
  const found = new Map(result.rows.map((row) => [row.name, row.rows]))
  return Object.fromEntries(Object.keys(manifest).map((table) => [table, found.get(table) ?? -1]))
}
