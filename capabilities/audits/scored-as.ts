import { fhrsScheme } from './fhrs.ts'
import type { AuditScheme, ScoredAs } from './scoring.ts'

/** What an item can be under each scheme. Weighted templates have weights instead. */
export const scoredAs: Record<AuditScheme, readonly ScoredAs[]> = {
  weighted: [],
  nyc: ['phh', 'critical', 'general', 'unscored'],
  la_county: ['major', 'minor', 'good_retail_practice', 'no_water', 'sewage', 'vermin'],
  fda: ['P', 'Pf', 'C', 'HACCP'],
  fhrs: ['hygiene', 'structural', 'confidence'],
}

/** What the points of an option may be for such an item. Null: whatever someone gives it. */
export function pointsFor(scheme: AuditScheme, as: ScoredAs | null): readonly number[] | null {
  if (scheme === 'nyc') return [1, 2, 3, 4, 5]
  if (scheme !== 'fhrs') return null
  const { hygiene, structural, confidenceInManagement } = fhrsScheme.ladders
  return as === 'confidence' ? confidenceInManagement : as === 'structural' ? structural : hygiene
}
