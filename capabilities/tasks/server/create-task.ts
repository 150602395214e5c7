import { nameEvidence } from '@opsflow/capabilities/evidence/server'
import { demand } from '@opsflow/platform/actor'
import { justNow } from '@opsflow/platform/moment'
import { notFound, refuse } from '@opsflow/platform/refusal'
import type { Tx } from '@opsflow/platform/server/tenant'
import { taskChanged } from '../facts.ts'
import type { Task } from '../task.ts'
import { BY_HAND } from '../task-edit.ts'
import type { TaskInput } from '../task-input.ts'
import { insertTask, lockTaskOf, readTask } from './store.ts'
import { openLocation } from './store-people.ts'
import { saveSteps } from './store-steps.ts'
import { nameOfAssignee, personOf, roleColumns, unitOf } from './who.ts'

/** A task made by hand. Its id is its maker's: sent twice, it is made once. */
export async function createTask(tx: Tx, id: string, input: TaskInput, when = justNow()): Promise<Task> {
  const locationId = (await openLocation(tx, input.locationId)) ?? notFound()
  demand(tx.actor, 'tasks.create', locationId)
  const { assignee, steps, photos, unitId, dueAt, estimateMinutes, ...fields } = input
  await nameOfAssignee(tx, assignee)
  const unit = await unitOf(tx, locationId, unitId)
  const cause = { kind: BY_HAND, id }
  const made = await insertTask(tx, {
    ...fields,
    ...{ id, cause },
    ...(assignee && 'memberId' in assignee && { assignedTo: assignee.memberId }),
    role: roleColumns(assignee && 'role' in assignee ? assignee.role : null),
    ...(unit && { unitId: unit.id }),
    ...(dueAt !== null && { dueAt }),
    ...(estimateMinutes !== null && { estimateMinutes }),
    stepCount: steps.length,
    createdBy: personOf(tx)?.id ?? null,
    createdAt: when.at,
  })
  if (!made) return (await lockTaskOf(tx, cause)) ?? idTaken()
  if (steps.length > 0) {
    await saveSteps(tx, { id, locationId, steps: steps.map((step) => ({ ...step, tickedAt: null, tickedBy: null })) })
  }
  await nameEvidence(tx, { ownerKind: 'task', ownerId: id, locationId, at: when.at }, photos)
  const task = (await readTask(tx, id)) ?? notFound()
  await tx.emit(taskChanged, task)
  return task
}

const idTaken = (): never =>
  refuse('conflict', 'tasks.id_taken', { detail: 'Something else has this id. Make a new one.' })
