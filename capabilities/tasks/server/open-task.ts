import type { Tx } from '@opsflow/platform/server/tenant'
import { taskChanged } from '../facts.ts'
import type { NewTask } from '../task.ts'
import { insertTask, lockTaskOf, readTask } from './store.ts'

/** Opens a task once per cause, however often the cause is reported. Answers its id. */
export async function openTask(tx: Tx, task: NewTask): Promise<string> {
  const id = await insertTask(tx, task)
  const opened = id ? await readTask(tx, id) : await lockTaskOf(tx, task.cause)
  if (!opened) throw new Error(`no task of ${task.cause.kind} ${task.cause.id}`)
  if (id) await tx.emit(taskChanged, opened)
  return opened.id
}
