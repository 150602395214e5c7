import { can } from '@opsflow/platform/actor'
import { notFound } from '@opsflow/platform/refusal'
import { cursorKeys, isUuid, pageOf } from '@opsflow/platform/server/http/cursor'
import { type Implementation, implement } from '@opsflow/platform/server/http/implement'
import { taskRoutes } from '../routes.ts'
import type { Task, TaskStatus } from '../task.ts'
import { changeTask } from './change-task.ts'
import { LIST_TASKS, listParams, ONE_TASK } from './store.ts'

const OPEN: TaskStatus[] = ['todo', 'in_progress', 'overdue']

export const taskImplementations = (): Implementation[] =>
  implement(taskRoutes, {
    'GET /tasks': async ({ actor, query, readOne }) => {
      const { status, locationId = null, mine, limit } = query
      if (mine === 'true' && actor.kind !== 'member') return { items: [], nextCursor: null }
      const rows = await readOne<Task>(
        LIST_TASKS,
        listParams({
          statuses: status === 'open' ? OPEN : status ? [status] : null,
          locationId,
          assignedTo: mine === 'true' ? actor.id : null,
          afterId: cursorKeys(query.cursor, isUuid)?.[0] ?? null,
          limit,
        }),
      )
      return pageOf(rows, limit, ({ id }) => [id])
    },
    'GET /tasks/{id}': async ({ actor, params, readOne }) => {
      const [task] = await readOne<Task>(ONE_TASK, [params.id])
      return task && can(actor, 'tasks.read', task.locationId) ? task : notFound()
    },
    'PATCH /tasks/{id}': ({ params, body, write }) => write((tx) => changeTask(tx, params.id, body.status)),
  })
