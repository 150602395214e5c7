import { can } from '@opsflow/platform/actor'
import { notFound, refuse } from '@opsflow/platform/refusal'
import type { Tx } from '@opsflow/platform/server/tenant'
import { taskChanged } from '../facts.ts'
import { isOpen, mayBecome, type NewTask, type Task, type TaskChange } from '../task.ts'
import { lockTask, lockTaskOf, readTask, setStatus } from './store.ts'

/** A person starts, completes, puts back or cancels a task. Saying again what already holds changes nothing. */
export async function changeTask(tx: Tx, id: string, next: TaskChange): Promise<Task> {
  const task = (await lockTask(tx, id)) ?? notFound()
  if (!can(tx.actor, 'tasks.read', task.locationId)) notFound()
  if (!can(tx.actor, 'tasks.update', task.locationId)) {
    refuse('forbidden', 'forbidden', { detail: "This needs the permission tasks.update at the task's location." })
  }
  if (task.status === next) return task
  mayBecome(task, next)
  return become(tx, task, next, null)
}

/** What a task was for is done or gone: it ends with its cause. Silent when it is over already. */
export async function endTaskOf(
  tx: Tx,
  cause: NewTask['cause'],
  next: 'completed' | 'cancelled',
  at: string | null = null,
): Promise<void> {
  const task = await lockTaskOf(tx, cause)
  if (!task || !isOpen(task.status)) return
  mayBecome(task, next, true)
  await become(tx, task, next, at)
}

/** The cause is over by itself: what nobody has begun need not be done. */
export async function withdrawTaskOf(tx: Tx, cause: NewTask['cause']): Promise<void> {
  const task = await lockTaskOf(tx, cause)
  if (task?.status === 'todo' || task?.status === 'overdue') await become(tx, task, 'cancelled', null)
}

async function become(tx: Tx, task: Task, next: TaskChange, at: string | null): Promise<Task> {
  await setStatus(tx, task.id, next, tx.actor.kind === 'member' ? tx.actor.id : null, at)
  const changed = (await readTask(tx, task.id)) ?? notFound()
  await tx.emit(taskChanged, changed)
  return changed
}
