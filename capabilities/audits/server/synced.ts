import type { SyncedEntity } from '@opsflow/platform/server/sync'
import { AUDIT } from '../audit.ts'
import { auditsOfEnded, readAudits } from './store.ts'

/** What audits came to, on devices for as long as their checklists are. */
export const syncedAudits: SyncedEntity = {
  name: AUDIT,
  permission: 'checklists.read',
  read: async (tx, ids) =>
    (await readAudits(tx, ids)).map((audit) => ({ id: audit.id, scope: audit.locationId, row: audit })),
  leaves: { afterDays: 3, over: auditsOfEnded },
}
