import { RecordedTimeQuality } from '@opsflow/platform/moment'
import { Instant } from '@opsflow/platform/route'
import { z } from 'zod'
import { STATES, STATUSES } from './task-status.ts'
import { BUILT_IN_ROLES, PRIORITIES, TASK_TYPES } from './task-words.ts'

export const TaskType = z.enum(TASK_TYPES)
export const Priority = z.enum(PRIORITIES)
export const TaskStatus = z.enum(STATUSES)
export const TaskState = z.enum(STATES)
export type TaskStatus = z.infer<typeof TaskStatus>
export type TaskState = z.infer<typeof TaskState>
export type TaskType = z.infer<typeof TaskType>
export type Priority = z.infer<typeof Priority>

const Person = z.object({ id: z.uuid(), name: z.string() })
export type Person = z.infer<typeof Person>

/** A role as a task names it: a built-in one by its name, one of the organization's own by its id. */
export const RoleKey = z.union([z.enum(BUILT_IN_ROLES), z.uuid()])

export const TaskStep = z.object({
  id: z.uuid(),
  text: z.string(),
  tickedAt: Instant.nullable(),
  tickedBy: Person.nullable(),
})
export type TaskStep = z.infer<typeof TaskStep>

/** Why it is overdue, or was missed, as a manager says. */
export const TaskExcuse = z.object({ by: Person.nullable(), at: Instant, reason: z.string() })
export type TaskExcuse = z.infer<typeof TaskExcuse>

/** What the product itself asks for, by kind, with what it is about: told in the language of whoever reads it. */
export const TaskSaid = z.discriminatedUnion('as', [
  /** A HACCP plan is to be looked at again. */
  z.object({ as: z.literal('haccp_review'), planId: z.uuid(), plan: z.string() }),
  /** Whoever records went out under may not send them any more: someone takes it over, or ends it. */
  z.object({ as: z.literal('mailing_paused'), mailingId: z.uuid(), givenTo: z.string() }),
  /** A schedule cannot be worked out and was paused. */
  z.object({ as: z.literal('schedule_set_aside'), scheduleId: z.uuid(), schedule: z.string() }),
])
export type TaskSaid = z.infer<typeof TaskSaid>

/** Work for someone, with what made it necessary. */
export const Task = z
  .object({
    id: z.uuid(),
    locationId: z.uuid(),
    /** In English where the product asks for it: `said` tells it in any language. */
    title: z.string(),
    said: TaskSaid.nullable(),
    description: z.string(),
    taskType: TaskType,
    priority: Priority,
    /** What time makes of it: open work past its time is overdue, and from `missedAt` on missed. */
    status: TaskStatus,
    /** What people set it to. */
    state: TaskState,
    /** For this person; or for whoever holds this role at the location; or, with neither, for whoever is on. */
    assignedTo: Person.nullable(),
    assignedRole: z.object({ id: RoleKey, name: z.string().nullable() }).nullable(),
    /** What made it necessary. Opaque here: tasks never look behind it. */
    cause: z.object({ kind: z.string(), id: z.uuid() }),
    unit: Person.nullable(),
    dueAt: Instant.nullable(),
    /** From then on it is no longer to be done. Null: it stays overdue until someone sees to it. */
    missedAt: Instant.nullable(),
    estimateMinutes: z.int().nullable(),
    /** Of what is overdue or missed now. */
    excuse: TaskExcuse.nullable(),
    /** In the order in which they are to be done. */
    steps: z.array(TaskStep),
    commentCount: z.int(),
    /** Members who want to hear of it. */
    watchers: z.array(z.uuid()),
    createdAt: Instant,
    createdBy: Person.nullable(),
    startedAt: Instant.nullable(),
    completedAt: Instant.nullable(),
    completedBy: Person.nullable(),
    /** When its status was last changed and by whom, when the server learned of that, and how well the time is known. */
    changedAt: Instant.nullable(),
    changedBy: z.uuid().nullable(),
    receivedAt: Instant.nullable(),
    timeQuality: RecordedTimeQuality.nullable(),
    /** The shared tablet it was last changed on. */
    kiosk: Person.nullable(),
  })
  .meta({ id: 'Task' })
export type Task = z.infer<typeof Task>

/** What opens a task for a cause: the front door of other capabilities. */
export type NewTask = {
  /** Minted where it becomes necessary, so that a device shows it before the server has spoken. */
  id?: string
  locationId: string
  title: string
  /** Where the product asks for it; `title` is then titleOfSaid. */
  said?: TaskSaid
  taskType: TaskType
  priority: Priority
  cause: { kind: string; id: string }
  description?: string
  /** A member, or a role as `RoleKey`; with neither, whoever is on. */
  assignedTo?: string
  assignedRole?: string
  unitId?: string
  dueAt?: string
  /** From then on it counts as missed and leaves the lists, by itself. */
  missedAt?: string
  estimateMinutes?: number
  steps?: readonly string[]
  /** When it became necessary, if that was not just now. */
  createdAt?: string
}

/** What a person may set a task to. */
export const TaskChange = z.enum(['todo', 'in_progress', 'completed', 'cancelled'])
export type TaskChange = z.infer<typeof TaskChange>

export const taskRefusals = [
  'tasks.not_open',
  'tasks.done_by_its_cause',
  'tasks.assignee_unknown',
  'tasks.unit_unknown',
  'tasks.step_unknown',
  'tasks.id_taken',
  'tasks.not_over',
  'tasks.undo_too_late',
] as const

/** One change of a task as someone made it. superseded: someone was first, or the task had moved on by then. */
export const TaskAttempt = z
  .object({
    id: z.uuid(),
    taskId: z.uuid(),
    status: TaskStatus,
    outcome: z.enum(['applied', 'superseded']),
    at: Instant,
    receivedAt: Instant,
    timeQuality: RecordedTimeQuality,
    by: Person.nullable(),
    kiosk: Person.nullable(),
  })
  .meta({ id: 'TaskAttempt' })
export type TaskAttempt = z.infer<typeof TaskAttempt>

export const TaskComment = z
  .object({
    id: z.uuid(),
    taskId: z.uuid(),
    locationId: z.uuid(),
    text: z.string(),
    at: Instant,
    receivedAt: Instant.nullable(),
    timeQuality: RecordedTimeQuality.nullable(),
    by: Person.nullable(),
    kiosk: Person.nullable(),
  })
  .meta({ id: 'TaskComment' })
export type TaskComment = z.infer<typeof TaskComment>

/** One change of one field. Lists of steps and people are told in words. */
export const TaskFieldChange = z
  .object({
    id: z.uuid(),
    field: z.string(),
    before: z.string().nullable(),
    after: z.string().nullable(),
    outcome: z.enum(['applied', 'superseded']),
    at: Instant,
    receivedAt: Instant,
    timeQuality: RecordedTimeQuality,
    by: Person.nullable(),
    kiosk: Person.nullable(),
  })
  .meta({ id: 'TaskFieldChange' })
export type TaskFieldChange = z.infer<typeof TaskFieldChange>
