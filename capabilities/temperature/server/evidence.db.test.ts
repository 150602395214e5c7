import { evidenceIdOf } from '@opsflow/capabilities/evidence'
import type { Actor } from '@opsflow/platform/actor'
import { beginning, from, type Photo, photoForTests } from '@opsflow/platform/server/files/photo.for-tests'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Kitchen, openKitchen } from './kitchen.for-tests.ts'
import { type Ask, serveKitchen } from './kitchen-http.for-tests.ts'

let kitchen: Kitchen
let ask: Ask
let close: () => Promise<void>
beforeAll(async () => {
  kitchen = await openKitchen()
  const served = await serveKitchen(kitchen)
  ask = served.ask
  close = served.close
})
afterAll(async () => {
  await close()
  await kitchen.close()
})

const said = { cause: 'door_left_open', action: 'moved_product', disposition: 'kept_safe' }
const naming = ({ id, sha256 }: Photo) => ({ id, sha256 })

/** A deviation, answered with these photos and closed; what is left is its verification. */
async function closed(...photos: Photo[]) {
  const { unitId } = await kitchen.unit('walk_in_cooler')
  const warm = await ask(kitchen.cook, 'POST /temperature-logs', { unitId, value: '48.2', unit: 'F' })
  const id: string = warm.body.correctiveActionId
  const path = `POST /corrective-actions/${id}`
  const responded = await ask(kitchen.cook, `${path}/response`, { ...said, photos: photos.map(naming) })
  expect(responded.status).toBe(200)
  await ask(kitchen.cook, `${path}/recheck`, { value: '38', unit: 'F' })
  expect((await ask(kitchen.cook, `${path}/closure`, {})).body).toMatchObject({ state: 'closed' })
  const step = responded.body.history.find(({ step }: { step: string }) => step === 'response')
  return { id, step, verify: () => ask(kitchen.manager, `${path}/verification`, {}) }
}

const evidenceOf = async (ownerId: string, actor = kitchen.cook, ownerKind = 'corrective_action') =>
  (await ask(actor, `GET /evidence?ownerKind=${ownerKind}&ownerId=${ownerId}`)).body.items

async function arrive(photo: Photo, actor: Actor = kitchen.cook, locationId = kitchen.downtown) {
  await ask(actor, 'POST /files/uploads', undefined, beginning(photo, locationId))
  const { headers } = await ask(actor, `PATCH /files/uploads/${photo.id}`, photo.bytes, from(0))
  expect(headers.get('upload-state')).toBe('stored')
}

const waive = (actor: Actor, ownerId: string, reason = 'The tablet fell into the fryer.') =>
  ask(actor, 'POST /evidence/waivers', { ownerKind: 'corrective_action', ownerId, reason })

test('a corrective action names its photos first and is verified once their bytes have come', async () => {
  const photos = await Promise.all([photoForTests(), photoForTests()])
  const { id, step, verify } = await closed(...photos)
  const named = await evidenceOf(id)
  expect(named).toHaveLength(2)
  expect(named[0]).toMatchObject({ namedBy: { name: 'Carl' }, arrivedAt: null, capturedAt: null })
  expect(Date.parse(named[0].namedAt)).toBe(Date.parse(step.at))
  expect(await verify()).toMatchObject({ status: 409, body: { code: 'evidence.missing', errors: [{ message: '2' }] } })
  await arrive(photos[0] as Photo)
  expect(await verify()).toMatchObject({ status: 409, body: { errors: [{ message: '1' }] } })
  await arrive(photos[1] as Photo)
  expect((await evidenceOf(id))[0]).toMatchObject({ arrivedAt: expect.any(String), capturedQuality: 'exact' })
  expect((await verify()).body).toMatchObject({ state: 'verified' })
})

test('a photo that came before its record was known is there at once', async () => {
  const photo = await photoForTests()
  await arrive(photo)
  const { verify } = await closed(photo)
  expect((await verify()).status).toBe(200)
})

test('a photo that is named while it arrives is never missed', async () => {
  for (let round = 0; round < 8; round++) {
    const photo = await photoForTests(32)
    await ask(kitchen.cook, 'POST /files/uploads', undefined, beginning(photo, kitchen.downtown))
    const [{ id }] = await Promise.all([
      closed(photo),
      ask(kitchen.cook, `PATCH /files/uploads/${photo.id}`, photo.bytes, from(0)),
    ])
    expect(await evidenceOf(id)).toMatchObject([{ arrivedAt: expect.any(String) }])
  }
})

