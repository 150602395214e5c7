import { defineRoutes, IdParams } from '@opsflow/platform/route'
import { z } from 'zod'
import { TaskQuery } from './routes.ts'

/** More than anybody can tell apart. */
export const MOST_VIEWS = 30

export const TaskView = z.object({ id: z.uuid(), name: z.string(), filter: TaskQuery }).meta({ id: 'TaskView' })
export type TaskView = z.infer<typeof TaskView>

export const taskViewRoutes = defineRoutes({
  'GET /task-views': {
    summary: 'The caller’s own saved lists of tasks',
    tag: 'tasks',
    permission: 'tasks.read',
    callers: ['member'],
    response: z.object({ items: z.array(TaskView) }),
  },
  'POST /task-views': {
    summary: 'Save a list of tasks under a name; the name’s earlier list is replaced',
    tag: 'tasks',
    permission: 'tasks.read',
    callers: ['member'],
    body: z.strictObject({ name: z.string().trim().min(1).max(60), filter: TaskQuery }),
    response: TaskView,
    status: 201,
    refusals: ['tasks.too_many_views'],
  },
  'DELETE /task-views/{id}': {
    summary: 'Forget a saved list',
    tag: 'tasks',
    permission: 'tasks.read',
    callers: ['member'],
    params: IdParams,
    response: z.void(),
    status: 204,
  },
})
