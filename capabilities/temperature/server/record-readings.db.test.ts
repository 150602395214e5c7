import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { AlarmPolicyInput, alarmBound, type UnitPolicyInput } from '../index.ts'
import { ingestReadings, readItems } from './ingest-readings.ts'
import { type Kitchen, openKitchen } from './kitchen.for-tests.ts'
import { recordReadings } from './record-readings.ts'

let kitchen: Kitchen
beforeAll(async () => {
  kitchen = await openKitchen()
})
afterAll(() => kitchen.close())

const MINUTE = 60_000
const start = Date.now() - 6 * 60 * MINUTE

/** Held to 41 °F; too warm above 5 °C for 30 minutes wakes someone. */
const cooler: UnitPolicyInput = {
  limitIds: ['us.cold_hold'],
  operatingLimits: null,
  alarm: AlarmPolicyInput.parse({ limits: { max: alarmBound(5_000, 'C'), min: null }, graceMinutes: 30 }),
}

const c = (sensorId: string, minute: number, value: number | string | null, seq?: number) => ({
  sensorId,
  sent: value,
  unit: 'C' as const,
  measuredAt: start + minute * MINUTE,
  receivedAt: start + minute * MINUTE,
  seq: seq ?? null,
})

const record = (readings: ReturnType<typeof c>[], actor = kitchen.gateway) =>
  kitchen.write(actor, (tx) => recordReadings(tx, readings, { source: 'sensor' }))

const statuses = (outcomes: { status: string }[]) => outcomes.map(({ status }) => status)
const alarmsOf = (unitId: string) =>
  kitchen.rows<{
    id: string
    kind: string
    task_id: string
    cleared_at: string | null
    closed_at: string | null
    raised_at: Date
  }>('select * from alarms where unit_id = $1 order by raised_at, id', [unitId])
const excursionsOf = (unitId: string) =>
  kitchen.rows<{
    started_at: Date
    ended_at: Date | null
    alarmed_at: Date | null
    found_late: boolean
    disproved_at: Date | null
  }>('select * from excursions where unit_id = $1 order by started_at', [unitId])
const shown = async (unitId: string) =>
  (
    await kitchen.rows<{ status: string; value_text: string; is_compliant: boolean; alarm_id: string | null }>(
      'select * from unit_states where id = $1',
      [unitId],
    )
  )[0]

describe('a reading of a sensor', () => {
  test('is stored as sent, judged by the printed limit, and shown on the board', async () => {
    const { unitId, sensorId } = await kitchen.unit('walk_in_cooler', cooler)
    expect(statuses(await record([c(sensorId, 0, '3.10')]))).toEqual(['accepted'])
    const [log] = await kitchen.rows('select * from temperature_logs where unit_id = $1', [unitId])
    expect(log).toMatchObject({
      value_text: '3.10',
      value_milli: 3100,
      is_compliant: true,
      limit_id: 'us.cold_hold',
      rule_edition: 'fda-2022',
      policy_id: expect.any(String),
      flags: [],
    })
    expect(await shown(unitId)).toMatchObject({ status: 'ok', value_text: '3.10', is_compliant: true })
  })

  test('out of compliance is recorded at once; someone is woken only after grace', async () => {
    const { unitId, sensorId } = await kitchen.unit('walk_in_cooler', cooler)
    await record([0, 10, 20].map((minute) => c(sensorId, minute, 6)))
    expect(await shown(unitId)).toMatchObject({ status: 'drifting', is_compliant: false })
    expect(await alarmsOf(unitId)).toEqual([])
    await record([c(sensorId, 30, 6.4)])
    const [alarm] = await alarmsOf(unitId)
    expect(alarm).toMatchObject({
      kind: 'limit',
      raised_at: new Date(start + 30 * MINUTE),
      task_id: expect.any(String),
    })
    expect(await shown(unitId)).toMatchObject({ status: 'alarm', alarm_id: alarm?.id })
    expect(await kitchen.rows('select * from corrective_actions where alarm_id = $1', [alarm?.id])).toMatchObject([
      { state: 'opened', task_id: alarm?.task_id },
    ])
    expect(await kitchen.rows('select * from tasks where id = $1', [alarm?.task_id])).toMatchObject([
      { priority: 'urgent', task_type: 'corrective', status: 'todo' },
    ])
    await record([c(sensorId, 40, 4)])
    expect(await alarmsOf(unitId)).toMatchObject([{ cleared_at: expect.any(Date), closed_at: null }])
    expect(await shown(unitId)).toMatchObject({ status: 'ok', alarm_id: null })
  })

  test('twenty probes at once make one alarm and one task', async () => {
    const { unitId, sensorId } = await kitchen.unit('walk_in_cooler', cooler)
    await record([c(sensorId, 0, 7)])
    const outcomes = await Promise.all(Array.from({ length: 20 }, (_, n) => record([c(sensorId, 31 + n, 7 + n / 10)])))
    expect(outcomes.flat().every(({ status }) => status === 'accepted')).toBe(true)
    expect(await alarmsOf(unitId)).toHaveLength(1)
    expect(
      await kitchen.rows('select * from tasks where location_id = $1 and title like $2', [
        kitchen.downtown,
        `${(await kitchen.rows<{ name: string }>('select name from units where id = $1', [unitId]))[0]?.name} %`,
      ]),
    ).toHaveLength(1)
  })

  test('two probes of one walk-in raise one alarm, which ends when both are back', async () => {
    const { unitId, sensorId } = await kitchen.unit('walk_in_cooler', cooler)
    const second = randomUUID()
    await kitchen.write(kitchen.chief, async (tx) => {
      const { addSensor } = await import('./add-sensor.ts')
      await addSensor(tx, { id: second, unitId, name: 'back', cadenceSeconds: 600 })
    })
    await record([c(sensorId, 0, 7), c(second, 0, 8), c(sensorId, 30, 7), c(second, 30, 8)])
    expect(await alarmsOf(unitId)).toMatchObject([{ cleared_at: null }])
    await record([c(sensorId, 40, 3)])
    expect(await alarmsOf(unitId)).toMatchObject([{ cleared_at: null }])
    await record([c(second, 41, 3)])
    expect(await alarmsOf(unitId)).toMatchObject([{ cleared_at: expect.any(Date) }])
  })
})

