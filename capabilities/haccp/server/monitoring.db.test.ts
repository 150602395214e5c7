import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { HaccpPlan, MonitoredControl, PlanMonitoring } from '../haccp-plan.ts'
import type { Control, PlanContent } from '../plan.ts'
import { type Kitchen, openKitchen } from './kitchen.for-tests.ts'

let kitchen: Kitchen
let plan: HaccpPlan
const days = { from: '2026-11-09', to: '2026-11-10' }
const uuid = () => randomUUID()

beforeAll(async () => {
  kitchen = await openKitchen()
  const { manager } = kitchen.actors
  await kitchen.list(new Date().toISOString().slice(0, 10), 'missed')
  const made = { locationId: kitchen.downtown, name: 'Kitchen', from: 'restaurant' }
  const begun = (await kitchen.ask(manager, 'POST /haccp-plans', made)).body as HaccpPlan
  const draft = finished(begun.draft)
  const saved = (await kitchen.ask(manager, `PUT /haccp-plans/${begun.id}/draft`, { revision: 1, draft })).body
  const { status } = await kitchen.ask(manager, `POST /haccp-plans/${begun.id}/revisions`, { revision: saved.revision })
  expect(status).toBe(201)
  plan = begun
})
afterAll(() => kitchen.close())

/** Storage by the cooler, cooking by one question of the list, hot holding by the well, cooling by foods, the rest by foods nobody made. */
function finished(draft: PlanContent): PlanContent {
  const { cooler, well, schedule, warm } = kitchen.ids
  const ties: Record<string, Control['ties']> = {
    'Cold and frozen storage': [{ kind: 'unit', id: uuid(), unitId: cooler, everyMinutes: 60, during: 'always' }],
    Cooking: [{ kind: 'schedule', id: uuid(), scheduleId: schedule, itemIds: [warm] }],
    Cooling: [{ kind: 'process', id: uuid(), process: 'cooling', perDay: 1 }],
    'Hot holding': [{ kind: 'unit', id: uuid(), unitId: well, everyMinutes: 60, during: 'always' }],
  }
  const rest = (): Control['ties'] => [{ kind: 'process', id: uuid(), process: 'thawing', perDay: 0 }]
  const nameOf = (id: string) => draft.steps.find((step) => step.id === id)?.name ?? ''
  return {
    ...draft,
    team: draft.team.map((one) => ({ ...one, name: 'Mona' })),
    confirmation: { by: 'Mona', on: '2026-01-02' },
    controls: draft.controls.map((control) => ({ ...control, ties: ties[nameOf(control.stepId)] ?? rest() })),
  }
}

async function look() {
  const path = `GET /haccp-plans/${plan.id}/monitoring?from=${days.from}&to=${days.to}`
  const { status, body } = await kitchen.ask(kitchen.actors.reader, path)
  expect(status).toBe(200)
  const all = body as PlanMonitoring
  const of = (step: string) => all.controls.find(({ stepName }) => stepName === step) as MonitoredControl
  return { all, of }
}
const told = ({ standing, expected, done, late }: MonitoredControl) => ({ standing, expected, done, late })

test('before anything was recorded nothing is said to be fine', async () => {
  const { all, of } = await look()
  expect(all.controls.some(({ standing }) => standing === 'as_planned')).toBe(false)
  expect(told(of('Cold and frozen storage'))).toEqual({ standing: 'not_monitored', expected: 48, done: 0, late: 0 })
  expect(told(of('Cooking'))).toEqual({ standing: 'nothing_due', expected: 0, done: 0, late: 0 })
  expect(told(of('Cooling'))).toEqual({ standing: 'not_monitored', expected: 2, done: 0, late: 0 })
  expect(told(of('Reheating')).standing).toBe('nothing_due')
})

test('hours with readings, lists done and late, and foods are told against what was due', async () => {
  // The business day begins at four in Chicago: ten in the morning, UTC.
  await kitchen.readHours(
    kitchen.ids.cooler,
    '2026-11-09',
    Array.from({ length: 48 }, (_, n) => n + 10),
  )
  await kitchen.readHours(kitchen.ids.well, '2026-11-09', [10, 11, 12])
  const measured = await kitchen.list('2026-11-09', 'completed')
  await kitchen.answer(measured, kitchen.ids.warm, 'pass', '2026-11-09T16:20Z')
  const late = await kitchen.list('2026-11-10', 'completed', '18:30Z')
  await kitchen.answer(late, kitchen.ids.warm, 'not_applicable', '2026-11-10T18:20Z')
  await kitchen.rows(
    `insert into processes (tenant_id, id, location_id, kind, plan, product, edition, began_at, time_quality, state, result, failure, disposition, finished_at, needs_verification)
     select $1, gen_random_uuid(), $2, 'cooling', '{}', 'Chili', 'fda-2022', at, 'exact', 'finished', result, failure, 'discarded', at + interval '6 hours', failure is not null
       from (values ('2026-11-09 20:00Z'::timestamptz, 'passed', null), ('2026-11-10 20:00Z', 'failed', 'stage1_not_proven'), ('2026-11-10 21:00Z', 'passed', null)) v (at, result, failure)`,
    [kitchen.tenantId, kitchen.downtown],
  )
  const { of } = await look()
  expect(told(of('Cold and frozen storage'))).toEqual({ standing: 'as_planned', expected: 48, done: 48, late: 0 })
  expect(told(of('Hot holding'))).toEqual({ standing: 'partly', expected: 48, done: 3, late: 0 })
  // The second list was done, but nobody measured what the plan asks for.
  expect(told(of('Cooking'))).toEqual({ standing: 'partly', expected: 2, done: 1, late: 0 })
  expect(told(of('Cooling'))).toEqual({ standing: 'as_planned', expected: 2, done: 2, late: 0 })
  expect(of('Cooling').deviations).toMatchObject({
    ...{ count: 1, open: 0 },
    items: [{ kind: 'process', what: 'Chili', value: 'stage1_not_proven', acted: 'done' }],
  })
})

