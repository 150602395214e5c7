import { randomUUID } from 'node:crypto'
import type { Matter } from '@opsflow/capabilities/alerts'
import { instantsAlike } from '@opsflow/platform/server/sync/run.for-tests'
import { type DeviceTime, emptyCursor, type PullAnswer, type PushAnswer } from '@opsflow/platform/sync'
import pg from 'pg'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { type Ask, type Heard, startProduct } from './product.ts'

let product: Awaited<ReturnType<typeof startProduct>>
let rows: pg.Pool
let greta: Ask
let carl: Ask
let heard: Heard[]
let locationId: string
let unitId: string

beforeAll(async () => {
  product = await startProduct()
  rows = new pg.Pool({ connectionString: product.adminUrl, max: 1 })
  const founder = {
    organizationName: 'Blue Plate',
    locationName: 'Main Street',
    name: 'Greta',
    email: 'greta@example.com',
  }
  greta = (await product.found(founder)).ask
  const { body: session } = await greta('GET /session')
  locationId = session.locations[0].id
  const hired = await product.hire(session, 'Carl', [{ role: 'org:member', locationId }])
  carl = hired.ask
  heard = await product.listen(session.organization.id, hired.cookie)
  unitId = (await greta('POST /units', { locationId, name: 'Walk-in cooler', kind: 'walk_in_cooler' })).body.id
}, 60_000)
afterAll(async () => {
  await rows.end()
  await product.stop()
})

const session = randomUUID()
const clock = (): DeviceTime => ({
  at: new Date().toISOString(),
  zone: 'America/Chicago',
  offsetMinutes: -360,
  session,
  monotonicMs: performance.now(),
  anchor: null,
  offsetMs: null,
})
const clientId = randomUUID()
let cursor: PullAnswer['cursor'] = emptyCursor
let mid = 0

async function pull(ask = carl) {
  const { status, body } = await ask('POST /sync/pull', { clientId, cursor })
  expect(status).toBe(200)
  cursor = (body as PullAnswer).cursor
  return (body as PullAnswer).changes
}
async function push(...mutations: { name: string; args: Record<string, unknown> }[]) {
  const sent = mutations.map((one) => ({
    mid: ++mid,
    uid: randomUUID(),
    version: 1,
    device: clock(),
    by: null,
    ...one,
  }))
  const { status, body } = await carl('POST /sync/push', { clientId, sent: clock(), mutations: sent })
  expect(status).toBe(200)
  return (body as PushAnswer).results
}
const logId = randomUUID()

test('what was read and answered on a device is there as if it had been done over HTTP, and comes back to every copy', async () => {
  await pull()
  const [recorded] = await push({
    name: 'temperature.record',
    args: { id: logId, unitId, value: '51', unit: 'F', minutesAgo: 0, probe: 'Red', note: 'Door stood open' },
  })
  expect(recorded).toMatchObject({ outcome: 'applied', timeQuality: 'exact' })
  const changes = await pull()
  const of = (entity: string) => changes.filter((change) => change.entity === entity)
  // The matter it becomes follows when the job looks.
  const entities = new Set(changes.map(({ entity }) => entity).filter((entity) => entity !== 'matter'))
  expect([...entities].sort()).toEqual(['corrective_action', 'task', 'temperature_log', 'unit'])
  expect(of('temperature_log')[0]?.row).toMatchObject({ id: logId, isCompliant: false, recordedBy: { name: 'Carl' } })
})

/** The deviation is a matter, people are told of it, and nothing more is under way. */
const isTold = () =>
  vi.waitFor(
    async () => {
      const { items } = (await greta('GET /matters')).body
      expect(items).toMatchObject([{ kind: 'failed', told: [{}, {}] }])
      const states = (items as Matter[]).flatMap(({ told }) =>
        told.flatMap(({ sent }) => sent.map(({ state }) => state)),
      )
      expect(states.filter((state) => state === 'queued' || state === 'sending')).toEqual([])
    },
    { timeout: 30_000, interval: 250 },
  )

test('each row is the record that HTTP answers', { timeout: 60_000 }, async () => {
  await isTold()
  cursor = emptyCursor
  const changes = await pull()
  const resource: Record<string, string> = {
    location: 'locations',
    unit: 'units',
    task: 'tasks',
    corrective_action: 'corrective-actions',
    temperature_log: 'temperature-logs',
    matter: 'matters',
  }
  expect(new Set(changes.map(({ entity }) => entity))).toEqual(new Set(Object.keys(resource)))
  for (const { entity, id, row, scope } of changes) {
    expect(scope).toBe(locationId)
    const { body } = await greta(`GET /${resource[entity]}/${id}`)
    const { correctiveActionId: _, ...record } = body
    expect(instantsAlike(row), entity).toEqual(instantsAlike(record))
  }
})

test('a change that nobody announces is heard of all the same, with the version that holds it', async () => {
  const before = cursor.scopes[locationId] ?? 0
  await rows.query(`update tasks set title = 'Renamed in silence' where location_id = $1`, [locationId])
  await vi.waitFor(() =>
    expect(heard).toContainEqual(
      expect.objectContaining({ event: 'poke', name: 'sync.changed', scope: locationId, version: before + 1 }),
    ),
  )
  expect(await pull()).toMatchObject([{ entity: 'task', row: { title: 'Renamed in silence' }, version: before + 1 }])
  expect(cursor.scopes[locationId]).toBe(before + 1)
})

test('a fact names a version at which its rows are there', async () => {
  const task = (await carl('GET /tasks')).body.items[0]
  await carl(`PATCH /tasks/${task.id}`, { status: 'in_progress' })
  const fact = await vi.waitFor(() => {
    const found = heard.findLast(({ name, fact }) => name === 'tasks.task_changed' && fact.status === 'in_progress')
    expect(found).toBeDefined()
    return found as Heard
  })
  const changes = await pull()
  expect(changes).toMatchObject([{ entity: 'task', id: task.id, row: { status: 'in_progress' } }])
  expect(changes[0]?.version).toBeLessThanOrEqual(fact.version)
  expect(cursor.scopes[locationId]).toBeGreaterThanOrEqual(fact.version)
})

test('a corrected reading comes with what corrects it', async () => {
  const [corrected] = await push({
    name: 'temperature.correct',
    args: { id: randomUUID(), logId, value: '41', unit: 'F', reason: 'Misread' },
  })
  expect(corrected).toMatchObject({ outcome: 'applied' })
  const logs = (await pull()).filter(({ entity }) => entity === 'temperature_log')
  expect(logs).toHaveLength(2)
  expect(logs.find(({ id }) => id === logId)?.row).toMatchObject({ correctedById: expect.any(String) })
})

test('devices and keys of integrators have no copy', async () => {
  const device = await greta('POST /devices', { locationId, name: 'Gateway', kind: 'gateway' })
  const key = await greta('POST /api-keys', { name: 'Reporting', scopes: ['temperature.read'] })
  for (const { body } of [device, key]) {
    const { status } = await product.machine(body.key)('POST /sync/pull', {
      clientId: randomUUID(),
      cursor: emptyCursor,
    })
    expect(status).toBe(403)
  }
})
