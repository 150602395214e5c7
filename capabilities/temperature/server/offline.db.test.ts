import { randomUUID } from 'node:crypto'
import type { Actor } from '@opsflow/platform/actor'
import { instantsAlike, minutesAgo, mutatorRunner } from '@opsflow/platform/server/sync/run.for-tests'
import { momentsOf } from '@opsflow/platform/sync-clock'
import { pretendDevice } from '@opsflow/platform/sync-clock-device.for-tests'
import { pretendRows } from '@opsflow/platform/sync-rows.for-tests'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { AlarmPolicyInput, alarmBound, correctiveActionIdOf, temperatureMutators as of } from '../index.ts'
import { entities } from '../sync-entities.ts'
import { noteSilences, recordReadings, temperatureServerMutators } from './index.ts'
import { type Kitchen, openKitchen } from './kitchen.for-tests.ts'
import { type Ask, serveKitchen } from './kitchen-http.for-tests.ts'

let kitchen: Kitchen
let ask: Ask
let close: () => Promise<void>
let send: ReturnType<typeof mutatorRunner>
beforeAll(async () => {
  kitchen = await openKitchen()
  const served = await serveKitchen(kitchen)
  ask = served.ask
  close = served.close
  send = mutatorRunner(kitchen.database, temperatureServerMutators(kitchen.months))
})
afterAll(async () => {
  await close()
  await kitchen.close()
})

const response = { cause: 'door_left_open', action: 'moved_product', disposition: 'kept_safe' } as const
const read = async (path: string) => (await ask(kitchen.cook, `GET ${path}`)).body
const actionNow = (id: string) => read(`/corrective-actions/${id}`)
const stepsOf = async (id: string) =>
  (await actionNow(id)).history.map(
    ({ step, outcome, by }: { step: string; outcome: string; by: { name: string } }) =>
      `${by.name} ${step}${outcome === 'applied' ? '' : ` ${outcome}`}`,
  )

/** A reading outside the limit, so many minutes ago, with the corrective action it opened. */
async function tooWarm(minutes = 60, by = kitchen.cook) {
  const { unitId } = await kitchen.unit('walk_in_cooler')
  const id = randomUUID()
  const outcome = await send(by, of.record, { id, unitId, value: '48.2', unit: 'F' }, minutesAgo(minutes))
  expect(outcome).toBe('applied')
  return { unitId, id, actionId: correctiveActionIdOf(id) }
}
const respond = (actor: Actor, actionId: string, minutes: number, more = {}) =>
  send(actor, of.respond, { actionId, response: { ...response, ...more } }, minutesAgo(minutes))
const recheck = (actor: Actor, actionId: string, minutes: number, value = '39.9') =>
  send(actor, of.recheck, { id: randomUUID(), actionId, value, unit: 'F' }, minutesAgo(minutes))
const finish = (actor: Actor, actionId: string, minutes: number) =>
  send(actor, of.close, { actionId }, minutesAgo(minutes))
const verify = (actor: Actor, actionId: string, minutes: number) =>
  send(actor, of.verify, { actionId }, minutesAgo(minutes))

