import { defineFact, locationRoom } from '@opsflow/platform/fact'
import { z } from 'zod'
import { Process } from './process.ts'

/** A food process as it stands now: begun, read, finished, verified. */
export const processChanged = defineFact({
  name: 'processes.process_changed',
  event: 'poke',
  schema: Process.pick({
    id: true,
    locationId: true,
    kind: true,
    product: true,
    state: true,
    result: true,
    failure: true,
  }),
  scope: (process) => process.locationId,
  room: (process) => locationRoom(process.locationId),
})

/** A probe was calibrated, and whether it was right. */
export const probeCalibrated = defineFact({
  name: 'processes.probe_calibrated',
  event: 'poke',
  schema: z.object({ probeId: z.uuid(), locationId: z.uuid(), passed: z.boolean() }),
  scope: (probe) => probe.locationId,
  room: (probe) => locationRoom(probe.locationId),
})
