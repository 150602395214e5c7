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

describe('the dashboard', () => {
  test('of a new location shows zeros', async () => {
    const { body } = await ask(kitchen.pilot, 'GET /dashboard')
    expect(body.locations).toMatchObject([{ id: kitchen.airport, name: 'Airport', timezone: 'America/New_York' }])
    expect(Object.values(body.locations[0].counts).every((count) => count === 0)).toBe(true)
    expect(body).toMatchObject({
      versions: { [kitchen.airport]: 1 }, // its own row is what devices heard of it
      units: [],
      alarms: [],
      tasks: [],
      correctiveActions: [],
    })
  })

  test('counts what is open, and what was read and kept today', async () => {
    const warm = await kitchen.unit()
    const cold = await kitchen.unit()
    await kitchen.unit()
    await ask(kitchen.cook, 'POST /temperature-logs', { unitId: warm.unitId, value: '50', unit: 'F' })
    const typed = await ask(kitchen.cook, 'POST /temperature-logs', { unitId: cold.unitId, value: '36', unit: 'F' })
    const correction = { value: '38', unit: 'F', reason: 'Misread' }
    await ask(kitchen.cook, `POST /temperature-logs/${typed.body.id}/corrections`, correction)
    const { body } = await ask(kitchen.manager, `GET /dashboard?locationId=${kitchen.downtown}`)
    expect(body.locations[0].counts).toEqual({
      units: 3,
      ok: 1,
      drifting: 0,
      alarm: 1,
      fault: 0,
      silent: 0,
      noData: 1,
      openAlarms: 0,
      openCorrectiveActions: 1,
      tasksOpen: 1,
      tasksOverdue: 0,
      readingsToday: 2,
      compliantToday: 1,
      judgedToday: 2,
    })
    expect(body.correctiveActions).toMatchObject([{ unitId: warm.unitId, state: 'opened', taskId: body.tasks[0].id }])
    await kitchen.rows(`update unit_states set day_starts = day_starts - interval '1 day' where id = $1`, [warm.unitId])
    const { body: tomorrow } = await ask(kitchen.manager, `GET /dashboard?locationId=${kitchen.downtown}`)
    expect(tomorrow.locations[0].counts).toMatchObject({ readingsToday: 1, compliantToday: 1, judgedToday: 1 })
    expect(body.units.map(({ status }: { status: string }) => status).sort()).toEqual(['alarm', 'no_data', 'ok'])
  })

  test('names the version of each location, to which the next fact is added', async () => {
    const { unitId } = await kitchen.unit()
    const { body: before } = await ask(kitchen.chief, 'GET /dashboard')
    await ask(kitchen.cook, 'POST /temperature-logs', { unitId, value: '38', unit: 'F' })
    const { body: after } = await ask(kitchen.chief, 'GET /dashboard')
    const next = before.versions[kitchen.downtown] + 1
    expect(after.versions).toEqual({ ...before.versions, [kitchen.downtown]: next })
    const [fact] = await kitchen.rows<{ name: string; body: object }>(
      'select name, body from facts where scope_id = $1 and version = $2',
      [kitchen.downtown, next],
    )
    expect(fact?.name).toBe('temperature.unit_changed')
    expect(fact?.body).toEqual(after.units.find((unit: { unitId: string }) => unit.unitId === unitId))
  })

  test('tells of each business day what was judged, raised and done, and who was there today', async () => {
    const before = (await ask(kitchen.manager, `GET /dashboard/week?locationId=${kitchen.downtown}`)).body
    const { unitId } = await kitchen.unit()
    await ask(kitchen.cook, 'POST /temperature-logs', { unitId, value: '55', unit: 'F' })
    await kitchen.rows(`update temperature_hours set hour = hour - interval '2 days' where unit_id = $1`, [unitId])
    await ask(kitchen.cook, 'POST /temperature-logs', { unitId, value: '36', unit: 'F' })
    const { body } = await ask(kitchen.manager, `GET /dashboard/week?locationId=${kitchen.downtown}`)
    const [earlier, today] = body.days.slice(-2)
    const [, todayBefore = before.days.at(-1)] = before.days.slice(-2)
    expect(earlier).toMatchObject({ locationId: kitchen.downtown, judged: 1, compliant: 0, alarms: 0 })
    expect(today.judged).toBe(todayBefore.judged + 1)
    expect(today.correctiveActions).toBe(todayBefore.correctiveActions + 1)
    const cook = body.people.find(({ id }: { id: string }) => id === kitchen.cook.id)
    expect(cook).toMatchObject({ locationId: kitchen.downtown, records: expect.any(Number) })
    expect((await ask(kitchen.pilot, `GET /dashboard/week?locationId=${kitchen.downtown}`)).status).toBe(404)
    expect((await ask(kitchen.pilot, 'GET /dashboard/week')).body).toEqual({ days: [], people: [] })
  })

  test('is read in one round trip', async () => {
    let trips = 0
    const { database } = kitchen
    const { dashboardHandlers } = await import('./http-dashboard.ts')
    const call = {
      actor: kitchen.chief,
      query: {},
      readBatch: (statements: Parameters<typeof database.readBatch>[1]) => {
        trips++
        return database.readBatch(kitchen.chief, statements)
      },
    }
    await dashboardHandlers['GET /dashboard'](call as never)
    expect(trips).toBe(1)
  })
})
