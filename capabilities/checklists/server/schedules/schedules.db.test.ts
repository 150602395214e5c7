import { randomUUID } from 'node:crypto'
import type { Actor } from '@opsflow/platform/actor'
import { type Ask, serveForTests } from '@opsflow/platform/server/http/serve.for-tests'
import { type TestDatabase, testDatabase } from '@opsflow/platform/server/postgres/for-tests'
import { foundTenant, hire, type TestTenant } from '@opsflow/platform/server/postgres/tenant.for-tests'
import { type Database, openDatabase, openPool } from '@opsflow/platform/server/tenant'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { checklistsPermissions } from '../../permissions.ts'
import { Target, Timing } from '../../schedule.ts'
import { scheduleImplementations, templateImplementations } from '../index.ts'
import { lookAfterSchedules } from './schedule-watch.ts'

let testDb: TestDatabase
let database: Database
let relayPool: ReturnType<typeof openPool>
let rows: ReturnType<typeof openPool>
let home: TestTenant
let downtown: string
let airport: string
let head: Actor
let manager: Actor
let cook: Actor
let stranger: Actor
let ask: Ask
let close: () => Promise<void>
let templateId: string
const everything = Object.keys(checklistsPermissions)

beforeAll(async () => {
  testDb = await testDatabase()
  database = openDatabase({ url: testDb.urls.app, contextKey: testDb.contextKey, poolSize: 8, prepared: true })
  relayPool = openPool(testDb.urls.relay, 2)
  rows = openPool(testDb.admin, 2)
  home = await foundTenant(database, 'Home')
  ;[downtown, airport] = home.locations
  head = await hire(database, home, 'Hana', everything, 'all')
  manager = await hire(database, home, 'Mona', everything, new Set([downtown]))
  cook = await hire(database, home, 'Carl', ['checklists.read', 'checklists.do'], new Set([downtown]))
  stranger = await hire(database, await foundTenant(database, 'Away'), 'Fay', everything, 'all')
  ;({ ask, close } = await serveForTests([...templateImplementations(), ...scheduleImplementations()], database))
  templateId = await published('Opening')
}, 60_000)
beforeEach(async () => {
  await rows.query('delete from checklists')
  await rows.query('delete from checklist_schedules')
  await rows.query('delete from checklist_progress')
})
afterAll(async () => {
  await close()
  await Promise.all([database.close(), relayPool.end(), rows.end()])
  await testDb.drop()
})

async function published(name: string): Promise<string> {
  const draft = {
    sections: [
      { id: randomUUID(), title: '', items: [{ kind: 'pass_fail', id: randomUUID(), label: 'The line is clean' }] },
    ],
  }
  const { body } = await ask(head, 'POST /checklist-templates', { name, draft })
  const { status } = await ask(head, `POST /checklist-templates/${body.id}/publications`, { revision: body.revision })
  expect(status).toBeLessThan(300)
  return body.id
}

const at = (time: string) => ({ by: 'clock', at: time })
const timing = (more: object = {}) => ({
  recurrence: { every: 'day' },
  slots: [at('12:00')],
  from: '2026-01-01',
  ...more,
})
const wanted = (more: object = {}) => ({
  templateId,
  name: 'Noon',
  timing: timing(),
  target: { locations: [downtown] },
  ...more,
})
/** Five in the morning at these locations. */
const NOW = Date.parse('2030-06-03T10:00:00Z')
const HOUR = 3_600_000
const tick = (now: number) => lookAfterSchedules({ database, relayPool }, now)

async function made(where = 'true') {
  const { rows: found } = await rows.query(
    `select location_id as at, slot, status, due_at as due from checklists where ${where} order by due_at, location_id`,
  )
  return found.map(({ slot, status }) => `${slot} ${status}`)
}

const ours = async () =>
  (await rows.query('select from checklists where tenant_id = $1', [home.tenantId])).rowCount ?? 0

async function schedule(more: object = {}, by = head) {
  const { status, body } = await ask(by, 'POST /checklist-schedules', wanted(more))
  expect([status, body.code]).toEqual([201, undefined])
  return body as { id: string; revision: number }
}

