/**
 * How much a probe's reading is worth at a moment. current: calibrated, and not too long ago · overdue: too long ago ·
 * failed: the last time it was off · never: it has not been calibrated yet
 */
export const PROBE_STANDINGS = ['current', 'overdue', 'failed', 'never'] as const
export type ProbeStanding = (typeof PROBE_STANDINGS)[number]

type Calibrated = {
  everyDays: number
  calibrations: readonly { at: string; passed: boolean }[]
}

const DAY_MS = 86_400_000

/** By the calibrations made up to then. A reading taken before a calibration is not mended by it. */
export function probeStanding({ everyDays, calibrations }: Calibrated, at: number): ProbeStanding {
  const last = lastBefore(calibrations, at)
  if (!last) return 'never'
  if (!last.passed) return 'failed'
  return at > dueAfter(last.at, everyDays) ? 'overdue' : 'current'
}

/** When a probe is to be calibrated again; null: it never was, or was off, and is due now. */
export function calibrationDue({ everyDays, calibrations }: Calibrated, at: number): number | null {
  const last = lastBefore(calibrations, at)
  return last?.passed ? dueAfter(last.at, everyDays) : null
}

/** Which is no good, and is said beside every reading that was taken with it. */
export const isDoubted = (standing: ProbeStanding | null) => standing !== null && standing !== 'current'

const dueAfter = (at: string, everyDays: number) => Date.parse(at) + everyDays * DAY_MS

function lastBefore<C extends { at: string }>(calibrations: readonly C[], at: number): C | undefined {
  const before = calibrations.filter((one) => Date.parse(one.at) <= at)
  return before.sort((one, other) => Date.parse(other.at) - Date.parse(one.at))[0]
}
