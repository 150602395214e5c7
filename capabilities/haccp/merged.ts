import type { PlanContent } from './plan.ts'

type Part = keyof PlanContent

/** Hazards lie at steps and controls at hazards: taken from two people, they could point at what is not there. */
const TOGETHER: readonly Part[] = ['steps', 'arrows', 'confirmation', 'threshold', 'hazards', 'controls']

/**
 * What two people wrote of a plan at the same time, as one of them wants it kept: their own words in each part they
 * touched since `base`, the other's in every other part. Diagram, hazards and controls are one part.
 */
export function merged(base: PlanContent, mine: PlanContent, theirs: PlanContent): PlanContent {
  const isTouched = (part: Part) => JSON.stringify(mine[part]) !== JSON.stringify(base[part])
  const drawn = TOGETHER.some(isTouched)
  const parts = (Object.keys(mine) as Part[]).filter((part) => (TOGETHER.includes(part) ? drawn : isTouched(part)))
  return { ...theirs, ...Object.fromEntries(parts.map((part) => [part, mine[part]])) }
}
