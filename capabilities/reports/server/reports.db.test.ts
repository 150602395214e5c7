import { randomUUID } from 'node:crypto'
import { digestWith } from '@opsflow/capabilities/people/server'
import type { Actor } from '@opsflow/platform/actor'
import { rateLimiter, rateLimitsOf } from '@opsflow/platform/server/http/rate-limit'
import { type Ask, serveForTests } from '@opsflow/platform/server/http/serve.for-tests'
import { type TestDatabase, testDatabase } from '@opsflow/platform/server/postgres/for-tests'
import { foundTenant, hire } from '@opsflow/platform/server/postgres/tenant.for-tests'
import { type Database, openDatabase, openPool } from '@opsflow/platform/server/tenant'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { reportsPermissions } from '../permissions.ts'
import { reportImplementations } from './index.ts'

let testDb: TestDatabase
let database: Database
let admin: ReturnType<typeof openPool>
let auth: ReturnType<typeof openPool>
let downtown: string
let airport: string
let manager: Actor
let cook: Actor
let pilot: Actor
let stranger: Actor
let ask: Ask
let close: () => Promise<void>
let origin: string
let unitId: string
const days = { from: '2026-11-02', to: '2026-11-04' }

beforeAll(async () => {
  testDb = await testDatabase()
  database = openDatabase({ url: testDb.urls.app, contextKey: testDb.contextKey, poolSize: 4, prepared: true })
  admin = openPool(testDb.admin, 1)
  auth = openPool(testDb.urls.auth, 2)
  const [home, away] = [await foundTenant(database, 'Home'), await foundTenant(database, 'Away')]
  ;[downtown, airport] = home.locations
  const everything = Object.keys(reportsPermissions)
  manager = await hire(database, home, 'Mona', everything, new Set([downtown]))
  cook = await hire(database, home, 'Carl', ['tasks.read'], new Set([downtown]))
  pilot = await hire(database, home, 'Paul', everything, new Set([airport]))
  stranger = await hire(database, away, 'Fay', everything, 'all')
  unitId = randomUUID()
  await admin.query(
    `insert into units (tenant_id, id, location_id, name, kind, created_by, created_at)
     values ($1, $2, $3, 'Walk-in', 'walk_in_cooler', $4, '2026-10-01')`,
    [home.tenantId, unitId, downtown, manager.id],
  )
  // The business day begins at four: two in the morning of the third is still the second.
  await admin.query(
    `insert into temperature_hours (tenant_id, id, location_id, unit_id, hour, readings, compliant, judged, min_milli_c, max_milli_c, sum_milli_c)
     select $1, $2, $3, $2, (at::timestamp at time zone l.timezone), 6, ok, 6, 2500, hot, 18000
       from locations l, (values ('2026-11-02 10:00', 6, 3400), ('2026-11-03 02:00', 5, 6100), ('2026-11-05 03:00', 6, 3000), ('2026-11-05 09:00', 6, 9900)) v (at, ok, hot)
      where l.tenant_id = $1 and l.id = $3`,
    [home.tenantId, unitId, downtown],
  )
  const limiter = rateLimiter(rateLimitsOf(100_000), undefined)
  const parts = { pool: auth, database, rateLimiter: limiter, digest: digestWith('pepper') }
  ;({ ask, close, origin } = await serveForTests(reportImplementations(parts), database))
})
afterAll(async () => {
  await close()
  await Promise.all([database.close(), admin.end(), auth.end()])
  await testDb.drop()
})

const query = (locationId: string) => new URLSearchParams({ locationId, ...days })
const give = (actor: Actor, locationId = downtown) =>
  ask(actor, 'POST /inspector-links', { locationId, ...days, givenTo: 'County officer' })

/** As whoever has the link, without an account. */
async function follow(secret: string, what = '') {
  const headers = { origin: 'https://ops.example.com', 'content-type': 'application/json' }
  const response = await fetch(`${origin}/inspections${what}`, {
    method: 'POST',
    headers,
    body: JSON.stringify({ secret }),
  })

  const isText = response.headers.get('content-type')?.includes('json')
  // biome-ignore lint/suspicious/noExplicitAny: answers are looked into by tests
  return { status: response.status, headers: response.headers, body: isText ? ((await response.json()) as any) : null }
}

test('what a pack holds is counted by business days, and what is missing is told', async () => {
  const { status, body } = await ask(manager, `GET /inspector-packs/check?${query(downtown)}`)
  expect([status, body.counts.units, body.counts.readings]).toEqual([200, 1, 18])
  expect(body.gaps).toEqual([{ kind: 'days_without_readings', count: 1 }])
})

