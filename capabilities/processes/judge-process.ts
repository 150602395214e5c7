import { type EditionId, instantOfWallTime, offsetClock, type ReadValue } from '@opsflow/capabilities/temperature'
import { judgeCooling } from './cooling.ts'
import { type DateMark, dateMark } from './date-mark.ts'
import { judgeCooking, judgeHotHolding, judgeReheating } from './heating.ts'
import type { Process, ProcessStep } from './process.ts'
import { processRules } from './process-rules.ts'
import { judgeThawing } from './thawing.ts'
import { judgeTimeControl } from './time-control.ts'
import { failed, type Measured, running, type Verdict } from './verdict.ts'

/** What the rules need of a record; a device and the server hold the same. */
export type Judged = Pick<Process, 'plan' | 'edition' | 'beganAt' | 'steps'>

/** How a process stands at a moment, by the rules it was begun under and what was read until then. */
export function judgeProcess(process: Judged, now: number, timezone: string): Verdict {
  const { plan } = process
  const rules = processRules(process.edition as EditionId)
  const beganAt = Date.parse(process.beganAt)
  const readings = readingsOf(process, 'reading')
  switch (plan.kind) {
    case 'cooling':
      return judgeCooling(
        { from: plan.from, beganAt, readings, reheats: readingsOf(process, 'reheat') },
        rules.cooling,
        now,
      )
    case 'reheating':
      return judgeReheating({ beganAt, readings }, rules.reheating[plan.food], now)
    case 'hot_holding':
      return judgeHotHolding({ beganAt, readings, everyMinutes: plan.everyMinutes }, rules.hotHolding[plan.food], now)
    case 'cooking': {
      const rule = rules.cooking.find(({ id }) => id === plan.rule)
      return rule ? judgeCooking({ readings }, rule, now) : running(null)
    }
    case 'time_control': {
      const [startedWith = null, ...later] = [...readings].sort((one, other) => one.at - other.at)
      const returned = stepsOf(process, 'returned')[0]
      const returnedAt = returned ? Date.parse(returned.at) : null
      return judgeTimeControl({ ...plan, beganAt, startedWith, readings: later, returnedAt }, rules.timeControl, now)
    }
    case 'thawing':
      return judgeThawing({ ...plan, beganAt, readings }, rules.thawing, now)
    case 'date_mark':
      return judgeDateMark(dateMarkOf(process, timezone), now, timezone)
  }
}

/**
 * As of when a process is judged on a screen: now, or the last thing that was done, whichever is later. A screen's clock
 * goes in steps, and what was just read counts at once; what is over is judged as of its end.
 */
export function judgedAt({ steps, finishedAt }: Pick<Process, 'steps' | 'finishedAt'>, now: number): number {
  if (finishedAt !== null) return Date.parse(finishedAt)
  return Math.max(now, ...steps.map(({ at }) => Date.parse(at)))
}

/** The last day of a marked food, with its days in the freezer. */
export function dateMarkOf({ plan, edition, steps }: Judged, timezone: string): DateMark {
  if (plan.kind !== 'date_mark') return { lastUseDate: null, daysLeftFrozen: null }
  const freezes: { frozenOn: string; thawedOn: string | null }[] = []
  for (const { step, at } of inOrder(steps.filter(({ outcome }) => outcome === 'applied'))) {
    const last = freezes.at(-1)
    if (step === 'froze' && last?.thawedOn !== null) freezes.push({ frozenOn: localDate(at, timezone), thawedOn: null })
    if (step === 'thawed' && last?.thawedOn === null) last.thawedOn = localDate(at, timezone)
  }
  return dateMark({ ...plan, freezes }, processRules(edition as EditionId).dateMark.daysKept)
}

function judgeDateMark({ lastUseDate }: DateMark, now: number, timezone: string): Verdict {
  if (lastUseDate === null) return running(null)
  const endOfDay = instantOfWallTime(clockOf(timezone), Date.parse(`${lastUseDate}T00:00:00Z`) + 86_400_000)
  if (now >= endOfDay) return failed('past_last_day', endOfDay)
  return running({ ask: 'use_or_discard', at: endOfDay, target: null })
}

/** The date on the wall of a location. */
export const localDate = (at: string, timezone: string): string => {
  const instant = Date.parse(at)
  return new Date(instant + clockOf(timezone)(instant) * 60_000).toISOString().slice(0, 10)
}

const clocks = new Map<string, (at: number) => number>()
function clockOf(timezone: string) {
  const known = clocks.get(timezone) ?? offsetClock(timezone)
  clocks.set(timezone, known)
  return known
}

/** What counts: each reading with the latest correction of it, and none that came too late. */
export function readingsOf({ steps }: Pick<Judged, 'steps'>, kind: 'reading' | 'reheat'): Measured[] {
  return stepsOf({ steps }, kind).flatMap((step) => {
    const value = standingValue(steps, step)
    if (value === null) return []
    const measured = { at: Date.parse(step.at), unit: value.unit, milli: value.milli, of: step.of }
    return [step.heldSeconds === null ? measured : { ...measured, heldSeconds: step.heldSeconds }]
  })
}

/** The value of a reading as it stands, corrected or not. */
export function standingValue(steps: readonly ProcessStep[], { id, value }: ProcessStep): ReadValue | null {
  const corrections = inOrder(
    steps.filter((one) => one.step === 'correction' && one.correctsId === id && one.outcome === 'applied'),
  )
  return corrections.at(-1)?.value ?? value
}

const stepsOf = ({ steps }: Pick<Judged, 'steps'>, kind: ProcessStep['step']) =>
  inOrder(steps.filter(({ step, outcome }) => step === kind && outcome === 'applied'))

/** By when it was done, whatever the order in which it arrived. */
export const inOrder = <S extends { at: string; id: string }>(steps: readonly S[]): S[] =>
  [...steps].sort((one, other) => Date.parse(one.at) - Date.parse(other.at) || (one.id < other.id ? -1 : 1))
