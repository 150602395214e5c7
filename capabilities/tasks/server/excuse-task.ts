import { justNow } from '@opsflow/platform/moment'
import { notFound, refuse } from '@opsflow/platform/refusal'
import type { Tx } from '@opsflow/platform/server/tenant'
import { taskChanged } from '../facts.ts'
import type { Task } from '../task.ts'
import { readTask } from './store.ts'
import { endExcuse, insertExcuse } from './store-excuses.ts'
import { noteChanges } from './store-history.ts'
import { lockTaskFor, personOf } from './who.ts'

/** Why it is overdue, or was missed, as a manager says. It stays what it is; who said why is on record. */
export async function excuseTask(tx: Tx, id: string, reason: string): Promise<Task> {
  const task = await lockTaskFor(tx, id, 'tasks.reopen')
  if (task.status !== 'overdue' && task.status !== 'missed') {
    refuse('conflict', 'tasks.not_late', { detail: 'Only what is overdue or was missed has a reason for it.' })
  }
  await endExcuse(tx, id, personOf(tx)?.id ?? null)
  await insertExcuse(tx, task, reason, personOf(tx)?.id ?? null)
  return noted(tx, task, reason)
}

export async function takeExcuseBack(tx: Tx, id: string): Promise<Task> {
  const task = await lockTaskFor(tx, id, 'tasks.reopen')
  if (!task.excuse) refuse('conflict', 'tasks.not_excused', { detail: 'Nobody has said a reason for it.' })
  await endExcuse(tx, id, personOf(tx)?.id ?? null)
  return noted(tx, task, null)
}

async function noted(tx: Tx, task: Task, after: string | null): Promise<Task> {
  const note = { field: 'excuse', before: task.excuse?.reason ?? null, after, outcome: 'applied' as const }
  await noteChanges(tx, task, personOf(tx)?.id ?? null, [note], justNow())
  const excused = (await readTask(tx, task.id)) ?? notFound()
  await tx.emit(taskChanged, excused)
  return excused
}
