import { randomUUID } from 'node:crypto'
import type { Actor } from '@opsflow/platform/actor'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
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

const reading = (sensorId: string, n = 0) => ({
  sensorId,
  measuredAt: new Date(Date.now() - 600_000 + n * 1000).toISOString(),
  value: 3,
  unit: 'C',
})
const stored = (unitId: string) => kitchen.rows('select id from temperature_logs where unit_id = $1', [unitId])

describe('POST /ingest/readings', () => {
  test('takes 500 at once and answers for each', async () => {
    const { unitId, sensorId } = await kitchen.unit()
    const readings = Array.from({ length: 500 }, (_, n) => ({ ...reading(sensorId, n), seq: n }))
    const first = await ask(kitchen.gateway, 'POST /ingest/readings', { readings })
    expect([first.status, first.body.accepted, first.body.results.length]).toEqual([200, 500, 500])
    const again = await ask(kitchen.gateway, 'POST /ingest/readings', { readings })
    expect(again.body).toMatchObject({ accepted: 0, duplicate: 500, rejected: 0 })
    expect(await stored(unitId)).toHaveLength(500)
    const [log] = await kitchen.rows('select device_id, source from temperature_logs where unit_id = $1 limit 1', [
      unitId,
    ])
    expect(log).toEqual({ device_id: kitchen.gateway.id, source: 'sensor' })
  })

  test('refuses 501, a body beyond 256 KiB and an empty list whole, with nothing stored', async () => {
    const { unitId, sensorId } = await kitchen.unit()
    const many = Array.from({ length: 501 }, (_, n) => reading(sensorId, n))
    const long = [{ ...reading(sensorId), externalId: 'x'.repeat(300 * 1024) }]
    expect((await ask(kitchen.gateway, 'POST /ingest/readings', { readings: many })).status).toBe(422)
    expect((await ask(kitchen.gateway, 'POST /ingest/readings', { readings: long })).status).toBe(413)
    expect((await ask(kitchen.gateway, 'POST /ingest/readings', { readings: [] })).status).toBe(422)
    expect((await ask(kitchen.gateway, 'POST /ingest/readings', '{"readings":[')).status).toBe(400)
    expect(await stored(unitId)).toEqual([])
  })

  test('is not for people', async () => {
    const { sensorId } = await kitchen.unit()
    expect((await ask(kitchen.cook, 'POST /ingest/readings', { readings: [reading(sensorId)] })).status).toBe(403)
  })

  test('finds a sensor by the gateway’s own name for it', async () => {
    const { unitId } = await kitchen.unit()
    const externalId = `AA:${randomUUID()}`
    const made = await ask(kitchen.manager, 'POST /sensors', { unitId, name: 'Door', externalId, cadenceSeconds: 300 })
    expect(made.status).toBe(201)
    const { sensorId: _, ...rest } = reading(made.body.id)
    const answer = await ask(kitchen.gateway, 'POST /ingest/readings', { readings: [{ ...rest, externalId }] })
    expect(answer.body.results).toMatchObject([{ status: 'accepted' }])
    const taken = await ask(kitchen.manager, 'POST /sensors', { unitId, name: 'Other', externalId })
    expect([taken.status, taken.body.code]).toEqual([409, 'temperature.sensor_external_id_taken'])
  })

  test('keeps the batch when a fact is announced and the same key comes again', async () => {
    const { sensorId, unitId } = await kitchen.unit()
    const key = { 'idempotency-key': randomUUID() }
    const body = { readings: [reading(sensorId)] }
    const first = await ask(kitchen.gateway, 'POST /ingest/readings', body, key)
    const again = await ask(kitchen.gateway, 'POST /ingest/readings', body, key)
    expect(again.body).toEqual(first.body)
    expect(await stored(unitId)).toHaveLength(1)
  })
})

