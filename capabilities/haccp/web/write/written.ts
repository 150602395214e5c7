import type { PlanDraft } from '../../client/index.ts'
import type { PlanChoices } from '../../haccp-plan.ts'

/** What each step of the builder is given: the draft, and what it can point at. */
export type Written = { plan: PlanDraft; choices: PlanChoices }
