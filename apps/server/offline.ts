import { tabletSyncActors } from '@opsflow/capabilities/kiosks/server'
import { syncedTasks } from '@opsflow/capabilities/tasks/server'
import { drainedClients, type ServerMutator, type SyncedEntity, type SyncParts } from '@opsflow/platform/server/sync'

type Pool = Parameters<typeof drainedClients>[0]

/** What devices hold, of every capability. */
export const syncedEntities: readonly SyncedEntity[] = [syncedTasks]

/** What people do on devices, of every capability. */
const mutators: readonly ServerMutator[] = []

/** The offline engine's server half, put together. */
export const offlineParts = (
  parts: Pick<SyncParts, 'database' | 'secret' | 'log'> & Parameters<typeof tabletSyncActors>[0] & { pool: Pool },
): SyncParts => ({
  ...parts,
  entities: syncedEntities,
  mutators,
  actors: tabletSyncActors(parts),
  clientOf: drainedClients(parts.pool),
})
