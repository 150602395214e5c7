import { openTask } from '@opsflow/capabilities/tasks/server'
import { justNow } from '@opsflow/platform/moment'
import { notFound, refuse } from '@opsflow/platform/refusal'
import type { ReadTx, Tx } from '@opsflow/platform/server/tenant'
import { askedTask } from '../asked-task.ts'
import { processChanged } from '../facts.ts'
import { probeStanding } from '../probe-standing.ts'
import type { BeginInput, Process } from '../process.ts'
import { begun, type ReadWith } from '../process-deeds.ts'
import { doneBy, requireAt } from './may.ts'
import { openPlace } from './store-places.ts'
import { readProbe } from './store-probes.ts'
import { insertProcess, insertStep, readProcess } from './store-processes.ts'

/** A food process begins, with the task by which it asks for its first mark. Sent twice, it begins once. */
export async function beginProcess(tx: Tx, input: BeginInput, when = justNow()): Promise<Process> {
  const known = await readProcess(tx, input.id)
  if (known) return isSame(known, input) ? known : idTaken()
  const place = (await openPlace(tx, input.locationId)) ?? notFound()
  requireAt(tx, 'processes.run', input.locationId)
  const probe = await probeWith(tx, input.locationId, input.reading?.probeId, when.at, 'reading.probeId')
  const process = begun(input, place, probe, doneBy(tx, when))
  if (!(await insertProcess(tx, process))) idTaken()
  for (const step of process.steps) if (!(await insertStep(tx, process, step))) idTaken()
  const task = askedTask(process, place)
  if (task) await openTask(tx, { ...task, createdAt: when.at })
  return changed(tx, process.id)
}

/** The same request once more, not another that has its id. */
const isSame = (known: Process, { locationId, plan, product, batch, amount }: BeginInput) =>
  known.locationId === locationId &&
  known.kind === plan.kind &&
  known.product === product &&
  known.batch === batch &&
  known.amount === amount

/** The probe that was named, of this location, and how it stood when it was read. */
export async function probeWith(
  tx: ReadTx,
  locationId: string,
  id: string | null | undefined,
  at: string,
  path: string,
): Promise<ReadWith> {
  if (!id) return null
  const probe = await readProbe(tx, id)
  if (probe?.locationId === locationId) {
    return { probe: { id, name: probe.name }, standing: probeStanding(probe, Date.parse(at)) }
  }
  const [code, message] = ['processes.probe_unknown', 'This location has no such probe.']
  return refuse('invalid', code, { detail: message, errors: [{ path: `body.${path}`, code, message }] })
}

export async function changed(tx: Tx, id: string): Promise<Process> {
  const process = (await readProcess(tx, id)) ?? notFound()
  const { locationId, kind, product, state, result, failure } = process
  await tx.emit(processChanged, { id, locationId, kind, product, state, result, failure })
  return process
}

export const idTaken = (): never =>
  refuse('conflict', 'processes.id_taken', { detail: 'Something else has this id. Make a new one.' })
