import { randomUUID } from 'node:crypto'
import { cursorAfter } from '@opsflow/platform/server/http/cursor'
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

const WRONG: unknown[] = [
  null,
  true,
  -1,
  1e308,
  Number.MAX_SAFE_INTEGER,
  '',
  ' ',
  'NaN',
  '0000-01-01T00:00:00Z',
  '9999-12-31T23:59:59Z',
  '2026-02-30T00:00:00Z',
  "'; drop table temperature_logs; --",
  '<script>alert(1)</script>',
  '\u0000',
  '\ud800',
  'x'.repeat(20_000),
  randomUUID(),
  [],
  {},
  [[[]]],
]

test('every field of every body refuses what it cannot mean, and the server stays well', async () => {
  const { unitId, sensorId } = await kitchen.unit()
  const { body: log } = await ask(kitchen.cook, 'POST /temperature-logs', { unitId, value: '50', unit: 'F' })
  const action = `/corrective-actions/${log.correctiveActionId}`
  const policy = { limitIds: [], operatingLimits: null, alarm: null, startsAt: '2099-01-01T00:00:00Z', reason: '' }
  const bodies: [string, Record<string, unknown>][] = [
    [
      'POST /temperature-logs',
      { id: randomUUID(), unitId, value: '38', unit: 'F', measuredAt: new Date().toISOString(), probe: 'P', note: '' },
    ],
    [`POST /temperature-logs/${log.id}/corrections`, { value: '38', unit: 'F', reason: 'Misread' }],
    ['POST /units', { locationId: kitchen.downtown, name: 'New', kind: 'other', position: 1, policy }],
    [`PATCH /units/${unitId}`, { name: 'Renamed', position: 2, retired: false }],
    [`POST /units/${unitId}/policies`, policy],
    ['POST /sensors', { unitId, name: 'S', externalId: 'e', channel: '', model: '', cadenceSeconds: 60 }],
    [
      `PATCH /sensors/${sensorId}`,
      { name: 'S', externalId: 'f', channel: '', model: '', cadenceSeconds: 60, retired: false },
    ],
    [`POST ${action}/response`, { cause: 'other', action: 'other', disposition: 'moved', note: 'So' }],
    [`POST ${action}/recheck`, { value: '38', unit: 'F', probe: 'P', note: '' }],
    [`POST ${action}/closure`, { note: '' }],
    [`POST ${action}/verification`, { note: '' }],
    [`PATCH /tasks/${randomUUID()}`, { status: 'completed' }],
    ['POST /ingest/readings', { readings: [{ sensorId, measuredAt: new Date().toISOString(), value: 3, unit: 'C' }] }],
    [
      'POST /ingest/ttn',
      {
        end_device_ids: { device_id: 'a', dev_eui: 'b' },
        received_at: 'x',
        uplink_message: { f_port: 1, f_cnt: 1, frm_payload: 'AA==' },
      },
    ],
    [`POST /imports/${randomUUID()}/runs`, { mapping: {} }],
  ]
  for (const [route, body] of bodies) {
    const actor = route.includes('/ingest/') ? kitchen.gateway : kitchen.chief
    for (const field of [...Object.keys(body), 'unknownField']) {
      for (const wrong of WRONG) {
        const { status } = await ask(actor, route, { ...body, [field]: wrong })
        expect(status, `${route} ${field} ${JSON.stringify(wrong)}`).toBeLessThan(500)
      }
    }
  }
  const deep = bodies.find(([route]) => route === 'POST /ingest/readings')?.[1].readings as Record<string, unknown>[]
  for (const field of ['sensorId', 'externalId', 'channel', 'seq', 'measuredAt', 'value', 'unit']) {
    const readings = WRONG.filter((wrong) => !String(wrong).includes('\0')).map((wrong) => ({
      ...deep[0],
      [field]: wrong,
    }))
    const { status, body } = await ask(kitchen.gateway, 'POST /ingest/readings', { readings })
    expect([field, status, body.results?.length]).toEqual([field, 200, readings.length])
  }
}, 120_000)

test('every query refuses what it cannot mean', async () => {
  const { unitId } = await kitchen.unit()
  const lists = [
    '/units',
    '/sensors',
    '/temperature-logs',
    '/excursions',
    '/alarms',
    '/corrective-actions',
    '/tasks',
    '/imports',
    '/dashboard',
    `/units/${unitId}/series`,
  ]
  const fields = [
    'limit',
    'cursor',
    'locationId',
    'unitId',
    'from',
    'to',
    'compliant',
    'state',
    'status',
    'points',
    'mine',
    'nonsense',
  ]
  const forged = [
    cursorAfter('0000-01-01T00:00:00Z', randomUUID()),
    cursorAfter(1e308, randomUUID()),
    cursorAfter('x'.repeat(121), randomUUID()),
  ]
  for (const list of lists) {
    for (const field of fields) {
      for (const wrong of [...WRONG.map(String), ...forged].filter((text) => text.length < 5000 && text !== '\ud800')) {
        const { status } = await ask(kitchen.chief, `GET ${list}?${field}=${encodeURIComponent(wrong)}`)
        expect(status, `${list}?${field}=${wrong}`).toBeLessThan(500)
      }
    }
  }
}, 120_000)
