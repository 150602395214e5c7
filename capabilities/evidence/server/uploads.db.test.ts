import { readdirSync } from 'node:fs'
import { request } from 'node:http'
import { join } from 'node:path'
import { rolePermissions } from '@opsflow/capabilities/people'
import type { Actor } from '@opsflow/platform/actor'
import { emptyFolder } from '@opsflow/platform/server/files/folder.for-tests'
import { folderStorage } from '@opsflow/platform/server/files/folder-storage'
import {
  beginning,
  from,
  named,
  type Photo,
  photoForTests,
  widthOf,
} from '@opsflow/platform/server/files/photo.for-tests'
import { sweepUploads } from '@opsflow/platform/server/files/sweep'
import { serveForTests } from '@opsflow/platform/server/http/serve.for-tests'
import { testDatabase } from '@opsflow/platform/server/postgres/for-tests'
import { foundTenant, hire } from '@opsflow/platform/server/postgres/tenant.for-tests'
import { openDatabase, openPool } from '@opsflow/platform/server/tenant'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { evidenceImplementations, filesOfEvidence } from './index.ts'

let world: Awaited<ReturnType<typeof open>>
beforeAll(async () => {
  world = await open()
})
afterAll(() => world.close())

test('a photo arrives in pieces, is proven by its hash, and is given out without what was hidden in it', async () => {
  const photo = await photoForTests()
  const begun = await begin(world.cook, photo)
  expect(begun).toMatchObject({ status: 201, body: { state: 'receiving', offset: 0, size: photo.bytes.length } })
  expect(begun.headers.get('location')).toBe(`/api/v1/files/uploads/${photo.id}`)
  expect(begun.headers.get('upload-expires')).toBeTruthy()
  const half = photo.bytes.length >> 1
  const first = await send(world.cook, photo, 0, photo.bytes.subarray(0, half))
  expect([first.status, first.headers.get('upload-offset')]).toEqual([204, String(half)])
  const head = await world.ask(world.cook, `HEAD /files/uploads/${photo.id}`)
  expect(Object.fromEntries(head.headers)).toMatchObject({
    'upload-offset': String(half),
    'upload-length': String(photo.bytes.length),
    'tus-resumable': '1.0.0',
    'cache-control': 'no-store',
  })
  const last = await send(world.cook, photo, half, photo.bytes.subarray(half))
  expect([last.status, last.headers.get('upload-state')]).toEqual([204, 'stored'])
  expect((await world.ask(world.cook, `GET /files/uploads/${photo.id}`)).body).toMatchObject({
    state: 'stored',
    offset: photo.bytes.length,
    sha256: photo.sha256,
  })

  const given = await download(world.cook, `/files/${photo.id}`)
  expect(given.status).toBe(200)
  expect(await widthOf(given.bytes)).toBe(400)
  expect(Object.fromEntries(given.headers)).toMatchObject({
    'content-type': 'image/jpeg',
    'content-length': String(given.bytes.length),
    'x-content-type-options': 'nosniff',
    'content-security-policy': `default-src 'none'; sandbox`,
    'content-disposition': `inline; filename="${photo.id}.jpg"`,
    'cache-control': 'private, max-age=86400, immutable',
  })
  const small = await download(world.cook, `/files/${photo.id}?variant=thumbnail`)
  expect(await widthOf(small.bytes)).toBe(320)
  expect(readdirSync(join(world.folder, 'u', world.home.tenantId))).toEqual([])
})

test('beginning again finds the upload where it stands, and a stored file as stored', async () => {
  const photo = await photoForTests()
  await begin(world.cook, photo)
  await send(world.cook, photo, 0, photo.bytes.subarray(0, 1000))
  expect((await begin(world.cook, photo)).body).toMatchObject({ state: 'receiving', offset: 1000 })
  await send(world.cook, photo, 1000, photo.bytes.subarray(1000))
  expect((await begin(world.cook, photo)).body).toMatchObject({ state: 'stored', sha256: photo.sha256 })
  // The answer to the last bytes was lost on the way: sending nothing from the end on is answered as if it had come.
  const again = await send(world.cook, photo, photo.bytes.length, Buffer.of())
  expect([again.status, again.headers.get('upload-state')]).toEqual([204, 'stored'])
})

