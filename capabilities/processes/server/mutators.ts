import { defineServerMutator, type Occurrence } from '@opsflow/platform/server/sync/registry'
import type { ReadTx, Tx } from '@opsflow/platform/server/tenant'
import { processMutators as of } from '../sync.ts'
import { beginProcess } from './begin-process.ts'
import { bringFinish, correctReading, noteEvent, takeTemperature, verifyProcess } from './change-process.ts'
import { calibrateProbe } from './probes.ts'
import { openPlace } from './store-places.ts'
import { readProbe } from './store-probes.ts'
import { readProcess } from './store-processes.ts'

/** What devices send about food processes, run as HTTP runs it. */
export const processServerMutators = [
  defineServerMutator({
    mutator: of.start,
    permission: 'processes.run',
    place: async (tx, { locationId }) => ((await openPlace(tx, locationId)) ? locationId : null),
    run: async (tx, input, when) => void (await beginProcess(tx, input, when)) as undefined,
  }),
  defineServerMutator({
    mutator: of.read,
    permission: 'processes.run',
    place: (tx, { processId }) => placeOf(tx, processId),
    run: async (tx, { processId, ...reading }, when) =>
      void (await takeTemperature(tx, processId, reading, when)) as undefined,
  }),
  defineServerMutator({
    mutator: of.correct,
    permission: 'processes.run',
    place: (tx, { processId }) => placeOf(tx, processId),
    run: async (tx, { processId, ...input }, when) =>
      void (await correctReading(tx, processId, input, when)) as undefined,
  }),
  defineServerMutator({
    mutator: of.note,
    permission: 'processes.run',
    place: (tx, { processId }) => placeOf(tx, processId),
    run: async (tx, { processId, ...input }, when) => void (await noteEvent(tx, processId, input, when)) as undefined,
  }),
  defineServerMutator({
    mutator: of.finish,
    permission: 'processes.run',
    place: (tx, { processId }) => placeOf(tx, processId),
    run: (tx, { processId, ...input }, when) => bringFinish(tx, processId, input, when),
  }),
  defineServerMutator({
    mutator: of.verify,
    permission: 'processes.verify',
    isCritical: true,
    place: (tx, { processId }) => placeOf(tx, processId),
    run: async (tx, { processId, ...input }, when) =>
      void (await verifyProcess(tx, processId, { ...input, signature: signedBy(tx, when) }, when)) as undefined,
  }),
  defineServerMutator({
    mutator: of.calibrate,
    permission: 'processes.run',
    place: async (tx, { probeId }) => (await readProbe(tx, probeId))?.locationId ?? null,
    run: async (tx, { probeId, ...input }, when) => void (await calibrateProbe(tx, probeId, input, when)) as undefined,
  }),
]

const placeOf = async (tx: ReadTx, id: string) => (await readProcess(tx, id))?.locationId ?? null

/** On a shared tablet: had the server looked at the PIN, or the tablet alone? */
const signedBy = (tx: Tx, { proved }: Occurrence) =>
  tx.actor.kioskId === undefined || proved === undefined ? null : proved === 'seat' ? 'pin' : 'offline'
