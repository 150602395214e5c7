/**
 * The HACCP plan of a location, after the twelve steps of the Codex Alimentarius: the rules, and nothing that needs a
 * database or a screen.
 *
 *   PlanContent        everything a plan says
 *   decide             from the questions of the decision tree to a critical control point
 *   numberedControls   what those are called
 *   missingIn          what a plan lacks before it can be signed
 *   differencesOf      what one revision says otherwise than another
 *   limitRulesAt       the critical limits that the rules of a location offer
 *   readAgainst …      was it monitored as planned
 */
export * from './control-numbers.ts'
export * from './decision.ts'
export * from './differences.ts'
export * from './flow.ts'
export * from './haccp-plan.ts'
export type { Standing } from './monitored.ts'
export * from './permissions.ts'
export * from './routes.ts'
export * from './words.ts'
