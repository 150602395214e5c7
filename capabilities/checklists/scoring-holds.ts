import { pointsFor, type Scoring, scoredAs } from '@opsflow/capabilities/audits'
import type { Item } from './item.ts'

type Problem = { path: (string | number)[]; code: string; message: string }

/** What keeps a scheme from scoring what a template asks. */
export function scoringProblems(scoring: Scoring | null, sections: readonly { items: readonly Item[] }[]): Problem[] {
  // What was written before there were audits does not say it at all.
  if (!scoring || scoring.scheme === 'weighted') return []
  const own = scoredAs[scoring.scheme]
  const isScored = ({ scored }: Item) => !!scored?.as && own.includes(scored.as)
  const wrong = sections.flatMap(({ items }, s) =>
    items.flatMap((item, i) => problemsOfItem(scoring, item).map((one) => at(one, 'sections', s, 'items', i))),
  )
  const asks = (as: string) => sections.some(({ items }) => items.some(({ scored }) => scored?.as === as))
  const lacking = scoring.scheme === 'fhrs' && !own.every(asks)
  if (lacking || !sections.some(({ items }) => items.some(isScored))) {
    const message = lacking
      ? 'Ask for hygiene, structure and confidence in management: each of them is scored.'
      : 'No question is scored under this scheme: say of each what it is.'
    wrong.push({ path: ['scoring'], code: 'nothing_scored', message })
  }
  return wrong
}

function problemsOfItem({ scheme }: Scoring, item: Item): Problem[] {
  const as = item.scored?.as ?? null
  if (as === null) return []
  if (!scoredAs[scheme].includes(as)) {
    return [{ path: ['scored', 'as'], code: 'other_scheme', message: 'This is no kind of the chosen scheme.' }]
  }
  const allowed = pointsFor(scheme, as)
  if (!allowed) return []
  if (scheme === 'fhrs' && item.kind !== 'choice') {
    return [{ path: ['kind'], code: 'not_a_choice', message: 'Under this scheme it is chosen from its scores.' }]
  }
  if (item.kind !== 'choice') return []
  return item.options.flatMap(({ points }, n) => {
    const isMissing = points === null || points === undefined
    if (isMissing ? scheme === 'nyc' : allowed.includes(points)) return []
    const message = `One of ${allowed.join(', ')}.`
    return [{ path: ['options', n, 'points'], code: 'points_off_ladder', message }]
  })
}

const at = (problem: Problem, ...path: (string | number)[]): Problem => ({
  ...problem,
  path: [...path, ...problem.path],
})
