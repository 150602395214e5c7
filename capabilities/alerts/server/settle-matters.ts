import type { Tx } from '@opsflow/platform/server/tenant'
import type { Kind, Severity } from '../words.ts'
import { policiesFor } from './policies.ts'
import { closeSettled, lockSettled, noteClosed, noteOver, type Settled, saveBegun } from './store-settling.ts'

/**
 * The subject is over, or someone has begun: the matter follows it. Whoever was sent a push gets it replaced by the word
 * that it is over, without a sound; nobody gets a new letter. Answers how many moved.
 */
export async function settleMatters(tx: Tx, ids: readonly string[], now: number): Promise<number> {
  const at = new Date(now).toISOString()
  const settled = await lockSettled(tx, ids, at)
  const over = settled.filter(isOver)
  if (over.length > 0) {
    await closeSettled(tx, over, at)
    await noteClosed(tx, over, at)
    await noteOver(
      tx,
      over.map(({ id }) => id),
      at,
    )
  }
  const begun = settled.filter((one): one is Begun => !isOver(one) && one.begunAt !== null)
  if (begun.length === 0) return over.length
  const policies = await policiesFor(tx, begun)
  for (const one of begun) {
    const policy = policies(one.locationId, one.kind as Kind, one.severity as Severity)
    const until = Math.max(Date.parse(one.begunAt), Date.parse(one.openedAt)) + policy.holdMinutes * 60_000
    await saveBegun(tx, one, new Date(until).toISOString())
  }
  return over.length + begun.length
}

type Over = Settled & { because: string }
type Begun = Settled & { begunAt: string }
const isOver = (one: Settled): one is Over => one.because !== null