test('it is drawn as a PDF in the language asked for', async () => {
  const { status, headers } = await ask(manager, `GET /inspector-packs/pack.pdf?${query(downtown)}&language=es`)
  expect([status, headers.get('content-type')]).toEqual([200, 'application/pdf'])
  expect(headers.get('content-disposition')).toBe('attachment; filename="records-2026-11-02-to-2026-11-04.pdf"')
})

test('days that are none, or too many, are refused by their field', async () => {
  for (const [from, to] of [
    ['2026-11-04', '2026-11-02'],
    ['2025-01-01', '2026-11-04'],
  ] as const) {
    const asked = new URLSearchParams({ locationId: downtown, from, to })
    const { status, body } = await ask(manager, `GET /inspector-packs/check?${asked}`)
    expect([status, body.errors[0].path]).toEqual([422, 'query.to'])
  }
})

test('nobody sees another location’s or another tenant’s records, and a cook makes none', async () => {
  for (const key of ['check', 'pack.pdf'] as const) {
    for (const actor of [pilot, stranger]) {
      const theirs = await ask(actor, `GET /inspector-packs/${key}?${query(downtown)}`)
      const none = await ask(actor, `GET /inspector-packs/${key}?${query(randomUUID())}`)
      expect([theirs.status, theirs.body.code]).toEqual([404, 'not_found'])
      expect({ ...none.body, requestId: '' }).toEqual({ ...theirs.body, requestId: '' })
    }
    expect((await ask(cook, `GET /inspector-packs/${key}?${query(downtown)}`)).status).toBe(403)
  }
})

test('a link shows its records without an account, is noted, and ends when it is revoked', async () => {
  const { status, body: link } = await give(manager)
  expect([status, link.visits, link.createdBy.name]).toEqual([201, 0, 'Mona'])
  const shown = await follow(link.secret)
  expect([shown.status, shown.body.givenTo, shown.body.check.counts.readings]).toEqual([200, 'County officer', 18])
  const file = await follow(link.secret, '/pack.pdf')
  expect([file.status, file.headers.get('content-type')]).toEqual([200, 'application/pdf'])

  const { body: listed } = await ask(manager, `GET /inspector-links?locationId=${downtown}`)
  expect(listed.items[0]).toMatchObject({ id: link.id, visits: 2 })
  expect(JSON.stringify(listed)).not.toContain(link.secret)
  const { body: visits } = await ask(manager, `GET /inspector-links/${link.id}/visits`)
  expect(visits.items.map(({ what }: { what: string }) => what)).toEqual(['file', 'opened'])

  expect((await ask(manager, `DELETE /inspector-links/${link.id}`)).body.revokedAt).not.toBeNull()
  expect((await ask(manager, `DELETE /inspector-links/${link.id}`)).status).toBe(200)
  const gone = await follow(link.secret)
  const unknown = await follow('A'.repeat(43))
  expect(gone.status).toBe(404)
  expect({ ...gone.body, requestId: '' }).toEqual({ ...unknown.body, requestId: '' })
  const events = await admin.query<{ name: string }>(`select name from events where subject_id = $1 order by id`, [
    link.id,
  ])
  expect(events.rows.map(({ name }) => name)).toEqual(['reports.link_given', 'reports.link_revoked'])
})

test('a link that is over, and one of a suspended customer, lead nowhere', async () => {
  const { body: link } = await give(manager)
  const status = async () => (await follow(link.secret)).status
  await admin.query(`update tenants set status = 'suspended' where tenant_id = $1`, [manager.tenantId])
  expect(await status()).toBe(404)
  await admin.query(`update tenants set status = 'active' where tenant_id = $1`, [manager.tenantId])
  expect(await status()).toBe(200)
  await admin.query(`update inspector_links set expires_at = now() where id = $1`, [link.id])
  expect(await status()).toBe(404)
})

test('links are given, seen and revoked only where one may', async () => {
  const { body: link } = await give(manager)
  for (const actor of [pilot, stranger]) {
    expect((await give(actor)).status).toBe(404)
    expect((await ask(actor, `GET /inspector-links?locationId=${downtown}`)).status).toBe(404)
    expect((await ask(actor, `GET /inspector-links/${link.id}/visits`)).status).toBe(404)
    expect((await ask(actor, `DELETE /inspector-links/${link.id}`)).status).toBe(404)
  }
  expect((await give(cook)).status).toBe(403)
  expect((await ask(cook, `DELETE /inspector-links/${link.id}`)).status).toBe(403)
})
