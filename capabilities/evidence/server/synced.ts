import type { SyncedEntity } from '@opsflow/platform/server/sync'
import { evidenceEntity } from '../sync-entity.ts'
import { evidenceByIds, settledEvidence } from './store.ts'

/** What proves the records that devices hold: all that is awaited, and what was settled within two weeks. */
export const syncedEvidence: SyncedEntity = {
  name: evidenceEntity,
  permission: 'evidence.read',
  read: async (tx, ids) =>
    (await evidenceByIds(tx, ids)).map((item) => ({ id: item.id, scope: item.locationId, row: item })),
  leaves: { afterDays: 14, over: settledEvidence },
}
