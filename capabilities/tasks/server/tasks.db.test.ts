import { randomUUID } from 'node:crypto'
import type { Actor } from '@opsflow/platform/actor'
import { type Ask, serveForTests } from '@opsflow/platform/server/http/serve.for-tests'
import { type TestDatabase, testDatabase } from '@opsflow/platform/server/postgres/for-tests'
import { foundTenant, hire } from '@opsflow/platform/server/postgres/tenant.for-tests'
import { type Database, openDatabase, openPool } from '@opsflow/platform/server/tenant'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { tasksPermissions } from '../permissions.ts'
import type { NewTask } from '../task.ts'
import { endTaskOf, openTask, taskImplementations, withdrawTaskOf } from './index.ts'

let testDb: TestDatabase
let database: Database
let downtown: string
let airport: string
let cook: Actor
let manager: Actor
let pilot: Actor
let stranger: Actor
let admin: ReturnType<typeof openPool>
let ask: Ask
let close: () => Promise<void>
const everything = Object.keys(tasksPermissions)

beforeAll(async () => {
  testDb = await testDatabase()
  database = openDatabase({ url: testDb.urls.app, contextKey: testDb.contextKey, poolSize: 8, prepared: true })
  admin = openPool(testDb.admin, 2)
  const home = await foundTenant(database, 'Home')
  const away = await foundTenant(database, 'Away')
  ;[downtown, airport] = home.locations
  cook = await hire(database, home, 'Carl', everything, new Set([downtown]))
  manager = await hire(database, home, 'Mona', everything, new Set([downtown]))
  pilot = await hire(database, home, 'Paul', everything, new Set([airport]))
  stranger = await hire(database, away, 'Fay', everything, 'all')
  ;({ ask, close } = await serveForTests(taskImplementations(), database))
})
afterAll(async () => {
  await close()
  await Promise.all([database.close(), admin.end()])
  await testDb.drop()
})

const rows = async <Row>(sql: string, params: unknown[]) => (await admin.query(sql, params)).rows as Row[]

const opened = async (more: Partial<NewTask> = {}) => {
  const task: NewTask = {
    locationId: downtown,
    title: 'Clean the ice machine',
    taskType: 'cleaning',
    priority: 'medium',
    cause: { kind: 'test', id: randomUUID() },
    ...more,
  }
  return { task, id: await database.write(manager, (tx) => openTask(tx, task)) }
}
const factsOf = (id: string) =>
  rows<{ body: { status: string } }>(`select body from facts where body ->> 'id' = $1 order by version`, [id])

describe('a task', () => {
  test('is opened once per cause, however often and by however many it is reported', async () => {
    const { task, id } = await opened()
    const again = await Promise.all(
      Array.from({ length: 10 }, () => database.write(manager, (tx) => openTask(tx, task))),
    )
    expect(new Set(again)).toEqual(new Set([id]))
    expect(await factsOf(id)).toHaveLength(1)
  })

  test('is started, completed, and then stays so', async () => {
    const { id } = await opened()
    const started = await ask(cook, `PATCH /tasks/${id}`, { status: 'in_progress' })
    expect(started.body).toMatchObject({ status: 'in_progress', startedAt: expect.any(String) })
    const done = await ask(cook, `PATCH /tasks/${id}`, { status: 'completed' })
    expect(done.body).toMatchObject({ status: 'completed', completedBy: { name: 'Carl' } })
    expect((await ask(manager, `PATCH /tasks/${id}`, { status: 'completed' })).body).toEqual(done.body)
    const reopened = await ask(manager, `PATCH /tasks/${id}`, { status: 'in_progress' })
    expect([reopened.status, reopened.body.code]).toEqual([409, 'tasks.not_open'])
    expect((await factsOf(id)).map(({ body }) => body.status)).toEqual(['todo', 'in_progress', 'completed'])
  })

  test('ends with its cause; withdrawn only while nobody has begun', async () => {
    const ended = await opened({ taskType: 'corrective' })
    await database.write(cook, (tx) => endTaskOf(tx, ended.task.cause, 'completed'))
    expect((await ask(cook, `GET /tasks/${ended.id}`)).body.status).toBe('completed')
    const begun = await opened()
    await ask(cook, `PATCH /tasks/${begun.id}`, { status: 'in_progress' })
    await database.write(manager, (tx) => withdrawTaskOf(tx, begun.task.cause))
    expect((await ask(cook, `GET /tasks/${begun.id}`)).body.status).toBe('in_progress')
  })

  test('is nobody else’s, and changed only by those who may', async () => {
    const { id } = await opened()
    for (const actor of [stranger, pilot]) {
      expect((await ask(actor, `GET /tasks/${id}`)).status).toBe(404)
      expect((await ask(actor, `PATCH /tasks/${id}`, { status: 'completed' })).status).toBe(404)
    }
    const reader = { ...cook, id: randomUUID(), permissions: new Map([['tasks.read', 'all' as const]]) }
    expect((await ask(reader, `PATCH /tasks/${id}`, { status: 'completed' })).status).toBe(403)
  })

  test('is found by status, place and whose it is', async () => {
    const { id } = await opened()
    await rows('update tasks set assigned_to = $2 where id = $1', [id, cook.id])
    expect((await ask(cook, 'GET /tasks?mine=true&status=open')).body.items).toMatchObject([
      { id, assignedTo: { name: 'Carl' } },
    ])
    expect((await ask(cook, `GET /tasks?locationId=${airport}`)).body.items).toEqual([])
    const { body } = await ask(cook, 'GET /tasks?status=completed')
    expect(body.items.every(({ status }: { status: string }) => status === 'completed')).toBe(true)
    expect((await ask(cook, 'GET /tasks?status=nonsense')).status).toBe(422)
  })
})
