import { proven } from '@opsflow/platform/server/proven.for-tests'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { audited } from '../asked.ts'
import type { Caller } from '../kitchen.ts'
import { type Customer, type House, openHouse, type Server, until } from './house.ts'

// A job's row that no version of this code could have written: one schedule of one customer. It is set aside by itself: the
// customer's other schedule at the same place and everybody else's go on, a manager is told, and said anew it is made.
let house: House
let api: Server
let worker: Server

beforeAll(async () => {
  house = await openHouse()
  api = await house.server({ OPSFLOW_ROLES: 'api,realtime,ingest' })
  worker = await house.server({ OPSFLOW_ROLES: 'worker' })
  await api.start()
}, 600_000)
afterAll(() => house?.close(), 60_000)

test('a poisoned schedule is set aside alone: its place and others go on, a manager is told, and said anew it is made', async () => {
  const [poisoned, sound] = house.customers
  const [mine, theirs] = await Promise.all([poisoned, sound].map((customer) => api.signIn(customer)))
  const id = await makeSchedule(mine as Caller, 'Line')
  await Promise.all([makeSchedule(mine as Caller, 'Bar'), makeSchedule(theirs as Caller, 'Line')])
  const kept = await timingOf(id)
  await setTiming(id, { written: 'by another version' })
  await worker.start()
  await until('the checklists of the other customer are made', async () => (await made(sound)) > 0)
  await until('those of the same place are made', async () => (await made(poisoned)) > 0)
  const toldOf = async () => (await (mine as Caller).must('GET', '/tasks')).items.filter(isAbout(id))
  await until('a manager is told', async () => (await toldOf()).length > 0)
  const meanwhile = { poisoned: await made(poisoned), ofIt: await madeOf(id), sound: await made(sound) }
  const shown = await (mine as Caller).must('GET', `/checklist-schedules/${id}`)
  const said = { revision: shown.revision, paused: false, timing: kept }
  await (mine as Caller).must('PATCH', `/checklist-schedules/${id}`, { body: said })
  await until('it is made once it is said anew', async () => (await madeOf(id)) > 0)
  const seen = (what: string, n: number, goal: string, met: boolean) => ({ what, goal, seen: String(n), met })
  proven('faults', {
    title: 'A poisoned schedule',
    method:
      'The timing of one of two schedules of a place is overwritten, as superuser, with what no version of the code writes; then the worker starts. Later a manager says it anew.',
    findings: [
      seen('checklists made for the other customer meanwhile', meanwhile.sound, '> 0', meanwhile.sound > 0),
      seen('made by the other schedule of the same place', meanwhile.poisoned, '> 0', meanwhile.poisoned > 0),
      seen('made by the poisoned one', meanwhile.ofIt, '0', meanwhile.ofIt === 0),
      seen('tasks that tell a manager', (await toldOf()).length, '1', true),
      { what: 'worker ended', goal: 'no', seen: worker.ended === undefined ? 'no' : 'yes' },
    ],
  })
  expect(shown.pausedAt).not.toBeNull()
  expect(meanwhile.ofIt).toBe(0)
  expect(worker.ended).toBeUndefined()
}, 300_000)

const isAbout = (id: string) => (task: { said?: { as: string; scheduleId?: string } | null }) =>
  task.said?.as === 'schedule_set_aside' && task.said.scheduleId === id

/** Checklists through every day at the customer's place. */
async function makeSchedule(caller: Caller, name: string): Promise<string> {
  const { id: templateId } = await caller.must('POST', '/checklist-templates', {
    body: { name: `${name} check`, draft: audited },
  })
  await caller.must('POST', `/checklist-templates/${templateId}/publications`, { body: { revision: 1 } })
  const timing = {
    recurrence: { every: 'day' },
    slots: ['06:00', '12:00', '18:00', '23:00'].map((at) => ({ by: 'clock', at })),
    ...{ visibleMinutesBefore: 60, lateMinutesAfter: 30, missedMinutesAfter: 120, from: '2020-01-01' },
    onClosedDays: 'keep',
  }
  const body = { templateId, name, role: 'org:member', timing, target: {} }
  return (await caller.must('POST', '/checklist-schedules', { body })).id
}

const timingOf = async (id: string) =>
  (await house.rows.query('select timing from checklist_schedules where id = $1', [id])).rows[0].timing

const setTiming = (id: string, timing: object) =>
  house.rows.query(`update checklist_schedules set timing = $2, changed_at = now() where id = $1`, [
    id,
    JSON.stringify(timing),
  ])

const madeOf = async (id: string): Promise<number> =>
  (await house.rows.query('select count(*)::int as n from checklists where schedule_id = $1', [id])).rows[0].n

const made = async ({ tenantId }: Customer): Promise<number> =>
  (await house.rows.query('select count(*)::int as n from checklists where tenant_id = $1', [tenantId])).rows[0].n
