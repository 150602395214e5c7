import { proven } from '@opsflow/platform/server/proven.for-tests'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { audited } from '../asked.ts'
import type { Caller } from '../kitchen.ts'
import { type Customer, type House, openHouse, type Server, until } from './house.ts'

// A job's row that no version of this code could have written: the schedule of one customer. Everybody else's work goes on,
// what failed is reported with its name, the worker lives, and when the row is mended its work is done.
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

test('a poisoned job of one customer: others go on, it is reported, and done when it is mended', async () => {
  const [poisoned, sound] = house.customers
  const callers = await Promise.all([poisoned, sound].map((customer) => api.signIn(customer)))
  const [schedule] = await Promise.all(callers.map(schedules))
  const kept = await timingOf(schedule as string)
  await setTiming(schedule as string, { written: 'by another version' })
  await worker.start()
  await until('the checklists of the other customer are made', async () => (await made(sound)) > 0)
  const reports = () => worker.lines(50).filter(({ msg }) => msg === 'checklist schedules')
  await until('what failed is reported', () => reports().length >= 2)
  const whilePoisoned = { poisoned: await made(poisoned), sound: await made(sound), ended: worker.ended }
  await setTiming(schedule as string, kept)
  await until('it is done once it is mended', async () => (await made(poisoned)) > 0)
  proven('faults', {
    title: 'A poisoned job',
    method:
      'The timing of one customer’s schedule is overwritten, as superuser, with what no version of the code writes; then the worker starts. Later it is put back.',
    findings: [
      { what: 'checklists made for the other customer meanwhile', goal: '> 0', seen: String(whilePoisoned.sound) },
      { what: 'checklists made at the place of the poisoned one meanwhile', seen: String(whilePoisoned.poisoned) },
      { what: 'reports in the log, one each time it is tried again', seen: String(reports().length) },
      { what: 'worker ended', goal: 'no', seen: whilePoisoned.ended === undefined ? 'no' : 'yes' },
      { what: 'checklists of the poisoned one once it was mended', goal: '> 0', seen: String(await made(poisoned)) },
    ],
  })
  expect(whilePoisoned.ended).toBeUndefined()
  expect(worker.ended).toBeUndefined()
}, 300_000)

/** A checklist every hour of every day at the customer's place. */
async function schedules(caller: Caller): Promise<string> {
  const { id: templateId } = await caller.must('POST', '/checklist-templates', {
    body: { name: 'Line check', draft: audited },
  })
  await caller.must('POST', `/checklist-templates/${templateId}/publications`, { body: { revision: 1 } })
  const timing = {
    recurrence: { every: 'day' },
    slots: ['06:00', '12:00', '18:00', '23:00'].map((at) => ({ by: 'clock', at })),
    ...{ visibleMinutesBefore: 60, lateMinutesAfter: 30, missedMinutesAfter: 120, from: '2020-01-01' },
    onClosedDays: 'keep',
  }
  const body = { templateId, name: 'Line', role: 'org:member', timing, target: {} }
  return (await caller.must('POST', '/checklist-schedules', { body })).id
}

const timingOf = async (id: string) =>
  (await house.rows.query('select timing from checklist_schedules where id = $1', [id])).rows[0].timing

const setTiming = (id: string, timing: object) =>
  house.rows.query(`update checklist_schedules set timing = $2, changed_at = now() where id = $1`, [
    id,
    JSON.stringify(timing),
  ])

const made = async ({ tenantId }: Customer): Promise<number> =>
  (await house.rows.query('select count(*)::int as n from checklists where tenant_id = $1', [tenantId])).rows[0].n