test('the id belongs to the first who named bytes with it', async () => {
  const photo = await photoForTests()
  const other = { ...(await photoForTests()), id: photo.id }
  await begin(world.cook, photo)
  expect(await begin(world.cook, other)).toMatchObject({ status: 409, body: { code: 'files.id_taken' } })
  await send(world.cook, photo, 0, photo.bytes)
  expect(await begin(world.cook, other)).toMatchObject({ status: 409, body: { code: 'files.id_taken' } })
})

test('what came before a connection broke is kept', async () => {
  const photo = await photoForTests(1200)
  expect(photo.bytes.length).toBeGreaterThan(600_000)
  await begin(world.cook, photo)
  await cutOff(world.cook, photo, 600_000)
  await expect.poll(() => offsetOf(photo)).toBe(600_000)
  const rest = await send(world.cook, photo, 600_000, photo.bytes.subarray(600_000))
  expect(rest.headers.get('upload-state')).toBe('stored')
})

test('bytes from anywhere but where it stands are refused, and the answer says where', async () => {
  const photo = await photoForTests()
  await begin(world.cook, photo)
  await send(world.cook, photo, 0, photo.bytes.subarray(0, 500))
  for (const offset of [0, 499, 501, 999_999]) {
    expect(await send(world.cook, photo, offset, photo.bytes.subarray(0, 10))).toMatchObject({
      status: 409,
      body: { code: 'files.offset_differs', errors: [{ message: '500' }] },
    })
  }
  for (const offset of ['-1', '1e3', '', 'x', '0x10']) {
    const told = await world.ask(world.cook, `PATCH /files/uploads/${photo.id}`, photo.bytes, {
      ...from(0),
      'upload-offset': offset,
    })
    expect([told.status, told.body?.code], offset).toEqual([400, 'files.header_invalid'])
  }
})

test('two who send the same bytes at once: they are there once', async () => {
  const photo = await photoForTests(600)
  await begin(world.cook, photo)
  const both = await Promise.all([1, 2].map(() => send(world.cook, photo, 0, photo.bytes)))
  expect(both.map(({ status }) => status).sort()).toContain(204)
  for (const { status } of both) expect([204, 409]).toContain(status)
  expect((await world.ask(world.cook, `GET /files/uploads/${photo.id}`)).body).toMatchObject({ state: 'stored' })
  expect(await world.count('files', photo.id)).toBe(1)
})

test('bytes that are not those that were promised are thrown away, and may be sent again', async () => {
  const photo = await photoForTests()
  await begin(world.cook, photo)
  const wrong = Buffer.from(photo.bytes)
  wrong[1000] = (wrong[1000] ?? 0) ^ 1
  expect(await send(world.cook, photo, 0, wrong)).toMatchObject({ status: 422, body: { code: 'files.hash_differs' } })
  expect(await download(world.cook, `/files/${photo.id}`)).toMatchObject({ status: 404 })
  expect(await offsetOf(photo)).toBe(0)
  expect((await send(world.cook, photo, 0, photo.bytes)).headers.get('upload-state')).toBe('stored')
})

test('more bytes than were promised are refused', async () => {
  const photo = await photoForTests()
  await begin(world.cook, photo)
  const more = Buffer.concat([photo.bytes, Buffer.from('more')])
  expect(await send(world.cook, photo, 0, more)).toMatchObject({
    status: 413,
    body: { code: 'files.longer_than_said' },
  })
  expect(await download(world.cook, `/files/${photo.id}`)).toMatchObject({ status: 404 })
})

