import { justNow, type Moment } from '@opsflow/platform/moment'
import { notFound } from '@opsflow/platform/refusal'
import type { Ran } from '@opsflow/platform/server/sync/registry'
import type { Tx } from '@opsflow/platform/server/tenant'
import { taskChanged } from '../facts.ts'
import type { NewTask, Task, TaskChange } from '../task.ts'
import { arrivesTooLate, mayBecome, mayReopen, mayUndo, reopened, undone, withState } from '../task-change.ts'
import { isOpen } from '../task-status.ts'
import { addComment } from './comment.ts'
import { lockTaskOf, readTask, saveState } from './store.ts'
import { noteAttempt } from './store-history.ts'
import { lockTaskFor, personOf } from './who.ts'

/** A person starts, completes, puts back or cancels a task. Saying again what already holds changes nothing. */
export async function changeTask(tx: Tx, id: string, next: TaskChange, when = justNow()): Promise<Task> {
  const task = await lockTaskFor(tx, id, 'tasks.update')
  if (task.state === next) return task
  mayBecome(task, next)
  return become(tx, withState(task, next, personOf(tx), when.at), when)
}

/** The same, done offline: what comes after others' work is kept beside it and changes nothing. */
export async function bringTaskChange(tx: Tx, id: string, next: TaskChange, when: Moment): Promise<Ran | undefined> {
  const task = await lockTaskFor(tx, id, 'tasks.update')
  if (!arrivesTooLate(task, next, when.at)) {
    mayBecome(task, next)
    await become(tx, withState(task, next, personOf(tx), when.at), when)
    return undefined
  }
  await noteAttempt(tx, task, { status: next, outcome: 'superseded', by: personOf(tx)?.id ?? null }, when)
  return { outcome: 'superseded', code: 'tasks.not_open', detail: `This task was ${task.state} by then.` }
}

/** Whoever ended it takes that back, moments later. */
export async function undoTask(tx: Tx, id: string, when = justNow()): Promise<Task> {
  const task = await lockTaskFor(tx, id, 'tasks.update')
  const by = personOf(tx)
  mayUndo(task, by?.id ?? '', when.at)
  return become(tx, undone(task, by, when.at), when)
}

export type Reopening = { commentId: string; comment: string; dueAt?: string | null | undefined }

/** Needed again after all, and why. */
export async function reopenTask(tx: Tx, id: string, reopening: Reopening, when = justNow()): Promise<Task> {
  const task = await lockTaskFor(tx, id, 'tasks.reopen')
  mayReopen(task)
  const { commentId, comment, dueAt } = reopening
  await addComment(tx, task, { id: commentId, text: comment }, when)
  return become(tx, reopened(task, dueAt, personOf(tx), when.at), when)
}

/** What a task was for is done or gone: it ends with its cause. Silent when it is over already. */
export async function endTaskOf(
  tx: Tx,
  cause: NewTask['cause'],
  next: 'completed' | 'cancelled',
  when = justNow(),
): Promise<void> {
  const task = await lockTaskOf(tx, cause)
  if (!task || !isOpen(task.state)) return
  mayBecome(task, next, true)
  await become(tx, withState(task, next, personOf(tx), when.at), when)
}

/** The cause is over by itself: what nobody has begun need not be done. */
export async function withdrawTaskOf(tx: Tx, cause: NewTask['cause']): Promise<void> {
  const task = await lockTaskOf(tx, cause)
  const when = justNow()
  if (task?.state === 'todo') await become(tx, withState(task, 'cancelled', personOf(tx), when.at), when)
}

/** One more state on record, announced. */
export async function become(tx: Tx, next: Task, when: Moment): Promise<Task> {
  await saveState(tx, next, when)
  await noteAttempt(tx, next, { status: next.state, outcome: 'applied', by: personOf(tx)?.id ?? null }, when)
  const changed = (await readTask(tx, next.id)) ?? notFound()
  await tx.emit(taskChanged, changed)
  return changed
}
