import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Kitchen, openKitchen } from '../../temperature/server/kitchen.for-tests.ts'
import { type Ask, serveKitchen } from '../../temperature/server/kitchen-http.for-tests.ts'
import type { NewTask } from '../task.ts'
import { endTaskOf, openTask, withdrawTaskOf } from './index.ts'

let kitchen: Kitchen
let ask: Ask
let close: () => Promise<void>
beforeAll(async () => {
  kitchen = await openKitchen()
  const served = await serveKitchen(kitchen)
  ask = served.ask
  close = served.close
})
afterAll(async () => {
  await close()
  await kitchen.close()
})

const opened = async (more: Partial<NewTask> = {}) => {
  const task: NewTask = {
    locationId: kitchen.downtown,
    title: 'Clean the ice machine',
    taskType: 'cleaning',
    priority: 'medium',
    cause: { kind: 'test', id: randomUUID() },
    ...more,
  }
  return { task, id: await kitchen.write(kitchen.system, (tx) => openTask(tx, task)) }
}
const factsOf = (id: string) =>
  kitchen.rows<{ body: { status: string } }>(`select body from facts where body ->> 'id' = $1 order by version`, [id])

describe('a task', () => {
  test('is opened once per cause, however often and by however many it is reported', async () => {
    const { task, id } = await opened()
    const again = await Promise.all(
      Array.from({ length: 10 }, () => kitchen.write(kitchen.system, (tx) => openTask(tx, task))),
    )
    expect(new Set(again)).toEqual(new Set([id]))
    expect(await factsOf(id)).toHaveLength(1)
  })

  test('is started, completed, and then stays so', async () => {
    const { id } = await opened()
    const started = await ask(kitchen.cook, `PATCH /tasks/${id}`, { status: 'in_progress' })
    expect(started.body).toMatchObject({ status: 'in_progress', startedAt: expect.any(String) })
    const done = await ask(kitchen.cook, `PATCH /tasks/${id}`, { status: 'completed' })
    expect(done.body).toMatchObject({ status: 'completed', completedBy: { name: 'Carl' } })
    expect((await ask(kitchen.manager, `PATCH /tasks/${id}`, { status: 'completed' })).body).toEqual(done.body)
    const reopened = await ask(kitchen.manager, `PATCH /tasks/${id}`, { status: 'in_progress' })
    expect([reopened.status, reopened.body.code]).toEqual([409, 'tasks.not_open'])
    expect((await factsOf(id)).map(({ body }) => body.status)).toEqual(['todo', 'in_progress', 'completed'])
  })

  test('ends with its cause; withdrawn only while nobody has begun', async () => {
    const ended = await opened({ taskType: 'corrective' })
    await kitchen.write(kitchen.cook, (tx) => endTaskOf(tx, ended.task.cause, 'completed'))
    expect((await ask(kitchen.cook, `GET /tasks/${ended.id}`)).body.status).toBe('completed')
    const begun = await opened()
    await ask(kitchen.cook, `PATCH /tasks/${begun.id}`, { status: 'in_progress' })
    await kitchen.write(kitchen.system, (tx) => withdrawTaskOf(tx, begun.task.cause))
    expect((await ask(kitchen.cook, `GET /tasks/${begun.id}`)).body.status).toBe('in_progress')
  })

  test('is nobody else’s, and changed only by those who may', async () => {
    const { id } = await opened()
    for (const actor of [kitchen.foreign.actor, kitchen.pilot]) {
      expect((await ask(actor, `GET /tasks/${id}`)).status).toBe(404)
      expect((await ask(actor, `PATCH /tasks/${id}`, { status: 'completed' })).status).toBe(404)
    }
    const reader = { ...kitchen.cook, id: randomUUID(), permissions: new Map([['tasks.read', 'all' as const]]) }
    expect((await ask(reader, `PATCH /tasks/${id}`, { status: 'completed' })).status).toBe(403)
  })

  test('is found by status, place and whose it is', async () => {
    const { id } = await opened()
    await kitchen.rows('update tasks set assigned_to = $2 where id = $1', [id, kitchen.cook.id])
    expect((await ask(kitchen.cook, 'GET /tasks?mine=true&status=open')).body.items).toMatchObject([
      { id, assignedTo: { name: 'Carl' } },
    ])
    expect((await ask(kitchen.cook, `GET /tasks?locationId=${kitchen.airport}`)).body.items).toEqual([])
    const { body } = await ask(kitchen.cook, 'GET /tasks?status=completed')
    expect(body.items.every(({ status }: { status: string }) => status === 'completed')).toBe(true)
    expect((await ask(kitchen.cook, 'GET /tasks?status=nonsense')).status).toBe(422)
  })
})
