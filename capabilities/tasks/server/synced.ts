import type { SyncedEntity } from '@opsflow/platform/server/sync'
import { TASK, TASK_COMMENT } from '../sync-entities.ts'
import { endedTasks, readTasks } from './store.ts'
import { commentsByIds } from './store-history.ts'

/** Tasks on devices: everything to do, and what ended or was missed within two weeks; what was said, for a month. */
export const syncedTasks: readonly SyncedEntity[] = [
  {
    name: TASK,
    permission: 'tasks.read',
    read: async (tx, ids) =>
      (await readTasks(tx, ids)).map((task) => ({ id: task.id, scope: task.locationId, row: task })),
    leaves: { afterDays: 14, over: endedTasks },
  },
  {
    name: TASK_COMMENT,
    permission: 'tasks.read',
    read: async (tx, ids) =>
      (await commentsByIds(tx, ids)).map((said) => ({ id: said.id, scope: said.locationId, row: said })),
    leaves: { afterDays: 30 },
  },
]
