import { randomUUID } from 'node:crypto'
import type { Actor } from '@opsflow/platform/actor'
import { type Ask, serveForTests } from '@opsflow/platform/server/http/serve.for-tests'
import { type TestDatabase, testDatabase } from '@opsflow/platform/server/postgres/for-tests'
import { foundTenant, hire } from '@opsflow/platform/server/postgres/tenant.for-tests'
import { instantsAlike, minutesAgo, mutatorRunner } from '@opsflow/platform/server/sync/run.for-tests'
import { type Database, openDatabase, openPool } from '@opsflow/platform/server/tenant'
import { pretendRows } from '@opsflow/platform/sync-rows.for-tests'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { tasksPermissions } from '../permissions.ts'
import { taskMutators } from '../sync.ts'
import { TASK, TASK_COMMENT } from '../sync-entities.ts'
import type { Task } from '../task.ts'
import { isListed, type TaskFilter } from '../task-filter.ts'
import { openTask, taskImplementations, taskServerMutators } from './index.ts'

let testDb: TestDatabase
let database: Database
let admin: ReturnType<typeof openPool>
let downtown: string
let airport: string
let elsewhere: string
let cook: Actor
let manager: Actor
let helper: Actor
let pilot: Actor
let stranger: Actor
let ask: Ask
let close: () => Promise<void>
let send: ReturnType<typeof mutatorRunner>

beforeAll(async () => {
  testDb = await testDatabase()
  database = openDatabase({ url: testDb.urls.app, contextKey: testDb.contextKey, poolSize: 8, prepared: true })
  admin = openPool(testDb.admin, 1)
  const home = await foundTenant(database, 'Home')
  const away = await foundTenant(database, 'Away')
  const everything = [...Object.keys(tasksPermissions), 'evidence.add', 'evidence.read']
  ;[downtown, airport] = home.locations
  elsewhere = away.locations[0]
  const here = new Set([downtown])
  cook = await hire(
    database,
    home,
    'Carl',
    everything.filter((one) => one !== 'tasks.reopen'),
    here,
  )
  manager = await hire(database, home, 'Mona', everything, here)
  helper = await hire(database, home, 'Hal', ['tasks.read', 'tasks.update'], here)
  pilot = await hire(database, home, 'Paul', everything, new Set([airport]))
  stranger = await hire(database, away, 'Fay', everything, 'all')
  ;({ ask, close } = await serveForTests(taskImplementations(), database))
  send = mutatorRunner(database, taskServerMutators)
})
afterAll(async () => {
  await close()
  await Promise.all([database.close(), admin.end()])
  await testDb.drop()
})

const made = async (more: object = {}, by = cook) => {
  const { status, body } = await ask(by, 'POST /tasks', { locationId: downtown, title: 'Fix the tap', ...more })
  expect(status).toBe(201)
  return body
}
/** At a location the cook does not see, by another way in. */
const openedElsewhere = () =>
  database.write(pilot, (tx) =>
    openTask(tx, {
      ...{ locationId: airport, title: 'Sweep', taskType: 'cleaning', priority: 'low' },
      cause: { kind: 'test', id: randomUUID() },
    }),
  )
/** A location’s group, and the one above it. */
async function groupsAbove(locationId: string) {
  const { rows } = await admin.query(
    `with place as (select tenant_id, organization_id from locations where id = $1),
     coast as (insert into location_groups (tenant_id, organization_id, name)
               select tenant_id, organization_id, 'Coast' from place returning id)
     insert into location_groups (tenant_id, organization_id, name, parent_id)
     select tenant_id, organization_id, 'East', coast.id from place, coast returning id, parent_id`,
    [locationId],
  )
  await admin.query('update locations set group_id = $2 where id = $1', [locationId, rows[0].id])
  return [rows[0].id, rows[0].parent_id]
}
const taskNow = async (id: string) => (await ask(cook, `GET /tasks/${id}`)).body
const inMinutes = (minutes: number) => new Date(Date.now() + minutes * 60_000).toISOString()
const step = (text: string) => ({ id: randomUUID(), text })
const changesOf = async (id: string) =>
  (await ask(cook, `GET /tasks/${id}/changes`)).body.items.map(
    ({ by, field, before, after, outcome }: Record<string, string | null> & { by: { name: string } }) =>
      `${by.name}: ${field} ${before} → ${after} ${outcome}`,
  )

