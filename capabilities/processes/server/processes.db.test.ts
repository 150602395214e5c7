import { randomUUID } from 'node:crypto'
import { lookAfterMatters } from '@opsflow/capabilities/alerts/server'
import { taskImplementations } from '@opsflow/capabilities/tasks/server'
import { type Actor, systemActor } from '@opsflow/platform/actor'
import { type Ask, serveForTests } from '@opsflow/platform/server/http/serve.for-tests'
import { instantsAlike, minutesAgo, mutatorRunner } from '@opsflow/platform/server/sync/run.for-tests'
import { pretendRows } from '@opsflow/platform/sync-rows.for-tests'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Kitchen, openKitchen } from '../../temperature/server/kitchen.for-tests.ts'
import { processMutators as of, type Plan, PROCESS, type Process, type ReadingInput, taskIdOf } from '../index.ts'
import { processImplementations, processServerMutators, syncedProcesses } from './index.ts'

let kitchen: Kitchen
let ask: Ask
let close: () => Promise<void>
let send: ReturnType<typeof mutatorRunner>
beforeAll(async () => {
  kitchen = await openKitchen()
  const implementations = [...processImplementations({ demand: async () => undefined }), ...taskImplementations()]
  ;({ ask, close } = await serveForTests(implementations, kitchen.database))
  send = mutatorRunner(kitchen.database, processServerMutators)
}, 60_000)
afterAll(async () => {
  await close()
  await kitchen.close()
})

const cooling: Plan = { kind: 'cooling', from: 'hot' }
const inF = (value: string, more: Partial<ReadingInput> = {}) => ({
  id: randomUUID(),
  value,
  unit: 'F' as const,
  ...more,
})
const one = async (id: string, by = kitchen.cook) => (await ask(by, `GET /processes/${id}`)).body as Process
const at = (minutes: number) => minutesAgo(minutes)

/** Soup that began to cool so many minutes ago, at 135 °F. */
async function soup(minutes: number, more: { by?: Actor; plan?: Plan; probeId?: string } = {}) {
  const { by = kitchen.cook, plan = cooling, probeId = null } = more
  const id = randomUUID()
  const reading = inF('135', { probeId })
  const begun = {
    id,
    locationId: kitchen.downtown,
    product: 'Tomato soup',
    batch: 'B 7',
    amount: '8 qt',
    plan,
    reading,
  }
  expect(await send(by, of.start, begun, at(minutes))).toBe('applied')
  return id
}
const read = (id: string, minutes: number, value: string, more: Parameters<typeof inF>[1] & { step?: 'reheat' } = {}) =>
  send(kitchen.cook, of.read, { processId: id, ...inF(value), ...more }, at(minutes))
const finish = (id: string, minutes: number, disposition: 'stored' | 'discarded', note = '') =>
  send(kitchen.cook, of.finish, { processId: id, id: randomUUID(), disposition, note }, at(minutes))
const tasksOf = async (id: string) =>
  kitchen.rows<{ id: string; title: string; status: string; dueAt: Date; priority: string }>(
    `select id, title, status, due_at as "dueAt", priority from tasks where cause_kind like 'process.%' and cause_id = $1 order by cause_kind`,
    [id],
  )

