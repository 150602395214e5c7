import { justNow, type Moment } from '@opsflow/platform/moment'
import type { Tx } from '@opsflow/platform/server/tenant'
import { taskChanged } from '../facts.ts'
import type { NewTask } from '../task.ts'
import { mayBecome, reopened, withState } from '../task-change.ts'
import { isOpen } from '../task-status.ts'
import { become } from './change-task.ts'
import { lockOpenTasks, lockTask, lockTaskOf, readTasks, saveTied } from './store.ts'
import { personOf } from './who.ts'

/**
 * From now on these tasks are done where their cause is, by those times. Answers which; the others are over already. The
 * front door of other capabilities, as all of these: whoever comes through it has looked at the rights.
 */
export async function tieTasks(tx: Tx, wanted: readonly { id: string; dueAt: string }[]): Promise<ReadonlySet<string>> {
  if (wanted.length === 0) return new Set()
  const open = new Set(
    await lockOpenTasks(
      tx,
      wanted.map(({ id }) => id),
    ),
  )
  await saveTied(
    tx,
    wanted.filter(({ id }) => open.has(id)),
  )
  for (const task of await readTasks(tx, [...open])) await tx.emit(taskChanged, task)
  return open
}

/** What it was for is done, or gone. Silent when it is over already. */
export async function endTask(tx: Tx, id: string, next: 'completed' | 'cancelled', when: Moment): Promise<void> {
  const task = await lockTask(tx, id)
  if (!task || !isOpen(task.state)) return
  mayBecome(task, next, true)
  await become(tx, withState(task, next, personOf(tx), when.at), when)
}

/** The cause that was gone is there again: what was withdrawn with it is open. What someone completed stays so. */
export async function openTaskOfAgain(tx: Tx, cause: NewTask['cause']): Promise<void> {
  const task = await lockTaskOf(tx, cause)
  if (task?.state === 'cancelled') await openTaskAgain(tx, task.id, justNow())
}

/** What it was for does not do: it is open again, by its old time. Silent when it is open. */
export async function openTaskAgain(tx: Tx, id: string, when: Moment): Promise<void> {
  const task = await lockTask(tx, id)
  if (!task || isOpen(task.state)) return
  await become(tx, reopened(task, undefined, personOf(tx), when.at), when)
}