describe('a task made by hand', () => {
  test('needs a title and a place, and is for whoever is on', async () => {
    expect(await made()).toMatchObject({
      title: 'Fix the tap',
      taskType: 'other',
      priority: 'medium',
      status: 'todo',
      state: 'todo',
      assignedTo: null,
      assignedRole: null,
      cause: { kind: 'by_hand' },
      createdBy: { name: 'Carl' },
    })
    expect((await ask(cook, 'POST /tasks', { locationId: downtown, title: '  ' })).status).toBe(422)
  })

  test('takes everything at once, and sent twice it is made once', async () => {
    const fields = {
      description: 'It drips.',
      taskType: 'maintenance' as const,
      priority: 'high' as const,
      assignee: { memberId: helper.id },
      dueAt: inMinutes(60),
      estimateMinutes: 20,
      steps: [step('Close the valve'), step('Change the washer')],
    }
    const task = await made(fields)
    expect(task).toMatchObject({
      assignedTo: { name: 'Hal' },
      steps: [{ text: 'Close the valve' }, { tickedAt: null }],
    })
    const id = randomUUID()
    const asked = { id, locationId: downtown, title: 'Fix the tap', ...fields }
    const count = async () => (await admin.query('select from tasks where id = $1', [id])).rowCount
    expect([await send(cook, taskMutators.create, asked), await count()]).toEqual(['applied', 1])
    expect([await send(cook, taskMutators.create, asked), await count()]).toEqual(['applied', 1])
    const taken = await openedElsewhere()
    expect(await send(cook, taskMutators.create, { ...asked, id: taken })).toBe('refused tasks.id_taken')
  })

  test('is given only to people, roles and units that are there', async () => {
    for (const more of [
      { assignee: { memberId: stranger.id } },
      { assignee: { role: randomUUID() } },
      { unitId: randomUUID() },
    ]) {
      const refused = await ask(cook, 'POST /tasks', { locationId: downtown, title: 'Fix', ...more })
      expect(refused.status).toBe(422)
      expect(refused.body.code).toMatch(/^tasks\.(assignee|unit)_unknown$/)
    }
    expect(await made({ assignee: { role: 'org:manager' } })).toMatchObject({ assignedRole: { id: 'org:manager' } })
  })

  test('is made nowhere else, and not by those who may not', async () => {
    for (const locationId of [airport, elsewhere, randomUUID()]) {
      expect((await ask(cook, 'POST /tasks', { locationId, title: 'Fix' })).status).toBe(404)
    }
    expect((await ask(helper, 'POST /tasks', { locationId: downtown, title: 'Fix' })).status).toBe(403)
    expect(await send(stranger, taskMutators.create, { id: randomUUID(), locationId: downtown, title: 'Fix' })).toBe(
      'refused not_found',
    )
    expect(await send(helper, taskMutators.create, { id: randomUUID(), locationId: downtown, title: 'Fix' })).toBe(
      'quarantined',
    )
  })
})

