import { can } from '@opsflow/platform/actor'
import { notFound } from '@opsflow/platform/refusal'
import { cursorKeys, isUuid, pageOf } from '@opsflow/platform/server/http/cursor'
import { type Implementation, implement } from '@opsflow/platform/server/http/implement'
import { taskRoutes } from '../routes.ts'
import { changeTask } from './change-task.ts'
import { listTasks, ONE_TASK, readAttempts, readTask, type TaskRow, taskOf } from './store.ts'

export const taskImplementations = (): Implementation[] =>
  implement(taskRoutes, {
    'GET /tasks': async ({ actor, query, readOne }) => {
      const { status, locationId, mine, limit } = query
      if (mine === 'true' && actor.kind !== 'member') return { items: [], nextCursor: null }
      const assignedTo = mine === 'true' ? actor.id : undefined
      const afterId = cursorKeys(query.cursor, isUuid)?.[0]
      const rows = await readOne<TaskRow>(listTasks(actor, { status, locationId, assignedTo, afterId }, limit))
      return pageOf(rows.map(taskOf), limit, ({ id }) => [id])
    },
    'GET /tasks/{id}': async ({ actor, params, readOne }) => {
      const [task] = (await readOne<TaskRow>(ONE_TASK, [params.id])).map(taskOf)
      return task && can(actor, 'tasks.read', task.locationId) ? task : notFound()
    },
    'GET /tasks/{id}/attempts': ({ actor, params, read }) =>
      read(async (tx) => {
        const task = await readTask(tx, params.id)
        if (!task || !can(actor, 'tasks.read', task.locationId)) return notFound()
        return { items: await readAttempts(tx, params.id) }
      }),
    'PATCH /tasks/{id}': ({ params, body, write }) => write((tx) => changeTask(tx, params.id, body.status)),
  })
