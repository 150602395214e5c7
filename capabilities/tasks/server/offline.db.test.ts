import { randomUUID } from 'node:crypto'
import type { Actor } from '@opsflow/platform/actor'
import { type Ask, serveForTests } from '@opsflow/platform/server/http/serve.for-tests'
import { type TestDatabase, testDatabase } from '@opsflow/platform/server/postgres/for-tests'
import { foundTenant, hire } from '@opsflow/platform/server/postgres/tenant.for-tests'
import { instantsAlike, minutesAgo, mutatorRunner } from '@opsflow/platform/server/sync/run.for-tests'
import { type Database, openDatabase } from '@opsflow/platform/server/tenant'
import { pretendRows } from '@opsflow/platform/sync-rows.for-tests'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { tasksPermissions } from '../permissions.ts'
import { taskMutators } from '../sync.ts'
import { TASK } from '../sync-entities.ts'
import type { NewTask, TaskChange } from '../task.ts'
import { openTask, taskImplementations, taskServerMutators } from './index.ts'

let testDb: TestDatabase
let database: Database
let downtown: string
let cook: Actor
let manager: Actor
let pilot: Actor
let stranger: Actor
let ask: Ask
let close: () => Promise<void>
let send: ReturnType<typeof mutatorRunner>

beforeAll(async () => {
  testDb = await testDatabase()
  database = openDatabase({ url: testDb.urls.app, contextKey: testDb.contextKey, poolSize: 8, prepared: true })
  const home = await foundTenant(database, 'Home')
  const away = await foundTenant(database, 'Away')
  const everything = Object.keys(tasksPermissions)
  downtown = home.locations[0]
  cook = await hire(database, home, 'Carl', everything, new Set([downtown]))
  manager = await hire(database, home, 'Mona', everything, new Set([downtown]))
  pilot = await hire(database, home, 'Paul', everything, new Set([home.locations[1]]))
  stranger = await hire(database, away, 'Fay', everything, 'all')
  ;({ ask, close } = await serveForTests(taskImplementations(), database))
  send = mutatorRunner(database, taskServerMutators)
})
afterAll(async () => {
  await close()
  await database.close()
  await testDb.drop()
})

const opened = (more: Partial<NewTask> = {}) =>
  database.write(manager, (tx) =>
    openTask(tx, {
      locationId: downtown,
      title: 'Clean the ice machine',
      taskType: 'cleaning',
      priority: 'medium',
      cause: { kind: 'test', id: randomUUID() },
      ...more,
    }),
  )
const change = (actor: Actor, id: string, status: TaskChange, minutes = 0) =>
  send(actor, taskMutators.change, { id, status }, minutesAgo(minutes))
const taskNow = async (id: string) => (await ask(cook, `GET /tasks/${id}`)).body
const attempts = async (id: string) =>
  (await ask(cook, `GET /tasks/${id}/attempts`)).body.items.map(
    ({ status, outcome, by }: { status: string; outcome: string; by: { name: string } }) =>
      `${by.name} ${status} ${outcome}`,
  )

describe('a task changed offline', () => {
  test('is done when it was done, and says when that was heard of', async () => {
    const id = await opened()
    const when = minutesAgo(90, { quality: 'corrected' })
    expect(await send(cook, taskMutators.change, { id, status: 'completed' }, when)).toBe('applied')
    expect(instantsAlike(await taskNow(id))).toMatchObject({
      status: 'completed',
      completedAt: when.at,
      changedAt: when.at,
      receivedAt: when.receivedAt,
      timeQuality: 'corrected',
      completedBy: { name: 'Carl' },
    })
  })

  test('completed by two people is completed by the first to be heard; the other is kept', async () => {
    const id = await opened()
    expect(await change(manager, id, 'completed', 20)).toBe('applied')
    expect(await change(cook, id, 'completed', 40)).toBe('tasks.not_open')
    expect(await taskNow(id)).toMatchObject({ completedBy: { name: 'Mona' } })
    expect(await attempts(id)).toEqual(['Carl completed superseded', 'Mona completed applied'])
  })

  test('completed after it was cancelled stays cancelled, and the work is on record', async () => {
    const id = await opened()
    await ask(manager, `PATCH /tasks/${id}`, { status: 'cancelled' })
    expect(await change(cook, id, 'completed', 30)).toBe('tasks.not_open')
    expect(await attempts(id)).toEqual(['Carl completed superseded', 'Mona cancelled applied'])
  })

  test('is not put back when it is done by then: whoever wanted that has to look', async () => {
    const id = await opened()
    await ask(cook, `PATCH /tasks/${id}`, { status: 'completed' })
    expect(await change(manager, id, 'todo', 30)).toBe('refused tasks.stale_reopen')
    expect(await taskNow(id)).toMatchObject({ status: 'completed' })
    expect(await attempts(id)).toEqual(['Carl completed applied'])
  })

  test('put back before someone else began leaves them at it', async () => {
    const id = await opened()
    expect(await change(manager, id, 'in_progress', 10)).toBe('applied')
    expect(await change(cook, id, 'todo', 30)).toBe('tasks.not_open')
    expect(await taskNow(id)).toMatchObject({ status: 'in_progress' })
    expect(await change(cook, id, 'todo', 5)).toBe('applied')
  })

  test('by its device shows what the server makes of it', async () => {
    for (const status of ['in_progress', 'completed', 'cancelled'] as const) {
      const id = await opened()
      const rows = pretendRows({ [TASK]: [await taskNow(id)] })
      const when = minutesAgo(3)
      const by = { id: cook.id, name: cook.name }
      await rows.foresee(taskMutators.change, { id, status }, { by, kiosk: null, at: when.at, uid: when.uid })
      await send(cook, taskMutators.change, { id, status }, when)
      const known = { receivedAt: null, timeQuality: null }
      expect(instantsAlike(rows.row(TASK, id))).toEqual(instantsAlike({ ...(await taskNow(id)), ...known }))
    }
  })

  test('that ends with its corrective action is not ticked off, on the device nor here', async () => {
    const id = await opened({ taskType: 'corrective' })
    const rows = pretendRows({ [TASK]: [await taskNow(id)] })
    const doing = { by: cook, kiosk: null, at: new Date().toISOString(), uid: randomUUID() }
    await expect(rows.foresee(taskMutators.change, { id, status: 'completed' }, doing)).rejects.toThrow(
      /corrective action/,
    )
    expect(await change(cook, id, 'completed')).toBe('refused tasks.done_by_its_cause')
  })

  test('is nobody else’s: not of another tenant, another location, nor without the permission', async () => {
    const id = await opened()
    for (const actor of [stranger, pilot])
      for (const task of [id, randomUUID()]) expect(await change(actor, task, 'completed')).toBe('tasks.not_needed')
    const reader = { ...cook, permissions: new Map([['tasks.read', 'all' as const]]) }
    expect(await change(reader, id, 'completed')).toBe('quarantined')
    for (const actor of [stranger, pilot]) {
      expect((await ask(actor, `GET /tasks/${id}/attempts`)).status).toBe(404)
    }
    expect(await taskNow(id)).toMatchObject({ status: 'todo', changedAt: null, timeQuality: null })
  })
})