describe('POST /ingest/ttn', () => {
  const uplink = (devEui: string, payload: string, more: object = {}) => ({
    end_device_ids: { device_id: 'walk-in-1', dev_eui: devEui, application_ids: { application_id: 'kitchen' } },
    received_at: new Date().toISOString(),
    uplink_message: { f_port: 85, f_cnt: 17, frm_payload: Buffer.from(payload, 'hex').toString('base64'), ...more },
  })
  const milesight = async (model = 'milesight-iot/ts201') => {
    const { unitId } = await kitchen.unit()
    const devEui = randomUUID().replaceAll('-', '').slice(0, 16).toUpperCase()
    await ask(kitchen.manager, 'POST /sensors', {
      unitId,
      name: 'LoRa',
      externalId: devEui,
      model,
      cadenceSeconds: 600,
    })
    return { unitId, devEui }
  }

  test('decodes a known payload; the same uplink again is a duplicate', async () => {
    const { unitId, devEui } = await milesight()
    const sent = uplink(devEui.toLowerCase(), '03673401')
    expect((await ask(kitchen.gateway, 'POST /ingest/ttn', sent)).body).toMatchObject({ accepted: 1, rejected: 0 })
    expect((await ask(kitchen.gateway, 'POST /ingest/ttn', sent)).body).toMatchObject({ duplicate: 1 })
    const [log] = await kitchen.rows(
      'select value_text, value_unit, device_seq from temperature_logs where unit_id = $1',
      [unitId],
    )
    expect(log).toEqual({ value_text: '30.8', value_unit: 'C', device_seq: '17' })
  })

  test('answers what it cannot understand with a code, never with an error', async () => {
    const { devEui, unitId } = await milesight()
    const strange = await milesight('acme/unheard-of')
    for (const [sent, code] of [
      [uplink(devEui, '0367'), 'temperature.payload_undecodable'],
      [uplink(devEui, '03673401', { frm_payload: 'not base64!' }), 'temperature.payload_undecodable'],
      [uplink(strange.devEui, '03673401'), 'temperature.payload_undecodable'],
      [uplink('FFFFFFFFFFFFFFFF', '03673401'), 'temperature.sensor_unknown'],
    ] as const) {
      const { status, body } = await ask(kitchen.gateway, 'POST /ingest/ttn', sent)
      expect([status, body.results[0].code]).toEqual([200, code])
    }
    expect((await ask(kitchen.gateway, 'POST /ingest/ttn', { hello: 1 })).status).toBe(422)
    expect(await stored(unitId)).toEqual([])
  })
})

