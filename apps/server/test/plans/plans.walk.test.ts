import { join } from 'node:path'
import { lookAfterMatters } from '@opsflow/capabilities/alerts/server'
import { proven } from '@opsflow/platform/server/proven.for-tests'
import { openDatabase, openPool } from '@opsflow/platform/server/tenant'
import pg from 'pg'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { examplesOf, idIn } from '../examples.ts'
import { Caller, furnish, type Sent, type Things } from '../kitchen.ts'
import { wholeServer } from '../whole-server.ts'
import { crowd } from './crowd.ts'
import { isPlanned, monthsIn, type Plan, planOf, unledReads, waysOf } from './plan.ts'
import { listenTo, type Said } from './said.ts'

/** What is asked most, or over most: how the database goes about each is kept in `known/`. */
const HOT = [
  'GET /session',
  'GET /dashboard',
  'GET /tasks',
  'GET /tasks/{id}',
  'GET /checklists',
  'GET /checklists/{id}',
  'GET /units',
  'GET /units/{id}/series',
  'GET /temperature-logs',
  'GET /corrective-actions',
  'GET /alarms',
  'GET /audits',
  'GET /findings',
  'GET /matters',
  'GET /events',
  'POST /tasks',
  'POST /temperature-logs',
  'POST /ingest/readings',
  'POST /sync/pull',
]

/** These would end what the walk goes on with: its session, its account, what is looked at next. */
const ENDS = /^DELETE |first-run|^POST .account|^PATCH .account|password|^DELETE .session/

/** Read along an index that does not begin with the tenant, and why that is right. */
const UNLED: Readonly<Record<string, string>> = {
  'all of invitations_token': 'a random token is the whole condition: the index leads to one row of anybody',
  'all of matters_due':
    'of what waits to be looked at again; taken only where it is less than what is open at the place',
}

const CUSTOMERS = 30
/** So much of a statement stands above its ways, for people to know it by. */
const TOLD = 60
let whole: Awaited<ReturnType<typeof wholeServer>>
let superuser: pg.Client
let app: pg.Client
let admin: Caller
let own: Things
let fullMonth: string
const said = new Map<string, Said[]>()

beforeAll(async () => {
  whole = await wholeServer()
  superuser = new pg.Client(whole.database.admin)
  app = new pg.Client(whole.database.urls.app)
  await Promise.all([superuser.connect(), app.connect()])
  const nobody = new Caller(whole.origin)
  const founder = { name: 'Ada', email: 'ada@own.example', password: 'correct horse battery staple' }
  const place = { organizationName: 'Own', locationName: 'Main', timezone: 'America/Chicago', jurisdiction: 'us' }
  await nobody.must('POST', '/first-run', { body: { ...place, ...founder } })
  admin = await nobody.signedIn(founder.email, founder.password)
  own = await furnish(admin, 'own', look)
  const { rows } = await superuser.query<{ id: string }>('select tenant_id as id from organizations')
  await crowd(superuser, rows[0]?.id as string, CUSTOMERS)
  fullMonth = await fullestMonth()
  const document = await admin.must('GET', '/openapi.json')
  const keys = Object.entries(document.paths as Record<string, object>).flatMap(([path, operations]) =>
    Object.keys(operations).map((method) => `${method.toUpperCase()} ${path.replace('/api/v1', '')}`),
  )
  // What is hot comes first: later something may go on in the background of what was asked.
  for (const key of [...HOT, ...keys.filter((one) => !ENDS.test(one) && !HOT.includes(one))]) {
    said.set(key, await saidFor(key))
  }
}, 300_000)

afterAll(async () => {
  await Promise.all([superuser?.end(), app?.end()])
  await whole?.close()
})

