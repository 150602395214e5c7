import { randomUUID } from 'node:crypto'
import type { Actor, Reach } from '@opsflow/platform/actor'
import { hire } from '@opsflow/platform/server/postgres/tenant.for-tests'
import { minutesAgo } from '@opsflow/platform/server/sync/run.for-tests'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import type { Matter } from '../matter.ts'
import { alertMutators } from '../sync.ts'
import { openStaff, type Staff } from './staff.for-tests.ts'

let staff: Staff
let cook: Actor
let maria: Actor
let mike: Actor
let pilot: Actor
let stranger: Actor

const MINUTE = 60_000
/** Nine in the evening at the location is hours away. */
const START = Date.parse('2026-11-27T16:00:00Z')
const at = (minutes: number) => START + minutes * MINUTE

beforeAll(async () => {
  staff = await openStaff()
  cook = await staff.person('Carl', 'org:member', { location: staff.downtown })
  maria = await staff.person('Maria', 'org:manager', { location: staff.downtown })
  mike = await staff.person('Mike', 'org:manager', { location: staff.downtown })
  await staff.person('Dora', 'org:manager', { group: staff.districtId })
  await staff.person('Ada', 'org:admin')
  pilot = await staff.person('Paul', 'org:manager', { location: staff.airport })
  stranger = await staff.person('Fay', 'org:admin', {}, staff.away)
}, 60_000)
beforeEach(async () => {
  for (const table of [
    'notice_deliveries',
    'notices',
    'matter_events',
    'matters',
    'alert_policies',
    'notice_preferences',
    'checklist_excuses',
    'checklists',
    'task_excuses',
    'tasks',
  ])
    await staff.rows(`delete from ${table}`)
})
afterAll(() => staff.close())

const matters = async (by = maria, query = ''): Promise<Matter[]> =>
  (await staff.ask(by, `GET /matters${query}`)).body.items
const theMatter = async (by = maria) => (await matters(by))[0] as Matter
const names = ({ told }: Matter) => told.map(({ member }) => member.name).sort()

describe('a late checklist', () => {
  test('is one matter, told to whoever is on, then to the managers, the district and the admins', async () => {
    await staff.checklist('Opening', START)
    await staff.look(at(-1))
    expect(await matters()).toEqual([])
    await staff.look(at(0))
    await staff.look(at(0))
    const opened = await theMatter()
    expect(opened).toMatchObject({ kind: 'checklist', name: 'Opening', step: 0, closedAt: null, acknowledgedAt: null })
    expect(names(opened)).toEqual(['Carl'])
    await staff.look(at(15))
    expect(names(await theMatter())).toEqual(['Carl', 'Maria', 'Mike'])
    await staff.look(at(61))
    expect(names(await theMatter())).toEqual(['Carl', 'Dora', 'Maria', 'Mike'])
    for (const minutes of [100, 140, 182]) await staff.look(at(minutes))
    expect(names(await theMatter())).toEqual(['Ada', 'Carl', 'Dora', 'Maria', 'Mike'])
    expect(await matters()).toHaveLength(1)
    expect((await theMatter()).events.map(({ event }) => event)).toEqual(['opened', 'climbed', 'climbed', 'climbed'])
  })

  test('repeats bring the same notice up to date and never make a second one', async () => {
    await staff.checklist('Opening', START)
    for (let minutes = 0; minutes <= 400; minutes += 5) await staff.look(at(minutes))
    const { told } = await theMatter()
    expect(new Set(told.map(({ member }) => member.id)).size).toBe(told.length)
    for (const { times } of told) expect(times).toBeLessThanOrEqual(3)
    expect(told.find(({ member }) => member.id === maria.id)?.times).toBe(3)
  })

  test('acknowledged it climbs no further until that has lasted too long', async () => {
    await staff.checklist('Opening', START)
    await staff.look(at(0))
    await staff.look(at(15))
    const { id } = await theMatter()
    await staff.write((tx) =>
      tx.query(
        `update matters set opened_at = now() - interval '20 minutes', stepped_at = now() - interval '5 minutes'`,
      ),
    )
    const { status, body } = await staff.ask(maria, `POST /matters/${id}/acknowledgements`, {
      holdMinutes: 30,
      note: 'On my way',
    })
    expect(status).toBe(201)
    expect(body).toMatchObject({ acknowledgedBy: { name: 'Maria' } })
    expect((await matters(mike))[0]).toMatchObject({ acknowledgedBy: { id: maria.id } })
    const now = Date.parse(body.acknowledgedAt)
    await staff.look(now + 29 * MINUTE)
    expect(await theMatter()).toMatchObject({ step: 1 })
    await staff.look(now + 31 * MINUTE)
    await staff.look(now + 76 * MINUTE)
    expect((await theMatter()).step).toBe(2)
  })

  test('completing it closes the matter, and nobody is told anything new', async () => {
    const id = await staff.checklist('Opening', START)
    await staff.look(at(0))
    await staff.look(at(15))
    await staff.completed(id, at(16), cook)
    await staff.look(at(17))
    const closed = await theMatter()
    expect(closed).toMatchObject({ closedBecause: 'done', closedBy: { name: 'Carl' } })
    const before = await staff.rows('select id from notices')
    for (const minutes of [60, 120, 600]) await staff.look(at(minutes))
    expect(await staff.rows('select id from notices')).toEqual(before)
  })

  test('done in time and heard of later, it closes as just that', async () => {
    const id = await staff.checklist('Opening', START)
    await staff.look(at(1))
    await staff.completed(id, at(-5), cook)
    await staff.look(at(2))
    expect(await theMatter()).toMatchObject({ closedBecause: 'in_time' })
  })

  test('missed, it stays until someone has said that they know', async () => {
    const id = await staff.checklist('Opening', START, { missedAt: at(60) })
    await staff.look(at(1))
    await staff.write((tx) => tx.query(`update checklists set status = 'missed' where id = $1`, [id]))
    await staff.look(at(61))
    expect(await theMatter()).toMatchObject({ closedAt: null })
    const { id: matterId } = await theMatter()
    await staff.ask(maria, `POST /matters/${matterId}/acknowledgements`, {})
    await staff.look(at(62))
    expect(await theMatter()).toMatchObject({ closedBecause: 'missed' })
  })

  test('missed and excused, it is over', async () => {
    const id = await staff.checklist('Opening', START, { missedAt: at(60) })
    await staff.look(at(1))
    await staff.write((tx) => tx.query(`update checklists set status = 'missed' where id = $1`, [id]))
    await staff.one(
      `insert into checklist_excuses (location_id, checklist_id, reason, excused_by) values ($1, $2, 'Power cut', $3) returning id`,
      [staff.downtown, id, maria.id],
    )
    await staff.look(at(61))
    expect(await theMatter()).toMatchObject({ closedBecause: 'over', closedBy: { name: 'Maria' } })
  })
})

