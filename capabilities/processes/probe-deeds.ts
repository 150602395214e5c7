import { readTyped } from '@opsflow/capabilities/temperature'
import { refuse } from '@opsflow/platform/refusal'
import { expectedMilli, isAccurate } from './calibration.ts'
import type { Calibration, CalibrationInput, Probe } from './probe.ts'
import type { Done } from './process-deeds.ts'

/** Held into melting ice or boiling water: what it showed, what it should have shown, and whether that is near enough. */
export function calibrated(
  probe: Probe,
  input: CalibrationInput,
  done: Done,
): { probe: Probe; calibration: Calibration } {
  if (probe.retiredAt !== null) {
    refuse('conflict', 'processes.probe_retired', { detail: 'This probe is no longer in use.' })
  }
  const { id, method, altitudeMetres, note } = input
  const value = readTyped(input.value, input.unit)
  const expected = expectedMilli(method, input.unit, altitudeMetres)
  const calibration: Calibration = {
    ...{ id, method, altitudeMetres, value, expectedMilli: expected, passed: isAccurate(value, expected), note },
    ...{ at: done.at, receivedAt: done.receivedAt, timeQuality: done.timeQuality, by: done.by, kiosk: done.kiosk },
  }
  const all = [calibration, ...probe.calibrations.filter((one) => one.id !== id)]
  const latestFirst = all.sort((one, other) => Date.parse(other.at) - Date.parse(one.at))
  return { calibration, probe: { ...probe, calibrations: latestFirst } }
}
