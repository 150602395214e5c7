import { defineServerMutator } from '@opsflow/platform/server/sync/registry'
import { taskMutators } from '../sync.ts'
import { bringTaskChange } from './change-task.ts'
import { readTask } from './store.ts'

/** What devices send about tasks, run as HTTP runs it. */
export const taskServerMutators = [
  defineServerMutator({
    mutator: taskMutators.change,
    permission: 'tasks.update',
    place: async (tx, { id }) => (await readTask(tx, id))?.locationId ?? null,
    run: (tx, { id, status }, when) => bringTaskChange(tx, id, status, when),
  }),
]
