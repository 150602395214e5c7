import type { UnitState } from '../records.ts'

/** As in the core (a test holds them equal); written again because the core's file brings zod to the browser. */
const rank: Record<UnitState['status'], number> = { alarm: 0, fault: 1, silent: 2, drifting: 3, no_data: 4, ok: 5 }

/** Worst first; among equals, those out of their limit, then by name. */
export const worstFirst = (units: readonly UnitState[]): UnitState[] =>
  [...units].sort(
    (a, b) =>
      rank[a.status] - rank[b.status] ||
      Number(a.isCompliant ?? true) - Number(b.isCompliant ?? true) ||
      a.name.localeCompare(b.name),
  )
