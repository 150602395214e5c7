import { endTaskOf, openTask } from '@opsflow/capabilities/tasks/server'
import { justNow, type Moment } from '@opsflow/platform/moment'
import { notFound } from '@opsflow/platform/refusal'
import type { Ran } from '@opsflow/platform/server/sync/registry'
import type { Tx } from '@opsflow/platform/server/tenant'
import { askedTask, causeOf, verificationTask } from '../asked-task.ts'
import type { ProcessesPermission } from '../permissions.ts'
import type {
  CorrectionInput,
  EventInput,
  FinishInput,
  Process,
  ProcessStep,
  StepReading,
  VerifyInput,
} from '../process.ts'
import { corrected, type Done, finished, happened, type Place, read, verified } from '../process-deeds.ts'
import { changed, idTaken, probeWith } from './begin-process.ts'
import { doneBy, requireAt } from './may.ts'
import { placeOf } from './store-places.ts'
import { insertStep, lockProcess, processOfStep, saveProcess } from './store-processes.ts'

export const takeTemperature = (tx: Tx, id: string, reading: StepReading, when = justNow()) =>
  change(tx, id, reading.id, 'processes.run', when, async (process, place, done) =>
    read(process, reading, place, await probeWith(tx, process.locationId, reading.probeId, when.at, 'probeId'), done),
  )

export const correctReading = (tx: Tx, id: string, input: CorrectionInput, when = justNow()) =>
  change(tx, id, input.id, 'processes.run', when, (process, place, done) => corrected(process, input, place, done))

export const noteEvent = (tx: Tx, id: string, input: EventInput, when = justNow()) =>
  change(tx, id, input.id, 'processes.run', when, (process, place, done) => happened(process, input, place, done))

export const finishProcess = (tx: Tx, id: string, input: FinishInput, when = justNow()) =>
  change(tx, id, input.id, 'processes.run', when, (process, place, done) => finished(process, input, place, done))

export const verifyProcess = (
  tx: Tx,
  id: string,
  input: VerifyInput & { signature: ProcessStep['signature'] },
  when = justNow(),
) => change(tx, id, input.id, 'processes.verify', when, (process, _place, done) => verified(process, input, done))

/** Finished offline, and by someone else before: what was done is kept beside it and changes nothing. */
export async function bringFinish(tx: Tx, id: string, input: FinishInput, when: Moment): Promise<Ran | undefined> {
  const process = await lock(tx, id, 'processes.run')
  if (process.state === 'running' || (await processOfStep(tx, input.id))) {
    await finishProcess(tx, id, input, when)
    return undefined
  }
  const { disposition, note } = input
  const step = { ...stepOf(doneBy(tx, when)), id: input.id, step: 'finish' as const, disposition, note }
  if (!(await insertStep(tx, process, step))) idTaken()
  await changed(tx, id)
  return { outcome: 'superseded', code: 'processes.not_running', detail: 'Someone finished it before. That stands.' }
}

/**
 * Locked, what was done is made of it, kept as a step, and what is asked for next becomes a task; what was asked for before is
 * done. The same step twice is there once.
 */
async function change(
  tx: Tx,
  id: string,
  stepId: string,
  permission: ProcessesPermission,
  when: Moment,
  deed: (process: Process, place: Place, done: Done) => Process | Promise<Process>,
): Promise<Process> {
  const before = await lock(tx, id, permission)
  const known = await processOfStep(tx, stepId)
  if (known) return known === id ? before : idTaken()
  const place = (await placeOf(tx, before.locationId)) ?? notFound()
  const after = await deed(before, place, doneBy(tx, when))
  const step = after.steps.find((one) => one.id === stepId)
  if (!step || !(await insertStep(tx, after, step))) return idTaken()
  await saveProcess(tx, await askedAnew(tx, before, after, place, when))
  return changed(tx, id)
}

async function lock(tx: Tx, id: string, permission: ProcessesPermission): Promise<Process> {
  const process = (await lockProcess(tx, id)) ?? notFound()
  requireAt(tx, permission, process.locationId)
  return process
}

async function askedAnew(tx: Tx, before: Process, after: Process, place: Place, when: Moment): Promise<Process> {
  const isSame =
    before.state === after.state && before.nextAsk === after.nextAsk && sameInstant(before.nextAt, after.nextAt)
  if (isSame) return after
  await endTaskOf(tx, causeOf(before.id, before.asked), 'completed', when)
  const asking = { ...after, asked: before.asked + 1 }
  const task = askedTask(asking, place) ?? verificationTask(asking)
  if (task) await openTask(tx, { ...task, createdAt: when.at })
  return asking
}

/** PostgreSQL writes an instant in another way than JavaScript. */
const sameInstant = (one: string | null, other: string | null) =>
  one === other || (one !== null && other !== null && Date.parse(one) === Date.parse(other))

const stepOf = ({
  at,
  by,
  kiosk,
  receivedAt,
  timeQuality,
}: Done): Omit<ProcessStep, 'id' | 'step' | 'disposition' | 'note'> => ({
  ...{ at, by, kiosk, receivedAt, timeQuality, outcome: 'superseded', value: null, of: 'food', heldSeconds: null },
  ...{ probe: null, probeStanding: null, correctsId: null, signature: null },
})