describe('a task', () => {
  test('that was missed is over once a manager has said why', async () => {
    const id = await staff.one(
      `insert into tasks (location_id, title, task_type, cause_kind, cause_id, due_at, missed_at, created_at)
       values ($1, 'Sweep', 'cleaning', 'test', gen_random_uuid(), $2, $3, $2) returning id`,
      [staff.downtown, new Date(START).toISOString(), new Date(at(60)).toISOString()],
    )
    await staff.look(at(31))
    await staff.one(
      `insert into task_excuses (location_id, task_id, due_at, reason, excused_by) values ($1, $2, $3, 'Power cut', $4) returning id`,
      [staff.downtown, id, new Date(START).toISOString(), maria.id],
    )
    await staff.look(at(59))
    expect(await theMatter()).toMatchObject({ kind: 'task', closedAt: null })
    await staff.look(at(61))
    expect(await theMatter()).toMatchObject({ closedBecause: 'over', closedBy: { name: 'Maria' } })
  })

  test('that was missed before anyone was told of it is no matter', async () => {
    await staff.one(
      `insert into tasks (location_id, title, task_type, cause_kind, cause_id, due_at, missed_at, created_at)
       values ($1, 'Sweep', 'cleaning', 'test', gen_random_uuid(), $2, $3, $2) returning id`,
      [staff.downtown, new Date(START).toISOString(), new Date(at(60)).toISOString()],
    )
    await staff.look(at(70))
    expect(await matters()).toEqual([])
  })
})

describe('several servers', () => {
  test('that look at once open one matter and tell each person once', async () => {
    for (const name of ['Opening', 'Line check', 'Closing']) await staff.checklist(name, START)
    await Promise.all([1, 2, 3, 4].map(() => staff.look(at(1))))
    await Promise.all([1, 2, 3, 4].map(() => staff.look(at(16))))
    await staff.look(at(16))
    expect(await matters()).toHaveLength(3)
    for (const { told } of await matters()) {
      expect(told.map(({ times }) => times)).toEqual(told.map(() => 1))
      expect(told.map(({ member }) => member.name).sort()).toEqual(['Carl', 'Maria', 'Mike'])
    }
  })
})

