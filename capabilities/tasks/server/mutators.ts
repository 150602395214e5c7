import { defineServerMutator, type Ran } from '@opsflow/platform/server/sync/registry'
import type { ReadTx } from '@opsflow/platform/server/tenant'
import { taskMutators as of } from '../sync.ts'
import { bringTaskChange, reopenTask, undoTask } from './change-task.ts'
import { commentOnTask } from './comment.ts'
import { createTask } from './create-task.ts'
import { bringTaskEdit } from './edit-task.ts'
import { readTask } from './store.ts'
import { openLocation } from './store-people.ts'
import { bringTick, watchTask } from './tick-step.ts'

/** What devices send about tasks, run as HTTP runs it. */
export const taskServerMutators = [
  defineServerMutator({
    mutator: of.create,
    permission: 'tasks.create',
    place: async (tx, { locationId }) => (await openLocation(tx, locationId)) ?? null,
    run: async (tx, { id, ...input }, when) => void (await createTask(tx, id, input, when)) as undefined,
  }),
  defineServerMutator({
    mutator: of.edit,
    permission: 'tasks.create',
    place: (tx, { id }) => placeOf(tx, id),
    run: (tx, { id, patch }, when) => bringTaskEdit(tx, id, patch, when),
  }),
  defineServerMutator({
    mutator: of.change,
    permission: 'tasks.update',
    place: (tx, { id }) => placeOf(tx, id),
    run: async (tx, { id, status }, when) => (await gone(tx, id)) ?? bringTaskChange(tx, id, status, when),
  }),
  defineServerMutator({
    mutator: of.undo,
    permission: 'tasks.update',
    place: (tx, { id }) => placeOf(tx, id),
    run: async (tx, { id }, when) => void (await undoTask(tx, id, when)) as undefined,
  }),
  defineServerMutator({
    mutator: of.reopen,
    permission: 'tasks.reopen',
    place: (tx, { id }) => placeOf(tx, id),
    run: async (tx, { id, ...reopening }, when) => void (await reopenTask(tx, id, reopening, when)) as undefined,
  }),
  defineServerMutator({
    mutator: of.comment,
    permission: 'tasks.update',
    place: (tx, { taskId }) => placeOf(tx, taskId),
    run: async (tx, { taskId, ...said }, when) => void (await commentOnTask(tx, taskId, said, when)) as undefined,
  }),
  defineServerMutator({
    mutator: of.tick,
    permission: 'tasks.update',
    place: (tx, { id }) => placeOf(tx, id),
    run: async (tx, { id, ...tick }, when) => (await gone(tx, id)) ?? bringTick(tx, id, tick, when),
  }),
  defineServerMutator({
    mutator: of.watch,
    permission: 'tasks.read',
    place: (tx, { id }) => placeOf(tx, id),
    run: async (tx, { id, watching }) => void (await watchTask(tx, id, watching)) as undefined,
  }),
]

/**
 * A device had foreseen a task that never came to be: what it was to put right had been put right, or was somebody
 * else’s task already. Nobody has to act on that; that it was done stays on record.
 */
const gone = async (tx: ReadTx, id: string): Promise<Ran | undefined> =>
  (await placeOf(tx, id)) === null
    ? { outcome: 'superseded', code: 'tasks.not_needed', detail: 'This task was not needed any more by then.' }
    : undefined

const placeOf = async (tx: ReadTx, id: string) => (await readTask(tx, id))?.locationId ?? null
