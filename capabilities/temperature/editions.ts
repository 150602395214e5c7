import type { Edition, EditionId, Jurisdiction } from './limits.ts'

/**
 * Rule books and their dates. The FDA Food Code is a model: each state adopts an edition of its own, so its limits are
 * to be confirmed with the authority that inspects. Open dates are open because we could not see them in a source.
 */
export const editions: readonly Edition[] = [
  edition('fda-2022', 'FDA Food Code 2022 (model code; states adopt their own edition)', null, true),
  edition('nyc-health-code', 'New York City Health Code, article 81', null, true),
  edition('operating-practice', 'Operating practice, no law', null, true),
  edition(
    'uk-2013',
    'Food Safety and Hygiene (England) Regulations 2013, SI 2013/2996; Wales WSI 2006/31',
    '2013-12-31',
    false,
  ),
  edition('fsa-guidance', 'Food Standards Agency guidance (Safer Food, Better Business)', null, true),
  edition('sct-2006', 'Food Hygiene (Scotland) Regulations 2006, SSI 2006/3', '2006-01-11', false),
  edition('eu-89-108', 'Directive 89/108/EEC on quick-frozen foodstuffs', null, false),
  edition('eu-853-2004', 'Regulation (EC) 853/2004, Annex III', '2006-01-01', true),
]

function edition(id: EditionId, title: string, effectiveFrom: string | null, confirmWithAuthority: boolean): Edition {
  return { id, title, effectiveFrom, effectiveTo: null, confirmWithAuthority }
}

/** Whose rules a location names; the rule book within them may be another, such as a city's. */
export type RulesOf = { jurisdiction: 'us' | 'uk' | 'sc' | 'eu'; ruleEdition: string | null }

/** The rule books a location may choose from; the first is the usual one. */
export const ruleBooks: Record<RulesOf['jurisdiction'], readonly [EditionId, ...EditionId[]]> = {
  us: ['fda-2022', 'nyc-health-code'],
  uk: ['uk-2013'],
  sc: ['sct-2006'],
  eu: ['eu-853-2004'],
}

/** Whose limits a location's rules are, in the words of the limits. */
export function jurisdictionOf({ jurisdiction, ruleEdition }: RulesOf): Jurisdiction {
  if (jurisdiction === 'sc') return 'uk-sct'
  return ruleEdition === 'nyc-health-code' ? 'us-nyc' : jurisdiction
}
