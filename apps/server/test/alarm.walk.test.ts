import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { type Ask, type Heard, startProduct } from './product.ts'

let product: Awaited<ReturnType<typeof startProduct>>
let greta: Ask // founds the chain and verifies
let carl: Ask // works at its one location
let gateway: Ask
let heardByCarl: Heard[]
let locationId: string
let unitId: string
let sensorId: string

beforeAll(async () => {
  product = await startProduct()
  const founder = {
    organizationName: 'Blue Plate',
    locationName: 'Main Street',
    name: 'Greta',
    email: 'greta@example.com',
  }
  greta = (await product.found(founder)).ask
  const { body: session } = await greta('GET /session')
  locationId = session.locations[0].id
  const hired = await product.hire(session, 'Carl', [{ role: 'org:manager', locationId }])
  carl = hired.ask
  heardByCarl = await product.listen(session.organization.id, hired.cookie)

  const device = await greta('POST /devices', { locationId, name: 'Gateway by the walk-in', kind: 'gateway' })
  gateway = product.machine(device.body.key)
  unitId = (await greta('POST /units', { locationId, name: 'Walk-in cooler', kind: 'walk_in_cooler' })).body.id
  sensorId = (await greta('POST /sensors', { unitId, name: 'Air' })).body.id
})
afterAll(() => product.stop())

const MINUTE = 60_000
const report = (celsius: number, minutesAgo: readonly number[]) =>
  gateway('POST /ingest/readings', {
    readings: minutesAgo.map((ago) => ({
      sensorId,
      measuredAt: new Date(Date.now() - ago * MINUTE).toISOString(),
      value: celsius,
      unit: 'C',
    })),
  })
const heard = (event: string, matching: object) =>
  vi.waitFor(
    () =>
      expect(heardByCarl).toContainEqual(expect.objectContaining({ event, fact: expect.objectContaining(matching) })),
    10_000,
  )

test('from a sensor’s reading to a verified corrective action, seen live by another person', async () => {
  const cold = await report(3, [200])
  expect(cold.body).toMatchObject({ accepted: 1, duplicate: 0, rejected: 0 })
  await heard('temperature-reading', { unitId, status: 'ok', value: expect.objectContaining({ text: '3' }) })

  const warm = await report(15, [180, 160, 140, 120, 100, 80, 60, 40, 20, 0])
  expect(warm.body).toMatchObject({ accepted: 10 })
  await heard('temperature-reading', { unitId, status: 'alarm' })
  await heard('alert', { unitId, kind: 'limit', acknowledgedAt: null })

  const { body: alarms } = await carl(`GET /alarms?unitId=${unitId}`)
  expect(alarms.items).toHaveLength(1)
  const [alarm] = alarms.items
  const { body: task } = await carl(`GET /tasks/${alarm.taskId}`)
  expect(task).toMatchObject({ status: 'todo', taskType: 'corrective', assignedTo: null })

  const acknowledged = await carl(`POST /alarms/${alarm.id}/acknowledgement`, { note: 'On my way' })
  expect(acknowledged.body).toMatchObject({ acknowledgedBy: { name: 'Carl' } })

  const action = `/corrective-actions/${alarm.correctiveActionId}`
  const early = await carl(`POST ${action}/closure`, {})
  expect(early.status).toBe(409)

  await carl(`POST ${action}/response`, { cause: 'door_left_open', action: 'closed_door', disposition: 'moved' })
  const stillWarm = await carl(`POST ${action}/recheck`, { value: '9.0', unit: 'C' })
  expect(stillWarm.body.rechecks).toMatchObject([{ isCompliant: false }])
  expect((await carl(`POST ${action}/closure`, {})).status).toBe(409)

  await carl(`POST ${action}/recheck`, { value: '3,5', unit: 'C' })
  const closed = await carl(`POST ${action}/closure`, { note: 'Door was ajar behind a crate' })
  expect(closed.body).toMatchObject({ state: 'closed', verifiedAt: null })
  expect((await carl(`GET /tasks/${alarm.taskId}`)).body).toMatchObject({ status: 'completed' })

  expect((await carl(`POST ${action}/verification`, {})).status).toBeGreaterThanOrEqual(400)
  const verified = await greta(`POST ${action}/verification`, {})
  expect(verified.body).toMatchObject({ state: 'verified' })
  expect(verified.body.history.map(({ step }: { step: string }) => step)).toEqual([
    'opened',
    'acknowledged',
    'response',
    'recheck',
    'recheck',
    'closure',
    'verification',
  ])
  expect((await carl(`GET /alarms?unitId=${unitId}`)).body.items).toEqual([])

  await heard('alert', { id: alarm.correctiveActionId, state: 'verified' })
  // Versions count within a scope; the organization's facts have their own.
  const versions = heardByCarl.filter(({ scope }) => scope === locationId).map(({ version }) => version)
  expect(versions).toEqual([...new Set(versions)].sort((a, b) => a - b))
})

test('a gateway that repeats itself after a lost answer records nothing twice', async () => {
  const at = [90, 70]
  const measuredAt = at.map((ago) => new Date(Date.now() - ago * MINUTE).toISOString())
  const readings = measuredAt.map((when, seq) => ({ sensorId, seq: 100 + seq, measuredAt: when, value: 4, unit: 'C' }))
  expect((await gateway('POST /ingest/readings', { readings })).body).toMatchObject({ accepted: 2 })
  expect((await gateway('POST /ingest/readings', { readings })).body).toMatchObject({ accepted: 0, duplicate: 2 })
})

test('a gateway’s key opens ingest and nothing else', async () => {
  expect((await gateway('GET /units')).status).toBe(403)
  expect((await product.machine('no such key')('GET /units')).status).toBe(401)
})

test('the product is founded once', async () => {
  const again = product.found({
    organizationName: 'Other',
    locationName: 'Elsewhere',
    name: 'Eve',
    email: 'eve@example.com',
  })
  await expect(again).rejects.toThrow('409')
})
