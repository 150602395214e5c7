import { type Actor, can } from '@opsflow/platform/actor'
import { csvText } from '@opsflow/platform/csv'
import { justNow } from '@opsflow/platform/moment'
import { notFound } from '@opsflow/platform/refusal'
import { cursorKeys, isInstant, isText, isUuid, pageOf } from '@opsflow/platform/server/http/cursor'
import { type Implementation, implement } from '@opsflow/platform/server/http/implement'
import type { ReadTx } from '@opsflow/platform/server/tenant'
import { uuid7 } from '@opsflow/platform/server/uuid7'
import { taskRoutes } from '../routes.ts'
import { fieldsOf } from '../task-edit.ts'
import { changeTask, reopenTask, undoTask } from './change-task.ts'
import { commentOnTask } from './comment.ts'
import { createTask } from './create-task.ts'
import { editTask } from './edit-task.ts'
import { excuseTask, takeExcuseBack } from './excuse-task.ts'
import { taskViewImplementations } from './http-views.ts'
import { listTasks, ONE_TASK, readTask, type TaskFilter, type TaskRow, taskOf } from './store.ts'
import { type HistoryAfter, readAttempts, readChanges, readComments } from './store-history.ts'
import { crewAt, crewsAt, openLocation, ownRoles } from './store-people.ts'
import { rowsOfFile, tasksTable } from './tasks-table.ts'
import { tickStep, watchTask } from './tick-step.ts'

export const taskImplementations = (): Implementation[] => [
  ...taskViewImplementations(),
  ...implement(taskRoutes, {
    'GET /tasks': async ({ actor, query, readOne }) => {
      const { cursor, limit, ...more } = query
      const asked = askedBy(actor, more)
      if (!asked) return { items: [], nextCursor: null }
      const { sort } = query
      const rows = await readOne<TaskRow>(listTasks(actor, { ...asked, after: afterIn(cursor, sort) }, limit))
      return pageOf(rows.map(taskOf), limit, ({ id, dueAt }) => (sort === 'due' ? [dueAt ?? 'infinity', id] : [id]))
    },
    'GET /tasks.csv': async ({ actor, query: { language, ...query }, read, http }) => {
      const asked = askedBy(actor, query)
      const rows = asked ? await read((tx) => rowsOfFile(tx, asked)) : []
      http.setHeader('content-disposition', 'attachment; filename="tasks.csv"')
      return csvText(tasksTable(rows, language))
    },
    'POST /tasks': ({ body, write }) => write((tx) => createTask(tx, uuid7(), body)),
    'GET /tasks/assignees': ({ actor, query, read }) =>
      read(async (tx) => {
        const locationId = (await openLocation(tx, query.locationId)) ?? notFound()
        if (!can(actor, 'tasks.create', locationId)) notFound()
        return { people: await crewAt(tx, locationId), roles: await ownRoles(tx) }
      }),
    'GET /crews': ({ actor, query, read }) => {
      const asked = [...new Set(query.locationIds.toLowerCase().split(','))].filter((id) =>
        can(actor, 'tasks.create', id),
      )
      return read(async (tx) => ({ items: await crewsAt(tx, asked) }))
    },
    'GET /tasks/{id}': async ({ actor, params, readOne }) => {
      const [task] = (await readOne<TaskRow>(ONE_TASK, [params.id])).map(taskOf)
      return task && can(actor, 'tasks.read', task.locationId) ? task : notFound()
    },
    'PATCH /tasks/{id}': ({ params: { id }, body: { status, ...patch }, write }) =>
      write(async (tx) => {
        const when = justNow()
        const task = fieldsOf(patch).length > 0 ? await editTask(tx, id, patch, when) : undefined
        return status === undefined && task ? task : changeTask(tx, id, status as NonNullable<typeof status>, when)
      }),
    'DELETE /tasks/{id}/ending': ({ params, write }) => write((tx) => undoTask(tx, params.id)),
    'POST /tasks/{id}/reopenings': ({ params, body, write }) =>
      write((tx) => reopenTask(tx, params.id, { commentId: uuid7(), ...body })),
    'POST /tasks/{id}/excuse': ({ params, body, write }) => write((tx) => excuseTask(tx, params.id, body.reason)),
    'DELETE /tasks/{id}/excuse': ({ params, write }) => write((tx) => takeExcuseBack(tx, params.id)),
    'GET /tasks/{id}/attempts': ({ actor, params, query, read }) =>
      read((tx) => historyOf(tx, actor, params.id, query, readAttempts)),
    'GET /tasks/{id}/changes': ({ actor, params, query, read }) =>
      read((tx) => historyOf(tx, actor, params.id, query, readChanges)),
    'GET /tasks/{id}/comments': ({ actor, params, query, read }) =>
      read((tx) => historyOf(tx, actor, params.id, query, readComments)),
    'POST /tasks/{id}/comments': ({ params, body, write }) =>
      write((tx) => commentOnTask(tx, params.id, { id: uuid7(), ...body })),
    'PUT /tasks/{id}/ticks': ({ params, body, write }) =>
      write((tx) => tickStep(tx, params.id, body.stepId, body.done)),
    'PUT /tasks/{id}/watch': ({ params, body, write }) => write((tx) => watchTask(tx, params.id, body.watching)),
  }),
]

/** Undefined: nobody's tasks. A key is nobody in person. */
function askedBy(
  { kind, id, permissions, locationIds }: Actor,
  { mine, watching, ...filter }: Omit<TaskFilter, 'mine'> & { mine?: Flag; watching?: Flag },
): TaskFilter | undefined {
  if ((mine === 'true' || watching === 'true') && kind !== 'member') return undefined
  const reach = permissions.get('tasks.read')
  const seesMore = reach !== undefined && reach !== 'all' && (locationIds === 'all' || locationIds.size > reach.size)
  return {
    ...filter,
    ...(mine === 'true' && { mine: id }),
    ...(watching === 'true' && { watcher: id }),
    ...(seesMore && { locationIds: [...reach] }),
  }
}
type Flag = 'true' | 'false' | undefined

/** The id of a task the actor sees. */
async function seen(tx: ReadTx, actor: Actor, id: string): Promise<string> {
  const task = await readTask(tx, id)
  return task && can(actor, 'tasks.read', task.locationId) ? id : notFound()
}

async function historyOf<Item extends { id: string; at: string }>(
  tx: ReadTx,
  actor: Actor,
  id: string,
  { limit, cursor }: { limit: number; cursor?: string | undefined },
  readFrom: (tx: ReadTx, taskId: string, asked: HistoryAfter) => Promise<Item[]>,
) {
  const after = cursorKeys(cursor, isInstant, isUuid)
  const rows = await readFrom(tx, await seen(tx, actor, id), { limit, after })
  return pageOf(rows, limit, (last) => [last.at, last.id])
}

function afterIn(cursor: string | undefined, sort: 'newest' | 'due') {
  if (sort === 'newest') {
    const id = cursorKeys(cursor, isUuid)?.[0]
    return id === undefined ? undefined : { id }
  }
  const keys = cursorKeys(cursor, isDue, isUuid)
  return keys ? { dueAt: keys[0], id: keys[1] } : undefined
}

const isDue = (key: unknown) => isText(key) && (key === 'infinity' || !Number.isNaN(Date.parse(String(key))))