describe('time', () => {
  test('makes it overdue and missed, in the answer and in every filter alike, without anybody storing it', async () => {
    const late = await made({ dueAt: inMinutes(-5) })
    const begun = await made({ dueAt: inMinutes(-5) })
    await ask(cook, `PATCH /tasks/${begun.id}`, { status: 'in_progress' })
    const missed = await database.write(manager, (tx) =>
      openTask(tx, {
        locationId: downtown,
        title: 'Yesterday’s sweep',
        taskType: 'cleaning',
        priority: 'low',
        cause: { kind: 'test', id: randomUUID() },
        dueAt: inMinutes(-90),
        missedAt: inMinutes(-30),
      }),
    )
    const ahead = await made({ dueAt: inMinutes(5) })
    const found = async (status: string) =>
      (await ask(cook, `GET /tasks?status=${status}&limit=200`)).body.items.map(({ id }: { id: string }) => id)
    expect([late.status, (await taskNow(begun.id)).status, (await taskNow(missed)).status]).toEqual([
      'overdue',
      'overdue',
      'missed',
    ])
    for (const [status, isThere] of [
      ['overdue', [true, true, false, false]],
      ['missed', [false, false, true, false]],
      ['todo', [false, false, false, true]],
      ['open', [true, true, false, true]],
    ] as const) {
      const ids = await found(status)
      expect(
        [late.id, begun.id, missed, ahead.id].map((id) => ids.includes(id)),
        status,
      ).toEqual(isThere)
    }
    const { rows } = await admin.query('select status from tasks where id = any ($1) order by id', [[late.id, missed]])
    expect(rows.map(({ status }) => status)).toEqual(['todo', 'todo'])
    await expect(admin.query(`update tasks set status = 'overdue' where id = $1`, [late.id])).rejects.toThrow(
      /tasks_state/,
    )
  })

  test('does not undo what was done in time and heard of late', async () => {
    const id = await database.write(manager, (tx) =>
      openTask(tx, {
        ...{ locationId: downtown, title: 'Close', taskType: 'cleaning' as const, priority: 'high' as const },
        cause: { kind: 'test', id: randomUUID() },
        dueAt: inMinutes(-60),
        missedAt: inMinutes(-30),
      }),
    )
    expect(await send(cook, taskMutators.change, { id, status: 'completed' }, minutesAgo(70))).toBe('applied')
    expect((await taskNow(id)).status).toBe('completed')
  })

  test('orders a list by when things are due, page by page', async () => {
    const due = [30, 10, 20].map((minutes) => inMinutes(minutes))
    for (const dueAt of due) await made({ title: 'Ordered', dueAt })
    await made({ title: 'Ordered' })
    const first = (await ask(cook, 'GET /tasks?q=ORDERED&sort=due&limit=2')).body
    const second = (await ask(cook, `GET /tasks?q=ordered&sort=due&limit=2&cursor=${first.nextCursor}`)).body
    const instants = [...first.items, ...second.items].map(({ dueAt }) => dueAt && new Date(dueAt).toISOString())
    expect(instants).toEqual([...[...due].sort(), null])
    expect(second.nextCursor).toBeNull()
  })
})

describe('fields', () => {
  test('are changed one by one, with what they were on record', async () => {
    const { id } = await made({ steps: [step('Look')] })
    const patch = {
      title: 'Fix the big tap',
      priority: 'urgent',
      assignee: { memberId: helper.id },
      estimateMinutes: 15,
    }
    expect((await ask(manager, `PATCH /tasks/${id}`, patch)).body).toMatchObject({
      title: 'Fix the big tap',
      priority: 'urgent',
      assignedTo: { name: 'Hal' },
      steps: [{ text: 'Look' }],
    })
    await ask(manager, `PATCH /tasks/${id}`, patch)
    expect(await changesOf(id)).toEqual([
      'Mona: title Fix the tap → Fix the big tap applied',
      'Mona: priority medium → urgent applied',
      'Mona: assignee null → Hal applied',
      'Mona: estimateMinutes null → 15 applied',
    ])
  })

  test('the last to change a field wins by when it was done, not by when it was heard; the other is on record', async () => {
    const { id } = await made()
    expect(
      await send(manager, taskMutators.edit, { id, patch: { title: 'Later', priority: 'low' } }, minutesAgo(10)),
    ).toBe('applied')
    expect(
      await send(cook, taskMutators.edit, { id, patch: { title: 'Earlier', estimateMinutes: 5 } }, minutesAgo(30)),
    ).toBe('applied')
    expect(await taskNow(id)).toMatchObject({ title: 'Later', priority: 'low', estimateMinutes: 5 })
    expect(await send(cook, taskMutators.edit, { id, patch: { title: 'Earliest' } }, minutesAgo(40))).toBe(
      'tasks.edited_since',
    )
    expect(await changesOf(id)).toContain('Carl: title Later → Earliest superseded')
  })

  test('of a finished task are a record', async () => {
    const { id } = await made()
    await ask(cook, `PATCH /tasks/${id}`, { status: 'completed' })
    expect((await ask(manager, `PATCH /tasks/${id}`, { title: 'New' })).body.code).toBe('tasks.not_open')
    expect(await send(cook, taskMutators.edit, { id, patch: { title: 'New' } }, minutesAgo(5))).toBe('tasks.not_open')
    expect(await taskNow(id)).toMatchObject({ title: 'Fix the tap' })
  })
})