describe('before a template is published', () => {
  const preview = async (by = head) =>
    (await ask(by, `GET /checklist-templates/${templateId}/publication-preview`)).body.schedules
  const begin = (where: string) =>
    rows.query(`update checklists set status = 'in_progress', started_at = now() where ${where}`)
  const dues = async () =>
    (await rows.query<{ due: Date }>('select due_at as due from checklists order by due_at')).rows.map(({ due }) =>
      due.toISOString(),
    )
  const same = (one: string | undefined, other: string | undefined) =>
    expect(new Date(one ?? 0).toISOString()).toBe(other)

  test('it says from when its schedules use it: what nobody has begun, late or still to come, then what is not made yet', async () => {
    await schedule({ timing: timing({ slots: [at('05:00'), at('10:00'), at('15:00'), at('20:00')] }) })
    await tick(Date.now())
    const [first, second, third] = await dues()
    const [told] = await preview()
    expect(told.from).toMatchObject({ locationName: expect.any(String), timezone: expect.any(String) })
    same(told.from.dueAt, first)
    await begin(`due_at = '${first}'`)
    same((await preview())[0].from.dueAt, second)
    await rows.query(`update checklists set due_at = due_at - interval '2 days' where due_at = $1`, [third])
    same((await preview())[0].from.dueAt, new Date(Date.parse(third ?? '') - 48 * HOUR).toISOString())
    await begin('true')
    const made = await rows.query<{ until: Date }>('select made_until as until from checklist_progress where id = $1', [
      downtown,
    ])
    expect(Date.parse((await preview())[0].from.dueAt)).toBeGreaterThanOrEqual(made.rows[0]?.until.getTime() ?? 0)
  })

  test('of places that the one who asks does not see, nothing; to another tenant, there is no such template', async () => {
    await schedule({ target: { locations: [airport] } })
    await tick(Date.now())
    expect((await preview(head))[0].from).not.toBeNull()
    expect((await preview(manager)).map(({ from }: { from: unknown }) => from)).toEqual([null])
    expect((await ask(stranger, `GET /checklist-templates/${templateId}/publication-preview`)).status).toBe(404)
    expect((await ask(cook, `GET /checklist-templates/${templateId}/publication-preview`)).status).toBe(403)
  })
})

describe('checklists of a schedule', () => {
  test('are made a day and a half ahead, each once, however often and by however many it is looked', async () => {
    await schedule()
    await Promise.all([tick(NOW), tick(NOW), tick(NOW)])
    await tick(NOW)
    expect(await made()).toEqual(['2030-06-03T12:00 open', '2030-06-04T12:00 open'])
    await tick(NOW + 26 * HOUR)
    expect(await made()).toEqual(['2030-06-03T12:00 missed', '2030-06-04T12:00 open', '2030-06-05T12:00 open'])
  })

  test('a standstill is caught up: what is over is on record as missed, a week back at most', async () => {
    await schedule()
    await tick(NOW)
    await tick(NOW + 20 * 24 * HOUR)
    const all = await made()
    expect(all.filter((one) => one.endsWith('open'))).toEqual(['2030-06-23T12:00 open', '2030-06-24T12:00 open'])
    expect(all.filter((one) => one.endsWith('missed'))).toHaveLength(9)
    expect(all).toHaveLength(11)
  })

  test('a change holds for the future that nobody has begun; the past and what was begun stay', async () => {
    const { id, revision } = await schedule({ timing: timing({ slots: [at('06:00'), at('12:00'), at('18:00')] }) })
    await tick(NOW - 5 * HOUR)
    await rows.query(`update checklists set status = 'in_progress', started_at = now() where slot = '2030-06-03T12:00'`)
    const slots = [at('12:00'), at('18:00'), at('20:00')]
    const change = { revision, timing: timing({ slots }) }
    expect((await ask(head, `PATCH /checklist-schedules/${id}`, change)).status).toBe(200)
    await tick(NOW + 2 * HOUR)
    expect(await made(`day = '2030-06-03'`)).toEqual([
      ...['2030-06-03T06:00 open', '2030-06-03T12:00 in_progress', '2030-06-03T18:00 open', '2030-06-03T20:00 open'],
    ])
    expect(await made(`day = '2030-06-04' and status = 'withdrawn'`)).toEqual(['2030-06-04T06:00 withdrawn'])
  })

  test('ended, its future is withdrawn; brought back, it goes on', async () => {
    const { id, revision } = await schedule()
    await tick(NOW)
    const ended = await ask(head, `PATCH /checklist-schedules/${id}`, { revision, ended: true })
    await tick(NOW)
    expect(await made(`status = 'open'`)).toEqual([])
    expect((await ask(head, 'GET /checklist-schedules')).body.items).toEqual([])
    const renamed = await ask(head, `PATCH /checklist-schedules/${id}`, { revision: ended.body.revision, name: 'Late' })
    expect([renamed.status, renamed.body.code]).toEqual([409, 'checklists.schedule_ended'])
    await ask(head, `PATCH /checklist-schedules/${id}`, { revision: ended.body.revision, ended: false })
    await tick(NOW)
    expect(await made(`status = 'open'`)).toHaveLength(2)
  })

  test('paused, its future is withdrawn; resumed, it is back', async () => {
    const { id, revision } = await schedule()
    await tick(NOW)
    const paused = await ask(head, `PATCH /checklist-schedules/${id}`, { revision, paused: true })
    await tick(NOW)
    expect(await made(`status = 'open'`)).toEqual([])
    await ask(head, `PATCH /checklist-schedules/${id}`, { revision: paused.body.revision, paused: false })
    await tick(NOW)
    expect(await made(`status = 'open'`)).toEqual(['2030-06-03T12:00 open', '2030-06-04T12:00 open'])
  })

  test('a target of kinds and attributes reaches the locations that fit, and those alone', async () => {
    await rows.query(`update locations set attributes = '{"drive_thru":"yes"}' where id = $1`, [airport])
    await schedule({ target: { attributes: [{ key: 'drive_thru', values: ['yes'] }] } })
    await tick(NOW)
    const { rows: where } = await rows.query('select distinct location_id as id from checklists')
    expect(where).toEqual([{ id: airport }])
  })
})

