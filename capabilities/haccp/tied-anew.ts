import { isGone } from './missing.ts'
import type { PlanContent, Tie } from './plan.ts'

type Unit = { id: string; kind: string; name: string }
type There = {
  units: readonly Unit[]
  schedules: readonly { id: string; items: readonly { id: string }[] }[]
  limits: readonly { id: string }[]
}

/**
 * A plan brought to another kitchen: a unit becomes the one of the same name and kind there, else all of that kind; schedules
 * stay where they reach it. Nobody has confirmed its diagram there yet.
 */
export function tiedAnew(content: PlanContent, from: readonly Unit[], there: There, mint: () => string): PlanContent {
  const found = (tie: Tie): Tie[] => {
    if (tie.kind !== 'unit') return isGone(tie, there) ? [] : [tie]
    const was = from.find(({ id }) => id === tie.unitId)
    const alike = there.units.filter(({ kind }) => kind === was?.kind)
    const same = alike.filter(({ name }) => name === was?.name)
    return (same.length > 0 ? same : alike).map(({ id }) => ({ ...tie, id: mint(), unitId: id }))
  }
  const controls = content.controls.map((control) => ({
    ...control,
    ties: once(control.ties.flatMap(found)).slice(0, 20),
  }))
  return { ...content, controls, confirmation: null }
}

/** Two units of a kind here become all of that kind there, each once. */
function once(ties: readonly Tie[]): Tie[] {
  const seen = new Set<string>()
  return ties.filter((tie) => {
    if (tie.kind !== 'unit') return true
    if (seen.has(tie.unitId)) return false
    seen.add(tie.unitId)
    return true
  })
}
