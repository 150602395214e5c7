/** phh: a public health hazard, which is a kind of critical · unscored: noted, without points. */
export type NycCategory = 'phh' | 'critical' | 'general' | 'unscored'
/** The condition as the inspector found it, I to V. */
export type NycLevel = 1 | 2 | 3 | 4 | 5
export type NycViolation = { category: NycCategory; level: NycLevel; code?: string }
export type NycInspection = { inspectionType: 'initial' | 'reinspection'; violations: readonly NycViolation[] }
export type NycGrade = 'A' | 'B' | 'C'

type Points = readonly [number, number, number, number, number]

/**
 * New York City's letter grades as data: 24 RCNY chapter 23 and section 81.51. Fewer points are better.
 *
 * Known from the city's own words: the least of each category, 7 and 10 for a hazard at I and IV, and the bands. The
 * steps between, and 28 for V, are not from its printed table (Appendix 23-A, points per code): confirm with the
 * authority. A code with points of its own goes into `byCode`.
 */
export const nycScheme = {
  id: 'nyc',
  edition: '24 RCNY 23, 81.51',
  confirmWithAuthority: true,
  points: {
    phh: [7, 8, 9, 10, 28],
    critical: [5, 6, 7, 8, 28],
    general: [2, 3, 4, 5, 28],
    unscored: [0, 0, 0, 0, 0],
  } satisfies Record<NycCategory, Points>,
  byCode: {} as Record<string, Points>,
  bands: [
    { grade: 'A', from: 0 },
    { grade: 'B', from: 14 },
    { grade: 'C', from: 28 },
  ] satisfies { grade: NycGrade; from: number }[],
}

/**
 * What an inspection comes to. A first one posts an A or nothing: the place is inspected again, no sooner than in 7
 * days. A second one posts its letter, or `Grade Pending` until the hearing.
 */
export function nycScore({ inspectionType, violations }: NycInspection, scheme = nycScheme) {
  const points = violations.map((violation) => pointsOf(violation, scheme))
  const score = points.reduce((sum, each) => sum + each, 0)
  const gradeBand = nycGrade(score, scheme)
  const hasCritical = violations.some(({ category }) => category === 'phh' || category === 'critical')
  return {
    points,
    score,
    gradeBand,
    noticeOfViolation: hasCritical || gradeBand !== 'A',
    outcome: outcomeOf(inspectionType, gradeBand),
  }
}

/** The letter of a number of points. It is computed; what a city posted is another field. */
export function nycGrade(score: number, scheme = nycScheme): NycGrade {
  return scheme.bands.findLast(({ from }) => score >= from)?.grade ?? 'A'
}

const pointsOf = ({ category, level, code }: NycViolation, scheme: typeof nycScheme): number =>
  ((code === undefined ? undefined : scheme.byCode[code]) ?? scheme.points[category])[level - 1] ?? 0

function outcomeOf(inspectionType: NycInspection['inspectionType'], grade: NycGrade) {
  if (grade === 'A') return 'a_posted'
  if (inspectionType === 'initial') return 'ungraded_reinspect_min_7_days'
  return grade === 'B' ? 'b_or_grade_pending' : 'c_or_grade_pending'
}
