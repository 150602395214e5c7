import type { PlanContent } from './plan.ts'

/** The parts of a plan that hold several of a kind, each with an id. */
const PARTS = ['team', 'products', 'steps', 'hazards', 'controls', 'verifications', 'records'] as const
export type Part = (typeof PARTS)[number] | 'plan' | 'arrows'

/** What one revision says otherwise than another. `fields`: which of it, where it was there before. */
export type Difference = { part: Part; change: 'added' | 'removed' | 'changed'; name: string; fields: string[] }

type One = { id: string; name?: unknown; what?: unknown; stepId?: unknown } & Record<string, unknown>

/** Everything that was added, removed or changed, by the parts of the plan. */
export function differencesOf(before: PlanContent, now: PlanContent): Difference[] {
  return [...ofWhole(before, now), ...PARTS.flatMap((part) => ofPart(part, before, now)), ...ofArrows(before, now)]
}

const SINGLE = ['scope', 'confirmation', 'threshold', 'reviewMonths'] as const

function ofWhole(before: PlanContent, now: PlanContent): Difference[] {
  const fields = SINGLE.filter((field) => !isSame(before[field], now[field]))
  return fields.length > 0 ? [{ part: 'plan', change: 'changed', name: '', fields }] : []
}

function ofPart(part: (typeof PARTS)[number], before: PlanContent, now: PlanContent): Difference[] {
  const old = new Map((before[part] as One[]).map((one) => [one.id, one]))
  const fresh = now[part] as One[]
  return [
    ...fresh.flatMap((one): Difference[] => {
      const was = old.get(one.id)
      old.delete(one.id)
      if (!was) return [{ part, change: 'added', name: nameOf(one, now), fields: [] }]
      const fields = Object.keys(one).filter((field) => !isSame(was[field], one[field]))
      return fields.length > 0 ? [{ part, change: 'changed', name: nameOf(one, now), fields }] : []
    }),
    ...[...old.values()].map((one): Difference => ({ part, change: 'removed', name: nameOf(one, before), fields: [] })),
  ]
}

/** Arrows have no id: they are told by the steps they lead from and to. */
function ofArrows(before: PlanContent, now: PlanContent): Difference[] {
  const told = (content: PlanContent) => {
    const name = (id: string) => content.steps.find((step) => step.id === id)?.name ?? ''
    return new Map(content.arrows.map(({ from, to }) => [`${from} ${to}`, `${name(from)} → ${name(to)}`]))
  }
  const [old, fresh] = [told(before), told(now)]
  return [
    ...[...fresh].filter(([key]) => !old.has(key)).map(([, name]): Difference => arrow('added', name)),
    ...[...old].filter(([key]) => !fresh.has(key)).map(([, name]): Difference => arrow('removed', name)),
  ]
}

const arrow = (change: 'added' | 'removed', name: string): Difference => ({ part: 'arrows', change, name, fields: [] })

const nameOf = (one: One, { steps }: PlanContent): string =>
  [one.name, one.what, steps.find(({ id }) => id === one.stepId)?.name].find(
    (name): name is string => typeof name === 'string' && name !== '',
  ) ?? ''

const isSame = (one: unknown, other: unknown) => canonical(one) === canonical(other)

/** The same text for the same thing: fields by name, for a database keeps an order of its own. */
export function canonical(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonical).join(',')}]`
  if (value === null || typeof value !== 'object') return JSON.stringify(value) ?? 'null'
  const fields = Object.entries(value)
    .filter(([, part]) => part !== undefined)
    .sort(([one], [other]) => (one < other ? -1 : 1))
  return `{${fields.map(([name, part]) => `${JSON.stringify(name)}:${canonical(part)}`).join(',')}}`
}

/** A diagram that was changed after someone confirmed it on site is no longer the one they confirmed. */
export function withHonestConfirmation(before: PlanContent, now: PlanContent): PlanContent {
  const isTouched = !isSame(flowOf(before), flowOf(now))
  const isConfirmedAnew = !isSame(before.confirmation, now.confirmation)
  return isTouched && !isConfirmedAnew ? { ...now, confirmation: null } : now
}

const flowOf = ({ steps, arrows }: PlanContent) => ({
  steps: steps.map(({ id, name, kind }) => ({ id, name, kind })),
  arrows,
})