describe('who may', () => {
  const commands = [
    ['acknowledgements', {}],
    ['notes', { note: 'Looked at it' }],
    ['sightings', undefined],
    ['closure', { note: 'The location was closed' }],
  ] as const

  test('a matter of another tenant, of another location, and one that never was, all answer the same', async () => {
    await staff.checklist('Opening', START)
    await staff.look(at(0))
    const { id } = await theMatter()
    const answers = async (by: Actor, which: string) => {
      const { status, body } = await staff.ask(by, `GET /matters/${which}`)
      const all = [{ status, code: body.code }]
      for (const [command, sent] of commands) {
        const answer = await staff.ask(by, `POST /matters/${which}/${command}`, sent)
        all.push({ status: answer.status, code: answer.body.code })
      }
      return all
    }
    const none = await answers(maria, randomUUID())
    expect(new Set(none.map(({ status }) => status))).toEqual(new Set([404]))
    expect(await answers(stranger, id)).toEqual(none)
    expect(await answers(pilot, id)).toEqual(none)
    expect(await matters(stranger)).toEqual([])
    expect(await matters(pilot)).toEqual([])
  })

  test('who only reads has read it, and acknowledges and writes nothing; nor does one whose word counts elsewhere only', async () => {
    await staff.checklist('Opening', START)
    await staff.look(at(0))
    const { id } = await theMatter()
    const reader = await hire(staff.database, staff.home, 'Rita', ['alerts.read'], new Set([staff.downtown]))
    const elsewhere: Actor = {
      ...(await hire(staff.database, staff.home, 'Elsa', [], 'all')),
      permissions: new Map<string, Reach>([
        ['alerts.read', 'all'],
        ...(['alerts.acknowledge', 'alerts.lead'] as const).map((one) => [one, new Set([staff.airport])] as const),
      ]),
    }
    for (const by of [reader, elsewhere]) {
      for (const [command, sent] of commands) {
        const { status, body } = await staff.ask(by, `POST /matters/${id}/${command}`, sent)
        const expected = command === 'sightings' ? [201, undefined] : [403, 'forbidden']
        expect([command, status, body.code]).toEqual([command, ...expected])
      }
      const said = { id: randomUUID(), matterId: id, note: 'No' }
      expect(await staff.send(by, alertMutators.acknowledge, { ...said, holdMinutes: null })).toBe('quarantined')
      expect(await staff.send(by, alertMutators.note, said)).toBe('quarantined')
      expect(await staff.send(by, alertMutators.close, said)).toBe('quarantined')
    }
    expect(await theMatter()).toMatchObject({ acknowledgedAt: null, closedAt: null })
    expect((await theMatter()).events.map(({ event }) => event)).toEqual(['opened'])
  })

  test('whoever may not read matters learns of none, and a key has not read anything', async () => {
    await staff.checklist('Opening', START)
    await staff.look(at(0))
    const { id } = await theMatter()
    const waiter = await hire(staff.database, staff.home, 'Wanda', ['tasks.read'], new Set([staff.downtown]))
    for (const route of [`GET /matters`, `GET /matters/${id}`])
      expect((await staff.ask(waiter, route)).status).toBe(403)
    for (const [command, sent] of commands)
      expect((await staff.ask(waiter, `POST /matters/${id}/${command}`, sent)).status).toBe(403)
    expect(await staff.send(waiter, alertMutators.see, { matterId: id })).toBe('quarantined')
    const key: Actor = { ...maria, kind: 'key', id: randomUUID(), name: 'Dashboard' }
    expect((await staff.ask(key, `POST /matters/${id}/sightings`)).status).toBe(403)
    expect((await theMatter()).told.map(({ seenAt }) => seenAt)).toEqual([null])
  })

  test('whoever is on may acknowledge and write, and not close', async () => {
    await staff.checklist('Opening', START)
    await staff.look(at(0))
    const { id } = await theMatter()
    expect((await staff.ask(cook, `POST /matters/${id}/acknowledgements`, {})).status).toBe(201)
    expect((await staff.ask(cook, `POST /matters/${id}/notes`, { note: 'Started' })).status).toBe(201)
    expect((await staff.ask(cook, `POST /matters/${id}/closure`, { note: 'No' })).status).toBe(403)
    expect(
      (await staff.ask(maria, `POST /matters/${id}/closure`, { note: 'Closed for the holiday' })).body,
    ).toMatchObject({
      closedBecause: 'by_hand',
      closedBy: { name: 'Maria' },
    })
    expect((await staff.ask(maria, `POST /matters/${id}/closure`, { note: 'Again' })).body.code).toBe('alerts.closed')
    expect((await staff.ask(maria, `POST /matters/${id}/acknowledgements`, {})).body.code).toBe('alerts.closed')
  })
})

describe('offline', () => {
  test('an acknowledgement from a device is done as HTTP does it, and later ones stand', async () => {
    await staff.checklist('Opening', START)
    await staff.look(at(0))
    const { id } = await theMatter()
    const args = { id: randomUUID(), matterId: id, holdMinutes: 20, note: '' }
    expect(await staff.send(maria, alertMutators.acknowledge, args, minutesAgo(1))).toBe('applied')
    expect(await theMatter()).toMatchObject({ acknowledgedBy: { name: 'Maria' } })
    const earlier = { ...args, id: randomUUID() }
    expect(await staff.send(cook, alertMutators.acknowledge, earlier, minutesAgo(9))).toBe('alerts.acknowledged_later')
    expect(await theMatter()).toMatchObject({ acknowledgedBy: { name: 'Maria' } })
    expect(await staff.send(pilot, alertMutators.acknowledge, { ...args, id: randomUUID() })).toBe('refused not_found')
    expect((await theMatter()).events.filter(({ event }) => event === 'acknowledged')).toHaveLength(2)
  })
})
