import { createHash, randomUUID } from 'node:crypto'
import { digestWith } from '@opsflow/capabilities/people/server'
import type { Actor } from '@opsflow/platform/actor'
import { drawLogo } from '@opsflow/platform/server/files/draw-logo'
import { emptyFolder } from '@opsflow/platform/server/files/folder.for-tests'
import { folderStorage } from '@opsflow/platform/server/files/folder-storage'
import { photoForTests, pictureForTests } from '@opsflow/platform/server/files/photo.for-tests'
import { type FileStorage, keptKey } from '@opsflow/platform/server/files/storage'
import { rateLimiter, rateLimitsOf } from '@opsflow/platform/server/http/rate-limit'
import { type Ask, serveForTests } from '@opsflow/platform/server/http/serve.for-tests'
import { paperRegister } from '@opsflow/platform/server/paper/register'
import { type TestDatabase, testDatabase } from '@opsflow/platform/server/postgres/for-tests'
import { foundTenant, hire } from '@opsflow/platform/server/postgres/tenant.for-tests'
import { type Database, openDatabase, openPool } from '@opsflow/platform/server/tenant'
import { strFromU8, unzipSync } from 'fflate'
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
let storage: FileStorage
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
  const digest = digestWith('pepper')
  const papers = paperRegister({ database, digest, publicUrl: 'https://ops.example.com' })
  storage = folderStorage(emptyFolder())
  const parts = { pool: auth, database, rateLimiter: limiter, digest, papers, storage, mailIsOn: true }
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
  expect(body.gaps).toEqual([
    { kind: 'plan_missing', count: 1 },
    { kind: 'days_without_readings', count: 1 },
  ])
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

/** As bytes: a file is no text. */
async function fetched(actor: Actor, path: string): Promise<Buffer> {
  const response = await fetch(origin + path, { headers: { authorization: `Bearer ${actor.id}` } })
  expect(response.status).toBe(200)
  return Buffer.from(await response.bytes())
}

const verify = async (code: string) => {
  const headers = { origin: 'https://ops.example.com', 'content-type': 'application/json' }
  const response = await fetch(`${origin}/papers/verifications`, {
    method: 'POST',
    headers,
    body: JSON.stringify({ code }),
  })
  // biome-ignore lint/suspicious/noExplicitAny: answers are looked into by tests
  return { status: response.status, body: (await response.json()) as any }
}

const codeOn = (pdf: Buffer) => /verify#([\w-]{22})/.exec(pdf.toString('latin1'))?.[1] ?? ''

test('whoever holds a paper sees by its code whether it is what was made', async () => {
  await ask(manager, `GET /inspector-packs/check?${query(downtown)}`)
  const pdf = await fetched(manager, `/inspector-packs/pack.pdf?${query(downtown)}`)
  const { status, body } = await verify(codeOn(pdf))
  expect(status).toBe(200)
  expect(body).toMatchObject({ kind: 'pack', ...days, givenTo: null, size: pdf.length })
  expect(body.sha256).toBe(createHash('sha256').update(pdf).digest('hex'))

  const { body: link } = await give(manager)
  const { status: followed } = await follow(link.secret, '/pack.pdf')
  expect(followed).toBe(200)
  const { rows } = await admin.query('select given_to from papers where given_to is not null')
  expect(rows).toContainEqual({ given_to: 'County officer' })

  const unknown = await verify('A'.repeat(22))
  await admin.query(`update tenants set status = 'suspended' where tenant_id = $1`, [manager.tenantId])
  const suspended = await verify(codeOn(pdf))
  await admin.query(`update tenants set status = 'active' where tenant_id = $1`, [manager.tenantId])
  expect(unknown.status).toBe(404)
  expect({ ...suspended.body, requestId: '' }).toEqual({ ...unknown.body, requestId: '' })
  expect((await verify('short')).status).toBe(422)
})

