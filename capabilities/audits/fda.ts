import { instantOfWallTime, offsetClock } from '@opsflow/capabilities/temperature'

/** P: priority · Pf: priority foundation · C: core · HACCP: a deviation from the plan. */
export type FdaDesignation = 'P' | 'Pf' | 'C' | 'HACCP'
export type FdaViolation = { designation: FdaDesignation; correctedOnSite: boolean }
/** at: an instant · by: through that day of the location's calendar. */
export type CorrectionDue = { at: number } | { by: string }

/**
 * The FDA Food Code's designations as data. It knows no score: violations are counted, and corrected on the spot or, if
 * the authority agrees, within these spans. 72 hours are elapsed time, days are days of the location's calendar. The 90
 * days are not from its printed text: confirm with the authority.
 */
export const fdaScheme = {
  id: 'fda',
  edition: 'FDA Food Code 8-404.11, 8-405.11, 8-406.11',
  confirmWithAuthority: true,
  due: { P: { hours: 72 }, Pf: { days: 10 }, HACCP: { days: 10 }, C: { days: 90 } } satisfies Record<
    FdaDesignation,
    { hours: number } | { days: number }
  >,
}

/** `hazard`: no water, sewage, fire, flood, no power, an outbreak. Then it ceases operations at once. */
export function fdaInspection(
  inspection: { inspectedAt: number; timeZone: string; violations: readonly FdaViolation[]; hazard?: boolean },
  scheme = fdaScheme,
) {
  const counts = { P: 0, Pf: 0, C: 0, HACCP: 0 }
  for (const { designation } of inspection.violations) counts[designation] += 1
  const latestCorrectionDue = inspection.violations.map(({ designation, correctedOnSite }) =>
    correctedOnSite ? null : correctionDue(designation, inspection.inspectedAt, inspection.timeZone, scheme),
  )
  return { counts, latestCorrectionDue, status: statusOf(inspection.violations, inspection.hazard ?? false) }
}

/** By when a violation found at this instant is to be put right at the latest. */
export function correctionDue(
  designation: FdaDesignation,
  foundAt: number,
  timeZone: string,
  scheme = fdaScheme,
): CorrectionDue {
  const span: { hours: number } | { days: number } = scheme.due[designation]
  if ('hours' in span) return { at: foundAt + span.hours * HOUR }
  const onTheWall = foundAt + offsetClock(timeZone)(foundAt) * MINUTE
  return { by: new Date(onTheWall + span.days * DAY).toISOString().slice(0, 10) }
}

function statusOf(violations: readonly FdaViolation[], hazard: boolean) {
  if (hazard) return 'cease_operations'
  if (violations.length === 0) return 'compliant'
  return violations.every(({ correctedOnSite }) => correctedOnSite) ? 'corrected_on_site' : 'open_follow_up'
}

/** The last moment of it: of a day, the end of that day on the location's wall clock. */
export function lastMomentOf(due: CorrectionDue, timeZone: string): number {
  if ('at' in due) return due.at
  return instantOfWallTime(offsetClock(timeZone), Date.parse(`${due.by}T00:00:00Z`) + DAY)
}

const MINUTE = 60_000
const HOUR = 60 * MINUTE
const DAY = 24 * HOUR
