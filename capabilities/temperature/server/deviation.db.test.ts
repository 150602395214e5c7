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

const tooWarm = async (actor: Actor = kitchen.cook) => {
  const { unitId } = await kitchen.unit('walk_in_cooler')
  const { status, body } = await ask(actor, 'POST /temperature-logs', { unitId, value: '48.2', unit: 'F' })
  expect(status).toBe(201)
  return { unitId, log: body, action: `/corrective-actions/${body.correctiveActionId}` }
}

const response = { cause: 'door_left_open', action: 'moved_product', disposition: 'kept_safe' }

describe('a reading by hand', () => {
  test('within the limit is recorded as typed, with who read it', async () => {
    const { unitId } = await kitchen.unit('walk_in_cooler')
    const { status, body } = await ask(kitchen.cook, 'POST /temperature-logs', { unitId, value: '38,5', unit: 'F' })
    expect(status).toBe(201)
    expect(body).toMatchObject({
      value: { text: '38,5', unit: 'F', milli: 38_500 },
      isCompliant: true,
      limitId: 'us.cold_hold',
      source: 'typed',
      recordedBy: { id: kitchen.cook.id, name: 'Carl' },
      correctiveActionRequired: false,
      correctiveActionId: null,
      timeQuality: 'server',
    })
    const board = await ask(kitchen.cook, `GET /dashboard?locationId=${kitchen.downtown}`)
    expect(board.body.units.find((unit: { unitId: string }) => unit.unitId === unitId)).toMatchObject({
      status: 'ok',
      value: { text: '38,5' },
      limitText: '≤ 41 °F',
    })
  })

  test('outside the limit demands a corrective action, opened with its urgent task in the same transaction', async () => {
    const { log, unitId } = await tooWarm()
    expect(log).toMatchObject({
      isCompliant: false,
      correctiveActionRequired: true,
      correctiveActionId: expect.any(String),
    })
    const { body: action } = await ask(kitchen.cook, `GET /corrective-actions/${log.correctiveActionId}`)
    expect(action).toMatchObject({ state: 'opened', temperatureLogId: log.id, alarmId: null, unitId })
    expect(action.history).toMatchObject([{ step: 'opened', by: { name: 'Carl' }, value: { text: '48.2' } }])
    const { body: task } = await ask(kitchen.cook, `GET /tasks/${action.taskId}`)
    expect(task).toMatchObject({ priority: 'urgent', status: 'todo', taskType: 'corrective', dueAt: action.dueAt })
  })

  test('repeated with its id it is the same reading, also as a request with the same key', async () => {
    const { unitId } = await kitchen.unit('walk_in_cooler')
    const reading = {
      id: randomUUID(),
      unitId,
      value: '50',
      unit: 'F',
      measuredAt: new Date(Date.now() - 60_000).toISOString(),
    }
    const first = await ask(kitchen.cook, 'POST /temperature-logs', reading, { 'idempotency-key': reading.id })
    const again = await ask(kitchen.cook, 'POST /temperature-logs', reading, { 'idempotency-key': reading.id })
    const later = await ask(kitchen.cook, 'POST /temperature-logs', reading)
    expect([again.body, later.body]).toEqual([first.body, first.body])
    expect(again.headers.get('idempotency-replayed')).toBe('true')
    const other = await ask(kitchen.cook, 'POST /temperature-logs', { ...reading, value: '51' })
    expect([other.status, other.body.code]).toEqual([409, 'temperature.id_taken'])
    expect(await kitchen.rows('select id from corrective_actions where unit_id = $1', [unitId])).toHaveLength(1)
  })

  test('of an hour ago is marked as back-dated, never refused', async () => {
    const { unitId } = await kitchen.unit('walk_in_cooler')
    const measuredAt = new Date(Date.now() - 3_600_000).toISOString()
    const { body } = await ask(kitchen.cook, 'POST /temperature-logs', { unitId, value: '38', unit: 'F', measuredAt })
    expect(body).toMatchObject({ flags: ['back_dated'], timeQuality: 'device' })
  })

  test.each([
    ['', 'F', 'too_small'],
    ['warm', 'F', 'temperature.value_not_a_number'],
    ['1e2', 'F', 'temperature.value_not_a_number'],
    ['38.1234', 'F', 'temperature.value_too_precise'],
    ['900', 'F', 'temperature.value_implausible'],
    ['38', 'K', 'invalid_value'],
    [38, 'F', 'invalid_type'],
  ])('typed as %j °%s is refused with its reason', async (value, unit, code) => {
    const { unitId } = await kitchen.unit('walk_in_cooler')
    const { status, body } = await ask(kitchen.cook, 'POST /temperature-logs', { unitId, value, unit })
    expect([status, body.errors[0].code]).toEqual([422, code])
    expect(await kitchen.rows('select id from temperature_logs where unit_id = $1', [unitId])).toEqual([])
  })

  test('is corrected by a new version with author and reason; the first stays', async () => {
    const { log, unitId } = await tooWarm()
    const fixed = await ask(kitchen.cook, `POST /temperature-logs/${log.id}/corrections`, {
      value: '38.2',
      unit: 'F',
      reason: 'Read the wrong line',
    })
    expect(fixed.body).toMatchObject({
      correctsId: log.id,
      note: 'Read the wrong line',
      isCompliant: true,
      measuredAt: log.measuredAt,
    })
    const { body: first } = await ask(kitchen.cook, `GET /temperature-logs/${log.id}`)
    expect(first).toMatchObject({ value: { text: '48.2' }, correctedById: fixed.body.id })
    const again = await ask(kitchen.cook, `POST /temperature-logs/${log.id}/corrections`, {
      value: '39',
      unit: 'F',
      reason: 'Again',
    })
    expect([again.status, again.body.code]).toEqual([409, 'temperature.corrected_already'])
    expect((await ask(kitchen.cook, `GET /units/${unitId}`)).body.state).toMatchObject({
      status: 'ok',
      value: { text: '38.2' },
    })
    const [hour] = await kitchen.rows<{ readings: number; compliant: number }>(
      'select readings, compliant from temperature_hours where id = $1',
      [unitId],
    )
    expect(hour).toEqual({ readings: 1, compliant: 1 })
  })
})

