import { proven } from '@opsflow/platform/server/proven.for-tests'
import fc from 'fast-check'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Example, examplesOf, idIn } from '../examples.ts'
import { Caller, type Things } from '../kitchen.ts'
import { PASSWORD, twoCustomers } from '../two-customers.ts'
import { wholeServer } from '../whole-server.ts'
import { asJson, type Bytes, broken, HEADERS, nasty, written } from './mutations.ts'
import { type Answer, rawRequests } from './raw-request.ts'
import { misfit, type Refer, type Schema, shaped } from './shapes.ts'

const CASES = Number(process.env.CASES ?? (process.env.LONG_TESTS ? 200 : 24))
const AT_ONCE = 6
const SEED = Number(process.env.SEED ?? 20_261_127)

/** A line of a stack, a statement, a name of what the product is made of. */
const INSIDES =
  /\\n\s+at \S|node_modules|node:internal|PostgresError|\b(insert into|delete from|select \w+(, \w+)* from) \w/i

type Content = Record<string, { schema: Schema }>
type Operation = {
  key: string
  method: string
  path: string
  parameters: { in: string; name: string; schema: Schema }[]
  body: { type: string; schema: Schema } | undefined
  answers: Record<string, { content?: Content }>
}
type Sent = { path: string; headers: Record<string, string>; body: Buffer | undefined }

let whole: Awaited<ReturnType<typeof wholeServer>>
let wire: ReturnType<typeof rawRequests>
let admin: Caller
let device: Caller
let own: Things
let foreign: Things
let examples: Record<string, Example>
let operations: Operation[]
let refer: Refer
let problem: Schema
let ids: string[]

beforeAll(async () => {
  whole = await wholeServer()
  wire = rawRequests(whole.origin)
  ;({ admin, own, foreign, device } = await twoCustomers(whole))
  examples = examplesOf(own)
  ids = [own, foreign].flatMap((things) =>
    Object.values(things).filter((value) => /^[0-9a-f-]{36}$/.test(String(value))),
  ) as string[]
  const { body: document } = await new Caller(whole.origin).ask('GET', '/openapi.json')
  refer = (name) => document.components.schemas[name.replace('#/components/schemas/', '')]
  operations = operationsOf(document)
  problem = operations[0]?.answers['422']?.content?.['application/problem+json']?.schema as Schema
}, 120_000)

afterAll(async () => {
  wire?.close()
  await whole?.close()
})

test(`nothing sent to any route breaks the server, and every answer keeps the contract (seed ${SEED})`, async () => {
  const found: string[] = []
  const statuses = new Map<string, number>()
  let succeeded = 0
  for (const operation of operations) {
    const sents = fc.sample(requestTo(operation), { seed: SEED, numRuns: CASES })
    let once = false
    await atOnce(sents, async (sent) => {
      const answer = await wire.send(
        operation.method,
        sent.path,
        { ...callerOf(operation).headers, ...sent.headers },
        sent.body,
      )
      const group = answer.status === 0 ? 'cut' : `${Math.floor(answer.status / 100)}xx`
      statuses.set(group, (statuses.get(group) ?? 0) + 1)
      once ||= answer.status >= 200 && answer.status < 300
      const wrong = wrongWith(operation, answer)
      if (wrong)
        found.push(
          `${operation.key} ${wrong}\n    ${sent.path.slice(0, 300)}\n    ${JSON.stringify(sent.headers).slice(0, 300)}\n    ${sent.body?.toString().slice(0, 1500) ?? ''}\n    → ${answer.text.slice(0, 600)}`,
        )
    })
    if (once) succeeded++
    await stillIn()
  }
  const requests = [...statuses.values()].reduce((sum, count) => sum + count, 0)
  const broke = (statuses.get('5xx') ?? 0) + (statuses.get('cut') ?? 0)
  proven('security', {
    title: 'Routes under nonsense',
    method: `Of every operation of the OpenAPI document ${CASES} requests: of the right shape, and with one to three things wrong in path, query, headers, body or its bytes. Held: never a 5xx, never a cut connection, refusals as problem+json that fit the document and tell of no insides, answers that fit their schema.`,
    findings: [
      { what: 'operations of the document asked', goal: 'all', seen: `${operations.length}` },
      { what: 'of them, that said yes at least once', seen: `${succeeded}` },
      { what: 'requests', seen: `${requests}` },
      { what: 'accepted', seen: `${statuses.get('2xx') ?? 0}` },
      { what: 'refused', seen: `${statuses.get('4xx') ?? 0}` },
      { what: 'broke the server', goal: '0', seen: `${broke}`, met: broke === 0 },
      { what: 'broke the contract', goal: '0', seen: `${found.length - broke}`, met: found.length === broke },
    ],
  })
  expect(found.slice(0, 40).join('\n'), `${found.length} findings`).toBe('')
  expect((await fetch(`${whole.origin}/readyz`)).status).toBe(200)
  expect(Object.keys(Object.prototype)).toEqual([])
}, 3_600_000)