describe('a reading typed offline', () => {
  test('is of the time it was read, with how that is known and when it was heard of', async () => {
    const { unitId } = await kitchen.unit('walk_in_cooler')
    const [id, when] = [randomUUID(), minutesAgo(200, { quality: 'doubtful', flags: ['offline', 'doubtful'] })]
    await send(kitchen.cook, of.record, { id, unitId, value: '38,5', unit: 'F', minutesAgo: 20 }, when)
    const log = await read(`/temperature-logs/${id}`)
    expect(instantsAlike(log)).toMatchObject({
      measuredAt: new Date(Date.parse(when.at) - 20 * 60_000).toISOString(),
      receivedAt: when.receivedAt,
      timeQuality: 'doubtful',
      flags: ['offline', 'doubtful', 'back_dated'],
      isCompliant: true,
    })
  })

  test('outside the limit opens the corrective action its device answers in the same queue', async () => {
    const { unitId, actionId } = await tooWarm(60)
    expect(await respond(kitchen.cook, actionId, 55)).toBe('applied')
    expect(await recheck(kitchen.cook, actionId, 40)).toBe('applied')
    expect(await finish(kitchen.cook, actionId, 39)).toBe('applied')
    expect(await verify(kitchen.manager, actionId, 0)).toBe('applied')
    const action = await actionNow(actionId)
    expect(action).toMatchObject({ state: 'verified', unitId })
    expect(action.history).toMatchObject([
      { step: 'opened', timeQuality: 'exact' },
      { step: 'response', timeQuality: 'exact' },
      { step: 'recheck', value: { text: '39.9' }, passed: true },
      { step: 'closure' },
      { step: 'verification', by: { name: 'Mona' } },
    ])
    for (const { at, receivedAt } of action.history.slice(0, 4)) {
      expect(Date.parse(receivedAt) - Date.parse(at)).toBeGreaterThan(30 * 60_000)
    }
    expect(await read(`/tasks/${action.taskId}`)).toMatchObject({ status: 'completed', completedAt: action.closedAt })
  })

  test('never takes the board back: a later reading stands', async () => {
    const { unitId } = await kitchen.unit('walk_in_cooler')
    await ask(kitchen.cook, 'POST /temperature-logs', { unitId, value: '37', unit: 'F' })
    await send(kitchen.cook, of.record, { id: randomUUID(), unitId, value: '39', unit: 'F' }, minutesAgo(90))
    expect((await read(`/units/${unitId}`)).state.value).toMatchObject({ text: '37' })
    expect((await read(`/temperature-logs?unitId=${unitId}`)).items).toHaveLength(2)
  })

  test('is judged by the limits of its time, not of its arrival', async () => {
    const { unitId } = await kitchen.unit('walk_in_cooler')
    const policy = { limitIds: [], operatingLimits: null, alarm: null }
    await kitchen.rows(
      `insert into unit_policies (tenant_id, location_id, unit_id, starts_at, policy) values ($1, $2, $3, now() - interval '30 minutes', $4)`,
      [kitchen.tenantId, kitchen.downtown, unitId, policy],
    )
    const [before, after] = [randomUUID(), randomUUID()]
    await send(kitchen.cook, of.record, { id: before, unitId, value: '48', unit: 'F' }, minutesAgo(60))
    await send(kitchen.cook, of.record, { id: after, unitId, value: '48', unit: 'F' }, minutesAgo(10))
    expect((await read(`/temperature-logs/${before}`)).isCompliant).toBe(false)
    expect((await read(`/temperature-logs/${after}`)).isCompliant).toBe(null)
    // What the device opened for the second by the limits it knew is answered, and the answer told that there was none.
    expect(await respond(kitchen.cook, correctiveActionIdOf(after), 5)).toBe('temperature.within_limits')
  })

  test('is corrected once: who comes second is told, and nothing is lost', async () => {
    const { id, actionId } = await tooWarm()
    const correction = { logId: id, unit: 'F' as const, reason: 'Read the wrong line' }
    const first = randomUUID()
    expect(await send(kitchen.cook, of.correct, { ...correction, id: first, value: '38.2' }, minutesAgo(20))).toBe(
      'applied',
    )
    const second = { ...correction, id: randomUUID(), value: '39' }
    expect(await send(kitchen.manager, of.correct, second, minutesAgo(40))).toBe(
      'refused temperature.corrected_already',
    )
    expect(await read(`/temperature-logs/${first}`)).toMatchObject({
      correctsId: id,
      timeQuality: 'exact',
      flags: ['offline'],
    })
    expect((await actionNow(actionId)).state).toBe('opened')
  })

  test('on a tablet that believes it is 1970 is stored at its true time', async () => {
    const { unitId } = await kitchen.unit('walk_in_cooler')
    const HOUR = 3_600_000
    const started = Date.parse('2026-03-01T10:00:00Z')
    const tablet = pretendDevice({ wallAhead: -started, contacts: [0], sleeps: [{ from: 2 * HOUR, to: 3 * HOUR }] })
    const worked = [HOUR, 4 * HOUR]
    const receivedAt = started + 6 * HOUR
    const moments = momentsOf(worked.map(tablet.at), { sent: tablet.at(6 * HOUR), receivedAt })
    const ids = worked.map(() => randomUUID())
    for (const [index, moment] of moments.entries()) {
      const args = { id: ids[index] as string, unitId, value: '38', unit: 'F' as const }
      await send(kitchen.cook, of.record, args, { ...moment, uid: randomUUID(), quality: moment.quality as 'exact' })
    }
    for (const [index, at] of worked.entries()) {
      const log = await read(`/temperature-logs/${ids[index]}`)
      expect([Date.parse(log.measuredAt), log.timeQuality]).toEqual([started + at, 'exact'])
    }
  })
})

