import { justNow } from '@opsflow/platform/moment'
import { notFound, refuse } from '@opsflow/platform/refusal'
import type { ReadTx, Tx } from '@opsflow/platform/server/tenant'
import { uuid7 } from '@opsflow/platform/server/uuid7'
import { probeCalibrated } from '../facts.ts'
import type { CalibrationInput, NewProbe, Probe, ProbeChange } from '../probe.ts'
import { calibrated } from '../probe-deeds.ts'
import { idTaken } from './begin-process.ts'
import { doneBy, requireAt } from './may.ts'
import { openPlace } from './store-places.ts'
import { insertCalibration, insertProbe, isNameTaken, lockProbe, readProbe, saveProbe } from './store-probes.ts'

/** Sent twice, it is registered once. */
export async function registerProbe(tx: Tx, input: NewProbe): Promise<Probe> {
  if (!(await openPlace(tx, input.locationId))) notFound()
  requireAt(tx, 'processes.probes', input.locationId)
  const id = input.id ?? uuid7()
  const known = await readProbe(tx, id)
  if (known) return known.locationId === input.locationId && known.name === input.name ? known : idTaken()
  await mustBeFree(tx, input.locationId, input.name, id)
  if (!(await insertProbe(tx, { ...input, id }))) idTaken()
  return (await readProbe(tx, id)) ?? notFound()
}

export async function changeProbe(
  tx: Tx,
  id: string,
  { retired, ...change }: ProbeChange,
  when = justNow(),
): Promise<Probe> {
  const probe = (await lockProbe(tx, id)) ?? notFound()
  requireAt(tx, 'processes.probes', probe.locationId)
  const retiredAt = retired === undefined ? probe.retiredAt : retired ? (probe.retiredAt ?? when.at) : null
  const { name = probe.name, serial = probe.serial, everyDays = probe.everyDays } = change
  const next: Probe = { ...probe, name, serial, everyDays, retiredAt }
  if (retiredAt === null) await mustBeFree(tx, probe.locationId, next.name, id)
  await saveProbe(tx, next)
  return (await readProbe(tx, id)) ?? notFound()
}

/** Nothing is adjusted by it: a probe that is off is said to be off beside what is read with it. */
export async function calibrateProbe(tx: Tx, id: string, input: CalibrationInput, when = justNow()): Promise<Probe> {
  const before = (await lockProbe(tx, id)) ?? notFound()
  requireAt(tx, 'processes.run', before.locationId)
  if (before.calibrations.some((one) => one.id === input.id)) return before
  const { probe, calibration } = calibrated(before, input, doneBy(tx, when))
  if (!(await insertCalibration(tx, probe, calibration))) idTaken()
  await tx.emit(probeCalibrated, { probeId: id, locationId: probe.locationId, passed: calibration.passed })
  return (await readProbe(tx, id)) ?? notFound()
}

async function mustBeFree(tx: ReadTx, locationId: string, name: string, id: string) {
  if (!(await isNameTaken(tx, locationId, name, id))) return
  refuse('conflict', 'processes.probe_name_taken', { detail: 'Another probe of this location has this name.' })
}