test('a failing answer counts as nothing done about until it is put right, and a missed list was due', async () => {
  const day = '2026-11-10'
  const [list] = await kitchen.rows<{ id: string }>(`select id from checklists where day = $1`, [day])
  const id = list?.id ?? ''
  await kitchen.answer(id, kitchen.ids.warm, 'fail', `${day}T18:21Z`)
  // Another question of the same list is none of this plan's.
  await kitchen.answer(id, kitchen.ids.clean, 'fail', `${day}T18:22Z`)
  const before = (await look()).of('Cooking')
  expect(told(before)).toEqual({ standing: 'partly', expected: 2, done: 2, late: 1 })
  expect(before.deviations).toMatchObject({
    ...{ count: 1, open: 1 },
    items: [
      {
        kind: 'answer',
        what: 'Soup is hot',
        value: 'Lid was off',
        acted: 'nothing',
        record: { kind: 'checklist', id },
      },
    ],
  })
  await kitchen.answer(id, kitchen.ids.warm, 'pass', `${day}T18:40Z`)
  expect((await look()).of('Cooking').deviations).toMatchObject({ count: 1, open: 0, items: [{ acted: 'verified' }] })
})

test('an alarm of a unit is told with its corrective action, a short excursion only counted', async () => {
  const { cooler } = kitchen.ids
  const alarm = async (at: string, alarmed: boolean) => {
    const [excursion, made, action] = [uuid(), uuid(), uuid()]
    await kitchen.rows(
      `insert into excursions (tenant_id, id, location_id, unit_id, side, started_at, alarmed_at, ended_at, peak_milli, peak_unit)
       values ($1, $2, $3, $4, 'above', $5, case when $6 then $5::timestamptz + interval '1 hour' end, $5::timestamptz + interval '2 hours', 46000, 'F')`,
      [kitchen.tenantId, excursion, kitchen.downtown, cooler, at, alarmed],
    )
    if (!alarmed) return ''
    await kitchen.rows(
      `insert into alarms (tenant_id, id, location_id, unit_id, kind, excursion_id, raised_at) values ($1, $2, $3, $4, 'limit', $5, $6)`,
      [kitchen.tenantId, made, kitchen.downtown, cooler, excursion, at],
    )
    await kitchen.rows(
      `insert into corrective_actions (tenant_id, id, location_id, unit_id, alarm_id, state, opened_at, due_at) values ($1, $2, $3, $4, $5, 'opened', $6, $6)`,
      [kitchen.tenantId, action, kitchen.downtown, cooler, made, at],
    )
    return action
  }
  await alarm('2026-11-09T15:00Z', false)
  const action = await alarm('2026-11-10T15:00Z', true)
  const storage = (await look()).of('Cold and frozen storage')
  expect(storage.ties[0]).toMatchObject({ name: 'Walk-in', brief: 1 })
  expect(storage.deviations).toMatchObject({
    ...{ count: 1, open: 1 },
    items: [
      {
        kind: 'excursion',
        what: 'Walk-in',
        value: '46.0 °F',
        acted: 'nothing',
        action: { kind: 'corrective_action', id: action },
      },
    ],
  })
})

test('hours in which the place is closed are not expected', async () => {
  const { manager } = kitchen.actors
  await kitchen.rows(`update locations set opening_hours = $2 where id = $1`, [
    kitchen.downtown,
    JSON.stringify([1, 2, 3, 4, 5, 6, 7].map((weekday) => ({ weekday, opens: '11:00', closes: '21:00' }))),
  ])
  const current = (await kitchen.ask(manager, `GET /haccp-plans/${plan.id}`)).body as HaccpPlan
  const draft = {
    ...current.draft,
    controls: current.draft.controls.map((control) => ({
      ...control,
      ties: control.ties.map((tie) =>
        tie.kind === 'unit' && tie.unitId === kitchen.ids.well ? { ...tie, during: 'open' as const } : tie,
      ),
    })),
  }
  const saved = (await kitchen.ask(manager, `PUT /haccp-plans/${plan.id}/draft`, { revision: current.revision, draft }))
    .body
  await kitchen.ask(manager, `POST /haccp-plans/${plan.id}/revisions`, { revision: saved.revision })
  const { of, all } = await look()
  expect(all.revision.number).toBe(2)
  expect(told(of('Hot holding'))).toEqual({ standing: 'not_monitored', expected: 20, done: 0, late: 0 })
})

test('a plan that was never signed, and days that are none, are refused', async () => {
  const made = { locationId: kitchen.downtown, name: 'New', from: 'empty' }
  const { body } = await kitchen.ask(kitchen.actors.manager, 'POST /haccp-plans', made)
  const asked = (id: string, from: string, to: string) =>
    kitchen.ask(kitchen.actors.manager, `GET /haccp-plans/${id}/monitoring?from=${from}&to=${to}`)
  expect((await asked(body.id, days.from, days.to)).body.code).toBe('haccp.not_signed')
  expect((await asked(plan.id, days.to, days.from)).body.errors[0].path).toBe('query.to')
  expect((await asked(plan.id, '2025-01-01', '2026-11-10')).status).toBe(422)
})
