import {
  type AuditScheme,
  type CorrectionDue,
  correctionDue,
  type FdaDesignation,
  fdaScheme,
  lastMomentOf,
  type ScoreCost,
} from '@opsflow/capabilities/audits'
import type { Severity } from './finding.ts'

/** What a failing answer weighs: under its scheme, or in a weighted template by its points and whether it is critical. */
export type Weighed = {
  scheme: AuditScheme
  as: ScoreCost['as']
  /** What it cost, of how many points there are. */
  points: number
  max: number | null
  isCritical: boolean
}

/** In a weighted template: what takes this much of the whole is no small thing. */
const MAJOR_SHARE = 0.05

export function severityOf({ scheme, as, points, max, isCritical }: Weighed): Severity {
  if (isCritical) return 'critical'
  if (as !== null && as in BY_SCHEME) return BY_SCHEME[as] ?? 'minor'
  if (scheme === 'fhrs') return points >= 15 ? 'critical' : points >= 10 ? 'major' : 'minor'
  return max !== null && max > 0 && points / max >= MAJOR_SHARE ? 'major' : 'minor'
}

const BY_SCHEME: Partial<Record<NonNullable<ScoreCost['as']>, Severity>> = {
  ...{ phh: 'critical', critical: 'major', general: 'minor', unscored: 'minor' },
  ...{ no_water: 'critical', sewage: 'critical', vermin: 'critical', major: 'critical', minor: 'major' },
  ...{ good_retail_practice: 'minor' },
  ...{ P: 'critical', Pf: 'major', HACCP: 'major', C: 'minor' },
}

/**
 * By when it is put right. Under the Food Code its own spans, as the score says them. Elsewhere nothing is printed: the
 * same 72 hours and 10 days, and 30 days for what is minor.
 */
export function dueOf(cost: Pick<ScoreCost, 'due'> | undefined, severity: Severity, foundAt: number, timeZone: string) {
  const due = cost?.due ?? correctionDue(LIKE[severity], foundAt, timeZone, ELSEWHERE)
  return dated(due, timeZone)
}

const LIKE: Record<Severity, FdaDesignation> = { critical: 'P', major: 'Pf', minor: 'C' }
const ELSEWHERE = { ...fdaScheme, due: { ...fdaScheme.due, C: { days: 30 } } }

const dated = (due: CorrectionDue, timeZone: string) => ({
  dueAt: new Date(lastMomentOf(due, timeZone)).toISOString(),
  dueDay: 'by' in due ? due.by : null,
})
