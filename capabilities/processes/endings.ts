import type { Process } from './process.ts'
import { type Disposition, ENDINGS, IS_PROVEN } from './process-words.ts'
import type { Verdict } from './verdict.ts'

/** How it may end now, as its verdict stands. */
export function endingsOf({ plan }: Pick<Process, 'plan'>, { result, remedies }: Verdict): readonly Disposition[] {
  if (result === 'passed' || (result === 'running' && !IS_PROVEN[plan.kind]))
    return [...ENDINGS[plan.kind], 'discarded']
  const saved = plan.kind !== 'cooling' && remedies.includes('reheat') ? (['reheated'] as const) : []
  const cooked = remedies.includes('cook') ? (['cooked'] as const) : []
  return [...saved, ...cooked, 'discarded']
}
