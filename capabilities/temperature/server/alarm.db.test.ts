import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { AlarmPolicyInput, alarmBound, type UnitPolicyInput } from '../index.ts'
import { addSensor } from './add-sensor.ts'
import { findSilences, noteSilences, recordReadings } from './index.ts'
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

const MINUTE = 60_000
const cooler: UnitPolicyInput = {
  limitIds: ['us.cold_hold'],
  operatingLimits: null,
  alarm: AlarmPolicyInput.parse({ limits: { max: alarmBound(5_000, 'C'), min: null }, graceMinutes: 30 }),
}

const report = (sensorId: string, value: number, measuredAt: number, receivedAt = measuredAt) =>
  kitchen.write(kitchen.gateway, (tx) =>
    recordReadings(tx, [{ sensorId, sent: value, unit: 'C', measuredAt, receivedAt }], { source: 'sensor' }),
  )

async function alarmed() {
  const { unitId, sensorId } = await kitchen.unit('walk_in_cooler', cooler)
  const now = Date.now()
  await report(sensorId, 9, now - 31 * MINUTE)
  await report(sensorId, 9.5, now)
  const { body } = await ask(kitchen.cook, `GET /alarms?unitId=${unitId}`)
  return { unitId, sensorId, alarm: body.items[0] }
}

describe('an alarm', () => {
  test('is acknowledged once: who and when, also on its corrective action', async () => {
    const { alarm } = await alarmed()
    expect(alarm).toMatchObject({
      kind: 'limit',
      acknowledgedAt: null,
      value: { text: '9.5' },
      taskId: expect.any(String),
    })
    const first = await ask(kitchen.cook, `POST /alarms/${alarm.id}/acknowledgement`, { note: 'On my way' })
    expect(first.body).toMatchObject({ acknowledgedBy: { name: 'Carl' }, acknowledgedAt: expect.any(String) })
    const second = await ask(kitchen.manager, `POST /alarms/${alarm.id}/acknowledgement`, {})
    expect(second.body).toEqual(first.body)
    const { body } = await ask(kitchen.cook, `GET /corrective-actions/${alarm.correctiveActionId}`)
    expect(body.history).toMatchObject([
      { step: 'opened' },
      { step: 'acknowledged', by: { name: 'Carl' }, note: 'On my way' },
    ])
  })

  test('is closed with its corrective action, and stays open until then although the unit is cold again', async () => {
    const { alarm, sensorId, unitId } = await alarmed()
    await report(sensorId, 3, Date.now() + 1000)
    expect((await ask(kitchen.cook, `GET /alarms/${alarm.id}`)).body).toMatchObject({
      clearedAt: expect.any(String),
      closedAt: null,
    })
    const action = `/corrective-actions/${alarm.correctiveActionId}`
    await ask(kitchen.cook, `POST ${action}/response`, {
      cause: 'door_left_open',
      action: 'closed_door',
      disposition: 'kept_safe',
    })
    await ask(kitchen.cook, `POST ${action}/recheck`, { value: '3.0', unit: 'C' })
    await ask(kitchen.cook, `POST ${action}/closure`, {})
    expect((await ask(kitchen.cook, `GET /alarms/${alarm.id}`)).body).toMatchObject({ closedAt: expect.any(String) })
    expect((await ask(kitchen.cook, `GET /alarms?unitId=${unitId}`)).body.items).toEqual([])
    expect((await ask(kitchen.cook, `GET /alarms?unitId=${unitId}&state=all`)).body.items).toHaveLength(1)
    const late = await ask(kitchen.manager, `POST /alarms/${alarm.id}/acknowledgement`, {})
    expect([late.status, late.body.code]).toEqual([409, 'temperature.alarm_closed'])
  })

  test('is nobody else’s', async () => {
    const { alarm } = await alarmed()
    for (const actor of [kitchen.foreign.actor, kitchen.pilot]) {
      expect((await ask(actor, `GET /alarms/${alarm.id}`)).status).toBe(404)
      expect((await ask(actor, `POST /alarms/${alarm.id}/acknowledgement`, {})).status).toBe(404)
    }
  })
})

const silentAlarms = (unitId: string) =>
  kitchen.rows<{ cleared_at: Date | null; closed_at: Date | null; raised_at: Date; task_id: string }>(
    `select * from alarms where unit_id = $1 and kind = 'silent' order by raised_at`,
    [unitId],
  )

const facts = (alarmName: string, unitId: string) =>
  kitchen.rows(`select id from facts where name = $1 and body ->> 'unitId' = $2 and body ->> 'kind' = 'silent'`, [
    alarmName,
    unitId,
  ])

