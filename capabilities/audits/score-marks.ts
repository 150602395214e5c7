import { percentOf } from './exact.ts'
import { correctionDue, fdaInspection, fdaScheme } from './fda.ts'
import { fhrsRating, fhrsScheme } from './fhrs.ts'
import { laCountyScheme, laCountyScore } from './la-county.ts'
import { type NycCategory, type NycLevel, nycScheme, nycScore } from './nyc.ts'
import type { Score, ScoreCost } from './score.ts'
import { scoredAs } from './scored-as.ts'
import type { ItemScored, Scoring } from './scoring.ts'
import { weightedScore } from './weighted.ts'

/** What was answered at one place of a template, as far as a score needs it. */
export type Mark = ItemScored & {
  sectionId: string
  sectionLabel: string
  itemId: string
  entryId: string | null
  /** Of the entry: the unit, the batch. */
  entryLabel: string
  label: string
  weight: number
  isCritical: boolean
  /** left_out: not applicable, or nothing in it passes or fails. */
  says: 'pass' | 'fail' | 'unanswered' | 'left_out'
  /** Of what was chosen. Null: it passes or fails, and no more. */
  points: number | null
  /** The most that could be chosen. Null: as above. */
  best: number | null
  isMissing: boolean
  /** It had failed, someone wrote that down, and it was put right. */
  wasFound: boolean
}

/** When and where it is inspected: days to put something right are days of that place. */
export type Inspected = { at: number; timeZone: string }

/** The score of an audit by its template's scheme. The same on a device without a network and on the server. */
export function scoreOfMarks(scoring: Scoring, marks: readonly Mark[], inspected: Inspected): Score {
  if (scoring.scheme === 'weighted') return byWeight(marks, scoring.passPercent)
  const own = scoredAs[scoring.scheme]
  const of = marks.filter(({ as, says }) => as !== null && own.includes(as) && says !== 'left_out')
  const seen = of.filter(({ says }) => says !== 'unanswered')
  if (seen.length === 0 && !of.some(({ isMissing }) => isMissing)) return { ...blank(scoring), status: 'not_scored' }
  const isIncomplete = marks.some(({ isMissing }) => isMissing)
  return { ...bySchemeOf(scoring, seen, inspected), ...(isIncomplete && { status: 'incomplete' }) }
}

function byWeight(marks: readonly Mark[], passPercent: number | null): Score {
  const places = new Map(marks.map((mark) => [keyOf(mark), mark]))
  const scored = weightedScore(
    marks.map((mark) => ({
      id: keyOf(mark),
      within: mark.entryId === null ? [mark.sectionId] : [mark.sectionId, mark.entryId],
      counts: mark.counts,
      weight: mark.weight,
      max: mark.best ?? 1,
      points: pointsOf(mark),
      fails: mark.says === 'fail',
      isCritical: mark.isCritical,
      isMissing: mark.isMissing,
    })),
    passPercent,
  )
  const markAt = (key: string) => places.get(key) as Mark
  const labelOf = (sectionId: string, entryId: string | null) => {
    const mark = marks.find((one) => one.sectionId === sectionId && (entryId === null || one.entryId === entryId))
    return (entryId === null ? mark?.sectionLabel : mark?.entryLabel) ?? ''
  }
  return {
    ...{ scheme: 'weighted', edition: WEIGHTED_EDITION, status: scored.status, grade: null, outcome: null },
    compliance: percentOf(Math.round(scored.score * 1000), Math.round(scored.max * 1000), 2),
    ...{ points: scored.score, max: scored.max, surcharges: [], heldBack: scored.heldBack },
    failedCritical: scored.failedCritical.map(markAt).map(placeOf),
    sections: scored.groups.map(({ within: [sectionId = '', entryId = null], sum }) => ({
      ...{ sectionId, entryId, label: labelOf(sectionId, entryId), ...sum },
    })),
    costs: scored.costs.map(({ id, points }) => costOf(markAt(id), points)),
  }
}

const WEIGHTED_EDITION = 'sum of points of the sum of maxima'

const keyOf = ({ itemId, entryId }: Mark) => `${itemId} ${entryId ?? ''}`

function pointsOf({ says, points }: Mark) {
  if (says === 'left_out') return 'left_out'
  if (says === 'unanswered') return null
  return points ?? (says === 'pass' ? 1 : 0)
}

function bySchemeOf(scoring: Exclude<Scoring, { scheme: 'weighted' }>, seen: readonly Mark[], at: Inspected): Score {
  switch (scoring.scheme) {
    case 'nyc':
      return byNyc(scoring, seen)
    case 'la_county':
      return byLaCounty(scoring, seen)
    case 'fda':
      return byFda(scoring, seen, at)
    case 'fhrs':
      return byFhrs(scoring, seen)
  }
}

type Of<S extends Scoring['scheme']> = Extract<Scoring, { scheme: S }>

/** The condition is what the chosen option says, the mildest where none was to be chosen. */
function byNyc(scoring: Of<'nyc'>, seen: readonly Mark[]): Score {
  const failing = seen.filter(({ says }) => says === 'fail')
  const { points, score, gradeBand, outcome } = nycScore({
    inspectionType: scoring.inspectionType,
    violations: failing.map(({ as, points: level }) => ({ category: as as NycCategory, level: levelOf(level) })),
  })
  const costs = failing.map((mark, n) => costOf(mark, points[n] ?? 0))
  return { ...blank(scoring), points: score, grade: gradeBand, outcome, costs: dearestFirst(costs) }
}

