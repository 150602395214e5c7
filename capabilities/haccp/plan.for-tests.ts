import { restaurantPlan } from './library/restaurant.ts'
import type { PlanContent } from './plan.ts'

/** Ids in order, for each run anew. */
export const counter = (prefix = 1) => {
  let n = 0
  return () => `${String(prefix).padStart(8, '0')}-0000-4000-8000-${String(++n).padStart(12, '0')}`
}

/** Our plan of a restaurant, with its team named and its diagram confirmed: nothing is missing. */
export function finishedPlan(
  units: { id: string; kind: 'walk_in_cooler' | 'hot_hold' }[],
  schedules: { id: string; key: string }[],
): PlanContent {
  const kept = schedules.map((one) => ({ ...one, items: [] }))
  const content = restaurantPlan('en', counter(), { jurisdiction: 'us', units, schedules: kept })
  return {
    ...content,
    team: content.team.map((one, n) => ({ ...one, name: ['Mona', 'Carl'][n] ?? 'Ana' })),
    confirmation: { by: 'Mona', on: '2026-11-01' },
  }
}