test('other bytes under the same id are no evidence, nor are the same bytes at another place', async () => {
  const [promised, other] = await Promise.all([photoForTests(), photoForTests()])
  const first = await closed(promised)
  await arrive({ ...other, id: promised.id })
  expect((await first.verify()).status).toBe(409)
  const photo = await photoForTests()
  const second = await closed(photo)
  await arrive(photo, kitchen.pilot, kitchen.airport)
  expect((await second.verify()).status).toBe(409)
})

test('a supervisor does without what will not come, with a reason that stands in the audit trail', async () => {
  const photo = await photoForTests()
  const { id, verify } = await closed(photo)
  expect(await waive(kitchen.cook, id)).toMatchObject({ status: 403 })
  expect(await waive(kitchen.manager, id, '')).toMatchObject({ status: 422 })
  expect((await waive(kitchen.manager, id)).body.items).toMatchObject([
    { arrivedAt: null, waivedBy: { name: 'Mona' }, waiver: 'The tablet fell into the fryer.' },
  ])
  expect(await waive(kitchen.manager, id)).toMatchObject({ status: 409, body: { code: 'evidence.nothing_missing' } })
  const trail = await kitchen.rows('select name, after from events where subject_id = $1', [id])
  expect(trail).toEqual([
    {
      name: 'evidence.waived',
      after: { photos: 1, reason: 'The tablet fell into the fryer.', ownerKind: 'corrective_action' },
    },
  ])
  expect((await verify()).status).toBe(200)
  // It comes after all: it is shown, and that it was done without stays on record.
  await arrive(photo)
  expect(await evidenceOf(id)).toMatchObject([{ arrivedAt: expect.any(String), waivedAt: expect.any(String) }])
})

test('evidence of elsewhere is not there, to read or to waive', async () => {
  const photo = await photoForTests()
  const { id } = await closed(photo)
  for (const actor of [kitchen.pilot, kitchen.foreign.actor]) expect(await evidenceOf(id, actor)).toEqual([])
  expect(await waive(kitchen.foreign.actor, id)).toMatchObject({ status: 404 })
})

test('a reading by hand names its photos too, once, however often it is sent', async () => {
  const { unitId } = await kitchen.unit('walk_in_cooler')
  const photo = await photoForTests()
  const reading = { id: crypto.randomUUID(), unitId, value: '38', unit: 'F', photos: [naming(photo)] }
  for (let time = 0; time < 2; time++)
    expect((await ask(kitchen.cook, 'POST /temperature-logs', reading)).status).toBe(201)
  await arrive(photo)
  expect(await evidenceOf(reading.id, kitchen.cook, 'temperature_log')).toMatchObject([{ fileId: photo.id }])
})

test('who may record but not add evidence sends no photos along', async () => {
  const { unitId } = await kitchen.unit('walk_in_cooler')
  const permissions = new Map([...kitchen.cook.permissions].filter(([name]) => name !== 'evidence.add'))
  const porter = { ...kitchen.cook, id: kitchen.porter.id, permissions }
  const photo = naming(await photoForTests(16))
  const told = await ask(porter, 'POST /temperature-logs', { unitId, value: '38', unit: 'F', photos: [photo] })
  expect(told).toMatchObject({ status: 403 })
})

test.each([
  ['too many', Array.from({ length: 11 }, () => ({ id: crypto.randomUUID(), sha256: 'a'.repeat(64) }))],
  ['a hash that is none', [{ id: crypto.randomUUID(), sha256: 'A'.repeat(64) }]],
  ['a name', [{ id: 'photo.jpg', sha256: 'a'.repeat(64) }]],
])('photos that are %s are refused', async (_what, photos) => {
  const { unitId } = await kitchen.unit('walk_in_cooler')
  expect(await ask(kitchen.cook, 'POST /temperature-logs', { unitId, value: '38', unit: 'F', photos })).toMatchObject({
    status: 422,
  })
})

test('devices hold what is awaited, and hear of its arrival', async () => {
  const photo = await photoForTests()
  const { id } = await closed(photo)
  const noted = async () => {
    const [found] = await kitchen.rows<{ id: string }>('select id from evidence where owner_id = $1', [id])
    const entries = await kitchen.rows<{ version: string }>(
      `select version from sync_changes where entity = 'evidence' and entity_id = $1`,
      [found?.id],
    )
    return { id: found?.id, versions: entries.map(({ version }) => Number(version)) }
  }
  const before = await noted()
  expect(before.id).toBe(evidenceIdOf(id, photo.id))
  await arrive(photo)
  const after = await noted()
  expect(Math.max(...after.versions)).toBeGreaterThan(Math.max(...before.versions))
})
