/** What can harm whoever eats it. */
export const HAZARD_KINDS = ['biological', 'chemical', 'physical', 'allergen'] as const
export type HazardKind = (typeof HAZARD_KINDS)[number]

/** What happens at a step of the flow. */
export const STEP_KINDS = [
  'receiving',
  'storage',
  'thawing',
  'preparation',
  'cooking',
  'cooling',
  'reheating',
  'hot_holding',
  'cold_holding',
  'serving',
  'transport',
  'other',
] as const
export type StepKind = (typeof STEP_KINDS)[number]

/** Whom it is meant for: where some of them fall ill more easily, hazards weigh more. */
export const CONSUMERS = ['general', 'vulnerable'] as const

/** How often a unit is to be read, in minutes: what can be told from hours. */
export const CADENCES = [10, 15, 20, 30, 60, 120, 180, 240, 360, 480, 720, 1440] as const

/** What a signature is given for. approved: it is the plan from now on · agreed: another of the team stands by it · reviewed: it still holds. */
export const MEANINGS = ['approved', 'agreed', 'reviewed'] as const
export type Meaning = (typeof MEANINGS)[number]

/** The twelve steps of the Codex Alimentarius, in their order. */
export const STEPS = [
  'team',
  'product',
  'use',
  'flow',
  'confirmation',
  'hazards',
  'points',
  'limits',
  'monitoring',
  'corrections',
  'verification',
  'records',
] as const
export type Step = (typeof STEPS)[number]