test('photos of a deviation go with a pack and a link only from whoever may see them', async () => {
  const { bytes, sha256 } = await photoForTests()
  await storage.put(keptKey(manager.tenantId, sha256), bytes)
  const [actionId, fileId] = [randomUUID(), randomUUID()]
  const hash = Buffer.from(sha256, 'hex')
  // Its alarm does not matter here.
  await admin.query('set session_replication_role = replica')
  await admin.query(
    `insert into corrective_actions (tenant_id, id, location_id, unit_id, alarm_id, opened_at, due_at)
     values ($1, $2, $3, $4, $2, '2026-11-03 18:00+00', '2026-11-03 19:00+00')`,
    [manager.tenantId, actionId, downtown, unitId],
  )
  await admin.query(
    `insert into files (tenant_id, id, location_id, captured_sha256, captured_size, stored_sha256, stored_size, media_type, captured_at, captured_quality, uploaded_by)
     values ($1, $2, $3, $4, $5, $4, $5, 'image/jpeg', now(), 'exact', 'x')`,
    [manager.tenantId, fileId, downtown, hash, bytes.length],
  )
  await admin.query(
    `insert into evidence (tenant_id, location_id, owner_kind, owner_id, file_id, sha256, named_at, arrived_at)
     values ($1, $2, 'corrective_action', $3, $4, $5, '2026-11-03 18:10+00', now())`,
    [manager.tenantId, downtown, actionId, fileId, hash],
  )
  await admin.query('set session_replication_role = origin')

  const seeing = { ...manager, id: randomUUID(), kind: 'key' as const }
  const permissions = new Map([...manager.permissions, ['evidence.read', new Set([downtown])] as const])
  const looker: Actor = { ...seeing, permissions }
  const countOf = async (actor: Actor) =>
    (await ask(actor, `GET /inspector-packs/check?${query(downtown)}`)).body.counts.photos
  expect([await countOf(manager), await countOf(looker)]).toEqual([0, 1])
  const imagesIn = async (actor: Actor) =>
    (await fetched(actor, `/inspector-packs/pack.pdf?${query(downtown)}`))
      .toString('latin1')
      .match(/\/Subtype \/Image/g)?.length ?? 0
  expect([await imagesIn(manager), await imagesIn(looker)]).toEqual([0, 1])

  const asked = { locationId: downtown, ...days, givenTo: 'County officer', photos: true }
  expect((await ask(manager, 'POST /inspector-links', asked)).status).toBe(403)
  const { body: link } = await ask(looker, 'POST /inspector-links', asked)
  expect(link.photos).toBe(true)
  expect((await follow(link.secret)).body.check.counts.photos).toBe(1)
})

test('the workbook holds the same records, its dates as a spreadsheet knows them, and no formulas', async () => {
  await admin.query(`update units set name = '=HYPERLINK("x")' where id = $1`, [unitId])
  const xlsx = unzipSync(await fetched(manager, `/inspector-packs/pack.xlsx?${query(downtown)}`))
  await admin.query(`update units set name = 'Walk-in' where id = $1`, [unitId])
  const text = (name: string) => strFromU8(xlsx[name] ?? new Uint8Array())
  const all = Object.keys(xlsx).map(text).join('')
  expect(text('xl/workbook.xml').match(/<sheet /g)).toHaveLength(9)
  expect(all).toContain('=HYPERLINK(')
  expect(all).not.toMatch(/<f[ >]/)
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

test('whoever follows a link sees the logo of who gave it; an unknown link leads to none', async () => {
  const { body: link } = await give(manager)
  expect((await follow(link.secret)).body.logo).toBeNull()
  expect((await follow(link.secret, '/logo.png')).status).toBe(404)
  const { png, sha256 } = await drawLogo(await pictureForTests({ r: 15, g: 118, b: 110 }))
  await storage.put(keptKey(manager.tenantId, sha256.toString('hex')), png)
  await admin.query(
    `insert into organization_logos (tenant_id, organization_id, sha256, size, width, height, vanishes_on_light, vanishes_on_dark, in_use, added_by)
     values ($1, $2, $3, $4, 120, 60, false, false, true, 'test')`,
    [manager.tenantId, manager.organizationId, sha256, png.length],
  )
  expect((await follow(link.secret)).body.logo).toEqual({
    ...{ width: 120, height: 60, vanishesOnLight: false, vanishesOnDark: false },
  })
  const shown = await follow(link.secret, '/logo.png')
  expect([shown.status, shown.headers.get('content-type')]).toEqual([200, 'image/png'])
  expect((await follow('A'.repeat(43), '/logo.png')).status).toBe(404)
  await admin.query('delete from organization_logos where tenant_id = $1', [manager.tenantId])
})