describe('a location that changes', () => {
  const due = async (where = `status = 'open'`) =>
    (await rows.query(`select slot, day::text, due_at from checklists where ${where} order by due_at`)).rows.map(
      ({ slot, day, due_at }) => `${slot} of ${day} at ${due_at.toISOString().slice(5, 16)}`,
    )
  const change = (sets: string) =>
    database.write(head, (tx) => tx.query(`update locations set ${sets} where id = $1`, [downtown]))
  const hours = (opens: string) =>
    JSON.stringify([1, 2, 3, 4, 5, 6, 7].map((weekday) => ({ weekday, opens, closes: '22:00' })))
  afterEach(() => change(`opening_hours = '[]', timezone = 'America/Chicago', day_starts_at = '04:00'`))

  test('new opening hours reach what is to come and nobody has begun', async () => {
    await change(`opening_hours = '${hours('09:00')}'`)
    await schedule({ timing: timing({ slots: [{ by: 'opening', minutes: -60 }] }) })
    await tick(NOW)
    await rows.query(`update checklists set status = 'in_progress', started_at = now() where day = '2030-06-03'`)
    await change(`opening_hours = '${hours('11:00')}'`)
    await tick(NOW)
    expect(await made(`status <> 'withdrawn'`)).toEqual([
      ...['2030-06-03T08:00 in_progress', '2030-06-03T10:00 open', '2030-06-04T10:00 open'],
    ])
  })

  test('another zone moves the same local time', async () => {
    await schedule()
    await tick(NOW)
    expect(await due()).toEqual([
      ...['2030-06-03T12:00 of 2030-06-03 at 06-03T17:00', '2030-06-04T12:00 of 2030-06-04 at 06-04T17:00'],
    ])
    await change(`timezone = 'America/New_York'`)
    await tick(NOW)
    expect(await due()).toEqual([
      ...['2030-06-03T12:00 of 2030-06-03 at 06-03T16:00', '2030-06-04T12:00 of 2030-06-04 at 06-04T16:00'],
    ])
  })

  test('another cut of the business day moves what is due in the small hours to the day it belongs to', async () => {
    await schedule({ timing: timing({ slots: [at('03:00')] }) })
    await tick(NOW)
    expect(await due()).toEqual(['2030-06-04T03:00 of 2030-06-03 at 06-04T08:00'])
    await change(`day_starts_at = '02:00'`)
    await tick(NOW)
    expect(await due()).toEqual(['2030-06-04T03:00 of 2030-06-04 at 06-04T08:00'])
  })

  test('a location that closes for good has its future withdrawn', async () => {
    await schedule()
    await tick(NOW)
    await change('closed_at = now()')
    await tick(NOW)
    expect(await due()).toEqual([])
    await change('closed_at = null')
    await tick(NOW)
    expect(await due()).toHaveLength(2)
  })
})

