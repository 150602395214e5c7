import type { SyncedEntity } from '@opsflow/platform/server/sync'
import { FINDING } from '../words.ts'
import { overFindings, readFindings } from './store.ts'

/** Findings on devices: all that is owed, and what the next visit asks about; a week longer than that. */
export const syncedFindings: SyncedEntity = {
  name: FINDING,
  permission: 'findings.read',
  read: async (tx, ids) =>
    (await readFindings(tx, ids)).map((finding) => ({ id: finding.id, scope: finding.locationId, row: finding })),
  leaves: { afterDays: 7, over: overFindings },
}
