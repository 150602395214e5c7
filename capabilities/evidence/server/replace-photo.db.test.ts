import { randomUUID } from 'node:crypto'
import { rolePermissions } from '@opsflow/capabilities/people'
import type { Actor } from '@opsflow/platform/actor'
import { emptyFolder } from '@opsflow/platform/server/files/folder.for-tests'
import { folderStorage } from '@opsflow/platform/server/files/folder-storage'
import { beginning, from, type Photo, photoForTests } from '@opsflow/platform/server/files/photo.for-tests'
import { serveForTests } from '@opsflow/platform/server/http/serve.for-tests'
import { testDatabase } from '@opsflow/platform/server/postgres/for-tests'
import { foundTenant, hire } from '@opsflow/platform/server/postgres/tenant.for-tests'
import { mutatorRunner } from '@opsflow/platform/server/sync/run.for-tests'
import { openDatabase, openPool } from '@opsflow/platform/server/tenant'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Evidence } from '../evidence.ts'
import { evidenceMutators } from '../sync.ts'
import {
  demandEvidence,
  evidenceImplementations,
  evidenceServerMutators,
  filesOfEvidence,
  nameEvidence,
} from './index.ts'

let world: Awaited<ReturnType<typeof open>>
beforeAll(async () => {
  world = await open()
})
afterAll(() => world.close())

const replaced = (by: Actor, id: string, { id: other, sha256 }: Photo) =>
  world.ask(by, `POST /files/${id}/replacements`, { id: other, sha256 })
const send = (by: Actor, fileId: string, { id, sha256 }: Photo) =>
  world.send(by, evidenceMutators.replace, { fileId, photo: { id, sha256 } })
const evidenceOf = async (ownerId: string): Promise<Evidence[]> =>
  (await world.ask(world.cook, `GET /evidence?ownerKind=task&ownerId=${ownerId}`)).body.items
const isFinal = (ownerId: string) =>
  world.database
    .write(world.cook, (tx) => demandEvidence(tx, 'task', ownerId))
    .then(() => true)
    .catch(({ code }) => code)

/** A record of the cook’s that names a photo nobody ever gets. */
async function record(by = world.cook) {
  const [ownerId, photo] = [randomUUID(), await photoForTests()]
  const at = new Date().toISOString()
  const owner = { ownerKind: 'task' as const, ownerId, locationId: world.downtown, at }
  await world.database.write(by, (tx) =>
    nameEvidence(
      tx,
      owner,
      [photo].map(({ id, sha256 }) => ({ id, sha256 })),
    ),
  )
  return { ownerId, photo }
}

async function arrive(photo: Photo) {
  await world.ask(world.cook, 'POST /files/uploads', undefined, beginning(photo, world.downtown))
  await world.ask(world.cook, `PATCH /files/uploads/${photo.id}`, photo.bytes, from(0))
}

test('its record waits for the other one, and is final when that is here; the audit trail has both', async () => {
  const { ownerId, photo } = await record()
  const other = await photoForTests()
  expect((await replaced(world.cook, photo.id, other)).status).toBe(201)
  expect(await evidenceOf(ownerId)).toMatchObject([
    { fileId: photo.id, replacedBy: other.id, arrivedAt: null },
    { fileId: other.id, sha256: other.sha256, replacedBy: null, arrivedAt: null, namedBy: { name: 'Carl' } },
  ])
  expect(await isFinal(ownerId)).toBe('evidence.missing')
  await arrive(other)
  expect(await isFinal(ownerId)).toBe(true)
  expect(await world.trail(ownerId)).toEqual([
    { before: { fileId: photo.id }, after: { ownerKind: 'task', fileId: other.id } },
  ])
})

test('the other one may have arrived before its name', async () => {
  const { ownerId, photo } = await record()
  const other = await photoForTests()
  await arrive(other)
  await replaced(world.cook, photo.id, other)
  expect(await isFinal(ownerId)).toBe(true)
})

