import type { SyncedEntity } from '@opsflow/platform/server/sync'
import { PROBE, PROCESS } from '../sync-entities.ts'
import { readProbes, retiredProbes } from './store-probes.ts'
import { endedProcesses, readProcesses } from './store-processes.ts'

/** Processes on devices: what runs or waits to be verified, and what ended within two weeks; and the probes in use. */
export const syncedProcesses: readonly SyncedEntity[] = [
  {
    name: PROCESS,
    permission: 'processes.read',
    read: async (tx, ids) =>
      (await readProcesses(tx, ids)).map((process) => ({ id: process.id, scope: process.locationId, row: process })),
    leaves: { afterDays: 14, over: endedProcesses },
  },
  {
    name: PROBE,
    permission: 'processes.read',
    read: async (tx, ids) =>
      (await readProbes(tx, ids)).map((probe) => ({ id: probe.id, scope: probe.locationId, row: probe })),
    leaves: { afterDays: 14, over: retiredProbes },
  },
]
