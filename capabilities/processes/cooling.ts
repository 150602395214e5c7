import type { CoolingRule } from './process-rules.ts'
import {
  failed,
  inTime,
  keepsBound,
  type Mark,
  type Measured,
  MINUTE,
  passed,
  running,
  type Verdict,
} from './verdict.ts'

/** hot: cooked, then cooled in two stages · ambient: made of ingredients at room temperature, in one. */
export type CoolingFrom = 'hot' | 'ambient'

/** A food that cools since `beganAt`, with every reading of it, and the readings of a reheating after a failed first stage. */
export type Cooling = {
  from: CoolingFrom
  beganAt: number
  readings: readonly Measured[]
  reheats?: readonly Measured[]
}

/**
 * FDA Food Code 3-501.14. From hot: at most 70 °F / 21 °C within two hours of 135 °F / 57 °C, at most 41 °F / 5 °C within six
 * hours in all; what the first stage saves is kept for the second. From ambient ingredients: 41 °F / 5 °C within four hours.
 * Only a reading taken in time proves anything: one that comes later does not show what the food was then. After a failed
 * first stage it may be reheated once, and its clock begins anew.
 */
export function judgeCooling(
  { from, beganAt, readings, reheats = [] }: Cooling,
  rule: CoolingRule,
  now: number,
): Verdict {
  if (from === 'ambient') return judgeAmbient(beganAt, inTime(readings, now), rule, now)
  const first = judgeHot(beganAt, inTime(readings, now), rule, now)
  if (first.failure !== 'stage1_not_proven' || first.failedAt === null) return first
  const reheatBy = first.failedAt + rule.reheatWithinMinutes * MINUTE
  const reheated = inTime(reheats, Math.min(now, reheatBy)).find(
    (one) => keepsBound(rule.reheat, one) && (one.heldSeconds ?? 0) >= rule.reheat.holdSeconds,
  )
  if (!reheated) return mayBeReheated(first, reheatBy, rule, now)
  const after = inTime(readings, now).filter(({ at }) => at >= reheated.at)
  const second = judgeHot(reheated.at, [reheated, ...after], rule, now)
  return second.result === 'failed' ? { ...second, remedies: ['discard'] } : second
}

function judgeHot(beganAt: number, readings: readonly Measured[], rule: CoolingRule, now: number): Verdict {
  const clockFrom = clockOf(beganAt, readings, rule)
  const [by1, by2] = [clockFrom + rule.stage1Minutes * MINUTE, clockFrom + rule.totalMinutes * MINUTE]
  const cold = readings.find((one) => one.at <= by2 && keepsBound(rule.cold, one))
  const warm = readings.find((one) => one.at <= by1 && (keepsBound(rule.lukewarm, one) || keepsBound(rule.cold, one)))
  if (!warm) {
    if (now >= by1) return failed('stage1_not_proven', by1, { stage: 1, clockFrom })
    return running(mark('stage1', by1, rule.lukewarm), { stage: 1, clockFrom })
  }
  if (cold) return passed({ stage: 2, clockFrom })
  if (now >= by2) return failed('stage2_not_proven', by2, { stage: 2, clockFrom })
  return running(mark('stage2', by2, rule.cold), { stage: 2, clockFrom })
}

/** The clock starts when the food is at 135 °F: as long as it is read to be that hot from the beginning, it has not started. */
function clockOf(beganAt: number, readings: readonly Measured[], rule: CoolingRule): number {
  let clockFrom = beganAt
  for (const reading of readings) {
    if (!keepsBound(rule.hot, reading)) break
    clockFrom = Math.max(clockFrom, reading.at)
  }
  return clockFrom
}

function judgeAmbient(beganAt: number, readings: readonly Measured[], rule: CoolingRule, now: number): Verdict {
  const by = beganAt + rule.ambientMinutes * MINUTE
  const more = { stage: null, clockFrom: beganAt }
  if (readings.some((one) => one.at <= by && keepsBound(rule.cold, one))) return passed(more)
  if (now >= by) return failed('stage2_not_proven', by, more)
  return running(mark('stage2', by, rule.cold), more)
}

function mayBeReheated(first: Verdict, reheatBy: number, rule: CoolingRule, now: number): Verdict {
  if (now > reheatBy) return first
  return { ...first, next: mark('reheat', reheatBy, rule.reheat), remedies: ['reheat', 'discard'] }
}

const mark = (ask: Mark['ask'], at: number, target: Mark['target']): Mark => ({ ask, at, target })
