import { randomUUID } from 'node:crypto'
import type { Actor } from '@opsflow/platform/actor'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { defaultPolicy } from '../default-policies.ts'
import type { Matter } from '../matter.ts'
import { openStaff, type Staff } from './staff.for-tests.ts'

let staff: Staff
let cook: Actor
let maria: Actor
let ada: Actor
let stranger: Actor

const MINUTE = 60_000
const START = Date.parse('2026-11-27T16:00:00Z')
const at = (minutes: number) => START + minutes * MINUTE
const iso = (minutes: number) => new Date(at(minutes)).toISOString()

beforeAll(async () => {
  staff = await openStaff()
  cook = await staff.person('Carl', 'org:member', { location: staff.downtown })
  maria = await staff.person('Maria', 'org:manager', { location: staff.downtown })
  ada = await staff.person('Ada', 'org:admin')
  stranger = await staff.person('Fay', 'org:admin', {}, staff.away)
}, 60_000)
beforeEach(async () => {
  for (const table of [
    'notice_deliveries',
    'notices',
    'matter_events',
    'matters',
    'alert_policies',
    'checklists',
    'alarms',
    'tasks',
    'units',
  ])
    await staff.rows(`delete from ${table}`)
})
afterAll(() => staff.close())

const matters = async (by = maria): Promise<Matter[]> => (await staff.ask(by, 'GET /matters')).body.items
const names = (matter: Matter | undefined) => matter?.told.map(({ member }) => member.name).sort()
const managersFirst = {
  ...defaultPolicy('checklist', 'normal'),
  steps: [{ afterMinutes: 0, to: ['managers'], ways: [] }],
}
const change = (more: object = {}) => ({
  ...{ kind: 'checklist', severity: 'normal', groupId: null, locationId: null, policy: managersFirst, revision: 0 },
  ...more,
})

describe('rules of an organization', () => {
  test('the nearest one holds, and what is open follows a change at once', async () => {
    await staff.ask(ada, 'PUT /alert-policies', change())
    await staff.checklist('Opening', START)
    await staff.look(at(0))
    expect(names((await matters())[0])).toEqual(['Maria'])
    const admins = { ...managersFirst, steps: [{ afterMinutes: 0, to: ['admins'], ways: [] }] }
    const { body } = await staff.ask(ada, 'PUT /alert-policies', change({ locationId: staff.downtown, policy: admins }))
    await staff.checklist('Closing', at(1))
    await staff.look(at(1))
    expect(names((await matters()).find(({ name }) => name === 'Closing'))).toEqual(['Ada'])
    expect((await staff.ask(ada, `DELETE /alert-policies/${body.id}`)).status).toBe(204)
    expect((await staff.ask(ada, 'GET /alert-policies')).body.items).toHaveLength(1)
  })

  test('of two who change the same rule, the second is told', async () => {
    expect((await staff.ask(ada, 'PUT /alert-policies', change())).body).toMatchObject({ revision: 1 })
    expect((await staff.ask(ada, 'PUT /alert-policies', change({ revision: 1 }))).body).toMatchObject({ revision: 2 })
    expect((await staff.ask(ada, 'PUT /alert-policies', change({ revision: 1 }))).body.code).toBe('alerts.policy_stale')
  })

  test('the preview says whom it would tell and when', async () => {
    const asked = {
      kind: 'checklist',
      severity: 'normal',
      locationId: staff.downtown,
      policy: defaultPolicy('checklist', 'normal'),
    }
    const { body } = await staff.ask(ada, 'POST /alert-policies/previews', asked)
    const told = body.items.map((one: { afterMinutes: number; people: { name: string }[] }) => [
      one.afterMinutes,
      one.people.map(({ name }) => name),
    ])
    expect(told.slice(0, 2)).toEqual([
      [0, ['Carl']],
      [15, ['Maria']],
    ])
  })

  test('they are for whoever decides in the whole organization, and of no use to another', async () => {
    const { body } = await staff.ask(ada, 'PUT /alert-policies', change())
    const preview = { kind: 'checklist', severity: 'normal', locationId: staff.downtown, policy: managersFirst }
    for (const by of [cook, maria]) {
      expect((await staff.ask(by, 'GET /alert-policies')).status).toBe(403)
      expect((await staff.ask(by, 'PUT /alert-policies', change())).status).toBe(403)
      expect((await staff.ask(by, `DELETE /alert-policies/${body.id}`)).status).toBe(403)
      expect((await staff.ask(by, 'POST /alert-policies/previews', preview)).status).toBe(403)
    }
    const gone = await staff.ask(stranger, `DELETE /alert-policies/${randomUUID()}`)
    const theirs = await staff.ask(stranger, `DELETE /alert-policies/${body.id}`)
    expect([theirs.status, theirs.body.code]).toEqual([gone.status, gone.body.code])
    expect(theirs.status).toBe(404)
    expect((await staff.ask(stranger, 'POST /alert-policies/previews', preview)).status).toBe(404)
    expect((await staff.ask(stranger, 'PUT /alert-policies', change({ locationId: staff.downtown }))).body.code).toBe(
      'alerts.node_unknown',
    )
    expect(
      (await staff.ask(ada, 'PUT /alert-policies', change({ kind: 'sensor', severity: 'critical' }))).body.code,
    ).toBe('alerts.sort_unknown')
    expect((await staff.ask(stranger, 'GET /alert-policies')).body.items).toEqual([])
  })
})

