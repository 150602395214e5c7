import type { TimeControlRule } from './process-rules.ts'
import type { TimeControlStart } from './process-words.ts'
import { failed, inTime, keepsBound, type Measured, MINUTE, running, type Verdict } from './verdict.ts'

/** A food that is kept by time alone since `beganAt`, from the temperature it had then. */
export type TimeControlled = {
  hours: 4 | 6
  start: TimeControlStart
  /** What it was when it left temperature control. Null: nobody looked yet. */
  startedWith: Measured | null
  beganAt: number
  readings: readonly Measured[]
  /** Marked with the time at which it is to be used up. */
  isMarked: boolean
  /** A written procedure was there in advance. */
  hasProcedure: boolean
  /** When it was put back under temperature control, which it may not be. */
  returnedAt?: number | null
}

/**
 * FDA Food Code 3-501.19. Four hours from cold or hot; six from cold only, as long as it is never above 70 °F / 21 °C. Four for cut
 * produce and opened cans from at most 70 °F / 21 °C that never get warmer (since the 2022 edition). Unmarked food is discarded.
 */
export function judgeTimeControl(food: TimeControlled, rule: TimeControlRule, now: number): Verdict {
  const { beganAt, hours, start, startedWith } = food
  const by = beganAt + hours * 60 * MINUTE
  const more = { clockFrom: beganAt }
  if (!food.hasProcedure) return failed('no_procedure', beganAt, more)
  if (!mayBegin(food, rule)) return failed('start_not_allowed', beganAt, more)
  if (startedWith === null) return running({ ask: 'start', at: beganAt, target: rule[start] }, more)
  if (!food.isMarked) return failed('not_marked', beganAt, more)
  const ceiling = start === 'produce' ? rule.produce : hours === 6 ? rule.ceiling : null
  const tooWarm = ceiling && inTime(food.readings, Math.min(now, by)).find((one) => !keepsBound(ceiling, one))
  const returnedAt = food.returnedAt ?? null
  const first = Math.min(tooWarm?.at ?? Infinity, returnedAt !== null && returnedAt <= now ? returnedAt : Infinity)
  if (first <= by) return failed(first === tooWarm?.at ? 'above_limit' : 'back_under_temperature_control', first, more)
  if (now > by) return failed('time_is_up', by, more)
  return running({ ask: 'use_or_discard', at: by, target: ceiling }, more)
}

/** Six hours begin cold; produce is an exception of four; and the food was as cold, or as hot, as it was said to be. */
function mayBegin({ hours, start, startedWith }: TimeControlled, rule: TimeControlRule): boolean {
  if (!rule.hours[start].includes(hours)) return false
  return startedWith === null || keepsBound(rule[start], startedWith)
}