describe('steps', () => {
  test('tick with a name, once, and say so when someone was first', async () => {
    const steps = [step('Drain'), step('Wipe')]
    const { id } = await made({ steps })
    const stepId = steps[0]?.id ?? ''
    expect((await ask(helper, `PUT /tasks/${id}/ticks`, { stepId, done: true })).body.steps[0]).toMatchObject({
      tickedBy: { name: 'Hal' },
    })
    expect(await send(cook, taskMutators.tick, { id, stepId, done: true }, minutesAgo(5))).toBe('tasks.step_settled')
    expect((await taskNow(id)).steps).toMatchObject([{ tickedBy: { name: 'Hal' } }, { tickedBy: null }])
    expect(await changesOf(id)).toEqual(['Carl: tick null → ✓ Drain superseded', 'Hal: tick null → ✓ Drain applied'])
    await ask(manager, `PATCH /tasks/${id}`, { steps: [steps[0], step('Refill')] })
    expect((await taskNow(id)).steps).toMatchObject([{ text: 'Drain', tickedBy: { name: 'Hal' } }, { text: 'Refill' }])
    const unknown = await ask(helper, `PUT /tasks/${id}/ticks`, { stepId: steps[1]?.id, done: true })
    expect([unknown.status, unknown.body.code]).toEqual([409, 'tasks.step_unknown'])
  })
})

describe('what is over', () => {
  test('is taken back by whoever ended it, moments later, and by nobody else', async () => {
    const { id } = await made()
    await ask(cook, `PATCH /tasks/${id}`, { status: 'in_progress' })
    await ask(cook, `PATCH /tasks/${id}`, { status: 'completed' })
    expect((await ask(helper, `DELETE /tasks/${id}/ending`)).body.code).toBe('tasks.undo_too_late')
    expect((await ask(cook, `DELETE /tasks/${id}/ending`)).body).toMatchObject({
      state: 'in_progress',
      completedBy: null,
    })
    expect((await ask(cook, `DELETE /tasks/${id}/ending`)).body.code).toBe('tasks.not_over')
    const old = await made()
    await send(cook, taskMutators.change, { id: old.id, status: 'completed' }, minutesAgo(30))
    expect(await send(cook, taskMutators.undo, { id: old.id }, minutesAgo(25))).toBe('applied')
    await send(cook, taskMutators.change, { id: old.id, status: 'completed' }, minutesAgo(20))
    expect(await send(cook, taskMutators.undo, { id: old.id })).toBe('refused tasks.undo_too_late')
  })

  test('is opened again by a manager, who says why', async () => {
    const { id } = await made({ dueAt: inMinutes(-5) })
    await ask(cook, `PATCH /tasks/${id}`, { status: 'completed' })
    expect((await ask(cook, `POST /tasks/${id}/reopenings`, { comment: 'No' })).status).toBe(403)
    expect((await ask(manager, `POST /tasks/${id}/reopenings`, { comment: '' })).status).toBe(422)
    const reopened = await ask(manager, `POST /tasks/${id}/reopenings`, {
      comment: 'Still drips',
      dueAt: inMinutes(30),
    })
    expect(reopened.body).toMatchObject({ status: 'todo', completedAt: null, commentCount: 1 })
    expect((await ask(helper, `GET /tasks/${id}/comments`)).body.items).toMatchObject([
      { text: 'Still drips', by: { name: 'Mona' } },
    ])
    const again = await ask(manager, `POST /tasks/${id}/reopenings`, { comment: 'Twice' })
    expect([again.status, again.body.code]).toEqual([409, 'tasks.not_over'])
    expect(await send(cook, taskMutators.reopen, { id, commentId: randomUUID(), comment: 'I too' })).toBe('quarantined')
  })
})

