import { refuse } from '@opsflow/platform/refusal'
import type { Task, TaskChange } from './task.ts'
import { isOpen, statusAt } from './task-status.ts'

/**
 * May the task go there? Open work may be started, put back, completed or cancelled; what is over stays over, but for
 * undoing and reopening. A corrective task is over when its corrective action is closed, not when someone ticks it off.
 */
export function mayBecome(task: Pick<Task, 'state' | 'taskType'>, next: TaskChange, byItsCause = false) {
  if (!isOpen(task.state)) refuse('conflict', 'tasks.not_open', { detail: `This task is ${task.state} already.` })
  if (ends(next) && !byItsCause) notByHand(task)
}

/** The task after a change of its status by someone. */
export function withState(task: Task, state: TaskChange, by: Task['completedBy'], at: string): Task {
  const next: Task = {
    ...task,
    state,
    changedAt: at,
    changedBy: by?.id ?? null,
    startedAt: state === 'todo' ? null : state === 'in_progress' ? at : task.startedAt,
    completedAt: state === 'completed' ? at : null,
    completedBy: state === 'completed' ? by : null,
    excuse: state === 'todo' || state === 'in_progress' ? task.excuse : null,
  }
  return { ...next, status: statusAt(next, Date.parse(at)) }
}

/**
 * A change made offline, as it arrives. The first completion wins; what comes after it, or was done before a later
 * change that stands, is kept as an attempt. Putting back what is over by now is refused: its person has to look.
 */
export function arrivesTooLate(
  task: Pick<Task, 'state' | 'taskType' | 'changedAt'>,
  next: TaskChange,
  at: string,
): boolean {
  if (isOpen(task.state)) {
    return task.state === next || (!ends(next) && task.changedAt !== null && isBefore(at, task.changedAt))
  }
  if (next === 'todo') {
    refuse('conflict', 'tasks.stale_reopen', { detail: `This task is ${task.state} by now. It is not put back.` })
  }
  return true
}

/** For so long whoever ended a task by mistake may take that back without asking anybody. */
export const UNDO_MINUTES = 10

/** Taking back one's own completion or cancellation, moments later. */
export function mayUndo(
  task: Pick<Task, 'state' | 'taskType' | 'changedAt' | 'changedBy'>,
  by: string,
  at: string,
): void {
  if (isOpen(task.state)) refuse('conflict', 'tasks.not_over', { detail: 'This task is open.' })
  notByHand(task)
  const age = task.changedAt === null ? Number.POSITIVE_INFINITY : Date.parse(at) - Date.parse(task.changedAt)
  if (task.changedBy === by && age <= UNDO_MINUTES * 60_000) return
  refuse('conflict', 'tasks.undo_too_late', {
    detail: `Only whoever ended it takes it back, within ${UNDO_MINUTES} minutes. After that a manager reopens it.`,
  })
}

/** Back where it was before it ended. */
export const undone = (task: Task, by: Task['completedBy'], at: string): Task => {
  const { startedAt } = task
  return { ...withState(task, startedAt === null ? 'todo' : 'in_progress', by, at), startedAt }
}

/** Over, and needed again after all. */
export function mayReopen(task: Pick<Task, 'state' | 'taskType'>): void {
  if (isOpen(task.state)) refuse('conflict', 'tasks.not_over', { detail: 'This task is open.' })
  notByHand(task)
}

/** Open again from the start. When it would have been missed no longer says anything. */
export function reopened(task: Task, dueAt: string | null | undefined, by: Task['completedBy'], at: string): Task {
  const fresh = { ...task, missedAt: null, dueAt: dueAt === undefined ? task.dueAt : dueAt }
  return withState(fresh, 'todo', by, at)
}

function notByHand({ taskType }: Pick<Task, 'taskType'>) {
  if (taskType !== 'corrective') return
  refuse('conflict', 'tasks.done_by_its_cause', {
    detail: 'This task is done when its corrective action is closed. Record there what was done.',
  })
}

const ends = (next: TaskChange) => next === 'completed' || next === 'cancelled'
const isBefore = (one: string, other: string) => Date.parse(one) < Date.parse(other)
