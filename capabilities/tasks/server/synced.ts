import type { SyncedEntity } from '@opsflow/platform/server/sync'
import { TASK } from '../sync-entities.ts'
import { endedTasks, readTasks } from './store.ts'

/** Tasks on devices: everything open, and what ended within two weeks. */
export const syncedTasks: SyncedEntity = {
  name: TASK,
  permission: 'tasks.read',
  read: async (tx, ids) =>
    (await readTasks(tx, ids)).map((task) => ({ id: task.id, scope: task.locationId, row: task })),
  leaves: { afterDays: 14, over: endedTasks },
}