describe('soup that cools in two stages', () => {
  test('asks for each mark by a task before it, and is proven by its readings', async () => {
    const id = await soup(180)
    const [first] = await tasksOf(id)
    expect(first).toMatchObject({ id: taskIdOf(id, 0), status: 'todo', priority: 'high' })
    expect(first?.title).toMatch(/^Tomato soup: take the temperature by \d\d:\d\d \(cooling, first stage\)$/)
    const begun = await one(id)
    expect(Date.parse(begun.nextAt ?? '') - Date.parse(begun.beganAt)).toBe(120 * 60_000)
    expect(Date.parse(begun.nextAt ?? '') - (first?.dueAt.getTime() ?? 0)).toBe(10 * 60_000)

    expect(await read(id, 65, '69.5')).toBe('applied')
    expect((await tasksOf(id)).map(({ status }) => status)).toEqual(['completed', 'todo'])
    expect(await one(id)).toMatchObject({ result: 'running', nextAsk: 'stage2' })

    expect(await read(id, 10, '40')).toBe('applied')
    expect(await finish(id, 9, 'stored')).toBe('applied')
    expect(await one(id)).toMatchObject({
      ...{ state: 'finished', result: 'passed', disposition: 'stored', needsVerification: false, nextAsk: null },
      steps: [{ step: 'reading', timeQuality: 'exact' }, { value: { text: '69.5' } }, {}, { step: 'finish' }],
    })
    expect((await tasksOf(id)).map(({ status }) => status)).toEqual(['completed', 'completed'])
  })

  test('nobody looks: the matter of its task is opened ten minutes before the last moment, once, and closed by the reading', async () => {
    const [early, late] = [await soup(105), await soup(111)]
    const look = () => lookAfterMatters({ database: kitchen.database, relayPool: kitchen.relay, waysOn: new Set() })
    const mattersOf = (id: string) =>
      kitchen.rows<{ closed: boolean }>(`select closed_at is not null as closed from matters where subject_id = $1`, [
        taskIdOf(id, 0),
      ])
    await look()
    await look()
    expect([await mattersOf(early), await mattersOf(late)]).toEqual([[], [{ closed: false }]])
    await read(late, 0, '69')
    await look()
    expect(await mattersOf(late)).toEqual([{ closed: true }])
  })

  test('too warm at two hours, it asks to be reheated, and begins anew', async () => {
    const id = await soup(300)
    expect(await read(id, 180, '80')).toBe('applied')
    expect(await one(id)).toMatchObject({ result: 'failed', failure: 'stage1_not_proven', nextAsk: 'reheat' })
    expect((await tasksOf(id)).at(-1)).toMatchObject({ status: 'todo', priority: 'urgent' })
    expect(await finish(id, 179, 'stored')).toBe('refused processes.disposition_wrong')
    expect(await read(id, 150, '165', { step: 'reheat', heldSeconds: 15 })).toBe('applied')
    expect(await one(id)).toMatchObject({ result: 'running', nextAsk: 'stage1' })
    await read(id, 60, '68')
    await read(id, 5, '41')
    expect(await finish(id, 4, 'stored')).toBe('applied')
    // It had failed: someone who took no part looks at it.
    expect(await one(id)).toMatchObject({ result: 'passed', needsVerification: true })
    const [task] = (await tasksOf(id)).slice(-1)
    expect(task).toMatchObject({ status: 'todo', title: 'Tomato soup: verify how its cooling ended' })
    const verify = (by: Actor) => send(by, of.verify, { processId: id, id: randomUUID(), note: '' }, at(0))
    expect(await verify(kitchen.cook)).toBe('quarantined')
    expect(await verify(kitchen.manager)).toBe('applied')
    expect(await one(id)).toMatchObject({ state: 'verified', verifiedBy: { name: 'Mona' } })
    expect((await tasksOf(id)).slice(-1)).toMatchObject([{ status: 'completed' }])
  })

  test('whoever took part does not verify it', async () => {
    const id = await soup(130, { by: kitchen.manager })
    await finish(id, 1, 'discarded', 'Too warm')
    expect(await send(kitchen.manager, of.verify, { processId: id, id: randomUUID() }, at(0))).toBe(
      'refused processes.verified_by_participant',
    )
    expect(await send(kitchen.porter, of.verify, { processId: id, id: randomUUID() }, at(0))).toBe('applied')
  })

  test('is discarded with a reason only', async () => {
    const id = await soup(130)
    expect(await finish(id, 1, 'discarded')).toBe('refused processes.reason_missing')
    expect(await finish(id, 1, 'discarded', 'Too warm')).toBe('applied')
    expect(await one(id)).toMatchObject({ result: 'failed', disposition: 'discarded', needsVerification: true })
  })

  test('readings count by when they were taken, whatever arrives first', async () => {
    const id = await soup(360)
    await read(id, 5, '40')
    expect(await one(id)).toMatchObject({ result: 'failed' })
    await read(id, 250, '70')
    expect(await one(id)).toMatchObject({ result: 'passed', failure: null })
  })

  test('a reading of after its end is kept and does not count', async () => {
    const id = await soup(100)
    await read(id, 40, '70')
    await read(id, 30, '41')
    await finish(id, 20, 'stored')
    await read(id, 10, '55')
    const { result, steps } = await one(id)
    expect(result).toBe('passed')
    expect(steps.at(-1)).toMatchObject({ value: { text: '55' }, outcome: 'superseded' })
  })

  test('finished twice, the first stands and the second is kept', async () => {
    const id = await soup(100)
    await finish(id, 20, 'discarded', 'Spilled')
    expect(await finish(id, 30, 'discarded', 'Burnt')).toBe('processes.not_running')
    const { steps, result, finishedAt } = await one(id)
    expect(result).toBe('stopped')
    expect(steps.filter(({ step }) => step === 'finish').map(({ outcome, note }) => [note, outcome])).toEqual([
      ['Burnt', 'superseded'],
      ['Spilled', 'applied'],
    ])
    expect(Date.now() - Date.parse(finishedAt ?? '')).toBeGreaterThan(19 * 60_000)
  })

  test('a reading is corrected once, with a reason, and both stay', async () => {
    const id = await soup(130)
    const wrong = inF('7.2')
    await send(kitchen.cook, of.read, { processId: id, ...wrong }, at(60))
    expect(await one(id)).toMatchObject({ result: 'passed' })
    const fix = { processId: id, correctsId: wrong.id, value: '72', unit: 'F' as const, reason: 'A digit was missing' }
    expect(await send(kitchen.cook, of.correct, { ...fix, id: randomUUID() }, at(5))).toBe('applied')
    expect(await one(id)).toMatchObject({ result: 'failed', failure: 'stage1_not_proven' })
    expect(await send(kitchen.cook, of.correct, { ...fix, id: randomUUID() }, at(4))).toBe(
      'refused processes.corrected_already',
    )
    expect((await one(id)).steps.map(({ value }) => value?.text)).toEqual(['135', '7.2', '72'])
  })

  test('sent twice it begins once, and is read once', async () => {
    const begun = {
      id: randomUUID(),
      locationId: kitchen.downtown,
      product: 'Stock',
      plan: cooling,
      reading: inF('140'),
    }
    expect(await send(kitchen.cook, of.start, begun)).toBe('applied')
    expect(await send(kitchen.cook, of.start, begun)).toBe('applied')
    const reading = { processId: begun.id, ...inF('120') }
    await send(kitchen.cook, of.read, reading)
    await send(kitchen.cook, of.read, reading)
    expect((await one(begun.id)).steps).toHaveLength(2)
  })
})