describe('two people offline at one corrective action', () => {
  test.each([
    ['the earlier answer arrives first', ['cook', 'manager']],
    ['the later answer arrives first', ['manager', 'cook']],
  ] as const)('%s: the later answer stands, both are on record', async (_title, order) => {
    const { actionId } = await tooWarm(60)
    const answered = {
      cook: () => respond(kitchen.cook, actionId, 50),
      manager: () => respond(kitchen.manager, actionId, 45, { cause: 'power_cut' }),
    }
    for (const who of order) await answered[who]()
    const action = await actionNow(actionId)
    expect(action).toMatchObject({ state: 'responded', response: { cause: 'power_cut', by: { name: 'Mona' } } })
    expect(action.history.map(({ step }: { step: string }) => step)).toEqual(['opened', 'response', 'response'])
  })

  test('a re-check from before the answer that stands says nothing about it; the reading is kept', async () => {
    const { actionId, unitId } = await tooWarm(60)
    await respond(kitchen.manager, actionId, 30)
    expect(await respond(kitchen.cook, actionId, 50)).toBe('temperature.answered_since')
    expect(await recheck(kitchen.cook, actionId, 40)).toBe('temperature.answered_since')
    expect(await finish(kitchen.cook, actionId, 39)).toBe('refused temperature.recheck_missing')
    const action = await actionNow(actionId)
    expect([action.state, action.rechecks]).toEqual(['responded', []])
    expect(await stepsOf(actionId)).toEqual([
      'Carl opened',
      'Carl response superseded',
      'Carl recheck superseded',
      'Mona response',
    ])
    expect((await read(`/temperature-logs?unitId=${unitId}`)).items).toHaveLength(2)
  })

  test('what arrives after the closure is history, and who did it took part', async () => {
    const { actionId } = await tooWarm(60)
    await respond(kitchen.cook, actionId, 50)
    await recheck(kitchen.cook, actionId, 40)
    await finish(kitchen.cook, actionId, 39)
    expect(await respond(kitchen.manager, actionId, 45)).toBe('temperature.action_already_closed')
    expect(await recheck(kitchen.manager, actionId, 44, '44')).toBe('temperature.action_already_closed')
    expect(await finish(kitchen.manager, actionId, 30)).toBe('temperature.action_already_closed')
    expect(await actionNow(actionId)).toMatchObject({ state: 'closed', rechecks: [{ isCompliant: true }] })
    expect(await verify(kitchen.manager, actionId, 0)).toBe('refused temperature.verifier_must_differ')
    expect(await verify(kitchen.porter, actionId, 5)).toBe('applied')
    expect(await verify(kitchen.chief, actionId, 0)).toBe('temperature.action_already_closed')
    expect((await actionNow(actionId)).state).toBe('verified')
  })

  test('a re-check that fails after the closure is a deviation of its own; one from before it is not', async () => {
    const { actionId, unitId } = await tooWarm(60)
    await respond(kitchen.cook, actionId, 50)
    await recheck(kitchen.cook, actionId, 40)
    await finish(kitchen.cook, actionId, 39)
    await recheck(kitchen.manager, actionId, 45, '47')
    const after = randomUUID()
    await send(kitchen.manager, of.recheck, { id: after, actionId, value: '47', unit: 'F' }, minutesAgo(20))
    const opened = await kitchen.rows<{ id: string }>('select id from corrective_actions where unit_id = $1', [unitId])
    expect(opened.map(({ id }) => id).sort()).toEqual([actionId, correctiveActionIdOf(after)].sort())
  })

  test('on a shared tablet a closure says that its signature was checked offline', async () => {
    const { actionId } = await tooWarm(60)
    await respond(kitchen.cook, actionId, 50)
    await recheck(kitchen.cook, actionId, 40)
    const [kiosk] = await kitchen.rows<{ id: string }>(
      `insert into kiosks (tenant_id, location_id, name, created_by) values ($1, $2, 'Line', $3) returning id`,
      [kitchen.tenantId, kitchen.downtown, kitchen.chief.id],
    )
    const atTablet = { ...kitchen.cook, kioskId: kiosk?.id ?? '' }
    expect(await send(atTablet, of.close, { actionId }, minutesAgo(39, { proved: 'tablet' }))).toBe('applied')
    expect((await actionNow(actionId)).history.at(-1)).toMatchObject({ signature: 'offline', kiosk: { name: 'Line' } })
  })
})