test('what was said and done comes page by page, the earliest first, and all of it', async () => {
  const { id } = await made()
  const texts = ['Drips', 'Called the plumber', 'He comes at three', 'Done', 'Dry']
  for (const text of texts) await ask(cook, `POST /tasks/${id}/comments`, { text })
  for (const status of ['in_progress', 'completed']) await ask(cook, `PATCH /tasks/${id}`, { status })
  const all = async (what: string, limit: number) => {
    const pages: { text?: string; status?: string }[][] = []
    for (let cursor: string | null = ''; cursor !== null; ) {
      const { body } = await ask(cook, `GET /tasks/${id}/${what}?limit=${limit}${cursor && `&cursor=${cursor}`}`)
      pages.push(body.items)
      cursor = body.nextCursor
    }
    return pages
  }
  const comments = await all('comments', 2)
  expect(comments.map(({ length }) => length)).toEqual([2, 2, 1])
  expect(comments.flat().map(({ text }) => text)).toEqual(texts)
  const attempts = await all('attempts', 1)
  expect(attempts.flat().map(({ status }) => status)).toEqual(['in_progress', 'completed'])
  const forged = `GET /tasks/${id}/comments?cursor=${Buffer.from('["no day","x"]').toString('base64url')}`
  expect(await ask(cook, forged)).toMatchObject({ status: 422, body: { code: 'cursor.invalid' } })
})

describe('why it is late', () => {
  const excuse = (by: Actor, id: string, reason = 'The plumber comes on Monday.') =>
    ask(by, `POST /tasks/${id}/excuse`, { reason })
  const missedSince = (id: string, minutes: number) =>
    admin.query(`update tasks set missed_at = now() - make_interval(mins => $2) where id = $1`, [id, minutes])

  test('a manager says for what is overdue, says it better, and takes it back; all of it is on record', async () => {
    const { id } = await made({ dueAt: inMinutes(-5) })
    const said = await excuse(manager, id)
    expect([said.status, said.body]).toMatchObject([
      201,
      { status: 'overdue', excuse: { reason: 'The plumber comes on Monday.', by: { name: 'Mona' } } },
    ])
    await excuse(manager, id, 'The part is ordered.')
    expect(await taskNow(id)).toMatchObject({ excuse: { reason: 'The part is ordered.' } })
    expect((await ask(manager, `DELETE /tasks/${id}/excuse`)).body).toMatchObject({ excuse: null })
    expect((await ask(manager, `DELETE /tasks/${id}/excuse`)).body.code).toBe('tasks.not_excused')
    expect(await changesOf(id)).toEqual([
      'Mona: excuse null → The plumber comes on Monday. applied',
      'Mona: excuse The plumber comes on Monday. → The part is ordered. applied',
      'Mona: excuse The part is ordered. → null applied',
    ])
    const { rows } = await admin.query('select taken_back_by from task_excuses where task_id = $1', [id])
    expect(rows).toEqual([{ taken_back_by: manager.id }, { taken_back_by: manager.id }])
  })

  test('it stands when the task is missed, and no longer when it gets another time or is done', async () => {
    const { id } = await made({ dueAt: inMinutes(-60) })
    await excuse(manager, id)
    await missedSince(id, 1)
    expect(await taskNow(id)).toMatchObject({ status: 'missed', excuse: { by: { id: manager.id } } })
    await ask(cook, `PATCH /tasks/${id}`, { dueAt: inMinutes(-1) })
    expect(await taskNow(id)).toMatchObject({ excuse: null })
    await excuse(manager, id, 'Still no part.')
    await ask(cook, `PATCH /tasks/${id}`, { status: 'completed' })
    expect(await taskNow(id)).toMatchObject({ status: 'completed', excuse: null })
    expect((await excuse(manager, id)).body.code).toBe('tasks.not_late')
  })

  test('nothing is said for what is in time, nothing by who may not, and nothing of what one does not see', async () => {
    const { id } = await made({ dueAt: inMinutes(5) })
    expect((await excuse(manager, id)).body.code).toBe('tasks.not_late')
    const { id: late } = await made({ dueAt: inMinutes(-5) })
    for (const by of [cook, helper]) {
      expect((await excuse(by, late)).status).toBe(403)
      expect((await ask(by, `DELETE /tasks/${late}/excuse`)).status).toBe(403)
    }
    const none = await excuse(stranger, randomUUID())
    for (const by of [stranger, pilot]) {
      for (const answer of [await excuse(by, late), await ask(by, `DELETE /tasks/${late}/excuse`)])
        expect([answer.status, answer.body.code]).toEqual([404, none.body.code])
    }
    for (const reason of ['', '  ', 'x'.repeat(1001)]) expect((await excuse(manager, late, reason)).status).toBe(422)
    expect(await taskNow(late)).toMatchObject({ excuse: null })
  })

  test('a file has every task asked for with its reason, and nobody else’s', async () => {
    const { id } = await made({ title: '=Fix the "tap"', dueAt: inMinutes(-5), assignee: { memberId: helper.id } })
    await excuse(manager, id, 'The part, that is, a washer')
    const { text, headers } = await ask(manager, 'GET /tasks.csv?status=overdue&sort=due')
    expect(headers.get('content-disposition')).toBe('attachment; filename="tasks.csv"')
    const line = text.split('\r\n').find((row) => row.includes(id))
    expect(line).toContain(`Downtown,"'=Fix the ""tap""",other,medium,overdue,Hal,`)
    expect(line).toContain(`"The part, that is, a washer",Mona,by_hand,${id}`)
    for (const by of [pilot, stranger]) expect((await ask(by, 'GET /tasks.csv')).text).not.toContain(id)
  })

  test('who sees a location by another permission only is listed none of its tasks', async () => {
    const { id } = await made()
    const reader: Actor = { ...pilot, id: randomUUID(), locationIds: 'all' }
    expect((await ask(reader, 'GET /tasks?status=open')).body.items).not.toContainEqual(expect.objectContaining({ id }))
    expect((await ask(reader, 'GET /tasks.csv')).text).not.toContain(id)
  })
})

