// Words without their schemas: a page needs no zod.

/**
 * open: to be put right · fixed: someone says what was done · verified: another person confirmed it · repeated: the next
 * visit found it again, and its finding goes on there · withdrawn: the audit was answered again, and it was none.
 */
export const STATES = ['open', 'fixed', 'verified', 'repeated', 'withdrawn'] as const

/** From the gravest on. */
export const SEVERITIES = ['critical', 'major', 'minor'] as const

/** Why it could come to that, in the kitchen's words. */
export const CAUSES = [
  'not_trained',
  'not_done',
  'no_time',
  'no_supplies',
  'equipment',
  'building',
  'supplier',
  'procedure',
  'other',
] as const

/** The kind of rows that devices hold of this capability, as the feed names it. */
export const FINDING = 'finding'

/** What money is counted in where these rules hold. */
export const CURRENCIES = { us: 'USD', uk: 'GBP', sc: 'GBP', eu: 'EUR' } as const
