import { justNow, type Moment } from '@opsflow/platform/moment'
import { notFound } from '@opsflow/platform/refusal'
import type { Ran } from '@opsflow/platform/server/sync/registry'
import type { Tx } from '@opsflow/platform/server/tenant'
import { taskChanged } from '../facts.ts'
import type { Task } from '../task.ts'
import { ticked, watched } from '../task-edit.ts'
import { isOpen } from '../task-status.ts'
import { readTask, saveWatchers } from './store.ts'
import { noteChanges } from './store-history.ts'
import { saveTick } from './store-steps.ts'
import { lockTaskFor, personOf } from './who.ts'

/** A step is done, or not after all. The first to tick it stands with their name; the second is on record. */
export async function tickStep(tx: Tx, id: string, stepId: string, isDone: boolean, when = justNow()): Promise<Task> {
  const task = await lockTaskFor(tx, id, 'tasks.update')
  const next = ticked(task, stepId, isDone, personOf(tx), when.at)
  if (next === task) return task
  return saveStep(tx, next, stepId, isDone, when)
}

/** The same, done offline. */
export async function bringTick(
  tx: Tx,
  id: string,
  { stepId, done }: { stepId: string; done: boolean },
  when: Moment,
): Promise<Ran | undefined> {
  const task = await lockTaskFor(tx, id, 'tasks.update')
  const step = task.steps.find((one) => one.id === stepId)
  if (isOpen(task.state) && step && (step.tickedAt !== null) !== done) {
    await saveStep(tx, ticked(task, stepId, done, personOf(tx), when.at), stepId, done, when)
    return undefined
  }
  const note = { field: TICK, before: null, after: worded(step?.text, done), outcome: 'superseded' as const }
  await noteChanges(tx, task, personOf(tx)?.id ?? null, [note], when)
  return { outcome: 'superseded', code: 'tasks.step_settled', detail: 'This step was settled by then.' }
}

async function saveStep(tx: Tx, task: Task, stepId: string, isDone: boolean, when: Moment): Promise<Task> {
  const step = task.steps.find((one) => one.id === stepId) ?? notFound()
  await saveTick(tx, task.id, step)
  const note = { field: TICK, before: null, after: worded(step.text, isDone), outcome: 'applied' as const }
  await noteChanges(tx, task, personOf(tx)?.id ?? null, [note], when)
  return told(tx, task.id)
}

const TICK = 'tick'
const worded = (text: string | undefined, isDone: boolean) => `${isDone ? '✓' : '✗'} ${text ?? ''}`

/** The actor wants to hear of it, or no longer. */
export async function watchTask(tx: Tx, id: string, isWatching: boolean): Promise<Task> {
  const task = await lockTaskFor(tx, id, 'tasks.read')
  const me = personOf(tx)
  if (!me || task.watchers.includes(me.id) === isWatching) return task
  await saveWatchers(tx, watched(task, me.id, isWatching))
  return told(tx, id)
}

async function told(tx: Tx, id: string): Promise<Task> {
  const task = (await readTask(tx, id)) ?? notFound()
  await tx.emit(taskChanged, task)
  return task
}
