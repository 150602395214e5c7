/**
 * Audits: what a score is, and how it explains itself.
 *
 *   Scoring          how a template's answers become a score
 *   scoreOfMarks     the score of what was answered, by that scheme
 *   Audit            one that was completed, with its score as it stood then
 *   compareVisits    two of them side by side: what got better, worse, is new or gone
 *   weightedScore    a template's own points and weights
 *   nycScore         New York City's letter grades
 *   laCountyScore    Los Angeles County's
 *   fhrsRating       the United Kingdom's food hygiene rating
 *   GivenAudit       one that someone else did, as its source gives it; computedBeside: what our rules make of it
 *   fdaInspection    the Food Code's designations, and by when each is to be put right
 */
export * from './audit.ts'
export * from './audit-routes.ts'
export * from './compare-visits.ts'
export * from './computed-beside.ts'
export * from './facts.ts'
export * from './fda.ts'
export * from './fhrs.ts'
export * from './imported.ts'
export * from './imported-routes.ts'
export * from './la-county.ts'
export * from './league.ts'
export * from './nyc.ts'
export * from './score.ts'
export * from './score-marks.ts'
export * from './scored-as.ts'
export * from './scoring.ts'
export * from './weighted.ts'
