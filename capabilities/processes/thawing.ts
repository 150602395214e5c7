import type { ThawingRule } from './process-rules.ts'
import { failed, inTime, keepsBound, type Measured, MINUTE, running, type Verdict } from './verdict.ts'

/** refrigerator · water: submerged under running water · cooking: as part of cooking it · microwave: then cooked at once */
export const THAWING_METHODS = ['refrigerator', 'water', 'cooking', 'microwave'] as const
export type ThawingMethod = (typeof THAWING_METHODS)[number]

/** A food that thaws since `beganAt`. `raw`: an animal food that is cooked afterwards; the others are eaten as they are. */
export type Thawing = { method: ThawingMethod; isRaw: boolean; beganAt: number; readings: readonly Measured[] }

/**
 * FDA Food Code 3-501.13. In a refrigerator the food stays at or below 41 °F / 5 °C. Under running water of at most 70 °F / 21 °C
 * ready-to-eat food does so too; raw food is above it for four hours at most, counted until it is cold again or cooked.
 * As part of cooking, or in a microwave with cooking at once, nothing is measured here: the cooking proves it.
 */
export function judgeThawing({ method, isRaw, beganAt, readings }: Thawing, rule: ThawingRule, now: number): Verdict {
  const taken = inTime(readings, now)
  const more = { clockFrom: beganAt }
  if (method === 'cooking' || method === 'microwave') return running(null, more)
  const warmWater =
    method === 'water' ? taken.find((one) => one.of === 'water' && !keepsBound(rule.water, one)) : undefined
  if (warmWater)
    return failed('water_too_warm', warmWater.at, { ...more, remedies: isRaw ? ['cook', 'discard'] : ['discard'] })
  const food = taken.filter(({ of }) => of !== 'water')
  const warm = food.find((one) => !keepsBound(rule.cold, one))
  if (warm && (method === 'refrigerator' || !isRaw)) return failed('above_limit', warm.at, more)
  if (method === 'refrigerator')
    return running({ ask: 'check', at: lastOf(food, beganAt) + rule.everyMinutes * MINUTE, target: rule.cold }, more)
  return isRaw ? rawInWater(beganAt, taken, food, rule, now) : running(waterCheck(beganAt, taken, rule), more)
}

/** The four hours run while it is not read to be cold: from the last cold reading before, to the first one after. */
function rawInWater(
  beganAt: number,
  taken: readonly Measured[],
  food: readonly Measured[],
  rule: ThawingRule,
  now: number,
): Verdict {
  let coldUntil = beganAt
  let spent = 0
  let isWarm = false
  for (const one of food) {
    const isCold = keepsBound(rule.cold, one)
    if (!isCold || isWarm) {
      const upTo = spent + one.at - coldUntil
      if (upTo > rule.warmMinutes * MINUTE)
        return failed('time_is_up', coldUntil + rule.warmMinutes * MINUTE - spent, { clockFrom: beganAt })
      spent = upTo
    }
    isWarm = !isCold
    coldUntil = one.at
  }
  // Cold again: it is kept cold from there on.
  if (spent > 0 && !isWarm) return running(waterCheck(beganAt, taken, rule), { clockFrom: beganAt })
  const by = coldUntil + rule.warmMinutes * MINUTE - spent
  if (now > by) return failed('time_is_up', by, { clockFrom: beganAt })
  const check = waterCheck(beganAt, taken, rule)
  return running(check.at < by ? check : { ask: 'back_to_cold', at: by, target: rule.cold }, { clockFrom: beganAt })
}

/** The water is looked at when it begins, and then as the house does. */
function waterCheck(beganAt: number, taken: readonly Measured[], rule: ThawingRule) {
  const water = taken.filter(({ of }) => of === 'water')
  const at = water.length === 0 ? beganAt : lastOf(water, beganAt) + rule.waterEveryMinutes * MINUTE
  return { ask: 'check' as const, at, target: rule.water }
}

const lastOf = (readings: readonly Measured[], beganAt: number) => readings.at(-1)?.at ?? beganAt
