import type { Audit } from './audit.ts'
import type { ScoreCost } from './score.ts'

/** Of audits of the same template at the same place: the last one that another checklist came to before this one. */
export function before(audit: Audit, others: readonly Audit[]): Audit | null {
  const at = Date.parse(audit.scoredAt)
  return (
    others
      .filter(({ checklistId, scoredAt }) => checklistId !== audit.checklistId && Date.parse(scoredAt) < at)
      .sort((one, other) => Date.parse(other.scoredAt) - Date.parse(one.scoredAt))[0] ?? null
  )
}

/** Was it found last time too, at whichever unit or batch? Item ids stay the same through all versions of a template. */
export const isRepeated = ({ itemId, points }: ScoreCost, earlier: Audit | null): boolean =>
  points >= 0 && (earlier?.score.costs.some((cost) => cost.itemId === itemId && cost.points >= 0) ?? false)