describe('an alarm', () => {
  const MINUTE = 60_000
  const policy = {
    limitIds: ['us.cold_hold'],
    operatingLimits: null,
    alarm: AlarmPolicyInput.parse({ limits: { max: alarmBound(5_000, 'C'), min: null }, graceMinutes: 30 }),
  }
  const report = (sensorId: string, value: number, ago: number) =>
    kitchen.write(kitchen.gateway, (tx) => {
      const measuredAt = Date.now() - ago * MINUTE
      return recordReadings(tx, [{ sensorId, sent: value, unit: 'C', measuredAt }], { source: 'sensor' })
    })
  const alarmOf = async (unitId: string) => (await read(`/alarms?unitId=${unitId}`)).items[0]
  const raised = async () => {
    const { unitId, sensorId } = await kitchen.unit('walk_in_cooler', policy)
    await report(sensorId, 9, 61)
    await report(sensorId, 9.5, 30)
    return alarmOf(unitId)
  }
  const silent = async () => {
    const { unitId, sensorId } = await kitchen.unit('walk_in_cooler', policy)
    await report(sensorId, 3, 0)
    await kitchen.write(kitchen.system, (tx) => noteSilences(tx, [sensorId], Date.now() + 40 * MINUTE))
    return alarmOf(unitId)
  }

  test('acknowledged offline is acknowledged when it was; the second to do so is in the history', async () => {
    const alarm = await raised()
    const when = minutesAgo(15, { quality: 'corrected' })
    expect(await send(kitchen.cook, of.acknowledge, { alarmId: alarm.id }, when)).toBe('applied')
    const late = await send(kitchen.manager, of.acknowledge, { alarmId: alarm.id, note: 'Me too' }, minutesAgo(20))
    expect(late).toBe('temperature.acknowledged_already')
    expect(instantsAlike(await read(`/alarms/${alarm.id}`))).toMatchObject({
      acknowledgedBy: { name: 'Carl' },
      acknowledgedAt: when.at,
      acknowledgedReceivedAt: when.receivedAt,
      acknowledgedTimeQuality: 'corrected',
    })
    const history = (await actionNow(alarm.correctiveActionId)).history
    expect(history.filter(({ step }: { step: string }) => step === 'acknowledged')).toMatchObject([
      { by: { name: 'Mona' }, outcome: 'superseded', note: 'Me too' },
      { by: { name: 'Carl' }, outcome: 'applied' },
    ])
  })

  test('without a corrective action keeps the second acknowledgement in the audit trail', async () => {
    const alarm = await silent()
    expect(alarm).toMatchObject({ kind: 'silent', correctiveActionId: null })
    await send(kitchen.cook, of.acknowledge, { alarmId: alarm.id }, minutesAgo(15))
    await send(kitchen.manager, of.acknowledge, { alarmId: alarm.id }, minutesAgo(14))
    const trail = await kitchen.rows('select actor from events where subject_id = $1', [alarm.id])
    expect(trail).toHaveLength(1)
  })
})

