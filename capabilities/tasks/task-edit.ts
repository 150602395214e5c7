import { refuse } from '@opsflow/platform/refusal'
import type { Person, Task } from './task.ts'
import {
  type Assignee,
  type StepInput,
  TASK_FIELDS,
  type TaskField,
  type TaskInput,
  type TaskPatch,
} from './task-input.ts'
import { isOpen, statusAt } from './task-status.ts'

/** What the ids of a task stand for, by name. */
export type Named = { assignee?: string | null; unit?: Person | null }

/** What is over is a record: it is reopened or done anew, not rewritten. */
export function mayEdit({ state }: Pick<Task, 'state'>): void {
  if (!isOpen(state)) refuse('conflict', 'tasks.not_open', { detail: `This task is ${state} already.` })
}

/**
 * The task with these fields changed. Ticks stay with their steps. A task that gets a time beyond the one at which it
 * would have been missed is no longer missed then.
 */
export function edited(task: Task, patch: TaskPatch, named: Named, at: string): Task {
  const { assignee, unitId, steps, ...plain } = patch
  const missedAt = isLater(patch.dueAt, task.missedAt) ? null : task.missedAt
  const next: Task = {
    ...task,
    ...withoutUndefined(plain),
    ...(assignee !== undefined && assignedAs(assignee, named.assignee)),
    ...(unitId !== undefined && { unit: unitId === null ? null : (named.unit ?? { id: unitId, name: '' }) }),
    ...(steps !== undefined && { steps: stepsOf(steps, task.steps) }),
    // Called otherwise by someone, it has their words from then on.
    said: plain.title === undefined || plain.title === task.title ? task.said : null,
    missedAt,
    excuse: patch.dueAt === undefined ? task.excuse : null,
  }
  return { ...next, status: statusAt(next, Date.parse(at)) }
}

export const assignedAs = (assignee: Assignee, name: string | null | undefined) => ({
  assignedTo: assignee && 'memberId' in assignee ? { id: assignee.memberId, name: name ?? assignee.name ?? '' } : null,
  assignedRole: assignee && 'role' in assignee ? { id: assignee.role, name: name ?? assignee.name ?? null } : null,
})

/** As it is when it has just been made by hand. */
export function freshTask(id: string, input: TaskInput, named: Named, by: Person | null, at: string): Task {
  const { locationId, title, description, taskType, priority, dueAt, estimateMinutes } = input
  const task: Task = {
    ...{ id, locationId, title, said: null, description, taskType, priority, dueAt, estimateMinutes },
    status: 'todo',
    state: 'todo',
    ...assignedAs(input.assignee, named.assignee),
    cause: { kind: BY_HAND, id },
    unit: input.unitId === null ? null : (named.unit ?? { id: input.unitId, name: '' }),
    missedAt: null,
    excuse: null,
    steps: stepsOf(input.steps, []),
    commentCount: 0,
    watchers: [],
    createdAt: at,
    createdBy: by,
    ...{ startedAt: null, completedAt: null, completedBy: null },
    ...{ changedAt: null, changedBy: null, receivedAt: null, timeQuality: null, kiosk: null },
  }
  return { ...task, status: statusAt(task, Date.parse(at)) }
}

/** The cause of what a person simply wanted done. */
export const BY_HAND = 'by_hand'

const stepsOf = (steps: readonly StepInput[], before: Task['steps']): Task['steps'] =>
  steps.map(({ id, text }) => {
    const known = before.find((step) => step.id === id)
    return { id, text, tickedAt: known?.tickedAt ?? null, tickedBy: known?.tickedBy ?? null }
  })

/** The step done, or not done after all. The first tick stands with its name. */
export function ticked(task: Task, stepId: string, isDone: boolean, by: Person | null, at: string): Task {
  const step = task.steps.find(({ id }) => id === stepId)
  if (!step) refuse('conflict', 'tasks.step_unknown', { detail: 'This step is not on the list any more.' })
  mayEdit(task)
  if ((step.tickedAt !== null) === isDone) return task
  const next = { ...step, tickedAt: isDone ? at : null, tickedBy: isDone ? by : null }
  return { ...task, steps: task.steps.map((one) => (one.id === stepId ? next : one)) }
}

export const watched = (task: Task, memberId: string, isWatching: boolean): Task => {
  const others = task.watchers.filter((id) => id !== memberId)
  return { ...task, watchers: isWatching ? [...others, memberId] : others }
}

/** A field in words, for the history: what it was and what it became. */
export function worded(task: Task, field: TaskField): string | null {
  switch (field) {
    case 'assignee':
      return task.assignedTo?.name ?? task.assignedRole?.name ?? task.assignedRole?.id ?? null
    case 'unitId':
      return task.unit?.name ?? null
    case 'steps':
      return task.steps.length === 0 ? null : task.steps.map(({ text }) => text).join('\n')
    case 'estimateMinutes':
      return task.estimateMinutes === null ? null : String(task.estimateMinutes)
    case 'dueAt':
      return task.dueAt === null ? null : new Date(task.dueAt).toISOString()
    default:
      return task[field] || null
  }
}

/** The fields a patch names, in the order of the form. */
export const fieldsOf = (patch: TaskPatch): TaskField[] => TASK_FIELDS.filter((field) => patch[field] !== undefined)

/** The last writer of each field wins: whatever was changed later than `at` stays, and is left out here. */
export function patchInTime(patch: TaskPatch, changedAt: ReadonlyMap<string, string>, at: string): TaskPatch {
  const late = new Set(fieldsOf(patch).filter((field) => isLater(changedAt.get(field), at)))
  return Object.fromEntries(Object.entries(patch).filter(([field]) => !late.has(field as TaskField))) as TaskPatch
}

const isLater = (one: string | null | undefined, other: string | null) =>
  one != null && other !== null && Date.parse(one) > Date.parse(other)

type Said<T> = { [K in keyof T]?: Exclude<T[K], undefined> }
const withoutUndefined = <T extends object>(fields: T) =>
  Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)) as Said<T>