function operationsOf(document: {
  paths: Record<
    string,
    Record<string, Operation & { requestBody?: { content: Content }; responses: Operation['answers'] }>
  >
}): Operation[] {
  const all = Object.entries(document.paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, { parameters = [], requestBody, responses }]) => {
      const [body] = Object.entries(requestBody?.content ?? {}).map(([type, { schema }]) => ({ type, schema }))
      const key = `${method.toUpperCase()} ${path.replace('/api/v1', '')}`
      return { key, method: method.toUpperCase(), path, parameters, body, answers: responses }
    }),
  )
  // What takes something away comes last, or little would be left to ask for.
  return [...all.filter(({ method }) => method !== 'DELETE'), ...all.filter(({ method }) => method === 'DELETE')]
}

const callerOf = ({ key }: Operation) => (key.startsWith('POST /ingest') ? device : admin)

/** A request that is right, or nearly, or not at all. */
function requestTo(operation: Operation): fc.Arbitrary<Sent> {
  return fc
    .record({
      path: addressOf(operation),
      sent: bodyOf(operation),
      headers: fc.oneof(
        { arbitrary: fc.constant({}), weight: 5 },
        { arbitrary: fc.constantFrom(...HEADERS), weight: 1 },
      ),
    })
    .map(({ path, sent, headers }) => ({
      path,
      headers: {
        ...(operation.body ? { 'content-type': operation.body.type } : {}),
        ...examples[operation.key]?.headers,
        ...headers,
        ...sent.headers,
      },
      body: sent.bytes,
    }))
}

function addressOf({ path, parameters }: Operation): fc.Arbitrary<string> {
  const known = path.includes('{id}') ? [idIn(path.replace('/api/v1', ''), own)] : ['']
  const bad = fc
    .constantFrom(...nasty)
    .map((value) => (typeof value === 'string' ? value.slice(0, 3_000) : asJson(value).slice(0, 3_000)))
  const text = fc.oneof(
    { arbitrary: fc.constantFrom(...known, ...known, ...ids), weight: 5 },
    { arbitrary: bad, weight: 1 },
  )
  const filled = fc
    .array(text, { minLength: 3, maxLength: 3 })
    .map((values) => path.replaceAll(/\{\w+\}/g, () => encoded(values.pop() ?? '')))
  const queries = parameters.filter((one) => one.in === 'query')
  const named = queries.map(({ name, schema }) =>
    fc.tuple(
      fc.constant(name),
      fc.oneof({ arbitrary: shaped(schema, refer, ids), weight: 3 }, { arbitrary: bad, weight: 1 }),
    ),
  )
  const stray = fc.constantFrom<[string, unknown]>(
    ['__proto__', '1'],
    ['constructor', 'x'],
    ['limit', '1e3'],
    ['cursor', 'W10'],
    ['a[b]', '1'],
  )
  const chosen = fc.tuple(...named.map((one) => fc.option(one, { freq: 2, nil: null })), fc.option(stray, { freq: 12 }))
  return fc.tuple(filled, chosen).map(([at, pairs]) => {
    const search = pairs.flatMap((pair) => (pair ? [`${encoded(pair[0])}=${encoded(pair[1])}`] : [])).join('&')
    return search ? `${at}?${search}` : at
  })
}

