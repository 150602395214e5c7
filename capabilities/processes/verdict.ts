import { keeps, type LimitOp, type Temperature } from '@opsflow/capabilities/temperature'
import type { Ask, Failure, Remedy } from './process-words.ts'

/** A limit as far as a process needs it: the printed pair, of which neither is computed from the other. */
export type Bound = { op: LimitOp; milliF: number | null; milliC: number | null }

/** One thermometer read once. `of`: what it was held into. */
export type Measured = Pick<Temperature, 'unit' | 'milli'> & {
  at: number
  of?: 'food' | 'water'
  /** How long the food was held at it, by the clock on the device. */
  heldSeconds?: number
}

/** The next thing to do, the last moment for it, and what it has to come to. */
export type Mark = { ask: Ask; at: number; target: (Bound & { holdSeconds?: number }) | null }

/**
 * How a process stands at a moment, by what was read until then. `running` is neither: nothing is proven yet, and there
 * is still time. What has failed stays failed, whatever is read later.
 */
export type Verdict = {
  result: 'running' | 'passed' | 'failed'
  /** Of cooling. */
  stage: 1 | 2 | null
  failure: Failure | null
  failedAt: number | null
  next: Mark | null
  remedies: readonly Remedy[]
  /** From when its time is counted; null where no time is counted. */
  clockFrom: number | null
}

const plain = { stage: null, failure: null, failedAt: null, next: null, remedies: [], clockFrom: null }

export const running = (next: Mark | null, more: Partial<Verdict> = {}): Verdict => ({
  ...plain,
  result: 'running',
  next,
  ...more,
})

export const passed = (more: Partial<Verdict> = {}): Verdict => ({ ...plain, result: 'passed', ...more })

export const failed = (failure: Failure, failedAt: number, more: Partial<Verdict> = {}): Verdict => ({
  ...plain,
  result: 'failed',
  failure,
  failedAt,
  remedies: ['discard'],
  ...more,
})

/** Kept, in the unit it was read in. A limit that prints nothing in that unit proves nothing. */
export function keepsBound({ op, milliF, milliC }: Bound, { unit, milli }: Pick<Measured, 'unit' | 'milli'>): boolean {
  const bound = unit === 'F' ? milliF : milliC
  return bound !== null && keeps(op, milli, bound)
}

/** In the order in which they were taken, whatever the order in which they arrived, and none from later than `now`. */
export const inTime = <M extends { at: number }>(readings: readonly M[], now: number): M[] =>
  readings.filter(({ at }) => at <= now).sort((one, other) => one.at - other.at)

export const MINUTE = 60_000
