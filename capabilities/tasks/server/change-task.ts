import { can } from '@opsflow/platform/actor'
import { justNow, type Moment } from '@opsflow/platform/moment'
import { notFound, refuse } from '@opsflow/platform/refusal'
import type { Ran } from '@opsflow/platform/server/sync/registry'
import type { Tx } from '@opsflow/platform/server/tenant'
import { taskChanged } from '../facts.ts'
import { arrivesTooLate, isOpen, mayBecome, type NewTask, type Task, type TaskChange } from '../task.ts'
import { lockTask, lockTaskOf, noteAttempt, readTask, setStatus } from './store.ts'

/** A person starts, completes, puts back or cancels a task. Saying again what already holds changes nothing. */
export async function changeTask(tx: Tx, id: string, next: TaskChange, when = justNow()): Promise<Task> {
  const task = await lockForChange(tx, id)
  if (task.status === next) return task
  mayBecome(task, next)
  return become(tx, task, next, when)
}

/** The same, done offline: what comes after others' work is kept beside it and changes nothing. */
export async function bringTaskChange(tx: Tx, id: string, next: TaskChange, when: Moment): Promise<Ran | undefined> {
  const task = await lockForChange(tx, id)
  if (!arrivesTooLate(task, next, when.at)) {
    mayBecome(task, next)
    await become(tx, task, next, when)
    return undefined
  }
  await noteAttempt(tx, task, { status: next, outcome: 'superseded', by: personOf(tx) }, when)
  return { outcome: 'superseded', code: 'tasks.not_open', detail: `This task was ${task.status} by then.` }
}

async function lockForChange(tx: Tx, id: string): Promise<Task> {
  const task = (await lockTask(tx, id)) ?? notFound()
  if (!can(tx.actor, 'tasks.read', task.locationId)) notFound()
  if (!can(tx.actor, 'tasks.update', task.locationId)) {
    refuse('forbidden', 'forbidden', { detail: "This needs the permission tasks.update at the task's location." })
  }
  return task
}

/** What a task was for is done or gone: it ends with its cause. Silent when it is over already. */
export async function endTaskOf(
  tx: Tx,
  cause: NewTask['cause'],
  next: 'completed' | 'cancelled',
  when = justNow(),
): Promise<void> {
  const task = await lockTaskOf(tx, cause)
  if (!task || !isOpen(task.status)) return
  mayBecome(task, next, true)
  await become(tx, task, next, when)
}

/** The cause is over by itself: what nobody has begun need not be done. */
export async function withdrawTaskOf(tx: Tx, cause: NewTask['cause']): Promise<void> {
  const task = await lockTaskOf(tx, cause)
  if (task?.status === 'todo' || task?.status === 'overdue') await become(tx, task, 'cancelled', justNow())
}

async function become(tx: Tx, task: Task, next: TaskChange, when: Moment): Promise<Task> {
  const by = personOf(tx)
  await setStatus(tx, task.id, next, by, when)
  await noteAttempt(tx, task, { status: next, outcome: 'applied', by }, when)
  const changed = (await readTask(tx, task.id)) ?? notFound()
  await tx.emit(taskChanged, changed)
  return changed
}

const personOf = ({ actor }: Tx) => (actor.kind === 'member' ? actor.id : null)