describe('what becomes a matter', () => {
  const task = (
    more: { due?: number | null; priority?: string; cause?: string; assigned?: string; created?: number } = {},
  ) =>
    staff.one(
      `insert into tasks (location_id, title, task_type, priority, cause_kind, cause_id, due_at, assigned_to, created_at)
       values ($1, 'Fix the tap', 'other', $2, $3, $4, $5, $6, $7) returning id`,
      [
        ...[staff.downtown, more.priority ?? 'medium', more.cause ?? 'by_hand', randomUUID()],
        ...[more.due === null ? null : iso(more.due ?? 0), more.assigned ?? null, iso(more.created ?? -60)],
      ],
    )
  const set = (id: string, status: string, changedAt: number, due?: number) =>
    staff.rows(
      `update tasks set status = $2, changed_at = $3, due_at = coalesce($4, due_at), completed_at = case when $2 = 'completed' then $3::timestamptz end where id = $1`,
      [id, status, iso(changedAt), due === undefined ? null : iso(due)],
    )

  test('an overdue task goes to whoever it was given to, is held when it is begun, and is the same thread when it is late again', async () => {
    const id = await task({ assigned: cook.id })
    await staff.look(at(1))
    expect(names((await matters())[0])).toEqual(['Carl'])
    await set(id, 'in_progress', 2)
    await staff.look(at(3))
    expect((await matters())[0]).toMatchObject({ acknowledgedAt: expect.any(String), closedAt: null })
    await set(id, 'completed', 5)
    await staff.look(at(6))
    expect((await matters())[0]).toMatchObject({ closedBecause: 'done' })
    await set(id, 'todo', 10, 20)
    await staff.look(at(21))
    expect(await matters()).toMatchObject([{ closedAt: null, acknowledgedAt: null, told: [{ times: 1 }] }])
  })

  test('a failed item’s task is a matter as soon as it is there, an urgent one is food safety', async () => {
    await task({ cause: 'checklist_answer', due: 240, priority: 'urgent', created: -1 })
    await staff.look(at(0))
    expect(await matters()).toMatchObject([{ kind: 'failed', severity: 'critical' }])
    expect(names((await matters())[0])).toEqual(['Carl', 'Maria'])
  })

  test('an alarm and the work it brought along are one matter, which ends when the temperature is back', async () => {
    const unit = await staff.one(
      `insert into units (location_id, name, kind) values ($1, 'Walk-in', 'walk_in_cooler') returning id`,
      [staff.downtown],
    )
    const taskId = await task({ cause: 'temperature.corrective_action', priority: 'urgent', due: 60, created: 0 })
    const alarm = await staff.one(
      `insert into alarms (location_id, unit_id, kind, raised_at, created_at, task_id) values ($1, $2, 'limit', $3, $3, $4) returning id`,
      [staff.downtown, unit, iso(0), taskId],
    )
    await staff.look(at(1))
    expect(await matters()).toMatchObject([
      { kind: 'temperature', severity: 'critical', name: 'Walk-in', subject: { kind: 'alarm', id: alarm } },
    ])
    await staff.look(at(61))
    expect(await matters()).toHaveLength(1)
    await staff.rows(`update alarms set acknowledged_at = $2, acknowledged_by = $3 where id = $1`, [
      alarm,
      iso(62),
      maria.id,
    ])
    await staff.look(at(63))
    expect((await matters())[0]).toMatchObject({ acknowledgedBy: { name: 'Maria' } })
    await staff.rows(`update alarms set cleared_at = $2 where id = $1`, [alarm, iso(70)])
    await staff.look(at(71))
    expect((await matters()).find(({ kind }) => kind === 'temperature')).toMatchObject({ closedBecause: 'over' })
  })

  test('what has been late for longer than a day wakes nobody', async () => {
    await staff.checklist('Opening', at(-1500))
    await task({ due: -1500 })
    await staff.look(at(0))
    expect(await matters()).toEqual([])
  })
})
