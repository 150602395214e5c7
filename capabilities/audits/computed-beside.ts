import type { ComputedBeside, GivenAnswer, GivenAudit } from './imported.ts'
import { nycGrade } from './nyc.ts'
import { weightedScore } from './weighted.ts'

type Scored = Pick<GivenAudit, 'source' | 'score' | 'percent' | 'grade' | 'answers'>

/**
 * What our rules make of an audit that someone else scored: New York City's letter from its points, a weighted sum from
 * the points of its answers. It stands beside what was given, and never takes its place.
 */
export function computedBeside(given: Scored): ComputedBeside {
  if (given.source === 'opsflow') return nothing // it is our own score, as it stood there
  if (given.source === 'nyc') return byLetter(given)
  const scored = given.answers.filter(({ max }) => max !== null)
  if (scored.length === 0) return nothing
  const { score, max, percent } = weightedScore(scored.map(scoredItem), null)
  return { grade: null, points: score, max, percent, disagrees: differ(given.percent, percent) }
}

const nothing: ComputedBeside = { grade: null, points: null, max: null, percent: null, disagrees: false }

/** `P` and `Z` are pending: no letter was posted, so none can disagree. */
function byLetter({ score, grade }: Scored): ComputedBeside {
  if (score === null || score < 0) return nothing
  const computed = nycGrade(score)
  const isLetter = grade === 'A' || grade === 'B' || grade === 'C'
  return { ...nothing, grade: computed, points: score, disagrees: isLetter && grade !== computed }
}

const scoredItem = ({ score, max, weight, fails, leftOut }: GivenAnswer, n: number) => ({
  id: String(n).padStart(5, '0'),
  within: [],
  counts: 'usual' as const,
  ...{ weight, max: max ?? 0, points: leftOut ? ('left_out' as const) : score, fails },
  ...{ isCritical: false, isMissing: false },
})

/** Sources print percentages to two or three places. */
const differ = (given: number | null, computed: number | null) =>
  given !== null && computed !== null && Math.abs(given - computed) >= 0.01
