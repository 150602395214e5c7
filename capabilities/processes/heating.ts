import type { CookingRule, HotHoldingRule, ReheatingRule } from './process-rules.ts'
import { failed, inTime, keepsBound, type Measured, MINUTE, passed, running, type Verdict } from './verdict.ts'

/** A food that is heated since `beganAt`, with its readings and how long each was held. */
export type Heated = { beganAt: number; readings: readonly Measured[] }

/** FDA Food Code 3-403.11: for hot holding, to the temperature and for its seconds, within two hours. */
export function judgeReheating({ beganAt, readings }: Heated, rule: ReheatingRule, now: number): Verdict {
  const by = beganAt + rule.withinMinutes * MINUTE
  const enough = inTime(readings, now).some((one) => one.at <= by && isHeld(rule, one))
  if (enough) return passed({ clockFrom: beganAt })
  if (now >= by) return failed('not_reached_in_time', by, { clockFrom: beganAt })
  return running({ ask: 'reach', at: by, target: rule }, { clockFrom: beganAt })
}

/**
 * FDA Food Code 3-401.11: a temperature and how long the food was held at it, or another pair that is as good. There is no last
 * moment: it cooks on until it is reached.
 */
export function judgeCooking({ readings }: Pick<Heated, 'readings'>, rule: CookingRule, now: number): Verdict {
  const pairs = [rule, ...rule.alternatives]
  if (inTime(readings, now).some((one) => pairs.some((pair) => isHeld(pair, one)))) return passed()
  return running(null)
}

/**
 * FDA Food Code 3-501.16(A)(1). Each reading keeps the limit, or the food has failed. How often it is read is the house's
 * practice; but nobody knows what a food was that was not read for as long as time alone would allow (four hours).
 */
export function judgeHotHolding(
  { beganAt, readings, everyMinutes }: Heated & { everyMinutes: number },
  rule: HotHoldingRule,
  now: number,
): Verdict {
  let good = beganAt
  for (const one of inTime(readings, now)) {
    const unknownSince = good + rule.unreadMinutes * MINUTE
    if (one.at > unknownSince) return failed('time_is_up', unknownSince, { clockFrom: good })
    if (!keepsBound(rule, one))
      return failed('below_limit', one.at, { clockFrom: good, remedies: ['reheat', 'discard'] })
    good = one.at
  }
  const unknownSince = good + rule.unreadMinutes * MINUTE
  if (now > unknownSince) return failed('time_is_up', unknownSince, { clockFrom: good })
  const first = readings.length === 0
  return running(
    { ask: 'check', at: first ? beganAt : good + everyMinutes * MINUTE, target: rule },
    { clockFrom: good },
  )
}

/** Hot enough, and for long enough. */
const isHeld = (pair: ReheatingRule | CookingRule | CookingRule['alternatives'][number], one: Measured) =>
  keepsBound(pair, one) && (one.heldSeconds ?? 0) >= (pair.holdSeconds ?? 0)
