import { foreseeTask, foreseeTaskEnd } from '@opsflow/capabilities/tasks'
import { notFound } from '@opsflow/platform/refusal'
import { type Doing, defineMutator, type Rows } from '@opsflow/platform/sync'
import { z } from 'zod'
import { askedTask, taskIdOf, verificationTask } from './asked-task.ts'
import { CalibrationInput, type Probe } from './probe.ts'
import { calibrated } from './probe-deeds.ts'
import { probeStanding } from './probe-standing.ts'
import {
  BeginInput,
  CorrectionInput,
  EventInput,
  FinishInput,
  type Process,
  StepReading,
  VerifyInput,
} from './process.ts'
import {
  begun,
  corrected,
  type Done,
  finished,
  happened,
  type Place,
  type ReadWith,
  read,
  verified,
} from './process-deeds.ts'
import { PROBE, PROCESS } from './sync-entities.ts'

/**
 * What people do about food processes, as devices record it offline. Each is the device's half of the command that HTTP
 * runs; server/mutators.ts holds the other half. Both make the same of it (process-deeds.ts).
 */
const ofProcess = { processId: z.uuid() }

const start = defineMutator({
  name: 'processes.start',
  version: 1,
  args: BeginInput,
  async foresee(rows, input, doing) {
    const place = await placeOf(rows, input.locationId)
    const probe = await probeWith(rows, input.reading?.probeId, doing)
    await show(rows, undefined, begun(input, place, probe, doneBy(doing)), place, doing)
  },
})

const readOne = defineMutator({
  name: 'processes.read',
  version: 1,
  args: StepReading.extend(ofProcess),
  async foresee(rows, { processId, ...reading }, doing) {
    const probe = await probeWith(rows, reading.probeId, doing)
    await change(rows, processId, doing, (process, place) => read(process, reading, place, probe, doneBy(doing)))
  },
})

const correct = defineMutator({
  name: 'processes.correct',
  version: 1,
  args: CorrectionInput.extend(ofProcess),
  foresee: (rows, { processId, ...input }, doing) =>
    change(rows, processId, doing, (process, place) => corrected(process, input, place, doneBy(doing))),
})

const note = defineMutator({
  name: 'processes.note',
  version: 1,
  args: EventInput.extend(ofProcess),
  foresee: (rows, { processId, ...input }, doing) =>
    change(rows, processId, doing, (process, place) => happened(process, input, place, doneBy(doing))),
})

const finish = defineMutator({
  name: 'processes.finish',
  version: 1,
  args: FinishInput.extend(ofProcess),
  foresee: (rows, { processId, ...input }, doing) =>
    change(rows, processId, doing, (process, place) => finished(process, input, place, doneBy(doing))),
})

/** On a shared tablet it is signed: the proof travels with the mutation, never the PIN. */
const verify = defineMutator({
  name: 'processes.verify',
  version: 1,
  args: VerifyInput.extend(ofProcess),
  foresee: (rows, { processId, ...input }, doing) =>
    change(rows, processId, doing, (process) =>
      verified(process, { ...input, signature: doing.kiosk && 'offline' }, doneBy(doing)),
    ),
})

const calibrate = defineMutator({
  name: 'processes.calibrate',
  version: 1,
  args: CalibrationInput.extend({ probeId: z.uuid() }),
  async foresee(rows, { probeId, ...input }, doing) {
    const probe = (await rows.get<Probe>(PROBE, probeId)) ?? notFound()
    rows.put(PROBE, probeId, probe.locationId, calibrated(probe, input, doneBy(doing)).probe)
  },
})

export const processMutators = { start, read: readOne, correct, note, finish, verify, calibrate }

const doneBy = ({ by, kiosk, at }: Doing): Done => ({ by, kiosk, at, receivedAt: null, timeQuality: null })

async function change(rows: Rows, id: string, doing: Doing, deed: (process: Process, place: Place) => Process) {
  const before = (await rows.get<Process>(PROCESS, id)) ?? notFound()
  const place = await placeOf(rows, before.locationId)
  await show(rows, before, deed(before, place), place, doing)
}

/** The process, and the task by which it asks for what comes next; what it asked for before is done or no longer needed. */
async function show(rows: Rows, before: Process | undefined, after: Process, place: Place, doing: Doing) {
  const asksAnew =
    before === undefined ||
    before.nextAt !== after.nextAt ||
    before.nextAsk !== after.nextAsk ||
    before.state !== after.state
  if (before && asksAnew) await foreseeTaskEnd(rows, taskIdOf(before.id, before.asked), 'completed', doing)
  const asked = asksAnew && before ? after.asked + 1 : after.asked
  const task = asksAnew ? (askedTask({ ...after, asked }, place) ?? verificationTask({ ...after, asked })) : null
  if (task) await foreseeTask(rows, task, doing)
  rows.put(PROCESS, after.id, after.locationId, { ...after, asked })
}

async function probeWith(rows: Rows, id: string | null | undefined, { at }: Doing): Promise<ReadWith> {
  if (!id) return null
  const probe = (await rows.get<Probe>(PROBE, id)) ?? notFound()
  return { probe: { id, name: probe.name }, standing: probeStanding(probe, Date.parse(at)) }
}

/** Locations are rows of another capability: of one, a process needs its rules and its clock. */
const placeOf = async (rows: Rows, id: string): Promise<Place> =>
  (await rows.get<Place & { id: string }>('location', id)) ?? notFound()