describe('what comes twice', () => {
  test('a retry is a duplicate, whole or in part', async () => {
    const { unitId, sensorId } = await kitchen.unit('walk_in_cooler', cooler)
    const batch = [c(sensorId, 0, 3), c(sensorId, 10, 3.2)]
    await record(batch)
    expect(statuses(await record([...batch, c(sensorId, 20, 3.1)]))).toEqual(['duplicate', 'duplicate', 'accepted'])
    expect(await kitchen.rows('select * from temperature_hours where unit_id = $1', [unitId])).toSatisfy(
      (hours: { readings: number }[]) => hours.reduce((sum, { readings }) => sum + readings, 0) === 3,
    )
  })

  test('the same device number and value under another time is the device repeating itself', async () => {
    const { sensorId } = await kitchen.unit('walk_in_cooler', cooler)
    await record([c(sensorId, 0, 3, 41), c(sensorId, 10, 3.5, 42)])
    expect(statuses(await record([c(sensorId, 11, 3.5, 42), c(sensorId, 20, 3.5, 43)]))).toEqual([
      'duplicate',
      'accepted',
    ])
    expect(statuses(await record([c(sensorId, 30, 3.9, 42)]))).toEqual(['accepted'])
  })

  test('another value at the same time is kept, and the later one says so', async () => {
    const { unitId, sensorId } = await kitchen.unit('walk_in_cooler', cooler)
    await record([c(sensorId, 0, 3)])
    await record([c(sensorId, 0, 4), c(sensorId, 10, 3), c(sensorId, 10, 3.5)])
    const logs = await kitchen.rows<{ value_text: string; flags: string[] }>(
      'select value_text, flags from temperature_logs where unit_id = $1 order by measured_at, value_milli',
      [unitId],
    )
    expect(logs).toEqual([
      { value_text: '3', flags: [] },
      { value_text: '4', flags: ['conflict'] },
      { value_text: '3', flags: [] },
      { value_text: '3.5', flags: ['conflict'] },
    ])
  })
})

describe('a fault of the sensor', () => {
  test('one sentinel is shown and wakes nobody; two are a fault alarm, which ends by itself', async () => {
    const { unitId, sensorId } = await kitchen.unit('walk_in_cooler', cooler)
    await record([c(sensorId, 0, 3), c(sensorId, 10, 327.67)])
    expect(await shown(unitId)).toMatchObject({ status: 'fault', value_text: '3' })
    expect(await alarmsOf(unitId)).toEqual([])
    await record([c(sensorId, 20, -127)])
    const [alarm] = await alarmsOf(unitId)
    expect(alarm).toMatchObject({ kind: 'fault', cleared_at: null })
    await record([c(sensorId, 30, 3)])
    expect(await alarmsOf(unitId)).toMatchObject([{ cleared_at: expect.any(Date), closed_at: expect.any(Date) }])
    expect(await kitchen.rows('select status from tasks where id = $1', [alarm?.task_id])).toEqual([
      { status: 'cancelled' },
    ])
    const faults = await kitchen.rows(
      'select fault, value_milli, is_compliant from temperature_logs where unit_id = $1 and fault is not null',
      [unitId],
    )
    expect(faults).toEqual([
      { fault: 'disconnected', value_milli: null, is_compliant: null },
      { fault: 'disconnected', value_milli: null, is_compliant: null },
    ])
  })
})

