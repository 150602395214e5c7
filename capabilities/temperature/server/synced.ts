import type { SyncedEntity } from '@opsflow/platform/server/sync'
import type { ReadTx } from '@opsflow/platform/server/tenant'
import { entities } from '../sync-entities.ts'
import {
  closedAlarms,
  readActions,
  readAlarms,
  readLogs,
  readUnits,
  retiredUnits,
  verifiedActions,
} from './store-synced.ts'

type Located = { id: string; locationId: string }

const entity = <R extends Located>(
  name: string,
  read: (tx: ReadTx, ids: readonly string[]) => Promise<R[]>,
  leaves: SyncedEntity['leaves'],
): SyncedEntity => ({
  name,
  permission: 'temperature.read',
  read: async (tx, ids) => (await read(tx, ids)).map((row) => ({ id: row.id, scope: row.locationId, row })),
  ...(leaves ? { leaves } : {}),
})

/**
 * What devices hold: units with their state and limits, the work that is open and what ended within two weeks, and what
 * people read within three days. Sensors' readings are the unit's state, not rows.
 */
export const syncedTemperature: readonly SyncedEntity[] = [
  entity(entities.unit, readUnits, { afterDays: 14, over: retiredUnits }),
  entity(entities.alarm, readAlarms, { afterDays: 14, over: closedAlarms }),
  entity(entities.correctiveAction, readActions, { afterDays: 14, over: verifiedActions }),
  entity(entities.log, readLogs, { afterDays: 3 }),
]