describe('what is said', () => {
  test('is kept with its photos, however late, and once', async () => {
    const { id } = await made()
    await ask(cook, `PATCH /tasks/${id}`, { status: 'completed' })
    const said = {
      id: randomUUID(),
      taskId: id,
      text: 'The washer is here',
      photos: [{ id: randomUUID(), sha256: 'a'.repeat(64) }],
    }
    expect(await send(helper, taskMutators.comment, { ...said, photos: undefined }, minutesAgo(9))).toBe('applied')
    expect(await send(helper, taskMutators.comment, { ...said, photos: undefined }, minutesAgo(9))).toBe('applied')
    expect(await send(cook, taskMutators.comment, { ...said, id: randomUUID(), text: '' })).toBe('applied')
    expect(await taskNow(id)).toMatchObject({ commentCount: 1 })
    const { rows } = await admin.query(`select owner_kind from evidence where owner_id = $1`, [id])
    expect(rows).toEqual([{ owner_kind: 'task' }])
  })

  test('is followed by whoever watches', async () => {
    const { id } = await made()
    expect((await ask(helper, `PUT /tasks/${id}/watch`, { watching: true })).body.watchers).toEqual([helper.id])
    const found = (await ask(helper, 'GET /tasks?watching=true')).body.items
    expect(found.map((task: { id: string }) => task.id)).toEqual([id])
    expect((await ask(helper, `PUT /tasks/${id}/watch`, { watching: false })).body.watchers).toEqual([])
  })
})

