import { alertServerMutators, syncedMatters } from '@opsflow/capabilities/alerts/server'
import { syncedAudits } from '@opsflow/capabilities/audits/server'
import { checklistServerMutators, syncedChecklists } from '@opsflow/capabilities/checklists/server'
import { evidenceServerMutators, syncedEvidence } from '@opsflow/capabilities/evidence/server'
import { findingServerMutators, syncedFindings } from '@opsflow/capabilities/findings/server'
import { tabletSyncActors } from '@opsflow/capabilities/kiosks/server'
import { syncedLocations } from '@opsflow/capabilities/locations/server'
import { processServerMutators, syncedProcesses } from '@opsflow/capabilities/processes/server'
import { syncedTasks, taskServerMutators } from '@opsflow/capabilities/tasks/server'
import { type Months, syncedTemperature, temperatureServerMutators } from '@opsflow/capabilities/temperature/server'
import { drainedClients, type SyncedEntity, type SyncParts } from '@opsflow/platform/server/sync'
import { discardMutator } from '@opsflow/platform/server/sync-review'

/** What devices hold, of every capability. */
export const syncedEntities: readonly SyncedEntity[] = [
  syncedLocations,
  ...syncedTemperature,
  ...syncedTasks,
  ...syncedChecklists,
  syncedAudits,
  syncedFindings,
  syncedEvidence,
  ...syncedMatters,
  ...syncedProcesses,
]

type Parts = Pick<SyncParts, 'database' | 'secret' | 'log'> &
  Parameters<typeof tabletSyncActors>[0] & { pool: Parameters<typeof drainedClients>[0]; months: Months }

/** The offline engine's server half, put together. */
export const offlineParts = (parts: Parts): SyncParts => ({
  ...parts,
  entities: syncedEntities,
  mutators: [
    ...temperatureServerMutators(parts.months),
    ...taskServerMutators,
    ...checklistServerMutators(parts.months),
    ...findingServerMutators,
    ...alertServerMutators,
    ...processServerMutators,
    ...evidenceServerMutators,
    discardMutator,
  ],
  actors: tabletSyncActors(parts),
  clientOf: drainedClients(parts.pool),
})