const levelOf = (points: number | null) => Math.min(5, Math.max(1, Math.round(points ?? 1))) as NycLevel

const CLOSURES = ['no_water', 'sewage', 'vermin'] as const

function byLaCounty(scoring: Of<'la_county'>, seen: readonly Mark[]): Score {
  const failing = seen.filter(({ says }) => says === 'fail')
  const closures = CLOSURES.filter((closure) => failing.some(({ as }) => as === closure))
  const costs = failing.map((mark) => costOf(mark, laPoints(mark)))
  const count = (...kinds: Mark['as'][]) => failing.filter(({ as }) => kinds.includes(as)).length
  const { score, grade, card, deductions, surcharges } = laCountyScore({
    major: count('major', ...CLOSURES),
    minor: count('minor'),
    goodRetailPractice: count('good_retail_practice'),
    closures,
  })
  return {
    ...blank(scoring),
    ...{ compliance: score, points: score, max: 100, grade: grade ?? card, costs: dearestFirst(costs), surcharges },
    heldBack: 100 - score - deductions,
  }
}

const laPoints = ({ as }: Mark) =>
  as === 'minor'
    ? laCountyScheme.minor
    : as === 'good_retail_practice'
      ? laCountyScheme.goodRetailPractice
      : laCountyScheme.major

/** No points: what was found, and by when it is put right. What was put right before the end counts, and is done. */
function byFda(scoring: Of<'fda'>, seen: readonly Mark[], { at, timeZone }: Inspected): Score {
  const found = seen
    .filter(({ says, wasFound }) => says === 'fail' || wasFound)
    .map((mark) => ({
      mark,
      designation: mark.as as 'P' | 'Pf' | 'C' | 'HACCP',
      correctedOnSite: mark.says !== 'fail',
    }))
  const { status } = fdaInspection({ inspectedAt: at, timeZone, violations: found })
  const costs = found.map(({ mark, designation, correctedOnSite }) => ({
    ...costOf(mark, 0),
    due: correctedOnSite ? null : correctionDue(designation, at, timeZone),
    correctedOnSite,
  }))
  return { ...blank(scoring), outcome: status, costs: costs.sort(byDesignation) }
}

const FDA_ORDER = scoredAs.fda
const byDesignation = (one: ScoreCost, other: ScoreCost) =>
  FDA_ORDER.indexOf(one.as ?? 'C') - FDA_ORDER.indexOf(other.as ?? 'C') || (keyOfCost(one) < keyOfCost(other) ? -1 : 1)

/** Each part by the worst that was answered of it. A part that nobody scored leaves it without a rating. */
function byFhrs(scoring: Of<'fhrs'>, seen: readonly Mark[]): Score {
  const worst = (as: Mark['as']) =>
    seen
      .filter((mark) => mark.as === as && mark.points !== null)
      .reduce<Mark | null>((one, mark) => (one && pointed(one) >= pointed(mark) ? one : mark), null)
  const parts = [worst('hygiene'), worst('structural'), worst('confidence')] as const
  const [hygiene, structural, confidence] = parts
  if (!hygiene || !structural || !confidence) return { ...blank(scoring), status: 'incomplete' }
  const rated = fhrsRating({
    hygiene: pointed(hygiene),
    structural: pointed(structural),
    confidenceInManagement: pointed(confidence),
  })
  if (!rated.ok) return { ...blank(scoring), status: 'not_scored' }
  const costs = parts.flatMap((mark) => (mark && pointed(mark) > 0 ? [costOf(mark, pointed(mark))] : []))
  const outcome = rated.lowered ? 'lowered_by_worst_part' : null
  return { ...blank(scoring), points: rated.total, grade: `${rated.rating}`, outcome, costs: dearestFirst(costs) }
}

const pointed = ({ points }: Mark) => points ?? 0

const costOf = (mark: Mark, points: number): ScoreCost => ({
  ...placeOf(mark),
  ...{ points, as: mark.as, due: null, correctedOnSite: false },
})

const placeOf = ({ itemId, entryId, entryLabel, label }: Mark) => ({
  ...{ itemId, entryId, label: entryLabel ? `${entryLabel}: ${label}` : label },
})

const keyOfCost = ({ itemId, entryId }: ScoreCost) => `${itemId} ${entryId ?? ''}`

const dearestFirst = (costs: readonly ScoreCost[]) =>
  costs
    .filter(({ points }) => points !== 0)
    .sort((one, other) => other.points - one.points || (keyOfCost(one) < keyOfCost(other) ? -1 : 1))

const EDITIONS = {
  weighted: WEIGHTED_EDITION,
  nyc: nycScheme.edition,
  la_county: laCountyScheme.edition,
  fda: fdaScheme.edition,
  fhrs: fhrsScheme.edition,
}

const blank = ({ scheme }: Scoring): Score => ({
  ...{ scheme, edition: EDITIONS[scheme], status: 'scored', compliance: null, points: null, max: null, grade: null },
  ...{ outcome: null, failedCritical: [], sections: [], costs: [], surcharges: [], heldBack: 0 },
})