/** What the watch does each time it looks. */
async function look(now: number) {
  for (const { tenantId, ids } of await findSilences(kitchen.relay, new Date(now))) {
    expect(tenantId).toBe(kitchen.tenantId)
    await kitchen.write(kitchen.system, (tx) => noteSilences(tx, ids, now))
  }
}

describe('silence', () => {
  test('of three readings is an alarm of the sensor, once, and the next reading ends it, once', async () => {
    const { unitId, sensorId } = await kitchen.unit('walk_in_cooler', cooler)
    const heard = Date.now()
    await report(sensorId, 3, heard)
    await look(heard + 29 * MINUTE)
    expect(await silentAlarms(unitId)).toEqual([])
    await look(heard + 31 * MINUTE)
    await look(heard + 32 * MINUTE)
    const [alarm] = await silentAlarms(unitId)
    expect(await silentAlarms(unitId)).toMatchObject([{ raised_at: new Date(heard + 30 * MINUTE), cleared_at: null }])
    expect((await ask(kitchen.cook, `GET /units/${unitId}`)).body.state).toMatchObject({
      status: 'silent',
      value: { text: '3' },
    })
    await report(sensorId, 3.1, heard + 1000)
    await report(sensorId, 3.1, heard + 2000)
    expect(await silentAlarms(unitId)).toMatchObject([{ cleared_at: expect.any(Date), closed_at: expect.any(Date) }])
    expect((await ask(kitchen.cook, `GET /units/${unitId}`)).body.state).toMatchObject({ status: 'ok' })
    expect((await ask(kitchen.cook, `GET /tasks/${alarm?.task_id}`)).body).toMatchObject({
      status: 'cancelled',
      taskType: 'maintenance',
    })
    expect(
      [await facts('temperature.alarm_raised', unitId), await facts('temperature.alarm_cleared', unitId)].map(
        (found) => found.length,
      ),
    ).toEqual([1, 1])
  })

  test('of a sensor that was retired counts from its return, not from its last word before', async () => {
    const { unitId, sensorId } = await kitchen.unit('walk_in_cooler', cooler)
    await report(sensorId, 3, Date.now() - 3 * 60 * MINUTE)
    await ask(kitchen.chief, `PATCH /sensors/${sensorId}`, { retired: true })
    await ask(kitchen.chief, `PATCH /sensors/${sensorId}`, { retired: false })
    const back = Date.now()
    await look(back + MINUTE)
    expect(await silentAlarms(unitId)).toEqual([])
    await look(back + 31 * MINUTE)
    expect(await silentAlarms(unitId)).toHaveLength(1)
  })

  test('that races with the reading raises at most one alarm, and none is left standing', async () => {
    const { unitId } = await kitchen.unit('walk_in_cooler', cooler)
    let at = Date.now() - 10 * 24 * 60 * MINUTE
    const createdAt = new Date(at)
    const { id: sensorId } = await kitchen.write(kitchen.chief, (tx) =>
      addSensor(tx, { unitId, name: 'door', cadenceSeconds: 600, createdAt }),
    )
    await report(sensorId, 3, at)
    for (let round = 0; round < 40; round++) {
      const timeout = at + 30 * MINUTE
      const note = () => kitchen.write(kitchen.system, (tx) => noteSilences(tx, [sensorId], timeout))
      const speak = () => report(sensorId, 3, timeout)
      await Promise.all(round % 2 ? [note(), speak(), note()] : [speak(), note(), note()])
      at = timeout
      const alarms = await silentAlarms(unitId)
      expect(alarms.filter(({ cleared_at }) => cleared_at === null)).toEqual([])
      expect(alarms.length).toBeLessThanOrEqual(round + 1)
    }
    const raised = (await silentAlarms(unitId)).length
    expect(raised).toBeGreaterThan(0)
    expect(await facts('temperature.alarm_raised', unitId)).toHaveLength(raised)
    expect(await facts('temperature.alarm_cleared', unitId)).toHaveLength(raised)
  })

  test('of a retired sensor is no news', async () => {
    const { unitId, sensorId } = await kitchen.unit('walk_in_cooler', cooler)
    const heard = Date.now()
    await report(sensorId, 3, heard)
    await ask(kitchen.manager, `PATCH /sensors/${sensorId}`, { retired: true })
    await look(heard + 60 * MINUTE)
    expect(await silentAlarms(unitId)).toEqual([])
    const late = await report(sensorId, 3, heard + 1000)
    expect(late).toMatchObject([{ status: 'rejected', code: 'temperature.sensor_unknown' }])
  })
})
