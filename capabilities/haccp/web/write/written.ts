import type { PlanDraft } from '../../client/index.ts'
import type { PlanChoices } from '../../haccp-plan.ts'

/** What each step of the builder is given: the draft, what it can point at, and what day it is at its place. */
export type Written = { plan: PlanDraft; choices: PlanChoices; today: string }
