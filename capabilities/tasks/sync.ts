import { foreseeEvidence, Photos } from '@opsflow/capabilities/evidence'
import { notFound } from '@opsflow/platform/refusal'
import { Instant } from '@opsflow/platform/route'
import { type Doing, defineMutator, type Rows } from '@opsflow/platform/sync'
import { z } from 'zod'
import { TASK, TASK_COMMENT } from './sync-entities.ts'
import { type Person, type Task, TaskChange, type TaskComment } from './task.ts'
import { mayBecome, mayReopen, mayUndo, reopened, undone, withState } from './task-change.ts'
import { edited, freshTask, mayEdit, ticked, watched } from './task-edit.ts'
import { CommentText, TaskInput, TaskPatch } from './task-input.ts'

/**
 * What people do about tasks, as devices record it offline. Each is the device's half of the command that HTTP runs;
 * server/mutators.ts holds the other half.
 */

/** A task made by hand, where it was noticed. */
const create = defineMutator({
  name: 'tasks.create',
  version: 1,
  args: TaskInput.extend({ id: z.uuid() }),
  async foresee(rows, { id, ...input }, doing) {
    const unit = await unitNamed(rows, input.unitId)
    put(rows, freshTask(id, input, { unit }, doing.by, doing.at))
    showPhotos(rows, { id, locationId: input.locationId }, input.photos, doing)
  },
})

/** Fields of a task; what is not named stays. */
const edit = defineMutator({
  name: 'tasks.edit',
  version: 1,
  args: z.strictObject({ id: z.uuid(), patch: TaskPatch }),
  async foresee(rows, { id, patch }, doing) {
    const task = await taskOf(rows, id)
    mayEdit(task)
    put(rows, edited(task, patch, { unit: await unitNamed(rows, patch.unitId) }, doing.at))
  },
})

/** Start, complete, put back or cancel a task. */
const change = defineMutator({
  name: 'tasks.change',
  version: 1,
  args: z.strictObject({ id: z.uuid(), status: TaskChange }),
  async foresee(rows, { id, status }, doing) {
    const task = await taskOf(rows, id)
    if (task.state === status) return
    mayBecome(task, status)
    put(rows, here(withState(task, status, doing.by, doing.at), doing))
  },
})

/** One's own completion or cancellation was a slip of the finger. */
const undo = defineMutator({
  name: 'tasks.undo',
  version: 1,
  args: z.strictObject({ id: z.uuid() }),
  async foresee(rows, { id }, doing) {
    const task = await taskOf(rows, id)
    mayUndo(task, doing.by.id, doing.at)
    put(rows, here(undone(task, doing.by, doing.at), doing))
  },
})

/** A manager wants it done again, and says why. */
const reopen = defineMutator({
  name: 'tasks.reopen',
  version: 1,
  args: z.strictObject({
    id: z.uuid(),
    commentId: z.uuid(),
    comment: CommentText,
    dueAt: Instant.nullable().optional(),
  }),
  async foresee(rows, { id, commentId, comment, dueAt }, doing) {
    const task = await taskOf(rows, id)
    mayReopen(task)
    const open = here(reopened(task, dueAt, doing.by, doing.at), doing)
    put(rows, { ...open, commentCount: task.commentCount + 1 })
    putComment(rows, task, { id: commentId, text: comment }, doing)
  },
})

const comment = defineMutator({
  name: 'tasks.comment',
  version: 1,
  /** A picture says enough. */
  args: z
    .strictObject({ id: z.uuid(), taskId: z.uuid(), text: z.string().trim().max(4000), photos: Photos.optional() })
    .refine(({ text, photos }) => text !== '' || (photos?.length ?? 0) > 0, {
      message: 'Say something.',
      path: ['text'],
    }),
  async foresee(rows, { id, taskId, text, photos }, doing) {
    const task = await taskOf(rows, taskId)
    if (text !== '') {
      put(rows, { ...task, commentCount: task.commentCount + 1 })
      putComment(rows, task, { id, text }, doing)
    }
    showPhotos(rows, task, photos, doing)
  },
})

/** A step of the list inside it is done, or not after all. */
const tick = defineMutator({
  name: 'tasks.tick',
  version: 1,
  args: z.strictObject({ id: z.uuid(), stepId: z.uuid(), done: z.boolean() }),
  async foresee(rows, { id, stepId, done }, doing) {
    put(rows, ticked(await taskOf(rows, id), stepId, done, doing.by, doing.at))
  },
})

/** Hear of it, or no longer. */
const watch = defineMutator({
  name: 'tasks.watch',
  version: 1,
  args: z.strictObject({ id: z.uuid(), watching: z.boolean() }),
  async foresee(rows, { id, watching }, doing) {
    put(rows, watched(await taskOf(rows, id), doing.by.id, watching))
  },
})

export const taskMutators = { create, edit, change, undo, reopen, comment, tick, watch }

const taskOf = async (rows: Rows, id: string) => (await rows.get<Task>(TASK, id)) ?? notFound()
const put = (rows: Rows, task: Task) => rows.put(TASK, task.id, task.locationId, task)

/** Changed on this device, and heard of by nobody yet. */
const here = (task: Task, { kiosk }: Doing): Task => ({ ...task, kiosk, receivedAt: null, timeQuality: null })

const putComment = (rows: Rows, { id: taskId, locationId }: Task, said: { id: string; text: string }, doing: Doing) =>
  rows.put(TASK_COMMENT, said.id, locationId, {
    ...{ id: said.id, taskId, locationId, text: said.text },
    ...{ at: doing.at, receivedAt: null, timeQuality: null, by: doing.by, kiosk: doing.kiosk },
  } satisfies TaskComment)

const showPhotos = (
  rows: Rows,
  { id, locationId }: Pick<Task, 'id' | 'locationId'>,
  photos: z.infer<typeof Photos> | undefined,
  doing: Doing,
) => foreseeEvidence(rows, { ownerKind: 'task', ownerId: id, locationId }, photos, doing)

/** Units are rows of another capability; all a task says of one is its name. */
async function unitNamed(rows: Rows, id: string | null | undefined): Promise<Person | null> {
  const unit = id ? await rows.get<{ id: string; name: string }>('unit', id) : undefined
  return unit ? { id: unit.id, name: unit.name } : null
}
