import { defineRoutes, IdParams, PageQuery, page } from '@opsflow/platform/route'
import { z } from 'zod'
import { Task, TaskAttempt, TaskChange, TaskStatus, taskRefusals } from './task.ts'

export const taskRoutes = defineRoutes({
  'GET /tasks': {
    summary: 'Tasks, newest first',
    description: '`status=open` means todo, in_progress and overdue. `mine=true`: assigned to the caller.',
    tag: 'tasks',
    permission: 'tasks.read',
    query: PageQuery.extend({
      status: z.enum(['open', ...TaskStatus.options]).optional(),
      locationId: z.uuid().optional(),
      mine: z.enum(['true', 'false']).optional(),
    }),
    response: page(Task),
  },
  'GET /tasks/{id}': {
    summary: 'One task',
    tag: 'tasks',
    permission: 'tasks.read',
    params: IdParams,
    response: Task,
  },
  'GET /tasks/{id}/attempts': {
    summary: 'Every change of its status, as it was made',
    description:
      'superseded: someone was first, or the task had moved on by the time it was heard of. `at`: when it was done.',
    tag: 'tasks',
    permission: 'tasks.read',
    params: IdParams,
    response: z.object({ items: z.array(TaskAttempt) }),
  },
  'PATCH /tasks/{id}': {
    summary: 'Start, complete, put back or cancel a task',
    description: 'A corrective task completes when its corrective action is closed, and not before.',
    tag: 'tasks',
    permission: 'tasks.update',
    params: IdParams,
    body: z.strictObject({ status: TaskChange }),
    response: Task,
    refusals: taskRefusals,
  },
})
