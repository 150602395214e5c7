/**
 * Audits: what a score is, and how it explains itself.
 *
 *   weightedScore    a template's own points and weights
 *   nycScore         New York City's letter grades
 *   laCountyScore    Los Angeles County's
 *   fhrsRating       the United Kingdom's food hygiene rating
 *   fdaInspection    the Food Code's designations, and by when each is to be put right
 */
export * from './fda.ts'
export * from './fhrs.ts'
export * from './la-county.ts'
export * from './nyc.ts'
export * from './weighted.ts'