test('offline too, once; what has arrived after all keeps its place', async () => {
  const { ownerId, photo } = await record()
  const other = await photoForTests()
  expect(await send(world.cook, photo.id, other)).toBe('applied')
  expect(await send(world.cook, photo.id, await photoForTests())).toBe('evidence.nothing_missing')
  expect((await evidenceOf(ownerId)).map(({ fileId }) => fileId)).toEqual([photo.id, other.id])
  const late = await record()
  await arrive(late.photo)
  expect(await send(world.cook, late.photo.id, other)).toBe('evidence.nothing_missing')
  expect(await evidenceOf(late.ownerId)).toHaveLength(1)
  expect((await replaced(world.cook, late.photo.id, other)).body.code).toBe('evidence.nothing_missing')
})

test('by whoever named it, on the tablet it was named on, or by a supervisor; by no one else', async () => {
  const [kioskId, onTablet] = [world.kioskId, { ...world.cook, kioskId: world.kioskId }]
  const { photo } = await record(onTablet)
  const other = await photoForTests()
  expect(await replaced(world.dishwasher, photo.id, other)).toMatchObject({
    status: 403,
    body: { code: 'evidence.not_yours' },
  })
  expect(await send(world.dishwasher, photo.id, other)).toBe('refused evidence.not_yours')
  expect((await replaced(world.reader, photo.id, other)).status).toBe(403)
  expect(await send(world.reader, photo.id, other)).toBe('quarantined')
  expect(await send({ ...world.dishwasher, kioskId }, photo.id, other)).toBe('applied')
  expect((await replaced(world.manager, (await record()).photo.id, other)).status).toBe(201)
})

test('another tenant’s, another location’s and what never was are answered alike', async () => {
  const { ownerId, photo } = await record()
  const other = await photoForTests()
  const none = await replaced(world.cook, randomUUID(), other)
  expect(none.status).toBe(404)
  for (const by of [world.pilot, world.stranger]) {
    expect(await replaced(by, photo.id, other)).toMatchObject({ status: 404, body: { code: none.body.code } })
    expect(await send(by, photo.id, other)).toBe(await send(by, randomUUID(), other))
  }
  expect(await evidenceOf(ownerId)).toHaveLength(1)
})

async function open() {
  const made = await testDatabase()
  const database = openDatabase({ url: made.urls.app, contextKey: made.contextKey, poolSize: 8, prepared: true })
  const admin = openPool(made.admin, 1)
  const home = await foundTenant(database, 'Home')
  const away = await foundTenant(database, 'Away')
  const [downtown, airport] = home.locations
  const files = filesOfEvidence({ storage: folderStorage(emptyFolder()), database, quotaBytes: 1e9 })
  const api = await serveForTests(evidenceImplementations(files, { clientOf: async () => undefined }), database)
  const [member, here] = [rolePermissions['org:member'], new Set([downtown])]
  const cook = await hire(database, home, 'Carl', member, here)
  const kiosk = await database.write(cook, (tx) =>
    tx.query<{ id: string }>('insert into kiosks (location_id, name, created_by) values ($1, $2, $3) returning id', [
      ...[downtown, 'Line', cook.id],
    ]),
  )
  return {
    ...{ downtown, database, cook, ask: api.ask, kioskId: kiosk[0]?.id ?? '' },
    send: mutatorRunner(database, evidenceServerMutators),
    dishwasher: await hire(database, home, 'Dan', member, here),
    manager: await hire(database, home, 'Mona', rolePermissions['org:manager'], here),
    reader: await hire(database, home, 'Rita', ['evidence.read'], here),
    pilot: await hire(database, home, 'Paul', member, new Set([airport])),
    stranger: await hire(database, away, 'Fay', rolePermissions['org:admin'], 'all'),
    trail: async (subject: string) =>
      (
        await admin.query(`select before, after from events where name = 'evidence.replaced' and subject_id = $1`, [
          subject,
        ])
      ).rows,
    async close() {
      await api.close()
      await Promise.all([database.close(), admin.end()])
      await made.drop()
    },
  }
}
