import { changeTask } from '@opsflow/capabilities/tasks/server'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { noteSlowDrifts } from './drift-watch.ts'
import type { NewReading } from './judge.ts'
import { type Kitchen, openKitchen } from './kitchen.for-tests.ts'
import { type Ask, serveKitchen } from './kitchen-http.for-tests.ts'
import { recordReadings } from './record-readings.ts'
import { findUnitsToCompare } from './store-across-tenants.ts'

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

const HOUR = 3_600_000
const DAY = 24 * HOUR
const today = Math.floor(Date.now() / HOUR) * HOUR

/** Two readings an hour for some days that end so many days ago; each day as warm as the rule says. */
async function read(sensorId: string, daysAgo: [from: number, to: number], celsius: (daysAgo: number) => number) {
  const readings: NewReading[] = []
  for (let at = today - daysAgo[0] * DAY; at < today - daysAgo[1] * DAY; at += HOUR / 2) {
    const sent = celsius((today - at) / DAY).toFixed(1)
    readings.push({ sensorId, sent, unit: 'C', measuredAt: at, receivedAt: at })
  }
  await kitchen.months.ensure(readings.map(({ measuredAt }) => measuredAt))
  const recorded = await kitchen.write(kitchen.gateway, (tx) => recordReadings(tx, readings, { source: 'sensor' }))
  expect(recorded.every(({ status }) => status === 'accepted')).toBe(true)
}

const look = (unitId: string, daysAgo: number) =>
  kitchen.write(kitchen.system, (tx) => noteSlowDrifts(tx, [unitId], today - daysAgo * DAY))
const shown = async (unitId: string) => (await ask(kitchen.cook, `GET /units/${unitId}`)).body.state.slowDrift
const tasksOf = (unitId: string) =>
  kitchen.rows<{ id: string; status: string; task_type: string; title: string }>(
    `select t.id, t.status, t.task_type, t.title from tasks t join slow_drifts d on d.task_id = t.id
      where d.unit_id = $1 order by t.created_at`,
    [unitId],
  )

/** −21 °C, and 0.3 °C more every day from a week ago until now. */
const creeping = (daysAgo: number) => -21 + Math.max(0, 8 - daysAgo) * 0.3

test('a unit that creeps up is shown with its numbers and gets one maintenance task, and nobody is woken', async () => {
  const { unitId, sensorId } = await kitchen.unit('freezer')
  await read(sensorId, [16, 0], creeping)
  await look(unitId, 6)
  expect(await shown(unitId)).toBeNull()
  await look(unitId, 0)
  await look(unitId, 0)
  const [task, ...more] = await tasksOf(unitId)
  expect(more).toEqual([])
  expect(task).toMatchObject({ status: 'todo', task_type: 'maintenance' })
  expect(task?.title).toMatch(/: book service\. Its quiet hours hold −\d\.\d °F, 3\.\d °F warmer than they used to\./)
  const drift = await shown(unitId)
  expect(drift).toMatchObject({
    usualMilliCelsius: -21_000,
    noticedAt: new Date(today).toISOString(),
    taskId: task?.id,
  })
  expect(drift.typicalMilliCelsius).toBeGreaterThanOrEqual(-19_500)
  expect((await ask(kitchen.cook, 'GET /dashboard')).body.units).toContainEqual(
    expect.objectContaining({ unitId, slowDrift: drift }),
  )
  expect(await kitchen.rows('select id from alarms where unit_id = $1', [unitId])).toEqual([])
})

test('it ends by itself when the unit is back, and takes the task that nobody has begun with it', async () => {
  const { unitId, sensorId } = await kitchen.unit('freezer')
  await read(sensorId, [18, 2], (daysAgo) => creeping(daysAgo - 2))
  await look(unitId, 2)
  expect(await shown(unitId)).not.toBeNull()
  await read(sensorId, [2, 0], () => -21)
  await look(unitId, 0)
  expect(await shown(unitId)).toBeNull()
  expect(await tasksOf(unitId)).toMatchObject([{ status: 'cancelled' }])
})

test('someone who ends the task has the last word: what the unit holds from then on is usual', async () => {
  const { unitId, sensorId } = await kitchen.unit('freezer')
  await read(sensorId, [24, 0], (daysAgo) => creeping(Math.max(daysAgo - 8, 0)))
  await look(unitId, 8)
  const [task] = await tasksOf(unitId)
  await kitchen.write(kitchen.manager, (tx) => changeTask(tx, task?.id ?? '', 'completed'))
  await look(unitId, 7)
  expect(await shown(unitId)).toBeNull()
  await look(unitId, 0)
  expect(await shown(unitId)).toBeNull()
  expect(await tasksOf(unitId)).toMatchObject([{ status: 'completed' }])
})

test('a unit that holds food hot, and one that is retired, are left alone', async () => {
  const hot = await kitchen.unit('hot_hold')
  await read(hot.sensorId, [16, 0], (daysAgo) => 60 + creeping(daysAgo))
  await look(hot.unitId, 0)
  const retired = await kitchen.unit('freezer')
  await read(retired.sensorId, [16, 0], creeping)
  await ask(kitchen.chief, `PATCH /units/${retired.unitId}`, { retired: true })
  await look(retired.unitId, 0)
  expect([await shown(hot.unitId), await shown(retired.unitId)]).toEqual([null, null])
})

test('each unit is due once a day', async () => {
  const { unitId } = await kitchen.unit('freezer')
  const isDue = async (at: number) =>
    (await findUnitsToCompare(kitchen.relay, new Date(at))).some(({ ids }) => ids.includes(unitId))
  expect(await isDue(Date.now() + HOUR)).toBe(true)
  await kitchen.write(kitchen.system, (tx) => noteSlowDrifts(tx, [unitId]))
  expect(await isDue(Date.now() + HOUR)).toBe(false)
  expect(await isDue(Date.now() + 25 * HOUR)).toBe(true)
})
