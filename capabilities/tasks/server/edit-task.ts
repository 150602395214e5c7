import { justNow, type Moment } from '@opsflow/platform/moment'
import { notFound, Refusal } from '@opsflow/platform/refusal'
import type { Ran } from '@opsflow/platform/server/sync/registry'
import type { Tx } from '@opsflow/platform/server/tenant'
import { taskChanged } from '../facts.ts'
import type { Task } from '../task.ts'
import { edited, fieldsOf, mayEdit, patchInTime, worded } from '../task-edit.ts'
import type { TaskPatch } from '../task-input.ts'
import { isOpen } from '../task-status.ts'
import { readTask, saveFields } from './store.ts'
import { type FieldNote, lastChanges, noteChanges } from './store-history.ts'
import { saveSteps } from './store-steps.ts'
import { lockTaskFor, nameOfAssignee, personOf, roleColumns, unitOf } from './who.ts'

/** Fields of a task, changed by someone. The last writer of each wins; every change is on record. */
export async function editTask(tx: Tx, id: string, patch: TaskPatch, when = justNow()): Promise<Task> {
  const task = await lockTaskFor(tx, id, 'tasks.create')
  mayEdit(task)
  return save(tx, task, patch, when)
}

/** The same, done offline: fields that someone changed after it keep their later value, and so does what is over. */
export async function bringTaskEdit(tx: Tx, id: string, patch: TaskPatch, when: Moment): Promise<Ran | undefined> {
  const task = await lockTaskFor(tx, id, 'tasks.create')
  const inTime = isOpen(task.state) ? patchInTime(patch, await lastChanges(tx, id), when.at) : {}
  const kept = fieldsOf(inTime)
  const late = fieldsOf(patch).filter((field) => !kept.includes(field))
  if (kept.length > 0) await save(tx, task, inTime, when)
  if (late.length === 0) return undefined
  const meant = edited(task, patch, await namesOf(tx, task, patch).catch(noNames), when.at)
  const notes = late.map(
    (field): FieldNote => ({
      field,
      before: worded(task, field),
      after: worded(meant, field),
      outcome: 'superseded',
    }),
  )
  await noteChanges(tx, task, personOf(tx)?.id ?? null, notes, when)
  if (kept.length > 0) return undefined
  return isOpen(task.state)
    ? { outcome: 'superseded', code: 'tasks.edited_since', detail: 'Someone changed this after you did.' }
    : { outcome: 'superseded', code: 'tasks.not_open', detail: `This task was ${task.state} by then.` }
}

async function save(tx: Tx, task: Task, patch: TaskPatch, when: Moment): Promise<Task> {
  const next = edited(task, patch, await namesOf(tx, task, patch), when.at)
  const changed = fieldsOf(patch).filter((field) => !isSame(task, next, field))
  if (changed.length === 0) return task
  await saveFields(tx, next, roleColumns(next.assignedRole?.id))
  if (changed.includes('steps')) await saveSteps(tx, next)
  const notes = changed.map(
    (field): FieldNote => ({
      field,
      before: worded(task, field),
      after: worded(next, field),
      outcome: 'applied',
    }),
  )
  await noteChanges(tx, task, personOf(tx)?.id ?? null, notes, when)
  const saved = (await readTask(tx, task.id)) ?? notFound()
  await tx.emit(taskChanged, saved)
  return saved
}

async function namesOf(tx: Tx, { locationId }: Task, { assignee, unitId }: TaskPatch) {
  return { assignee: await nameOfAssignee(tx, assignee), unit: await unitOf(tx, locationId, unitId) }
}

/** What came too late is only written down; a name that is gone meanwhile does not refuse it. */
function noNames(error: unknown) {
  if (error instanceof Refusal) return {}
  throw error
}

const isSame = (one: Task, other: Task, field: Parameters<typeof worded>[1]) =>
  field === 'steps'
    ? JSON.stringify(one.steps) === JSON.stringify(other.steps)
    : field === 'assignee'
      ? one.assignedTo?.id === other.assignedTo?.id && one.assignedRole?.id === other.assignedRole?.id
      : field === 'unitId'
        ? one.unit?.id === other.unit?.id
        : worded(one, field) === worded(other, field)