describe('the other kinds', () => {
  const begin = async (plan: Plan, value: string | null, minutes: number) => {
    const id = randomUUID()
    const reading = value === null ? null : inF(value)
    await send(
      kitchen.cook,
      of.start,
      { id, locationId: kitchen.downtown, product: 'Rice', plan, reading },
      at(minutes),
    )
    return id
  }

  test('time as a public health control is discarded after its hours', async () => {
    const plan: Plan = { kind: 'time_control', hours: 4, start: 'hot', isMarked: true, hasProcedure: true }
    const id = await begin(plan, '135', 241)
    await finish(id, 0, 'discarded', 'Four hours are over')
    expect(await one(id)).toMatchObject({ result: 'failed', failure: 'time_is_up' })
    const served = await begin(plan, '140', 100)
    await send(kitchen.cook, of.finish, { processId: served, id: randomUUID(), disposition: 'served' }, at(1))
    expect(await one(served)).toMatchObject({ result: 'passed' })
    const wrong = await begin(plan, '134', 10)
    expect(await one(wrong)).toMatchObject({ result: 'failed', failure: 'start_not_allowed' })
  })

  test('a date mark stops in the freezer, and goes on after it', async () => {
    const plan: Plan = { kind: 'date_mark', ingredientPrepDates: ['2026-11-01'], manufacturerUseBy: null }
    const id = await begin(plan, null, 10)
    const note = (event: 'froze' | 'thawed' | 'returned') =>
      send(kitchen.cook, of.note, { processId: id, id: randomUUID(), event }, at(1))
    expect(await note('thawed')).toBe('refused processes.not_frozen')
    expect(await note('returned')).toBe('refused processes.wrong_event')
    expect(await tasksOf(id)).toEqual([])
  })

  test('a rule of another rule book is refused', async () => {
    const begun = {
      id: randomUUID(),
      locationId: kitchen.downtown,
      product: 'Lamb',
      plan: { kind: 'cooking', rule: 'uk.cook' },
    }
    const { status, body } = await ask(kitchen.cook, 'POST /processes', begun)
    expect([status, body.errors[0].path]).toEqual([422, 'body.plan.rule'])
  })
})

