import { canonical } from './differences.ts'
import type { PlanContent } from './plan.ts'

type Part = keyof PlanContent

/** Hazards lie at steps and controls at hazards: taken from two people, they could point at what is not there. */
const TOGETHER: readonly Part[] = ['steps', 'arrows', 'confirmation', 'threshold', 'hazards', 'controls']

/**
 * What two people wrote of a plan at the same time, as one of them wants it kept: their own words in each part they
 * touched since `base`, the other's in every other part. Diagram, hazards and controls are one part.
 */
export function merged(base: PlanContent, mine: PlanContent, theirs: PlanContent): PlanContent {
  return { ...theirs, ...Object.fromEntries(partsTouched(base, mine).map((part) => [part, mine[part]])) }
}

/** The parts in which one says something else than the other: of those that belong together all, or none. */
export function partsTouched(one: PlanContent, other: PlanContent): Part[] {
  const isTouched = (part: Part) => canonical(one[part]) !== canonical(other[part])
  const drawn = TOGETHER.some(isTouched)
  return (Object.keys(other) as Part[]).filter((part) => (TOGETHER.includes(part) ? drawn : isTouched(part)))
}
