import type { SyncedEntity } from '@opsflow/platform/server/sync'
import { MATTER } from '../sync-entities.ts'
import { closedMatters, readMatters } from './store.ts'

/** Matters on devices, each with its thread: all that are open, and what ended within a week. */
export const syncedMatters: SyncedEntity = {
  name: MATTER,
  permission: 'alerts.read',
  read: async (tx, ids) =>
    (await readMatters(tx, ids)).map((matter) => ({ id: matter.id, scope: matter.locationId, row: matter })),
  leaves: { afterDays: 7, over: closedMatters },
}