describe('a schedule that no rule can work out', () => {
  const broken = (name: string, { timing = '{}', target = '{}' }, template = templateId) =>
    rows.query(
      `insert into checklist_schedules (tenant_id, organization_id, template_id, name, timing, target, changed_at)
       select tenant_id, organization_id, id, $2, $3, $4, now() - interval '1 day' from checklist_templates where id = $1`,
      [template, name, timing, target],
    )
  const tasks = async (name: string) => {
    const { rows: all } = await rows.query<{ name: string; role: string; status: string }>(
      `select said->>'schedule' as name, assigned_role as role, status from tasks
        where tenant_id = $1 and said->>'schedule' = $2`,
      [home.tenantId, name],
    )
    return all
  }

  test.each([
    ['timing', { timing: '{"written":"by another version"}' }],
    ['places', { target: 'null' }],
  ])('of unreadable %s is paused by itself, its place goes on, and a manager has a task', async (what, words) => {
    const name = `Of unreadable ${what}`
    await broken(name, words)
    await schedule()
    await tick(NOW)
    expect(await ours()).toBeGreaterThan(0)
    const { rows: states } = await rows.query(
      `select name from checklist_schedules where tenant_id = $1 and paused_at is not null`,
      [home.tenantId],
    )
    expect(states).toEqual([{ name }])
    expect(await tasks(name)).toEqual([{ name, role: 'org:manager', status: 'todo' }])
  })

  test('can be opened, resumed in vain, said anew, and then makes what it says', async () => {
    await broken('Mended', { timing: '[]', target: '7' })
    await tick(NOW)
    const { body: list } = await ask(head, 'GET /checklist-schedules')
    const [one] = list.items
    expect([one.name, one.next, one.pausedAt === null]).toEqual(['Mended', null, false])
    const change = (body: object) => ask(head, `PATCH /checklist-schedules/${one.id}`, body)
    const resumed = await change({ revision: one.revision, paused: false })
    expect([resumed.status, (await tasks('Mended'))[0]?.status]).toEqual([200, 'completed'])
    await rows.query(`update checklist_schedules set timing = '"poison"' where id = $1`, [one.id])
    await tick(NOW)
    expect((await tasks('Mended'))[0]?.status).toBe('todo')
    const { body: again } = await ask(head, `GET /checklist-schedules/${one.id}`)
    const words = { timing: timing(), target: { locations: [downtown] } }
    const said = await change({ revision: again.revision, paused: false, ...words })
    expect(said.status).toBe(200)
    await tick(NOW)
    const { rows: made } = await rows.query('select from checklists where schedule_id = $1', [one.id])
    expect(made.length).toBeGreaterThan(0)
  })

  test('a hundred of one customer delay nobody else’s, in the same go', async () => {
    const made = await ask(stranger, 'POST /checklist-templates', {
      name: 'Theirs too',
      draft: { sections: [{ id: randomUUID(), title: '', items: [] }] },
    })
    for (let n = 0; n < 100; n++) await broken(`Broken ${n}`, { target: 'null' }, made.body.id)
    await schedule()
    await tick(NOW)
    expect(await ours()).toBeGreaterThan(0)
  })
})

test('what the database refuses for one customer is not made for that one alone, and is told', async () => {
  const made = await ask(stranger, 'POST /checklist-templates', {
    name: 'Theirs',
    draft: { sections: [{ id: randomUUID(), title: '', items: [] }] },
  })
  await rows.query(
    `insert into checklist_schedules (tenant_id, organization_id, template_id, name, timing, target)
     select tenant_id, organization_id, id, 'Refused', $2, $3 from checklist_templates where id = $1`,
    [made.body.id, JSON.stringify(Timing.parse(timing())), JSON.stringify(Target.parse({}))],
  )
  await rows.query(
    `alter table checklist_progress add constraint not_theirs check (tenant_id <> '${stranger.tenantId}') not valid`,
  )
  await schedule()
  await expect(tick(NOW)).rejects.toThrow(/could not be done/)
  expect(await ours()).toBeGreaterThan(0)
  await rows.query('alter table checklist_progress drop constraint not_theirs')
})

test('a worker that is killed in the midst of it leaves nothing half, and the next one makes it whole', async () => {
  await schedule({ target: {} })
  await schedule({ target: {}, name: 'Evening', timing: timing({ slots: [at('18:00')] }) })
  await tick(NOW - 40 * HOUR)
  await rows.query('delete from checklists')
  await rows.query(`update checklist_progress set made_until = '-infinity'`)
  let [killed, isWhole] = [0, false]
  for (let statement = 1; !isWhole; statement++) {
    isWhole = await lookAfterSchedules({ database: dyingAt(statement), relayPool }, NOW).then(
      () => true,
      () => false,
    )
    if (isWhole) break
    killed += 1
    expect(await made()).toEqual([])
    const { rows: ahead } = await rows.query(`select from checklist_progress where made_until > '-infinity'`)
    expect(ahead).toHaveLength(0)
  }
  expect(killed).toBeGreaterThan(5)
  expect(await made()).toHaveLength(6)
})