test('what is no picture and no PDF is refused by what it is, and stays refused', async () => {
  const page = named(Buffer.from('<!doctype html><script>alert(1)</script>'))
  await begin(world.cook, page)
  expect(await send(world.cook, page, 0, page.bytes)).toMatchObject({
    status: 422,
    body: { code: 'files.type_refused' },
  })
  expect((await world.ask(world.cook, `GET /files/uploads/${page.id}`)).body).toMatchObject({
    state: 'refused',
    code: 'files.type_refused',
  })
  expect(await send(world.cook, page, 0, page.bytes)).toMatchObject({ status: 422 })
  expect(await download(world.cook, `/files/${page.id}`)).toMatchObject({ status: 404 })
})

test('a PDF is handed out as a download only', async () => {
  const paper = named(Buffer.from('%PDF-1.7\n1 0 obj\n%%EOF\n'))
  await begin(world.cook, paper)
  await send(world.cook, paper, 0, paper.bytes)
  const given = await download(world.cook, `/files/${paper.id}`)
  expect(given.headers.get('content-disposition')).toBe(`attachment; filename="${paper.id}.pdf"`)
  expect(given.bytes).toEqual(paper.bytes)
})

test.each([
  ['no version', { 'tus-resumable': '' }, 412, 'files.tus_version'],
  ['another version', { 'tus-resumable': '0.2.2' }, 412, 'files.tus_version'],
  ['no length', { 'upload-length': '' }, 400, 'files.header_invalid'],
  ['no bytes at all', { 'upload-length': '0' }, 400, 'files.header_invalid'],
  ['more than anyone may send', { 'upload-length': String(21 * 1024 * 1024) }, 413, 'files.too_large'],
  ['a length that is none', { 'upload-length': '12e3' }, 400, 'files.header_invalid'],
  ['no metadata', { 'upload-metadata': '' }, 400, 'files.header_invalid'],
  ['metadata of another making', { 'upload-metadata': 'id,sha256 !!!,,,= =' }, 400, 'files.header_invalid'],
])('an upload with %s is refused', async (_what, headers, status, code) => {
  const photo = await photoForTests(16)
  const sent = { ...beginning(photo, world.downtown), ...headers }
  const told = await world.ask(world.cook, 'POST /files/uploads', undefined, sent)
  expect([told.status, told.body?.code]).toEqual([status, code])
  expect(await world.count('file_uploads', photo.id)).toBe(0)
})

test.each([
  ['id', '../../etc/passwd'],
  ['sha256', 'ABC'],
  ['locationId', ''],
  ['capturedAt', 'yesterday'],
  ['capturedQuality', 'perfect'],
])('metadata with a wrong %s is refused by its name', async (name, value) => {
  const photo = await photoForTests(16)
  const told = await begin(world.cook, photo, world.downtown, { [name]: value })
  expect(told).toMatchObject({ status: 400, body: { errors: [{ path: `header.upload-metadata.${name}` }] } })
})

test('when a photo was taken is derived from the device’s clocks, however wrong they are', async () => {
  const photo = await photoForTests(16)
  const clocks = (monotonicMs: number) =>
    JSON.stringify({
      ...{ at: new Date(monotonicMs).toISOString(), zone: null, offsetMinutes: 0, anchor: null, offsetMs: null },
      ...{ session: '01890a5d-ac96-774b-bcce-b302099a8057', monotonicMs },
    })
  const { 'upload-metadata': metadata, ...headers } = beginning(photo, world.downtown, {
    captured: clocks(1000), // in 1970, by its wall clock
    sent: clocks(601_000),
  })
  const bare = metadata.replace(/capturedAt [^,]+,capturedQuality [^,]+,/, '')
  const sent = { ...headers, 'upload-metadata': bare }
  expect((await world.ask(world.cook, 'POST /files/uploads', undefined, sent)).status).toBe(201)
  const [row] = await world.captured(photo.id)
  expect(row?.quality).toBe('exact')
  expect(Math.abs(Date.now() - 600_000 - Number(row?.at))).toBeLessThan(30_000)
  const broken = { ...headers, 'upload-metadata': `${bare},captured ${btoa('{}')}` }
  expect(await world.ask(world.cook, 'POST /files/uploads', undefined, broken)).toMatchObject({
    status: 400,
    body: { errors: [{ path: 'header.upload-metadata.captured' }] },
  })
})

