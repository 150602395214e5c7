import { merged, partsTouched } from './merged.ts'
import type { PlanContent } from './plan.ts'

/** One thing that was done to a draft, and where in the builder it was done. */
type Deed<At> = { before: PlanContent; after: PlanContent; at: At }
/** What was done, the latest last, and what was undone, the next to be done again first. `when`: the last keystroke. */
export type DraftHistory<At> = { past: readonly Deed<At>[]; future: readonly Deed<At>[]; when: number }

export const emptyHistory = { past: [], future: [], when: 0 } as const

/** Typing goes on in one deed: what follows at the same place within this time is undone with it. */
const ONE_DEED_MS = 900
const MOST_DEEDS = 100

/** Something was done. What had been undone before cannot be done again. */
export function noted<At>(
  { past, when }: DraftHistory<At>,
  { before, after, at }: Deed<At>,
  now: number,
): DraftHistory<At> {
  const last = past.at(-1)
  const goesOn = last !== undefined && last.at === at && now - when < ONE_DEED_MS && isLike(last, { before, after })
  const deed = goesOn ? { ...last, after } : { before, after, at }
  return { past: [...(goesOn ? past.slice(0, -1) : past), deed].slice(-MOST_DEEDS), future: [], when: now }
}

/** What another wrote in between stays: only what the deed itself changed goes back. Undefined: there is nothing to undo. */
export function undone<At>(history: DraftHistory<At>, now: PlanContent) {
  const deed = history.past.at(-1)
  if (!deed) return undefined
  return {
    draft: merged(deed.after, deed.before, now),
    at: deed.at,
    history: { past: history.past.slice(0, -1), future: [deed, ...history.future], when: 0 },
  }
}

export function redone<At>(history: DraftHistory<At>, now: PlanContent) {
  const [deed, ...future] = history.future
  if (!deed) return undefined
  return {
    draft: merged(deed.before, deed.after, now),
    at: deed.at,
    history: { past: [...history.past, deed], future, when: 0 },
  }
}

/**
 * Another's words came in between. Deeds on parts that they have changed since can no longer be undone or done again
 * without undoing theirs: those are let go, all others stay.
 */
export function afterMerge<At>(history: DraftHistory<At>, mine: PlanContent, kept: PlanContent): DraftHistory<At> {
  const theirs = new Set(partsTouched(mine, kept))
  const isOurs = ({ before, after }: Deed<At>) => partsTouched(before, after).every((part) => !theirs.has(part))
  return { past: history.past.filter(isOurs), future: history.future.filter(isOurs), when: 0 }
}

/** The same parts, with nothing added or taken out: someone types on. */
const isLike = (last: Pick<Deed<unknown>, 'before' | 'after'>, next: Pick<Deed<unknown>, 'before' | 'after'>) =>
  shapeOf(last.before) === shapeOf(last.after) &&
  shapeOf(next.before) === shapeOf(next.after) &&
  partsTouched(last.before, last.after).join() === partsTouched(next.before, next.after).join()

const shapeOf = (content: PlanContent) =>
  Object.values(content)
    .map((part) => (Array.isArray(part) ? part.length : 0))
    .join()
