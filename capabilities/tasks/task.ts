import { RecordedTimeQuality } from '@opsflow/platform/moment'
import { refuse } from '@opsflow/platform/refusal'
import { z } from 'zod'

export const TaskType = z.enum(['prep', 'cleaning', 'inventory', 'maintenance', 'corrective', 'other'])
export const Priority = z.enum(['low', 'medium', 'high', 'urgent'])
export const TaskStatus = z.enum(['todo', 'in_progress', 'completed', 'overdue', 'missed', 'cancelled'])
export type TaskStatus = z.infer<typeof TaskStatus>

const Instant = z.iso.datetime({ offset: true })
const Person = z.object({ id: z.uuid(), name: z.string() })

/** Work for someone, with what made it necessary. */
export const Task = z
  .object({
    id: z.uuid(),
    locationId: z.uuid(),
    title: z.string(),
    taskType: TaskType,
    priority: Priority,
    status: TaskStatus,
    assignedTo: Person.nullable(),
    /** What made it necessary. Opaque here: tasks never look behind it. */
    cause: z.object({ kind: z.string(), id: z.uuid() }),
    dueAt: Instant.nullable(),
    createdAt: Instant,
    startedAt: Instant.nullable(),
    completedAt: Instant.nullable(),
    completedBy: Person.nullable(),
    /** When its status was last changed, when the server learned of that, and how well the time is known. */
    changedAt: Instant.nullable(),
    receivedAt: Instant.nullable(),
    timeQuality: RecordedTimeQuality.nullable(),
    /** The shared tablet it was last changed on. */
    kiosk: z.object({ id: z.uuid(), name: z.string() }).nullable(),
  })
  .meta({ id: 'Task' })
export type Task = z.infer<typeof Task>

export type NewTask = {
  locationId: string
  title: string
  taskType: z.infer<typeof TaskType>
  priority: z.infer<typeof Priority>
  cause: { kind: string; id: string }
  dueAt?: string
  /** When it became necessary, if that was not just now. */
  createdAt?: string
}

/** What a person may set a task to. */
export const TaskChange = z.enum(['todo', 'in_progress', 'completed', 'cancelled'])
export type TaskChange = z.infer<typeof TaskChange>

const OPEN: ReadonlySet<TaskStatus> = new Set(['todo', 'in_progress', 'overdue'])
export const isOpen = (status: TaskStatus) => OPEN.has(status)

export const taskRefusals = ['tasks.not_open', 'tasks.done_by_its_cause'] as const

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

/**
 * May the task go there? Open work may be started, put back, completed or cancelled; what is over stays over. A
 * corrective task is over when its corrective action is closed, not when someone ticks it off.
 */
export function mayBecome(task: Pick<Task, 'status' | 'taskType'>, next: TaskChange, byItsCause = false) {
  if (!isOpen(task.status)) refuse('conflict', 'tasks.not_open', { detail: `This task is ${task.status} already.` })
  const ends = next === 'completed' || next === 'cancelled'
  if (ends && task.taskType === 'corrective' && !byItsCause) {
    refuse('conflict', 'tasks.done_by_its_cause', {
      detail: 'This task is done when its corrective action is closed. Record there what was done.',
    })
  }
}

/** The task after a change of its status by someone. */
export const withStatus = (task: Task, status: TaskChange, by: Task['completedBy'], at: string): Task => ({
  ...task,
  status,
  changedAt: at,
  startedAt: status === 'todo' ? null : status === 'in_progress' ? at : task.startedAt,
  completedAt: status === 'completed' ? at : null,
  completedBy: status === 'completed' ? by : null,
})

/**
 * A change made offline, as it arrives. The first completion wins; what comes after it, or was done before a later
 * change that stands, is kept as an attempt. Putting back what is over by now is refused: its person has to look.
 */
export function arrivesTooLate(
  task: Pick<Task, 'status' | 'taskType' | 'changedAt'>,
  next: TaskChange,
  at: string,
): boolean {
  if (isOpen(task.status)) {
    const ends = next === 'completed' || next === 'cancelled'
    return task.status === next || (!ends && task.changedAt !== null && Date.parse(at) < Date.parse(task.changedAt))
  }
  if (next === 'todo') {
    refuse('conflict', 'tasks.stale_reopen', { detail: `This task is ${task.status} by now. It is not put back.` })
  }
  return true
}
