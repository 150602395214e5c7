import type { Tx } from '@opsflow/platform/server/tenant'
import { uuid7 } from '@opsflow/platform/server/uuid7'
import { taskChanged } from '../facts.ts'
import type { NewTask } from '../task.ts'
import { insertTask, insertTasks, lockTaskOf, readTask, readTasks } from './store.ts'
import { saveSteps } from './store-steps.ts'
import { roleColumns } from './who.ts'

/**
 * Opens a task once per cause, however often the cause is reported, and answers its id. The front door of other
 * capabilities: whoever comes through it has looked at the rights. What has a `missedAt` leaves the lists by itself then.
 */
export async function openTask(tx: Tx, task: NewTask): Promise<string> {
  const { assignedRole, steps = [], ...fields } = task
  const id = await insertTask(tx, { ...fields, role: roleColumns(assignedRole), stepCount: steps.length })
  if (id) {
    const fresh = steps.map((text) => ({ id: uuid7(), text, tickedAt: null, tickedBy: null }))
    if (fresh.length > 0) await saveSteps(tx, { id, locationId: task.locationId, steps: fresh })
  }
  const opened = id ? await readTask(tx, id) : await lockTaskOf(tx, task.cause)
  if (!opened) throw new Error(`no task of ${task.cause.kind} ${task.cause.id}`)
  if (id) await tx.emit(taskChanged, opened)
  return opened.id
}

/**
 * Several, each of a cause of its own and without steps: one statement, not one for each. Answers their ids by their causes';
 * where someone has used an id already, the task has another.
 */
export async function openTasks(
  tx: Tx,
  tasks: readonly (NewTask & { id: string })[],
): Promise<ReadonlyMap<string, string>> {
  const opened = new Map<string, string>()
  if (tasks.length === 0) return opened
  const rows = tasks.map(({ assignedRole, steps: _, ...fields }) => ({
    ...fields,
    role: roleColumns(assignedRole),
    stepCount: 0,
  }))
  for (const task of await readTasks(tx, await insertTasks(tx, rows))) {
    opened.set(task.cause.id, task.id)
    await tx.emit(taskChanged, task)
  }
  for (const { id: _, ...task } of tasks.filter(({ cause }) => !opened.has(cause.id))) {
    opened.set(task.cause.id, await openTask(tx, task))
  }
  return opened
}