/** A database whose connection is cut by the server before its so-many-th statement; its process does nothing any more. */
function dyingAt(statement: number): Database {
  let asked = 0
  return {
    ...database,
    write: async (actor, work) => {
      if (asked >= statement) throw new Error('this process has ended')
      return database.write(actor, (tx) =>
        work({
          ...tx,
          query: async <Row>(sql: string, params?: readonly unknown[]) => {
            asked += 1
            if (asked === statement) {
              const [me] = await tx.query<{ pid: number }>('select pg_backend_pid() as pid')
              await rows.query('select pg_terminate_backend($1)', [me?.pid])
            }
            return tx.query<Row>(sql, params)
          },
        }),
      )
    },
  }
}

describe('who may', () => {
  test('a manager of some locations schedules at those, and nowhere else', async () => {
    await schedule({}, manager)
    for (const target of [{}, { locations: [downtown, airport] }, { groups: [randomUUID()] }]) {
      const { status, body } = await ask(manager, 'POST /checklist-schedules', wanted({ target }))
      expect([status, body.code]).toEqual([403, 'checklists.schedule_not_yours'])
    }
    const { id, revision } = await schedule({ target: { locations: [airport] } })
    const refused = await ask(manager, `PATCH /checklist-schedules/${id}`, { revision, paused: true })
    expect([refused.status, refused.body.code]).toEqual([403, 'checklists.schedule_not_yours'])
  })

  test('a cook may not; for another tenant it does not exist', async () => {
    expect((await ask(cook, 'POST /checklist-schedules', wanted())).status).toBe(403)
    const { id, revision } = await schedule()
    expect((await ask(cook, `PATCH /checklist-schedules/${id}`, { revision, paused: true })).status).toBe(403)
    expect((await ask(stranger, `GET /checklist-schedules/${id}`)).status).toBe(404)
    expect((await ask(stranger, `PATCH /checklist-schedules/${id}`, { revision, paused: true })).status).toBe(404)
    const foreign = await ask(stranger, 'POST /checklist-schedules', wanted({ target: {} }))
    expect([foreign.status, foreign.body.errors?.[0]?.path]).toEqual([422, 'templateId'])
    expect((await ask(stranger, 'GET /checklist-schedules')).body.items).toEqual([])
  })

  test('of two who change it, the second is told', async () => {
    const { id, revision } = await schedule()
    await ask(head, `PATCH /checklist-schedules/${id}`, { revision, name: 'Midday' })
    const second = await ask(head, `PATCH /checklist-schedules/${id}`, { revision, name: 'Lunch' })
    expect([second.status, second.body.code]).toEqual([409, 'checklists.schedule_changed_meanwhile'])
  })
})

test('a preview tells where and when, and makes nothing', async () => {
  const { body } = await ask(head, 'POST /checklist-schedule-previews', wanted({ target: {} }))
  expect(body.locations.map(({ id }: { id: string }) => id).sort()).toEqual([downtown, airport].sort())
  expect(body.next.length).toBeGreaterThanOrEqual(13)
  expect(body.previewAt).toMatchObject({ id: body.locations[0].id, name: body.locations[0].name })
  expect(await made()).toEqual([])
})

test('a list tells where each reaches, when it is next, and whether it is the caller’s to change', async () => {
  await schedule({ target: {} })
  await schedule({ name: 'Rare', timing: timing({ recurrence: { every: 'month', days: [31], interval: 12 } }) })
  const { body } = await ask(head, 'GET /checklist-schedules')
  expect(body.items).toMatchObject([
    { name: 'Rare', templateName: 'Opening', locationCount: 1, isMine: true, next: { timezone: 'America/Chicago' } },
    { name: 'Noon', locationCount: 2, isMine: true },
  ])
  const { body: theirs } = await ask(manager, 'GET /checklist-schedules')
  expect(theirs.items.map(({ locationCount, isMine }: never) => [locationCount, isMine])).toEqual([
    [1, true],
    [1, false],
  ])
})