describe('a deviation', () => {
  test('goes from response to verification by another person, and its task is done with its closure', async () => {
    const { action, unitId, log } = await tooWarm()
    const responded = await ask(kitchen.cook, `POST ${action}/response`, response)
    expect(responded.body).toMatchObject({
      state: 'responded',
      response: { cause: 'door_left_open', by: { name: 'Carl' } },
    })
    const failed = await ask(kitchen.cook, `POST ${action}/recheck`, { value: '44', unit: 'F' })
    expect(failed.body).toMatchObject({ state: 'responded', rechecks: [{ isCompliant: false }] })
    const passed = await ask(kitchen.cook, `POST ${action}/recheck`, { value: '39.9', unit: 'F' })
    expect(passed.body).toMatchObject({ state: 'rechecked', rechecks: [{ isCompliant: false }, { isCompliant: true }] })
    const closed = await ask(kitchen.cook, `POST ${action}/closure`, { note: 'Gasket cleaned' })
    expect(closed.body).toMatchObject({ state: 'closed', closedAt: expect.any(String) })
    const { body: task } = await ask(kitchen.cook, `GET /tasks/${closed.body.taskId}`)
    expect(task).toMatchObject({ status: 'completed', completedBy: { name: 'Carl' } })
    const verified = await ask(kitchen.manager, `POST ${action}/verification`, {})
    expect(verified.body).toMatchObject({ state: 'verified' })
    expect(verified.body.history.map(({ step }: { step: string }) => step)).toEqual([
      'opened',
      'response',
      'recheck',
      'recheck',
      'closure',
      'verification',
    ])
    const logs = await ask(kitchen.cook, `GET /temperature-logs?unitId=${unitId}`)
    expect(logs.body.items.map(({ value }: { value: { text: string } }) => value.text)).toEqual(['39.9', '44', '48.2'])
    expect(log.id).toBe(logs.body.items[2].id)
  })

  test('goes through its stages in order and in no other', async () => {
    const { action } = await tooWarm(kitchen.manager)
    const codeOf = async (actor: Actor, step: string, body: unknown) => {
      const answer = await ask(actor, `POST ${action}/${step}`, body)
      return answer.status < 300 ? answer.body.state : answer.body.code
    }
    const recheck = { value: '39', unit: 'F' }
    expect(await codeOf(kitchen.manager, 'recheck', recheck)).toBe('temperature.response_missing')
    expect(await codeOf(kitchen.manager, 'closure', {})).toBe('temperature.response_missing')
    expect(await codeOf(kitchen.manager, 'verification', {})).toBe('temperature.action_not_closed')
    expect(await codeOf(kitchen.manager, 'response', response)).toBe('responded')
    expect(await codeOf(kitchen.manager, 'closure', {})).toBe('temperature.recheck_missing')
    expect(await codeOf(kitchen.manager, 'recheck', recheck)).toBe('rechecked')
    expect(await codeOf(kitchen.manager, 'response', response)).toBe('responded')
    expect(await codeOf(kitchen.manager, 'closure', {})).toBe('temperature.recheck_missing')
    expect(await codeOf(kitchen.manager, 'recheck', recheck)).toBe('rechecked')
    expect(await codeOf(kitchen.manager, 'closure', {})).toBe('closed')
    expect(await codeOf(kitchen.manager, 'response', response)).toBe('temperature.action_already_closed')
    expect(await codeOf(kitchen.manager, 'verification', {})).toBe('temperature.verifier_must_differ')
    expect(await codeOf(kitchen.porter, 'verification', {})).toBe('verified')
    expect(await codeOf(kitchen.porter, 'verification', {})).toBe('temperature.already_verified')
  })

  test('its task cannot be ticked off before', async () => {
    const { log } = await tooWarm()
    const { body } = await ask(kitchen.cook, `GET /corrective-actions/${log.correctiveActionId}`)
    for (const status of ['completed', 'cancelled']) {
      const refused = await ask(kitchen.manager, `PATCH /tasks/${body.taskId}`, { status })
      expect([refused.status, refused.body.code]).toEqual([409, 'tasks.done_by_its_cause'])
    }
    const started = await ask(kitchen.cook, `PATCH /tasks/${body.taskId}`, { status: 'in_progress' })
    expect(started.body).toMatchObject({ status: 'in_progress', startedAt: expect.any(String) })
  })

  test('is nobody else’s: foreign tenant and sibling location find nothing, a member may not verify', async () => {
    const { action, log, unitId } = await tooWarm()
    const { body } = await ask(kitchen.cook, `GET ${action}`)
    const things = [
      [`GET ${action}`],
      [`POST ${action}/response`, response],
      [`POST ${action}/recheck`, { value: '39', unit: 'F' }],
      [`POST ${action}/closure`, {}],
      [`GET /temperature-logs/${log.id}`],
      [`POST /temperature-logs/${log.id}/corrections`, { value: '39', unit: 'F', reason: 'Mine now' }],
      [`POST /temperature-logs`, { unitId, value: '39', unit: 'F' }],
      [`GET /units/${unitId}`],
      [`GET /units/${unitId}/policies`],
      [`GET /units/${unitId}/series?from=2026-01-01T00:00:00Z&to=2026-01-02T00:00:00Z`],
      [`GET /tasks/${body.taskId}`],
      [`PATCH /tasks/${body.taskId}`, { status: 'in_progress' }],
      [`GET /dashboard?locationId=${kitchen.downtown}`],
    ] as const
    for (const [route, input] of things) {
      for (const actor of [kitchen.foreign.actor, kitchen.pilot]) {
        const answer = await ask(actor, route, input)
        expect([route, answer.status, answer.body.code]).toEqual([route, 404, 'not_found'])
      }
    }
    const foreign = await ask(kitchen.foreign.actor, `POST ${action}/verification`, {})
    expect(foreign.status).toBe(404)
    const member = await ask(kitchen.cook, `POST ${action}/verification`, {})
    expect([member.status, member.body.code]).toEqual([403, 'forbidden'])
    for (const list of [
      '/corrective-actions',
      '/tasks',
      '/temperature-logs',
      '/units',
      '/alarms?state=all',
      '/excursions',
    ]) {
      expect((await ask(kitchen.foreign.actor, `GET ${list}`)).body.items).toEqual([])
      expect((await ask(kitchen.pilot, `GET ${list}`)).body.items).toEqual([])
    }
  })
})