describe('units, sensors and policies', () => {
  const newUnit = (name: string) => ({ locationId: kitchen.downtown, name, kind: 'walk_in_freezer' })

  test('a unit starts with what is usual for its kind', async () => {
    const { status, body } = await ask(kitchen.manager, 'POST /units', newUnit('Big freezer'))
    expect(status).toBe(201)
    expect(body).toMatchObject({
      kind: 'walk_in_freezer',
      policy: { limitIds: ['us.freezer_air'], alarm: { graceMinutes: 90 } },
      state: { status: 'no_data', value: null, limitText: '≤ 0 °F' },
    })
    const again = await ask(kitchen.manager, 'POST /units', newUnit('Big freezer'))
    expect([again.status, again.body.code]).toEqual([409, 'temperature.unit_name_taken'])
  })

  test('a policy starts now or later; the past keeps the version it was judged by', async () => {
    const { unitId, sensorId } = await kitchen.unit()
    await ask(kitchen.gateway, 'POST /ingest/readings', { readings: [{ ...reading(sensorId), value: 4 }] })
    const policy = { limitIds: [], operatingLimits: { max: { milliF: null, milliC: 2_000 }, min: null }, alarm: null }
    const past = await ask(kitchen.manager, `POST /units/${unitId}/policies`, {
      ...policy,
      startsAt: '2020-01-01T00:00:00Z',
    })
    expect([past.status, past.body.code]).toEqual([422, 'temperature.policy_starts_in_past'])
    const made = await ask(kitchen.manager, `POST /units/${unitId}/policies`, { ...policy, reason: 'Raw fish' })
    expect(made.status).toBe(201)
    const measuredAt = new Date(Date.now() + 1000).toISOString()
    await ask(kitchen.gateway, 'POST /ingest/readings', { readings: [{ ...reading(sensorId), measuredAt, value: 4 }] })
    const { body: logs } = await ask(kitchen.cook, `GET /temperature-logs?unitId=${unitId}`)
    expect(logs.items.map(({ isCompliant, limitId }: Record<string, unknown>) => [isCompliant, limitId])).toEqual([
      [false, 'operating.max'],
      [true, 'us.cold_hold'],
    ])
    const { body: versions } = await ask(kitchen.cook, `GET /units/${unitId}/policies`)
    expect(versions.items.map(({ reason }: { reason: string }) => reason)).toEqual(['Raw fish', ''])
    expect((await ask(kitchen.cook, `GET /units/${unitId}`)).body.state.limitText).toBe('≤ 2 °C')
  })

  test('are set up by those who may, where they may', async () => {
    const { unitId, sensorId } = await kitchen.unit()
    const statusOf = async (actor: Actor, route: string, body?: unknown) => (await ask(actor, route, body)).status
    expect(await statusOf(kitchen.cook, 'POST /units', newUnit('Mine'))).toBe(403)
    expect(await statusOf(kitchen.pilot, 'POST /units', newUnit('Mine'))).toBe(403)
    expect(await statusOf(kitchen.foreign.actor, 'POST /units', newUnit('Mine'))).toBe(404)
    expect(await statusOf(kitchen.manager, 'POST /units', { ...newUnit('Mine'), locationId: kitchen.airport })).toBe(
      404,
    )
    expect(await statusOf(kitchen.foreign.actor, `PATCH /units/${unitId}`, { name: 'Mine' })).toBe(404)
    expect(await statusOf(kitchen.foreign.actor, `PATCH /sensors/${sensorId}`, { name: 'Mine' })).toBe(404)
    expect(await statusOf(kitchen.foreign.actor, 'POST /sensors', { unitId, name: 'Mine' })).toBe(404)
    const policy = { limitIds: [], alarm: null }
    expect(await statusOf(kitchen.foreign.actor, `POST /units/${unitId}/policies`, policy)).toBe(404)
    expect(await statusOf(kitchen.cook, `POST /units/${unitId}/policies`, policy)).toBe(403)
  })

  test('a unit that is retired takes its sensors with it and refuses readings', async () => {
    const { unitId, sensorId } = await kitchen.unit()
    const retired = await ask(kitchen.manager, `PATCH /units/${unitId}`, { retired: true })
    expect(retired.body.retiredAt).toEqual(expect.any(String))
    const answer = await ask(kitchen.gateway, 'POST /ingest/readings', { readings: [reading(sensorId)] })
    expect(answer.body.results[0].code).toBe('temperature.sensor_unknown')
    const typed = await ask(kitchen.cook, 'POST /temperature-logs', { unitId, value: '38', unit: 'F' })
    expect([typed.status, typed.body.code]).toEqual([409, 'temperature.unit_retired'])
    const { body } = await ask(kitchen.cook, 'GET /sensors?limit=200')
    expect(body.items.map(({ id }: { id: string }) => id)).not.toContain(sensorId)
  })

  test('lists go on from page to page without losing or repeating one', async () => {
    for (const list of [
      '/units',
      '/sensors',
      '/tasks',
      '/temperature-logs',
      '/corrective-actions',
      '/alarms?state=all',
      '/excursions',
    ]) {
      const sign = list.includes('?') ? '&' : '?'
      const all = (await ask(kitchen.chief, `GET ${list}${sign}limit=200`)).body.items as { id: string }[]
      const paged: { id: string }[] = []
      let cursor = ''
      do {
        const { body } = await ask(kitchen.chief, `GET ${list}${sign}limit=7${cursor && `&cursor=${cursor}`}`)
        paged.push(...body.items)
        cursor = body.nextCursor ?? ''
      } while (cursor && paged.length < 200)
      expect(paged.slice(0, all.length).map(({ id }) => id)).toEqual(all.map(({ id }) => id))
    }
    expect((await ask(kitchen.chief, 'GET /units?cursor=made-up')).status).toBe(422)
  })

  test('published limits are listed as printed', async () => {
    const { body } = await ask(kitchen.cook, 'GET /limits')
    expect(body.limits).toContainEqual(expect.objectContaining({ id: 'us.cold_hold', milliF: 41_000, milliC: 5_000 }))
  })
})