describe('probes', () => {
  const register = (name: string, by = kitchen.manager, locationId = kitchen.downtown) =>
    ask(by, 'POST /probes', { locationId, name, everyDays: 7 })
  const calibrate = (probeId: string, value: string, minutes: number) =>
    send(
      kitchen.cook,
      of.calibrate,
      { probeId, id: randomUUID(), method: 'ice', value, unit: 'F' },
      minutesAgo(minutes),
    )

  test('what is read with one that was not calibrated, is overdue or was off says so, and asks for a second look', async () => {
    const { id } = (await register('Red')).body
    const standingNow = async () => {
      const process = await one(await soup(1, { probeId: id }))
      return process.steps[0]?.probeStanding
    }
    expect(await standingNow()).toBe('never')
    await calibrate(id, '32.5', 8 * 24 * 60)
    expect(await standingNow()).toBe('overdue')
    await calibrate(id, '35', 60)
    expect(await standingNow()).toBe('failed')
    await calibrate(id, '33', 30)
    expect(await standingNow()).toBe('current')
    const before = await soup(45, { probeId: id })
    expect((await one(before)).steps[0]?.probeStanding).toBe('failed')
    await finish(before, 0, 'discarded', 'Spilled')
    expect(await one(before)).toMatchObject({ result: 'stopped', needsVerification: true })
  })

  test('boil lower where the air is thin', async () => {
    const { id } = (await register('Blue')).body
    const boiled = { method: 'boiling', altitudeMetres: 1609, unit: 'F' }
    const told = await ask(kitchen.cook, `POST /probes/${id}/calibrations`, {
      ...boiled,
      id: randomUUID(),
      value: '203',
    })
    expect(told.body.calibrations[0]).toMatchObject({ passed: true, altitudeMetres: 1609 })
    const off = await ask(kitchen.cook, `POST /probes/${id}/calibrations`, {
      ...boiled,
      id: randomUUID(),
      value: '212',
    })
    expect(off.body.calibrations[0]).toMatchObject({ passed: false })
  })

  test('have one name each, until they are out of use', async () => {
    const { id } = (await register('Green')).body
    expect((await register('green')).body.code).toBe('processes.probe_name_taken')
    await ask(kitchen.manager, `PATCH /probes/${id}`, { retired: true })
    expect((await register('green')).status).toBe(201)
    expect((await ask(kitchen.manager, `PATCH /probes/${id}`, { retired: false })).body.code).toBe(
      'processes.probe_name_taken',
    )
    expect(await calibrate(id, '32', 0)).toBe('refused processes.probe_retired')
  })
})

describe('who may', () => {
  test('see what is theirs: foreign and unknown are the same', async () => {
    const id = await soup(5)
    const probe = (await ask(kitchen.manager, 'POST /probes', { locationId: kitchen.downtown, name: 'Mine' })).body.id
    const finish = { id: randomUUID(), disposition: 'discarded', note: 'Because' }
    const routes: [string, unknown?][] = [
      ['GET /processes/ID'],
      ['POST /processes/ID/readings', inF('60')],
      ['POST /processes/ID/completion', finish],
      ['POST /processes/ID/events', { id: randomUUID(), event: 'returned' }],
      ['POST /processes/ID/corrections', { ...inF('60'), correctsId: randomUUID(), reason: 'Misread' }],
      ['POST /processes/ID/verification', { id: randomUUID() }],
      ['GET /probes/PROBE'],
      ['PATCH /probes/PROBE', { name: 'Theirs' }],
      ['POST /probes/PROBE/calibrations', { ...inF('32'), method: 'ice' }],
    ]
    for (const [route, body] of routes) {
      const told = await ask(kitchen.foreign.actor, route.replace('ID', id).replace('PROBE', probe), body)
      const unknown = await ask(kitchen.foreign.actor, route.replace(/ID|PROBE/, randomUUID()), body)
      expect([route, told.status, told.body.code]).toEqual([route, 404, unknown.body.code])
    }
    expect((await ask(kitchen.foreign.actor, 'GET /processes')).body.items).toEqual([])
    const begun = { id: randomUUID(), locationId: kitchen.downtown, product: 'Soup', plan: cooling }
    expect((await ask(kitchen.foreign.actor, 'POST /processes', begun)).status).toBe(404)
    expect((await ask(kitchen.pilot, 'POST /processes', begun)).status).toBe(404)
  })

  test('do what their role says', async () => {
    const id = await soup(130)
    await finish(id, 1, 'discarded', 'Too warm')
    expect((await ask(kitchen.cook, `POST /processes/${id}/verification`, { id: randomUUID() })).status).toBe(403)
    const probe = { locationId: kitchen.downtown, name: 'Not mine' }
    expect((await ask(kitchen.cook, 'POST /probes', probe)).status).toBe(403)
    const reader: Actor = { ...kitchen.cook, id: kitchen.cook.id, permissions: new Map([['processes.read', 'all']]) }
    const begun = { id: randomUUID(), locationId: kitchen.downtown, product: 'Soup', plan: cooling }
    expect((await ask(reader, 'POST /processes', begun)).status).toBe(403)
    expect((await ask(reader, `POST /processes/${id}/readings`, inF('60'))).status).toBe(403)
    const another = (await ask(kitchen.manager, 'POST /probes', { ...probe, name: 'Ours' })).body.id
    expect((await ask(reader, `POST /probes/${another}/calibrations`, { ...inF('32'), method: 'ice' })).status).toBe(
      403,
    )
  })

  test('name a probe of their own location only', async () => {
    const elsewhere = (await ask(kitchen.chief, 'POST /probes', { locationId: kitchen.airport, name: 'Far' })).body.id
    const id = await soup(5)
    const told = await ask(kitchen.chief, `POST /processes/${id}/readings`, inF('60', { probeId: elsewhere }))
    expect([told.status, told.body.code]).toEqual([422, 'processes.probe_unknown'])
  })
})