describe('online and offline', () => {
  test('the same work leaves the same rows', async () => {
    const online = await kitchen.unit('walk_in_cooler')
    const id = randomUUID()
    const post = (path: string, body: unknown) => ask(kitchen.cook, `POST ${path}`, body)
    await post('/temperature-logs', { id, unitId: online.unitId, value: '48.2', unit: 'F' })
    const action = `/corrective-actions/${correctiveActionIdOf(id)}`
    await post(`${action}/response`, response)
    await post(`${action}/recheck`, { value: '39.9', unit: 'F' })
    await post(`${action}/closure`, { note: 'Shut' })

    const { unitId, actionId, id: offline } = await tooWarm(0)
    await respond(kitchen.cook, actionId, 0)
    await recheck(kitchen.cook, actionId, 0)
    await send(kitchen.cook, of.close, { actionId, note: 'Shut' }, minutesAgo(0))

    const plain = (value: unknown) =>
      JSON.parse(JSON.stringify(value), (key, part) =>
        /At$|^at$|Id$|^id$|^name$|Name$|^timeQuality$|^title$/.test(key) ? undefined : part,
      )
    const rowsOf = async (unit: string, log: string) =>
      plain([
        await read(`/temperature-logs/${log}`),
        await actionNow(correctiveActionIdOf(log)),
        await read(`/tasks/${(await actionNow(correctiveActionIdOf(log))).taskId}`),
        (await read(`/units/${unit}`)).state,
        await kitchen.rows('select readings, compliant, judged from temperature_hours where id = $1', [unit]),
      ])
    const alike = (rows: unknown) => JSON.parse(JSON.stringify(rows).replaceAll(/"cause":\{[^}]*\}/g, '"cause":{}'))
    expect(alike(await rowsOf(unitId, offline))).toEqual(alike(await rowsOf(online.unitId, id)))
  })

  test('a device foresees what the server makes of it, step by step', async () => {
    const { unitId } = await kitchen.unit('walk_in_cooler')
    const rows = pretendRows({ [entities.unit]: [await read(`/units/${unitId}`)] })
    const by = { id: kitchen.cook.id, name: kitchen.cook.name }
    const id = randomUUID()
    const actionId = correctiveActionIdOf(id)
    const steps = [
      [of.record, { id, unitId, value: '48.2', unit: 'F' as const }, 30],
      [of.respond, { actionId, response }, 25],
      [of.recheck, { id: randomUUID(), actionId, value: '44', unit: 'F' as const }, 20],
      [of.recheck, { id: randomUUID(), actionId, value: '39.9', unit: 'F' as const }, 10],
      [of.close, { actionId, note: 'Gasket' }, 9],
    ] as const
    for (const [mutator, args, minutes] of steps) {
      const when = minutesAgo(minutes)
      // biome-ignore lint/suspicious/noExplicitAny: each mutator with its own arguments
      await rows.foresee(mutator as any, args, { by, kiosk: null, at: when.at, uid: when.uid })
      // biome-ignore lint/suspicious/noExplicitAny: as above
      expect(await send(kitchen.cook, mutator as any, args, when)).toBe('applied')
      const known = (record: object) =>
        JSON.parse(JSON.stringify(instantsAlike(record)), (key, part) =>
          key === 'receivedAt' || key === 'taskId' ? null : part,
        )
      expect(known(rows.row(entities.correctiveAction, actionId))).toEqual(known(await actionNow(actionId)))
      const unit = await read(`/units/${unitId}`)
      expect(known(rows.row(entities.unit, unitId).state)).toEqual(known(unit.state))
    }
    const log = await read(`/temperature-logs/${id}`)
    const { timeQuality: _, flags: __, receivedAt: ___, ...foreseen } = rows.row(entities.log, id)
    expect(instantsAlike(log)).toMatchObject(instantsAlike(foreseen))
  })

  test('a device refuses what the server would: out of order, out of range, closed', async () => {
    const { unitId, actionId } = await tooWarm(30)
    const rows = pretendRows({
      [entities.unit]: [await read(`/units/${unitId}`)],
      [entities.correctiveAction]: [await actionNow(actionId)],
    })
    const doing = { by: kitchen.cook, kiosk: null, at: new Date().toISOString(), uid: randomUUID() }
    const codes = async (work: Promise<unknown>) =>
      work.then(
        () => 'done',
        (error) => error.code,
      )
    expect(await codes(rows.foresee(of.close, { actionId }, doing))).toBe('temperature.response_missing')
    expect(await codes(rows.foresee(of.verify, { actionId }, doing))).toBe('temperature.action_not_closed')
    const hot = { id: randomUUID(), unitId, value: '900', unit: 'F' as const }
    expect(await codes(rows.foresee(of.record, hot, doing))).toBe('temperature.value_implausible')
    expect(await codes(rows.foresee(of.respond, { actionId: randomUUID(), response }, doing))).toBe('not_found')
  })
})

