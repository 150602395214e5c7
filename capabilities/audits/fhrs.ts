export type FhrsRating = 0 | 1 | 2 | 3 | 4 | 5
export type FhrsScores = { hygiene: number; structural: number; confidenceInManagement: number }
export type FhrsPart = keyof FhrsScores

/**
 * The United Kingdom's food hygiene rating as data. Three parts are scored, less is better; the rating is the lower of
 * what the total and what the worst single part allow.
 */
export const fhrsScheme = {
  id: 'fhrs',
  edition: 'Food Law Code of Practice, intervention rating scheme',
  ladders: {
    hygiene: [0, 5, 10, 15, 20, 25],
    structural: [0, 5, 10, 15, 20, 25],
    confidenceInManagement: [0, 5, 10, 20, 30],
  } satisfies Record<FhrsPart, number[]>,
  /** Up to this total … */
  byTotal: [
    { upTo: 15, rating: 5 },
    { upTo: 20, rating: 4 },
    { upTo: 30, rating: 3 },
    { upTo: 40, rating: 2 },
    { upTo: 50, rating: 1 },
  ] satisfies { upTo: number; rating: FhrsRating }[],
  /** … and up to this worst part. */
  byWorst: [
    { upTo: 5, rating: 5 },
    { upTo: 10, rating: 4 },
    { upTo: 15, rating: 2 },
    { upTo: 20, rating: 1 },
  ] satisfies { upTo: number; rating: FhrsRating }[],
}

const PARTS = ['hygiene', 'structural', 'confidenceInManagement'] as const

/** Says which of the three are no score of their ladder (15 for confidence is none). `lowered`: by the worst part. */
export function fhrsRating(scores: FhrsScores, scheme = fhrsScheme) {
  const notOnLadder = PARTS.filter((part) => !(scheme.ladders[part] as number[]).includes(scores[part]))
  if (notOnLadder.length > 0) return { ok: false as const, notOnLadder }
  const each = PARTS.map((part) => scores[part])
  const total = each.reduce((sum, score) => sum + score, 0)
  const worst = Math.max(...each)
  const [allowedByTotal, allowedByWorst] = [allowed(total, scheme.byTotal), allowed(worst, scheme.byWorst)]
  const rating = allowedByTotal < allowedByWorst ? allowedByTotal : allowedByWorst
  return { ok: true as const, total, worst, rating, lowered: allowedByWorst < allowedByTotal }
}

const allowed = (score: number, bands: readonly { upTo: number; rating: FhrsRating }[]): FhrsRating =>
  bands.find(({ upTo }) => score <= upTo)?.rating ?? 0