describe('a list', () => {
  test('is narrowed by role, type, priority, words, and to what is mine by name or by role', async () => {
    await admin.query(
      `insert into role_grants (tenant_id, member_id, role, location_id) values ($1, $2, 'org:manager', $3)`,
      [manager.tenantId, manager.id, downtown],
    )
    const forManagers = await made({
      title: 'Sign the log',
      assignee: { role: 'org:manager' },
      taskType: 'prep',
      priority: 'low',
    })
    const hers = await made({ title: 'Call the plumber', assignee: { memberId: manager.id } })
    const ids = async (query: string, by = manager) =>
      (await ask(by, `GET /tasks?limit=200&${query}`)).body.items.map(({ id }: { id: string }) => id)
    expect(await ids('role=org:manager&taskType=prep&priority=low')).toEqual([forManagers.id])
    expect((await ids('mine=true&status=open')).slice(0, 2)).toEqual([hers.id, forManagers.id])
    expect(await ids(`assignedTo=${manager.id}`)).toEqual([hers.id])
    expect(await ids('q=PLUMBER')).toEqual([hers.id])
    expect(await ids('mine=true', helper)).not.toContain(forManagers.id)
    const { people } = (await ask(cook, `GET /tasks/assignees?locationId=${downtown}`)).body
    expect(people).toEqual([{ id: manager.id, name: 'Mona', roles: ['org:manager'] }])
    const here = async (where: object) => {
      const roles = Object.entries({ tenant_id: helper.tenantId, member_id: helper.id, role: 'org:manager', ...where })
      const values = roles.map((_, n) => `$${n + 1}`)
      const columns = roles.map(([column]) => column)
      const text = `insert into role_grants (${columns}) values (${values}) returning id`
      const { rows } = await admin.query(
        text,
        roles.map(([, value]) => value),
      )
      const mine = (await ids('mine=true', helper)).includes(forManagers.id)
      await admin.query('update role_grants set revoked_at = now() where id = $1', [rows[0].id])
      return mine
    }
    expect(await here({ location_id: airport })).toBe(false)
    expect(await here({ location_id: downtown })).toBe(true)
    expect(await here({})).toBe(true)
    const [east, coast] = await groupsAbove(downtown)
    expect(await here({ group_id: east })).toBe(true)
    expect(await here({ group_id: coast })).toBe(true)
    for (const locationId of [airport, elsewhere]) {
      expect((await ask(cook, `GET /tasks/assignees?locationId=${locationId}`)).status).toBe(404)
    }
  })
})

describe('on the device', () => {
  test('a list holds what the server’s holds, however it is narrowed', async () => {
    const now = Date.now()
    const { items } = (await ask(manager, 'GET /tasks?limit=200')).body as { items: Task[] }
    expect(items.length).toBeGreaterThan(20)
    const holds = (role: string, at: string) => role === 'org:manager' && at === downtown
    const me = { memberId: manager.id, holds }
    const statuses = ['open', 'todo', 'in_progress', 'overdue', 'missed', 'completed', 'cancelled'] as const
    const filters: TaskFilter[] = [
      ...statuses.map((status) => ({ status })),
      { mine: 'true' },
      { watching: 'true' },
      { assignedTo: helper.id },
      { role: 'org:manager' },
      { taskType: 'cleaning' },
      { priority: 'urgent', status: 'open' },
      { q: 'FIX the' },
    ]
    for (const filter of filters) {
      const asked = new URLSearchParams({ limit: '200', ...(filter as Record<string, string>) })
      const there = (await ask(manager, `GET /tasks?${asked}`)).body.items.map(({ id }: Task) => id)
      const here = items.filter((task) => isListed(task, filter, me, now)).map(({ id }) => id)
      expect(here, JSON.stringify(filter)).toEqual(there)
    }
  })

  test('everything shows what the server makes of it', async () => {
    const by = { id: manager.id, name: manager.name }
    const known = { receivedAt: null, timeQuality: null }
    const steps = [step('Drain'), step('Wipe')]
    const id = randomUUID()
    const commentId = randomUUID()
    const rows = pretendRows()
    const work = [
      [
        taskMutators.create,
        { id, locationId: downtown, title: 'Offline', assignee: { role: 'org:member' as const }, steps },
      ],
      [
        taskMutators.edit,
        { id, patch: { title: 'Offline!', assignee: { memberId: helper.id, name: 'Hal' }, dueAt: inMinutes(-1) } },
      ],
      [taskMutators.tick, { id, stepId: steps[1]?.id ?? '', done: true }],
      [taskMutators.watch, { id, watching: true }],
      [taskMutators.change, { id, status: 'completed' as const }],
      [taskMutators.undo, { id }],
      [taskMutators.change, { id, status: 'cancelled' as const }],
      [taskMutators.reopen, { id, commentId, comment: 'After all' }],
    ] as const
    for (const [mutator, args] of work) {
      const when = minutesAgo(0)
      await rows.foresee(mutator as typeof taskMutators.edit, args as never, {
        by,
        kiosk: null,
        at: when.at,
        uid: when.uid,
      })
      expect(await send(manager, mutator as typeof taskMutators.edit, args as never, when)).toBe('applied')
      expect(instantsAlike(rows.row(TASK, id)), mutator.name).toEqual(
        instantsAlike({ ...(await taskNow(id)), ...known }),
      )
    }
    const { items } = (await ask(manager, `GET /tasks/${id}/comments`)).body
    expect(instantsAlike(rows.row(TASK_COMMENT, commentId))).toEqual(instantsAlike({ ...items[0], ...known }))
  })
})

