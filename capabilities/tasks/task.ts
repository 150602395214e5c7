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
