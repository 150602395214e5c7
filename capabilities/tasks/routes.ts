import { Photos } from '@opsflow/capabilities/evidence'
import { defineRoutes, IdParams, Instant, PageQuery, page } from '@opsflow/platform/route'
import { z } from 'zod'
import { Crew } from './crew.ts'
import {
  Priority,
  RoleKey,
  Task,
  TaskAttempt,
  TaskChange,
  TaskComment,
  TaskFieldChange,
  TaskType,
  taskRefusals,
} from './task.ts'
import { CommentText, PatchFields, TaskInput } from './task-input.ts'
import { STATUSES } from './task-status.ts'

const UUID = '[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}'
/** As many as a device holds. */
const LocationIds = z.string().regex(new RegExp(`^${UUID}(?:,${UUID}){0,29}$`, 'i'), 'ids of locations, by commas')

const Flag = z.enum(['true', 'false'])

/** What a list of tasks can be narrowed to. */
export const TaskQuery = z.strictObject({
  status: z.enum(['open', ...STATUSES]).optional(),
  locationId: z.uuid().optional(),
  mine: Flag.optional(),
  watching: Flag.optional(),
  assignedTo: z.uuid().optional(),
  role: RoleKey.optional(),
  taskType: TaskType.optional(),
  priority: Priority.optional(),
  unitId: z.uuid().optional(),
  causeKind: z.string().min(1).max(100).optional(),
  q: z.string().trim().min(1).max(200).optional(),
})

const listed = {
  ...TaskQuery.shape,
  /** A group of the tree, with all below it. */
  groupId: z.uuid().optional(),
  dueFrom: Instant.optional(),
  dueUntil: Instant.optional(),
  sort: z.enum(['newest', 'due']).default('newest'),
}

export const taskRoutes = defineRoutes({
  'GET /tasks': {
    summary: 'Tasks, newest first, or by when they are due',
    description:
      '`status` is what time makes of a task: `open` means todo, in_progress and overdue, not what was missed. ' +
      '`mine=true`: assigned to the caller, by name or by a role they hold. `q`: in title or description.',
    tag: 'tasks',
    permission: 'tasks.read',
    query: PageQuery.extend(listed),
    response: page(Task),
  },
  'GET /tasks.csv': {
    summary: 'The same as a CSV file',
    description:
      'At most 20,000 rows; more are refused, nothing is left out. Times in UTC. What the product asks for is told in `language`.',
    tag: 'tasks',
    permission: 'tasks.read',
    query: z.strictObject({ ...listed, language: z.enum(['en', 'es']).default('en') }),
    produces: 'text/csv',
    response: z.string(),
    refusals: ['tasks.too_many_rows'],
  },
  'POST /tasks': {
    summary: 'Make a task',
    description: 'A title and a place are enough. With neither a person nor a role it is for whoever is on.',
    tag: 'tasks',
    permission: 'tasks.create',
    body: TaskInput,
    response: Task,
    status: 201,
    refusals: taskRefusals,
  },
  'GET /tasks/assignees': {
    summary: 'Who a task at a location can be given to',
    tag: 'tasks',
    permission: 'tasks.create',
    query: z.strictObject({ locationId: z.uuid() }),
    response: z.object({
      people: z.array(z.object({ id: z.uuid(), name: z.string(), roles: z.array(RoleKey) })),
      /** The organization's own; the built-in ones are known. */
      roles: z.array(z.object({ id: z.uuid(), name: z.string() })),
    }),
  },
  'GET /crews': {
    summary: 'Who can be given work at each of these locations, by name, for devices to hold',
    description: 'Up to thirty ids, separated by commas. Those at which the caller may give nobody work are left out.',
    tag: 'tasks',
    permission: 'tasks.create',
    query: z.strictObject({ locationIds: LocationIds }),
    response: z.object({ items: z.array(Crew) }),
  },
  'GET /tasks/{id}': {
    summary: 'One task',
    tag: 'tasks',
    permission: 'tasks.read',
    params: IdParams,
    response: Task,
  },
  'PATCH /tasks/{id}': {
    summary: 'Start, complete, put back or cancel a task, or change its fields',
    description:
      'Fields that are not named stay. A corrective task completes when its corrective action is closed, and not before. ' +
      'Fields need the permission tasks.create, the status tasks.update.',
    tag: 'tasks',
    permission: 'tasks.update',
    params: IdParams,
    body: PatchFields.extend({ status: TaskChange.optional() }).refine(
      (body) => Object.values(body).some((value) => value !== undefined),
      { message: 'Name at least one field to change.' },
    ),
    response: Task,
    refusals: taskRefusals,
  },
  'DELETE /tasks/{id}/ending': {
    summary: 'Take back one’s own completion or cancellation, within ten minutes',
    tag: 'tasks',
    permission: 'tasks.update',
    params: IdParams,
    response: Task,
    refusals: taskRefusals,
  },
  'POST /tasks/{id}/reopenings': {
    summary: 'Open a finished task again, and say why',
    tag: 'tasks',
    permission: 'tasks.reopen',
    params: IdParams,
    body: z.strictObject({ comment: CommentText, dueAt: Instant.nullable().optional() }),
    response: Task,
    status: 201,
    refusals: taskRefusals,
  },
  'POST /tasks/{id}/excuse': {
    summary: 'Say why a task is overdue, or was missed',
    description:
      'It stays what it is, with who said why. A task that gets another time has no excuse for that one yet.',
    tag: 'tasks',
    permission: 'tasks.reopen',
    params: IdParams,
    body: z.strictObject({ reason: z.string().trim().min(3).max(1000) }),
    response: Task,
    status: 201,
    refusals: ['tasks.not_late'],
  },
  'DELETE /tasks/{id}/excuse': {
    summary: 'Take that back',
    tag: 'tasks',
    permission: 'tasks.reopen',
    params: IdParams,
    response: Task,
    refusals: ['tasks.not_excused'],
  },
  'GET /tasks/{id}/attempts': {
    summary: 'Every change of its status, as it was made',
    description:
      'superseded: someone was first, or the task had moved on by the time it was heard of. `at`: when it was done.',
    tag: 'tasks',
    permission: 'tasks.read',
    params: IdParams,
    query: PageQuery,
    response: page(TaskAttempt),
  },
  'GET /tasks/{id}/changes': {
    summary: 'Every change of its fields and steps, as it was made',
    tag: 'tasks',
    permission: 'tasks.read',
    params: IdParams,
    query: PageQuery,
    response: page(TaskFieldChange),
  },
  'GET /tasks/{id}/comments': {
    summary: 'What was said about it',
    tag: 'tasks',
    permission: 'tasks.read',
    params: IdParams,
    query: PageQuery,
    response: page(TaskComment),
  },
  'POST /tasks/{id}/comments': {
    summary: 'Say something about it, with photos if it helps',
    tag: 'tasks',
    permission: 'tasks.update',
    params: IdParams,
    body: z.strictObject({ text: CommentText, photos: Photos.optional() }),
    response: Task,
    status: 201,
    refusals: taskRefusals,
  },
  'PUT /tasks/{id}/ticks': {
    summary: 'Tick a step of its list, or take the tick back',
    tag: 'tasks',
    permission: 'tasks.update',
    params: IdParams,
    body: z.strictObject({ stepId: z.uuid(), done: z.boolean() }),
    response: Task,
    refusals: taskRefusals,
  },
  'PUT /tasks/{id}/watch': {
    summary: 'Hear of it, or no longer',
    tag: 'tasks',
    permission: 'tasks.read',
    params: IdParams,
    body: z.strictObject({ watching: z.boolean() }),
    response: Task,
  },
})