describe('late readings', () => {
  test('an excursion found late is recorded and wakes nobody', async () => {
    const { unitId, sensorId } = await kitchen.unit('walk_in_cooler', cooler)
    await record([c(sensorId, 0, 3), c(sensorId, 120, 3)])
    await record([20, 30, 40, 50, 60, 70].map((minute) => c(sensorId, minute, 9)))
    expect(await excursionsOf(unitId)).toMatchObject([
      {
        started_at: new Date(start + 20 * MINUTE),
        alarmed_at: new Date(start + 50 * MINUTE),
        ended_at: new Date(start + 120 * MINUTE),
        found_late: true,
      },
    ])
    expect(await alarmsOf(unitId)).toEqual([])
    expect(await shown(unitId)).toMatchObject({ status: 'ok', value_text: '3' })
  })

  test('one that turns out to be still going on is an alarm like any other', async () => {
    const { unitId, sensorId } = await kitchen.unit('walk_in_cooler', cooler)
    await record([c(sensorId, 0, 3), c(sensorId, 60, 9)])
    await record([c(sensorId, 20, 9)])
    expect(await excursionsOf(unitId)).toMatchObject([{ started_at: new Date(start + 20 * MINUTE), ended_at: null }])
    expect(await alarmsOf(unitId)).toMatchObject([{ kind: 'limit', raised_at: new Date(start + 60 * MINUTE) }])
    expect(await shown(unitId)).toMatchObject({ status: 'alarm' })
    await record([c(sensorId, 70, 3)])
    expect(await excursionsOf(unitId)).toMatchObject([{ ended_at: new Date(start + 70 * MINUTE) }])
    expect(await alarmsOf(unitId)).toMatchObject([{ cleared_at: expect.any(Date) }])
  })

  test('a gap that late readings fill with good values takes the excursion apart', async () => {
    const { unitId, sensorId } = await kitchen.unit('walk_in_cooler', cooler)
    await record([c(sensorId, 0, 9), c(sensorId, 60, 9)])
    expect(await alarmsOf(unitId)).toHaveLength(1)
    await record([c(sensorId, 30, 3)])
    expect(await excursionsOf(unitId)).toMatchObject([
      { started_at: new Date(start), ended_at: new Date(start + 30 * MINUTE), alarmed_at: null },
      { started_at: new Date(start + 60 * MINUTE), ended_at: null, alarmed_at: null },
    ])
    expect(await alarmsOf(unitId)).toMatchObject([{ cleared_at: expect.any(Date), closed_at: null }])
  })
})

describe('what is refused', () => {
  test('one bad reading never spoils the others', async () => {
    const { sensorId } = await kitchen.unit('walk_in_cooler', cooler)
    const elsewhere = await kitchen.unit('walk_in_cooler', cooler, kitchen.airport)
    const measuredAt = new Date(start).toISOString()
    const item = { sensorId, measuredAt, value: 3, unit: 'C' }
    const items = readItems([
      item,
      { ...item, unit: 'K' },
      { ...item, measuredAt: 'yesterday' },
      { ...item, measuredAt: new Date(Date.now() + 11 * MINUTE).toISOString() },
      { ...item, measuredAt: '1999-12-31T23:59:59Z' },
      { ...item, value: '3,x' },
      { ...item, value: 1e300 },
      { ...item, sensorId: elsewhere.sensorId },
      { ...item, sensorId: randomUUID() },
      { ...item, extra: 1 },
      'nonsense',
      { ...item, value: 'NaN', measuredAt: new Date(start + MINUTE).toISOString() },
      { ...item, value: 3.25, measuredAt: new Date(start + 2 * MINUTE).toISOString() },
    ])
    const answer = await kitchen.write(kitchen.gateway, (tx) => ingestReadings(tx, items))
    expect(answer.results.map(({ code, status }) => code ?? status)).toEqual([
      'accepted',
      'temperature.reading_invalid',
      'temperature.reading_invalid',
      'temperature.measured_in_future',
      'temperature.measured_too_long_ago',
      'temperature.value_not_a_number',
      'temperature.value_not_a_number',
      'temperature.sensor_unknown',
      'temperature.sensor_unknown',
      'temperature.reading_invalid',
      'temperature.reading_invalid',
      'accepted',
      'accepted',
    ])
    expect(answer).toMatchObject({ accepted: 3, duplicate: 0, rejected: 10 })
  })

  test('another tenant, another location, and someone without the permission reach no sensor', async () => {
    const { sensorId, unitId } = await kitchen.unit('walk_in_cooler', cooler)
    for (const actor of [kitchen.foreign.actor, kitchen.pilot, kitchen.cook]) {
      expect(await record([c(sensorId, 0, 3)], actor)).toMatchObject([
        { status: 'rejected', code: 'temperature.sensor_unknown' },
      ])
    }
    expect(await kitchen.rows('select id from temperature_logs where unit_id = $1', [unitId])).toEqual([])
  })
})

test('the facts carry the rows as they stand, one of a unit for a batch', async () => {
  const { unitId, sensorId } = await kitchen.unit('walk_in_cooler', cooler)
  await record([0, 10, 20, 30].map((minute) => c(sensorId, minute, 6)))
  const facts = await kitchen.rows<{ name: string; body: { unitId?: string; status?: string } }>(
    `select name, body from facts where body ->> 'unitId' = $1 or body ->> 'locationId' = $2 order by version desc limit 4`,
    [unitId, kitchen.downtown],
  )
  expect(facts.map(({ name }) => name)).toEqual([
    'temperature.unit_changed',
    'temperature.alarm_raised',
    'temperature.corrective_action_changed',
    'tasks.task_changed',
  ])
  expect(facts[0]?.body).toMatchObject({ unitId, status: 'alarm' })
})