test('who may not add evidence, or not there, begins nothing', async () => {
  const photo = await photoForTests(16)
  expect((await begin(world.reader, photo)).status).toBe(403)
  expect((await begin(world.cook, photo, world.airport)).status).toBe(403)
  expect((await begin(world.stranger, photo)).status).toBe(422) // as a place that does not exist
  expect(await world.count('file_uploads', photo.id)).toBe(0)
})

test('an upload and a file of elsewhere are not there', async () => {
  const photo = await photoForTests()
  await begin(world.cook, photo)
  for (const other of [world.pilot, world.stranger]) {
    expect((await world.ask(other, `GET /files/uploads/${photo.id}`)).status).toBe(404)
    expect((await send(other, photo, 0, photo.bytes)).status).toBe(404)
  }
  expect((await world.ask(world.reader, `GET /files/uploads/${photo.id}`)).status).toBe(403)
  await send(world.cook, photo, 0, photo.bytes)
  for (const other of [world.pilot, world.stranger]) {
    for (const path of [`/files/${photo.id}`, `/files/${photo.id}?variant=thumbnail`]) {
      expect((await download(other, path)).status).toBe(404)
    }
  }
  expect((await download(world.reader, `/files/${photo.id}`)).status).toBe(200)
  expect((await begin(world.sender, photo)).body).toMatchObject({ state: 'stored' })
  expect((await download(world.sender, `/files/${photo.id}`)).status).toBe(403)
})

test('the same photo of two tenants lies there twice, and each has its own', async () => {
  const photo = await photoForTests()
  for (const [actor, place] of [
    [world.cook, world.downtown],
    [world.stranger, world.elsewhere],
  ] as const) {
    await begin(actor, photo, place)
    expect((await send(actor, photo, 0, photo.bytes)).headers.get('upload-state')).toBe('stored')
    expect((await download(actor, `/files/${photo.id}`)).status).toBe(200)
  }
})

test.each(['../../secrets.json', '%2e%2e%2fsecrets.json', 'x', '00000000-0000-0000-0000-000000000000/../..'])(
  'no path leads out of the files: %s',
  async (path) => {
    expect([404, 422]).toContain((await download(world.cook, `/files/${path}`)).status)
  },
)

test('the room of a tenant ends somewhere', async () => {
  const photo = await photoForTests()
  world.files.quotaBytes = 1000
  try {
    expect(await begin(world.cook, photo)).toMatchObject({ status: 429, body: { code: 'files.quota_full' } })
  } finally {
    world.files.quotaBytes = 1e9
  }
})

test('what is kept is counted, with its thumbnail', async () => {
  const before = await world.usage()
  const photo = await photoForTests()
  await begin(world.cook, photo)
  await send(world.cook, photo, 0, photo.bytes)
  const [full, small] = await Promise.all([
    download(world.cook, `/files/${photo.id}`),
    download(world.cook, `/files/${photo.id}?variant=thumbnail`),
  ])
  expect(await world.usage()).toBe(before + full.bytes.length + small.bytes.length)
})

test('a server that died before it kept what had arrived: the sweep does, and nobody was served half of it', async () => {
  const photo = await photoForTests()
  await begin(world.cook, photo)
  const put = world.files.storage.put
  world.files.storage.put = async (key, bytes) => {
    if (key.startsWith('t/')) throw new Error('the power went')
    return put(key, bytes)
  }
  expect((await send(world.cook, photo, 0, photo.bytes)).status).toBe(500)
  world.files.storage.put = put
  expect((await download(world.cook, `/files/${photo.id}`)).status).toBe(404)
  await sweepUploads(world.files, world.relay, Date.now() + 30_000)
  expect((await download(world.cook, `/files/${photo.id}`)).status).toBe(404) // its process may still be at it
  await sweepUploads(world.files, world.relay, Date.now() + 61_000)
  expect((await download(world.cook, `/files/${photo.id}`)).status).toBe(200)
})

