import { hash, randomBytes, randomUUID } from 'node:crypto'
import { rolePermissions } from '@opsflow/capabilities/people'
import type { Actor } from '@opsflow/platform/actor'
import { emptyFolder } from '@opsflow/platform/server/files/folder.for-tests'
import { folderStorage } from '@opsflow/platform/server/files/folder-storage'
import { beginning, from, type Photo, photoForTests } from '@opsflow/platform/server/files/photo.for-tests'
import { serveForTests } from '@opsflow/platform/server/http/serve.for-tests'
import { testDatabase } from '@opsflow/platform/server/postgres/for-tests'
import { foundTenant, hire } from '@opsflow/platform/server/postgres/tenant.for-tests'
import { drainedClients } from '@opsflow/platform/server/sync'
import { drainKeyHash } from '@opsflow/platform/server/sync/drain-key'
import { openDatabase, openPool } from '@opsflow/platform/server/tenant'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { evidenceImplementations, filesOfEvidence, nameEvidence } from './index.ts'

let world: Awaited<ReturnType<typeof open>>
beforeAll(async () => {
  world = await open()
})
afterAll(() => world.close())

test('a photo that a standing record names arrives by the key alone, in pieces, and is proven by its hash', async () => {
  const [device, photo] = [await aDevice(world.cook), await photoForTests()]
  const task = await recorded(world.cook, photo)
  expect(await begin(device, photo)).toMatchObject({ status: 201, body: { state: 'receiving', offset: 0 } })
  await send(device, photo, 0, photo.bytes.subarray(0, 1000))
  expect(await stateOf(device, photo)).toMatchObject({ status: 200, body: { offset: 1000 } })
  expect((await send(device, photo, 1000, photo.bytes.subarray(1000))).status).toBe(204)
  expect((await stateOf(device, photo)).body).toMatchObject({ state: 'stored', sha256: photo.sha256 })
  const asked = await world.ask(world.cook, `GET /evidence?ownerKind=task&ownerId=${task}`)
  expect(asked.body.items[0].arrivedAt).toEqual(expect.any(String))
})

test('so does one that was handed over and waits for a manager, named anywhere in it', async () => {
  const [device, photo] = [await aDevice(world.cook), await photoForTests()]
  expect(await begin(device, photo)).toMatchObject({ status: 403, body: { code: 'files.unnamed' } })
  await setAside(device, { answer: { photos: [{ id: photo.id, sha256: photo.sha256 }] } })
  expect((await begin(device, photo)).status).toBe(201)
  expect((await send(device, photo, 0, photo.bytes)).headers.get('upload-state')).toBe('stored')
})

test('what the session had begun is gone on with', async () => {
  const [device, photo] = [await aDevice(world.cook), await photoForTests()]
  await recorded(world.cook, photo)
  await world.ask(world.cook, 'POST /files/uploads', undefined, beginning(photo, world.downtown))
  await world.ask(world.cook, `PATCH /files/uploads/${photo.id}`, photo.bytes.subarray(0, 700), from(0))
  expect((await begin(device, photo)).body).toMatchObject({ offset: 700 })
  expect((await send(device, photo, 700, photo.bytes.subarray(700))).headers.get('upload-state')).toBe('stored')
})

test('the key opens nothing else: no other bytes, no other place, nobody else’s photo, no other customer’s', async () => {
  const [device, photo] = [await aDevice(world.cook), await photoForTests()]
  await recorded(world.cook, photo)
  const other = await photoForTests()
  const unnamed = { status: 403, body: { code: 'files.unnamed' } }
  expect(await begin(device, { ...other, id: photo.id })).toMatchObject(unnamed)
  expect(await begin(device, photo, world.airport)).toMatchObject(unnamed)
  expect(await begin(device, photo, world.elsewhere)).toMatchObject(unnamed)
  for (const whose of [world.pilot, world.stranger]) {
    const theirs = await aDevice(whose)
    expect(await begin(theirs, photo)).toMatchObject(unnamed)
    expect((await stateOf(theirs, photo)).status).toBe(404)
    expect((await send(theirs, photo, 0, photo.bytes)).status).toBe(404)
  }
  const setAsideElsewhere = await aDevice(world.stranger)
  await setAside(setAsideElsewhere, { photos: [{ id: photo.id, sha256: photo.sha256 }] })
  expect(await begin(setAsideElsewhere, photo)).toMatchObject(unnamed)
})

test('without a key, with a wrong one, or with another device’s, nobody is known', async () => {
  const [device, another] = [await aDevice(world.cook), await aDevice(world.cook)]
  const photo = await photoForTests()
  await recorded(world.cook, photo)
  for (const said of ['', `${device.clientId} ${'x'.repeat(43)}`, `${another.clientId} ${device.drainKey}`]) {
    const told = await asking('POST', '', { ...beginning(photo, world.downtown), 'opsflow-device': said })
    expect([told.status, told.body.code]).toEqual([403, 'sync.drain_refused'])
    expect((await asking('GET', `/${photo.id}`, { 'opsflow-device': said })).status).toBe(404)
  }
})

