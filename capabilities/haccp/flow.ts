import type { Arrow, FlowStep } from './plan.ts'

type Steps = readonly Pick<FlowStep, 'id'>[]
type Arrows = readonly Arrow[]

/** Every step that comes after this one, however far. */
export function after(arrows: Arrows, stepId: string): ReadonlySet<string> {
  const found = new Set<string>()
  const open = [stepId]
  for (let at = open.pop(); at !== undefined; at = open.pop())
    for (const { from, to } of arrows)
      if (from === at && !found.has(to)) {
        found.add(to)
        open.push(to)
      }
  return found
}

/** A step that leads back to itself, if there is one: then nothing comes before anything. */
export const circle = (steps: Steps, arrows: Arrows): string | undefined =>
  steps.find(({ id }) => after(arrows, id).has(id))?.id

/** Rows of a drawing: each step below all that lead to it. Of a circle, the arrow that goes back in the list is left out. */
export function rowsOf<S extends Pick<FlowStep, 'id'>>(steps: readonly S[], arrows: Arrows): S[][] {
  const place = new Map(steps.map(({ id }, n) => [id, n]))
  const isBack = ({ from, to }: Arrow) =>
    (place.get(from) ?? 0) >= (place.get(to) ?? 0) && (from === to || after(arrows, to).has(from))
  const down = arrows.filter((arrow) => !isBack(arrow))
  const row = new Map(steps.map(({ id }) => [id, 0]))
  for (let turn = 0, moved = true; moved && turn <= steps.length; turn++) {
    moved = false
    for (const { from, to } of down) {
      const least = (row.get(from) ?? 0) + 1
      if ((row.get(to) ?? 0) >= least) continue
      row.set(to, least)
      moved = true
    }
  }
  const rows: S[][] = []
  for (const step of steps) {
    const n = row.get(step.id) ?? 0
    while (rows.length <= n) rows.push([])
    rows[n]?.push(step)
  }
  return rows.filter((ones) => ones.length > 0)
}

/** As they are done, from the first to the last. */
export const inFlow = <S extends Pick<FlowStep, 'id'>>(steps: readonly S[], arrows: Arrows): S[] =>
  rowsOf(steps, arrows).flat()