describe('what people send is theirs to do', () => {
  test('of another tenant or another location it does not exist; without the permission it is set aside', async () => {
    const { id, unitId, actionId } = await tooWarm(30)
    const alarmless = { actionId }
    const attempts = [
      [of.record, { id: randomUUID(), unitId, value: '38', unit: 'F' }],
      [of.correct, { id: randomUUID(), logId: id, value: '38', unit: 'F', reason: 'Wrong line' }],
      [of.respond, { actionId, response }],
      [of.recheck, { id: randomUUID(), actionId, value: '38', unit: 'F' }],
      [of.close, alarmless],
      [of.verify, alarmless],
    ] as const
    const reader = { ...kitchen.cook, permissions: new Map([['temperature.read', 'all' as const]]) }
    const before = await kitchen.rows('select * from corrective_action_steps where corrective_action_id = $1', [
      actionId,
    ])
    for (const [mutator, args] of attempts) {
      // biome-ignore lint/suspicious/noExplicitAny: each mutator with its own arguments
      const by = (actor: Actor) => send(actor, mutator as any, args)
      expect([await by(kitchen.foreign.actor), await by(kitchen.pilot)]).toEqual([
        'refused not_found',
        'refused not_found',
      ])
      expect(await by(reader)).toBe('quarantined')
    }
    expect(
      await kitchen.rows('select * from corrective_action_steps where corrective_action_id = $1', [actionId]),
    ).toEqual(before)
    expect(await kitchen.rows('select id from temperature_logs where unit_id = $1', [unitId])).toHaveLength(1)
  })

  test('a verification by someone who may not verify is set aside', async () => {
    const { actionId } = await tooWarm(30, kitchen.manager)
    await respond(kitchen.manager, actionId, 20)
    await recheck(kitchen.manager, actionId, 15)
    await finish(kitchen.manager, actionId, 14)
    expect(await verify(kitchen.cook, actionId, 10)).toBe('quarantined')
    expect((await actionNow(actionId)).state).toBe('closed')
  })
})