test('what cannot be kept is refused by its reason here too', async () => {
  const device = await aDevice(world.cook)
  const photo = { ...(await photoForTests()), bytes: Buffer.from('no photo at all') }
  const named = { ...photo, sha256: hash('sha256', photo.bytes) }
  await recorded(world.cook, named)
  expect((await begin(device, named)).body).toMatchObject({ offset: 0 })
  expect(await send(device, named, 0, named.bytes)).toMatchObject({ status: 422, body: { code: 'files.type_unknown' } })
})

test('a photo the server does not keep is let go with a reason; its record waits on, and the trail says who and why', async () => {
  const photo = await photoForTests()
  const task = await recorded(world.cook, photo)
  const letGo = (by: Actor) =>
    world.ask(by, `POST /files/${photo.id}/abandonments`, { reason: 'It was never a photo.' })
  expect((await letGo(world.stranger)).status).toBe(404)
  expect((await letGo(world.away)).status).toBe(404)
  expect((await letGo(world.reader)).status).toBe(403)
  expect((await letGo(world.cook)).status).toBe(204)
  const asked = await world.ask(world.cook, `GET /evidence?ownerKind=task&ownerId=${task}`)
  expect(asked.body.items[0]).toMatchObject({ arrivedAt: null, waivedAt: null })
  const [event] = await world.database.readOne(
    world.cook,
    `select actor, after from events where subject_id = $1 and name = 'evidence.given_up'`,
    [task],
  )
  expect(event).toMatchObject({
    actor: `member:${world.cook.id}`,
    after: { ownerKind: 'task', fileId: photo.id, reason: 'It was never a photo.' },
  })
  expect((await world.ask(world.cook, `POST /files/${randomUUID()}/abandonments`, { reason: 'None.' })).status).toBe(
    404,
  )
})

type Bearer = { clientId: string; drainKey: string; actor: Actor }

/** As its first pull leaves it. */
async function aDevice(actor: Actor): Promise<Bearer> {
  const [clientId, drainKey] = [randomUUID(), randomBytes(32).toString('base64url')]
  await world.database.write(actor, (tx) =>
    tx.query('insert into sync_clients (id, organization_id, member_id, drain_key_hash) values ($1, $2, $3, $4)', [
      clientId,
      actor.organizationId,
      actor.id,
      drainKeyHash(drainKey),
    ]),
  )
  return { clientId, drainKey, actor }
}

/** A record at downtown that names the photo; answers its id. */
async function recorded(by: Actor, { id, sha256 }: Photo): Promise<string> {
  const record = {
    ownerKind: 'task' as const,
    ownerId: randomUUID(),
    locationId: world.downtown,
    at: new Date().toISOString(),
  }
  await world.database.write(by, (tx) => nameEvidence(tx, record, [{ id, sha256 }]))
  return record.ownerId
}

let mid = 0
const setAside = ({ clientId, actor }: Bearer, args: object) =>
  world.database.write(actor, (tx) =>
    tx.query(
      `insert into sync_mutations (id, organization_id, client_id, mid, name, version, args, device, occurred_at, time_quality, outcome)
       values ($1, $2, $3, $4, 'a.b', 1, $5, '{}', now(), 'exact', 'quarantined')`,
      [randomUUID(), actor.organizationId, clientId, ++mid, JSON.stringify(args)],
    ),
  )

const by = ({ clientId, drainKey }: Bearer) => ({ 'opsflow-device': `${clientId} ${drainKey}` })
const begin = (device: Bearer, photo: Photo, place = world.downtown) =>
  asking('POST', '', { ...beginning(photo, place), ...by(device) })
const stateOf = (device: Bearer, { id }: Photo) => asking('GET', `/${id}`, by(device))
const send = (device: Bearer, { id }: Photo, offset: number, bytes: Buffer) =>
  asking('PATCH', `/${id}`, { ...from(offset), ...by(device) }, bytes)

/** Nobody is signed in. */
async function asking(method: string, path: string, headers: Record<string, string>, body?: Buffer) {
  const sent = body && { body: new Uint8Array(body) }
  const response = await fetch(`${world.origin}/files/handed-over${path}`, { method, headers, ...sent })
  const text = await response.text()
  return { status: response.status, headers: response.headers, body: text ? JSON.parse(text) : null }
}

async function open() {
  const made = await testDatabase()
  const database = openDatabase({ url: made.urls.app, contextKey: made.contextKey, poolSize: 4, prepared: true })
  const auth = openPool(made.urls.auth, 1)
  const home = await foundTenant(database, 'Home')
  const away = await foundTenant(database, 'Away')
  const [downtown, airport] = home.locations
  const files = filesOfEvidence({ storage: folderStorage(emptyFolder()), database, quotaBytes: 1e9 })
  const devices = { clientOf: drainedClients(auth) }
  const { ask, origin, close } = await serveForTests(evidenceImplementations(files, devices), database)
  const member = rolePermissions['org:member']
  return {
    ...{ database, downtown, airport, elsewhere: away.locations[0], ask, origin },
    cook: await hire(database, home, 'Carl', member, new Set([downtown])),
    reader: await hire(database, home, 'Rita', ['evidence.read'], new Set([downtown])),
    away: await hire(database, home, 'Abe', member, new Set([airport])),
    pilot: await hire(database, home, 'Paul', member, new Set([downtown])),
    stranger: await hire(database, away, 'Fay', rolePermissions['org:admin'], 'all'),
    async close() {
      await close()
      await Promise.all([database.close(), auth.end()])
      await made.drop()
    },
  }
}