describe('a device', () => {
  test('holds the record of HTTP, and foresees what the server makes of it', async () => {
    const id = randomUUID()
    const place = { id: kitchen.downtown, timezone: 'America/Chicago', jurisdiction: 'us', ruleEdition: null }
    const device = pretendRows({ location: [place] })
    const begun = { id, locationId: kitchen.downtown, product: 'Chili', plan: cooling, reading: inF('150') }
    const reading = { processId: id, ...inF('90') }
    const deeds = [
      [of.start, begun, at(140)],
      [of.read, reading, at(10)],
    ] as const
    for (const [mutator, args, when] of deeds) {
      const by = { id: kitchen.cook.id, name: kitchen.cook.name }
      await device.foresee(mutator as typeof of.start, args as never, { by, kiosk: null, at: when.at, uid: when.uid })
      expect(await send(kitchen.cook, mutator as typeof of.start, args as never, when)).toBe('applied')
    }
    const system = systemActor(kitchen.tenantId, kitchen.organizationId, 'test')
    const rows = await kitchen.database.read(system, async (tx) => syncedProcesses[0]?.read(tx, [id]))
    const http = await one(id)
    expect(instantsAlike(rows?.[0])).toEqual(instantsAlike({ id, scope: kitchen.downtown, row: http }))
    const unknownYet = { receivedAt: null, timeQuality: null }
    const asForeseen = { ...http, ...unknownYet, steps: http.steps.map((step) => ({ ...step, ...unknownYet })) }
    expect(instantsAlike(device.row(PROCESS, id))).toEqual(instantsAlike(asForeseen))
    // The task it asks by has the same id on both sides.
    const tasks = await tasksOf(id)
    expect(tasks.map((task) => [task.id, task.status])).toEqual([
      [taskIdOf(id, 0), 'completed'],
      [taskIdOf(id, 1), 'todo'],
    ])
    expect(device.row('task', taskIdOf(id, 0))).toMatchObject({ state: 'completed' })
    expect(device.row('task', taskIdOf(id, 1))).toMatchObject({
      state: 'todo',
      title: tasks[1]?.title,
      priority: 'urgent',
    })
  })
})

test('lists are narrowed, paged, and told as a file', async () => {
  const all = (await ask(kitchen.cook, `GET /processes?locationId=${kitchen.downtown}&limit=200`)).body
    .items as Process[]
  const begunAt = all.map(({ beganAt }) => Date.parse(beganAt))
  expect(begunAt).toEqual([...begunAt].sort((one, other) => other - one))
  const first = (await ask(kitchen.cook, 'GET /processes?limit=3')).body
  const next = (await ask(kitchen.cook, `GET /processes?limit=3&cursor=${first.nextCursor}`)).body
  expect([...first.items, ...next.items].map(({ id }: Process) => id)).toEqual(all.slice(0, 6).map(({ id }) => id))
  const failed = (await ask(kitchen.cook, 'GET /processes?result=failed&kind=cooling&limit=200')).body
    .items as Process[]
  expect(failed.map(({ id }) => id)).toEqual(
    all.filter(({ result, kind }) => result === 'failed' && kind === 'cooling').map(({ id }) => id),
  )
  expect((await ask(kitchen.cook, 'GET /processes?state=running&limit=200')).body.items).toHaveLength(
    all.filter(({ state }) => state === 'running').length,
  )
  const { text } = await ask(kitchen.cook, 'GET /processes.csv?kind=cooling')
  expect(text.split('\n')[0]).toContain('product,batch,amount')
  expect(text).toContain('Tomato soup,B 7,8 qt')
})