test('what nobody finished within a week is swept, bytes and all', async () => {
  const photo = await photoForTests()
  await begin(world.cook, photo)
  await send(world.cook, photo, 0, photo.bytes.subarray(0, 300))
  const pieces = join(world.folder, 'u', world.home.tenantId, photo.id)
  expect(readdirSync(pieces)).toHaveLength(1)
  await sweepUploads(world.files, world.relay, Date.now() + 6 * 86_400_000)
  expect(await world.count('file_uploads', photo.id)).toBe(1)
  await sweepUploads(world.files, world.relay, Date.now() + 8 * 86_400_000)
  expect(await world.count('file_uploads', photo.id)).toBe(0)
  expect(() => readdirSync(pieces)).toThrow('ENOENT')
  expect((await begin(world.cook, photo)).body).toMatchObject({ offset: 0 })
})

const begin = (actor: Actor, photo: Photo, place = world.downtown, more: Record<string, string> = {}) =>
  world.ask(actor, 'POST /files/uploads', undefined, beginning(photo, place, more))

const send = (actor: Actor, photo: Photo, offset: number, bytes: Buffer) =>
  world.ask(actor, `PATCH /files/uploads/${photo.id}`, bytes, from(offset))

const offsetOf = async (photo: Photo): Promise<number> =>
  (await world.ask(world.cook, `GET /files/uploads/${photo.id}`)).body.offset

async function download(actor: Actor, path: string) {
  const response = await fetch(world.origin + path, { headers: { authorization: `Bearer ${actor.id}` } })
  return { status: response.status, headers: response.headers, bytes: Buffer.from(await response.arrayBuffer()) }
}

/** Promises everything, sends so much of it, and is gone. */
function cutOff(actor: Actor, photo: Photo, bytes: number) {
  return new Promise<void>((resolve) => {
    const sending = request(`${world.origin}/files/uploads/${photo.id}`, {
      method: 'PATCH',
      headers: { ...from(0), authorization: `Bearer ${actor.id}`, 'content-length': photo.bytes.length },
    })
    sending.on('error', () => undefined)
    sending.on('close', () => resolve())
    sending.write(photo.bytes.subarray(0, bytes), () => setTimeout(() => sending.destroy(), 100))
  })
}

async function open() {
  const made = await testDatabase()
  const database = openDatabase({ url: made.urls.app, contextKey: made.contextKey, poolSize: 8, prepared: true })
  const admin = openPool(made.admin, 1)
  const relay = openPool(made.urls.relay, 1)
  const home = await foundTenant(database, 'Home')
  const away = await foundTenant(database, 'Away')
  const [downtown, airport] = home.locations
  const member = rolePermissions['org:member']
  const folder = emptyFolder()
  const files = filesOfEvidence({ storage: folderStorage(folder), database, quotaBytes: 1e9 })
  const { ask, origin, close } = await serveForTests(
    evidenceImplementations(files, { clientOf: async () => undefined }),
    database,
  )
  const here = new Set([downtown])
  return {
    ...{ home, downtown, airport, elsewhere: away.locations[0], folder, files, relay, ask, origin },
    cook: await hire(database, home, 'Carl', member, here),
    reader: await hire(database, home, 'Rita', ['evidence.read'], here),
    sender: await hire(database, home, 'Sam', ['evidence.add'], here),
    pilot: await hire(database, home, 'Paul', member, new Set([airport])),
    stranger: await hire(database, away, 'Fay', rolePermissions['org:admin'], 'all'),
    count: async (table: 'files' | 'file_uploads', id: string) =>
      (await admin.query(`select from ${table} where id = $1`, [id])).rowCount,
    captured: async (id: string): Promise<{ at: Date; quality: string }[]> => {
      const asked = 'select captured_at::text as at, captured_quality as quality from file_uploads where id = $1'
      const { rows } = await admin.query(asked, [id])
      return rows.map(({ at, quality }) => ({ at: new Date(at), quality }))
    },
    usage: async () =>
      Number((await admin.query('select bytes from file_usage where tenant_id = $1', [home.tenantId])).rows[0].bytes),
    async close() {
      await close()
      await Promise.all([database.close(), admin.end(), relay.end()])
      await made.drop()
    },
  }
}
