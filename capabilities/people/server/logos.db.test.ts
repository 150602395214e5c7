import { randomUUID } from 'node:crypto'
import type { Actor } from '@opsflow/platform/actor'
import { emptyFolder } from '@opsflow/platform/server/files/folder.for-tests'
import { folderStorage } from '@opsflow/platform/server/files/folder-storage'
import { pictureForTests } from '@opsflow/platform/server/files/photo.for-tests'
import { keptKey } from '@opsflow/platform/server/files/storage'
import { type Ask, serveForTests } from '@opsflow/platform/server/http/serve.for-tests'
import { logoInUse, printedLogo } from '@opsflow/platform/server/paper/logo'
import { testDatabase } from '@opsflow/platform/server/postgres/for-tests'
import { foundTenant, hire } from '@opsflow/platform/server/postgres/tenant.for-tests'
import { openDatabase, openPool } from '@opsflow/platform/server/tenant'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Logo } from '../logo.ts'
import { logoImplementations } from './logo-handlers.ts'
import { isLogo } from './store-logos.ts'

let world: Awaited<ReturnType<typeof open>>
beforeAll(async () => {
  world = await open()
})
afterAll(() => world.close())

async function open() {
  const testDb = await testDatabase()
  const database = openDatabase({ url: testDb.urls.app, contextKey: testDb.contextKey, poolSize: 4, prepared: true })
  const admin = openPool(testDb.admin, 1)
  const [home, away] = [await foundTenant(database, 'Home'), await foundTenant(database, 'Away')]
  const chief = await hire(database, home, 'Ann', ['organization.manage'], 'all')
  const cook = await hire(database, home, 'Carl', ['tasks.read'], new Set([home.locations[0]]))
  const stranger = await hire(database, away, 'Fay', ['organization.manage'], 'all')
  const storage = folderStorage(emptyFolder())
  const parts = { storage, database, quotaBytes: 1_000_000 }
  const { ask, close, origin } = await serveForTests(logoImplementations(parts), database)
  return {
    ...{ database, storage, chief, cook, stranger, ask: ask as Ask, origin },
    rows: async <Row extends object>(sql: string, params: unknown[] = []) => (await admin.query<Row>(sql, params)).rows,
    async close() {
      await close()
      await Promise.all([database.close(), admin.end()])
      await testDb.drop()
    },
  }
}

let shade = 0
const picture = () => pictureForTests({ r: 10 + ++shade, g: 90, b: 120 })
const octets = { 'content-type': 'application/octet-stream' }
const send = (actor: Actor, bytes: Uint8Array) => world.ask(actor, 'POST /organization-logos', bytes, octets)
const inUse = async (actor: Actor) => (await world.ask(actor, 'GET /organization-logo')).body.logo as Logo | null
const choose = (actor: Actor, id: string | null) => world.ask(actor, 'PUT /organization-logo', { id })

test('sent, it is in use; taken away it is not, and can be had back; the next one takes its place', async () => {
  const { chief } = world
  expect(await inUse(chief)).toBeNull()
  const { status, body: first } = await send(chief, await picture())
  expect([status, await inUse(chief)]).toEqual([201, first])
  expect((await choose(chief, null)).body).toEqual({ logo: null })
  expect(await inUse(chief)).toBeNull()
  expect((await choose(chief, first.id)).body).toEqual({ logo: first })
  const { body: second } = await send(chief, await picture())
  expect((await inUse(chief))?.id).toBe(second.id)
  const events = await world.rows<{ before: object; after: object }>(
    `select before, after from events where name = 'people.logo_changed' order by at, id`,
  )
  expect(events.map(({ before, after }) => [before, after])).toEqual([
    [{ logo: null }, { logo: first.id }],
    [{ logo: first.id }, { logo: null }],
    [{ logo: null }, { logo: first.id }],
    [{ logo: first.id }, { logo: second.id }],
  ])
})

test('its bytes lie in the customer’s own folder, are given out as a picture and nothing else, and stand on papers', async () => {
  const { chief, storage, database, origin } = world
  const { body: logo } = await send(chief, await picture())
  const stored = await database.read(chief, logoInUse)
  const bytes = await storage.get(keptKey(chief.tenantId, stored?.sha256 ?? ''))
  expect(bytes?.length).toBe(stored?.size)
  const given = await fetch(`${origin}/organization-logos/${logo.id}`, {
    headers: { authorization: `Bearer ${chief.id}` },
  })
  expect(given.headers.get('content-type')).toBe('image/png')
  expect(given.headers.get('content-security-policy')).toBe(`default-src 'none'; sandbox`)
  expect(Buffer.from(await given.arrayBuffer())).toEqual(bytes)
  expect(await printedLogo(storage, chief.tenantId, stored)).toMatchObject({
    width: 120,
    height: 60,
    needsPlate: false,
  })
  expect(await database.read(chief, (tx) => isLogo(tx, stored?.sha256 ?? ''))).toBe(true)
})

test('the same picture again is the same logo, and takes no more room', async () => {
  const { chief } = world
  const bytes = await picture()
  const room = async () => (await world.rows<{ bytes: string }>('select sum(bytes) as bytes from file_usage'))[0]?.bytes
  const [first, before] = [(await send(chief, bytes)).body, await room()]
  await choose(chief, null)
  expect((await send(chief, bytes)).body).toEqual(first)
  expect([await inUse(chief), await room()]).toEqual([first, before])
})

test('of old ones ten stay, and their bytes are left to go', async () => {
  const { chief } = world
  for (let n = 0; n < 14; n++) await send(chief, await picture())
  const [{ count } = { count: '' }] = await world.rows<{ count: string }>('select count(*) from organization_logos')
  expect(Number(count)).toBe(11)
  const [{ left } = { left: '' }] = await world.rows<{ left: string }>('select count(*) as left from file_leavings')
  expect(Number(left)).toBeGreaterThan(0)
})

test('an SVG is refused in words, and changes nothing', async () => {
  const before = await inUse(world.chief)
  const { status, body } = await send(world.chief, Buffer.from('<svg><script>alert(1)</script></svg>'))
  expect([status, body.code]).toEqual([422, 'files.type_refused'])
  expect(body.detail).toMatch(/^SVG is a program/)
  expect(await inUse(world.chief)).toEqual(before)
})

test('another customer’s logo is not there, as one that never was; whoever does not manage the organization may nothing', async () => {
  const { chief, cook, stranger, ask } = world
  const { body: logo } = await send(chief, await picture())
  const [theirs, nobodys] = await Promise.all(
    [logo.id, randomUUID()].map((id) => ask(stranger, `GET /organization-logos/${id}`)),
  )
  expect(theirs?.status).toBe(404)
  expect({ ...nobodys?.body, requestId: '' }).toEqual({ ...theirs?.body, requestId: '' })
  const [chosen, none] = [await choose(stranger, logo.id), await choose(stranger, randomUUID())]
  expect([chosen.status, chosen.body.code, chosen.body.errors[0].path]).toEqual([422, 'people.logo_unknown', 'body.id'])
  expect({ ...none.body, requestId: '' }).toEqual({ ...chosen.body, requestId: '' })
  expect(await inUse(stranger)).toBeNull()
  expect((await ask(cook, 'GET /organization-logo')).status).toBe(403)
  expect((await ask(cook, `GET /organization-logos/${logo.id}`)).status).toBe(403)
  expect((await choose(cook, null)).status).toBe(403)
  expect((await send(cook, await picture())).status).toBe(403)
  expect((await inUse(chief))?.id).toBe(logo.id)
})
