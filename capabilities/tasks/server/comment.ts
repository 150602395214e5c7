import type { NamedPhoto } from '@opsflow/capabilities/evidence'
import { nameEvidence } from '@opsflow/capabilities/evidence/server'
import { justNow, type Moment } from '@opsflow/platform/moment'
import { notFound } from '@opsflow/platform/refusal'
import type { Tx } from '@opsflow/platform/server/tenant'
import { taskChanged } from '../facts.ts'
import type { Task } from '../task.ts'
import { countComment, readTask } from './store.ts'
import { insertComment } from './store-history.ts'
import { lockTaskFor, personOf } from './who.ts'

export type Said = { id: string; text: string; photos?: readonly NamedPhoto[] | undefined }

/** Someone says something about a task, or shows it: also when it is over, and also when it comes late. */
export async function commentOnTask(tx: Tx, taskId: string, said: Said, when = justNow()): Promise<Task> {
  const task = await lockTaskFor(tx, taskId, 'tasks.update')
  await addComment(tx, task, said, when)
  const changed = (await readTask(tx, taskId)) ?? notFound()
  await tx.emit(taskChanged, changed)
  return changed
}

export async function addComment(tx: Tx, task: Task, { id, text, photos }: Said, when: Moment): Promise<void> {
  const { locationId } = task
  if (text !== '' && (await insertComment(tx, task, { id, text, by: personOf(tx)?.id ?? null }, when))) {
    await countComment(tx, task.id)
  }
  await nameEvidence(tx, { ownerKind: 'task', ownerId: task.id, locationId, at: when.at }, photos)
}