describe('nothing of it is anybody else’s', () => {
  test('another location and another tenant are answered as if there were no such task', async () => {
    const steps = [step('Drain')]
    const { id } = await made({ steps })
    const before = await taskNow(id)
    const stepId = steps[0]?.id ?? ''
    for (const actor of [stranger, pilot]) {
      for (const [route, body] of [
        ['GET', undefined, ''],
        ['PATCH', { title: 'Mine' }, ''],
        ['DELETE', undefined, '/ending'],
        ['POST', { comment: 'Mine' }, '/reopenings'],
        ['GET', undefined, '/changes'],
        ['GET', undefined, '/comments'],
        ['POST', { text: 'Mine' }, '/comments'],
        ['PUT', { stepId, done: true }, '/ticks'],
        ['PUT', { watching: true }, '/watch'],
      ].map(([method, sent, path]) => [`${method} /tasks/${id}${path}`, sent] as const)) {
        expect((await ask(actor, route, body)).status, route).toBe(404)
      }
      for (const [mutator, args] of [
        [taskMutators.edit, { id, patch: { title: 'Mine' } }],
        [taskMutators.undo, { id }],
        [taskMutators.reopen, { id, commentId: randomUUID(), comment: 'Mine' }],
        [taskMutators.comment, { id: randomUUID(), taskId: id, text: 'Mine' }],
        [taskMutators.watch, { id, watching: true }],
      ] as const) {
        expect(await send(actor, mutator as typeof taskMutators.undo, args as never), mutator.name).toBe(
          'refused not_found',
        )
      }
      for (const task of [id, randomUUID()])
        expect(await send(actor, taskMutators.tick, { id: task, stepId, done: true })).toBe('tasks.not_needed')
    }
    expect(await taskNow(id)).toEqual(before)
  })

  test('whoever may only read changes nothing', async () => {
    const { id } = await made()
    const reader = { ...helper, id: randomUUID(), permissions: new Map([['tasks.read', 'all' as const]]) }
    for (const [route, body] of [
      [`PATCH /tasks/${id}`, { title: 'Mine' }],
      [`POST /tasks/${id}/comments`, { text: 'Mine' }],
      [`DELETE /tasks/${id}/ending`, undefined],
      [`PUT /tasks/${id}/ticks`, { stepId: randomUUID(), done: true }],
    ] as const) {
      expect((await ask(reader, route, body)).status, route).toBe(403)
    }
    expect((await ask(helper, `PATCH /tasks/${id}`, { title: 'Mine' })).status).toBe(403)
  })
})

test('the list narrows to a group of the tree with all below it, and to when they are due', async () => {
  const { tenantId, organizationId } = cook
  const groupUnder = async (parentId: string | null) =>
    (
      await admin.query(
        `insert into location_groups (tenant_id, organization_id, parent_id, name) values ($1, $2, $3, $4) returning id`,
        [tenantId, organizationId, parentId, randomUUID()],
      )
    ).rows[0]?.id as string
  const region = await groupUnder(null)
  const district = await groupUnder(region)
  const task = await made({ title: randomUUID(), dueAt: '2031-05-04T12:00:00Z' })
  const ids = async (query: string, by = cook) =>
    (await ask(by, `GET /tasks?limit=200&${query}`)).body.items.map(({ id }: Task) => id)
  expect(await ids(`groupId=${region}`)).toEqual([])
  await admin.query('update locations set group_id = $1 where id = $2', [district, downtown])
  expect(await ids(`groupId=${region}`)).toContain(task.id)
  expect(await ids(`groupId=${region}`, stranger)).toEqual([])
  expect(await ids('dueFrom=2031-05-04T12:00:00Z&dueUntil=2031-05-05T00:00:00Z')).toEqual([task.id])
  expect(await ids('dueFrom=2031-05-04T00:00:00Z&dueUntil=2031-05-04T12:00:00Z')).toEqual([])
})