const encoded = (value: unknown) => encodeURIComponent(String(value).toWellFormed())

function bodyOf({ key, body }: Operation): fc.Arbitrary<{ bytes?: Buffer; headers?: Record<string, string> }> {
  if (!body) return fc.constant({})
  if (body.type !== 'application/json') return bytesFor(examples[key]?.body)
  const example = fc.constant(examples[key]?.body ?? null)
  const right = shaped(body.schema, refer, ids)
  const value = fc.oneof(
    { arbitrary: right, weight: 2 },
    { arbitrary: broken(right), weight: 2 },
    { arbitrary: broken(example), weight: 4 },
    { arbitrary: example, weight: 1 },
    { arbitrary: fc.constantFrom(...nasty), weight: 1 },
  )
  return value.chain((made) => written(asJson(made)))
}

/** Bodies that are no JSON: cut, turned round, and put together of parts. */
function bytesFor(example: unknown): fc.Arbitrary<Bytes> {
  const right = Buffer.from(example instanceof Uint8Array ? example : String(example ?? ''))
  return fc.oneof(
    fc.constant({ bytes: right }),
    fc.nat(right.length).map((end) => ({ bytes: right.subarray(0, end) })),
    fc.tuple(fc.nat(Math.max(0, right.length - 1)), fc.nat(255)).map(([at, byte]) => ({
      bytes: Buffer.concat([right.subarray(0, at), Buffer.from([byte]), right.subarray(at + 1)]),
    })),
    fc.uint8Array({ maxLength: 400 }).map((bytes) => ({ bytes: Buffer.from(bytes) })),
    fc.string({ maxLength: 400, unit: 'binary' }).map((text) => ({ bytes: Buffer.from(text.toWellFormed()) })),
  )
}

/** What an answer must never be. */
function wrongWith({ method, answers }: Operation, { status, headers, text }: Answer): string | undefined {
  if (status === 0) return 'no answer'
  if (status >= 500) return `answered ${status}`
  if (status >= 400 && INSIDES.test(text)) return 'tells of its insides'
  if (headers['x-content-type-options'] !== 'nosniff') return 'lets a browser guess'
  const type = String(headers['content-type'] ?? '').split(';')[0]
  if (status >= 400) {
    if (type !== 'application/problem+json') return `refuses as ${type}`
    const body = JSON.parse(text)
    const wrong = misfit(problem, body, refer) ?? (body.status === status ? undefined : 'tells another status')
    if (wrong) return `a problem that is none: ${wrong}`
    return (answers[status] ?? answers['4XX']) ? undefined : `${status} is not in the document`
  }
  const promised = answers[status]
  if (!promised) return `${status} is not in the document`
  if (type !== 'application/json' || method === 'HEAD') return undefined
  const wrong = misfit(promised.content?.['application/json']?.schema ?? {}, JSON.parse(text), refer)
  return wrong && `the answer breaks its contract: ${wrong}`
}

/** Someone who signed herself out, or was put out, comes in again: the next route is asked by someone who may. */
async function stillIn() {
  if ((await admin.ask('GET', '/session')).status !== 200)
    admin = await new Caller(whole.origin).signedIn('ada@own.example', PASSWORD)
}

async function atOnce<T>(items: T[], work: (item: T) => Promise<void>) {
  const waiting = [...items]
  const worker = async () => {
    for (let item = waiting.shift(); item !== undefined; item = waiting.shift()) await work(item)
  }
  await Promise.all(Array.from({ length: AT_ONCE }, worker))
}
