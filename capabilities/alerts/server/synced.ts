import type { SyncedEntity } from '@opsflow/platform/server/sync'
import { DUTY, MATTER } from '../sync-entities.ts'
import { closedMatters, readMatters } from './store.ts'
import { dutiesByIds, overDuties } from './store-duties.ts'

/** Matters on devices, each with its thread: all that are open, and what ended within a week; and who is on duty. */
export const syncedMatters: readonly SyncedEntity[] = [
  {
    name: MATTER,
    permission: 'alerts.read',
    read: async (tx, ids) =>
      (await readMatters(tx, ids)).map((matter) => ({ id: matter.id, scope: matter.locationId, row: matter })),
    leaves: { afterDays: 7, over: closedMatters },
  },
  {
    name: DUTY,
    permission: 'alerts.read',
    read: async (tx, ids) =>
      (await dutiesByIds(tx, ids)).map((duty) => ({ id: duty.id, scope: duty.locationId, row: duty })),
    leaves: { afterDays: 2, over: overDuties },
  },
]
