import type { SyncedEntity } from '@opsflow/platform/server/sync'
import { LOCATION } from '../sync-entities.ts'
import { readLocationsAmong } from './store.ts'

/** Devices hold the locations they may see: names, zones, units of temperature, opening hours. */
export const syncedLocations: SyncedEntity = {
  name: LOCATION,
  permission: 'locations.read',
  read: async (tx, ids) =>
    (await readLocationsAmong(tx, ids)).map((location) => ({ id: location.id, scope: location.id, row: location })),
}