test('whatever a route asks of a tenant’s table is led by the tenant', async () => {
  const each = new Map([...said].flatMap(([key, all]) => all.map((one) => [one.sql, { key, one }] as const)))
  const found: string[] = []
  for (const { key, one } of each.values()) {
    for (const read of unledReads(await plan(one, { cornered: true }))) {
      if (!(read in UNLED)) found.push(`${key}: ${read}: ${inOneLine(one.sql).slice(0, 300)}`)
    }
  }
  expect(found, 'Give the statement a condition on tenant_id, or its table an index that begins with it').toEqual([])
  expect(each.size).toBeGreaterThan(300)
  proven('plans', {
    title: 'No table is read whole',
    method: `One customer with one of everything stands among ${CUSTOMERS} others with as much, each row many times. Every route is asked once; each statement it says as the runtime role is planned again with sequential scans priced out. What is then still read whole, or along an index that does not begin with the tenant, has no index to go by.`,
    findings: [
      { what: 'routes asked', seen: String(said.size) },
      { what: 'statements planned', seen: String(each.size) },
      { what: 'reads that are not led by the tenant', goal: '0', seen: String(found.length), met: found.length === 0 },
    ],
    notes: [
      ...Object.entries(UNLED).map(([read, why]) => `Allowed: ${read}: ${why}.`),
      'Statements of jobs, of identity and of the relay, which speak as roles of their own, are not among them.',
    ],
  })
})

test.each(HOT)('%s is gone about as it was', async (key) => {
  const parts: string[] = []
  for (const one of said.get(key) ?? []) {
    parts.push(
      [`-- ${inOneLine(one.sql).slice(0, TOLD)} …`, ...waysOf(await plan(one, { cornered: true }), fullMonth)].join(
        '\n',
      ),
    )
  }
  expect(parts.length).toBeGreaterThan(0)
  const file = `${key
    .replaceAll(/[^\w]+/g, '-')
    .replace(/-$/, '')
    .toLowerCase()}.txt`
  await expect(`${parts.join('\n\n')}\n`).toMatchFileSnapshot(join(import.meta.dirname, 'known', file))
})

test('readings of some days are looked for in their months only', async () => {
  const from = new Date(Date.now() - 3 * 86_400_000).toISOString()
  const days = { from, to: new Date().toISOString() }
  const all = await superuser.query(`select from pg_inherits where inhparent = 'temperature_logs'::regclass`)
  const seen: Record<string, string | number>[] = []
  for (const [key, query] of [
    ['GET /temperature-logs', { unitId: own.unit, ...days }],
    ['GET /units/{id}/series', days],
  ] as const) {
    let most = 0
    for (const one of await saidFor(key, query)) {
      if (one.sql.includes('temperature_logs')) most = Math.max(most, monthsIn(await plan(one, { done: true })).length)
    }
    expect(most, key).toBeGreaterThan(0)
    expect(most, `${key}: three days lie in two months at most`).toBeLessThanOrEqual(2)
    seen.push({ route: key, 'months there are': all.rowCount ?? 0, 'months looked into': most })
  }
  proven('plans', {
    title: 'Readings of some days are looked for in their months',
    method:
      'Readings lie in a table for each month. Three days are asked for, and what was really looked into is counted.',
    findings: [],
    table: seen,
  })
})

const plan = (one: Said, how: { cornered?: boolean; done?: boolean } = {}): Promise<Plan> =>
  planOf(app, whole.database.contextKey, one, how)

/** What the server says when a route is asked with its example: each statement once. */
async function saidFor(key: string, query = examplesOf(own)[key]?.query): Promise<Said[]> {
  const [method = '', path = ''] = key.split(' ')
  const { body, headers = {} } = examplesOf(own)[key] ?? {}
  const address = path.replace('{id}', path.includes('{id}') ? idIn(path, own) : '')
  const by = key.startsWith('POST /ingest') ? admin.withKey(own.deviceKey) : admin
  const all = await listenTo(async () => {
    await by.ask(method, query ? `${address}?${new URLSearchParams(query)}` : address, { body, headers } as Sent)
  })
  return [...new Map(all.filter(isPlanned).map((one) => [one.sql, one])).values()]
}

const inOneLine = (sql: string) => sql.replaceAll(/\s+/g, ' ').trim()

async function fullestMonth(): Promise<string> {
  const { rows } = await superuser.query<{ name: string }>(
    `select c.relname as name from pg_inherits i join pg_class c on c.oid = i.inhrelid
      where i.inhparent = 'temperature_logs'::regclass order by c.reltuples desc limit 1`,
  )
  return rows[0]?.name ?? ''
}

/** What the job of alerts would do now; jobs rest here. */
async function look() {
  const { urls, contextKey } = whole.database
  const relayPool = openPool(urls.relay, 1)
  const database = openDatabase({ url: urls.app, contextKey, poolSize: 1, prepared: true })
  await lookAfterMatters({ database, relayPool, waysOn: new Set() })
  await Promise.all([database.close(), relayPool.end()])
}
