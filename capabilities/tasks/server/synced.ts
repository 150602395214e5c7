import type { SyncedEntity } from '@opsflow/platform/server/sync'
import { PLACE_CODE, TASK, TASK_COMMENT } from '../sync-entities.ts'
import { endedTasks, readTasks } from './store.ts'
import { codesByIds, revokedCodes } from './store-codes.ts'
import { commentsByIds } from './store-history.ts'

/** Tasks on devices: everything to do, and what ended or was missed within two weeks; what was said, for a month; and the codes
 * on the walls, so that one is opened without a network. */
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
  {
    name: PLACE_CODE,
    permission: 'tasks.read',
    read: async (tx, ids) =>
      (await codesByIds(tx, ids)).map((code) => ({ id: code.id, scope: code.locationId, row: code })),
    leaves: { afterDays: 1, over: revokedCodes },
  },
]
