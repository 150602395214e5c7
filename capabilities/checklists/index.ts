/**
 * Checklists, from a template to a signed record: the rules, and nothing that needs a database or a screen.
 *
 *   TemplateContent   what a version asks
 *   asUsedAt          … at one location, with what that may change
 *   Schedule          when and where it is to be done
 *   Checklist         one to be done, with the version pinned; standingOf: where it stands by the clock
 *   Answer            what someone answered; standingAnswers: what counts
 *   stepsOf           what shows, what is missing, how far it is
 *   signedText        what a signature is given for
 */
export * from './answer.ts'
export * from './business-day.ts'
export * from './checklist.ts'
export * from './checklist-routes.ts'
export * from './compare.ts'
export { newItem } from './edit-draft.ts'
export * from './facts.ts'
export * from './form.ts'
export * from './fresh-ids.ts'
export { becomesTask, judgedFood, outcomeGiven } from './give-answer.ts'
export * from './item.ts'
export * from './judge-food.ts'
export { lookedAt } from './looked-at.ts'
export * from './looks-odd.ts'
export * from './outcome.ts'
export * from './permissions.ts'
export * from './picture-routes.ts'
export type { Presence } from './presence.ts'
export * from './record-routes.ts'
export * from './recurrence.ts'
export * from './schedule.ts'
export * from './schedule-routes.ts'
export * from './score-of.ts'
export * from './signed-text.ts'
export * from './slots.ts'
export * from './standing.ts'
export * from './standing-answers.ts'
export * from './standing-of.ts'
export * from './steps.ts'
export * from './sync.ts'
export * from './template.ts'
export * from './template-problems.ts'
export * from './template-records.ts'
export * from './template-routes.ts'
export * from './units-answered.ts'
export * from './view-routes.ts'
