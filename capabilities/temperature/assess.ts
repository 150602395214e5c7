import type { AlarmLimits, PolicyAt } from './alarm-policy.ts'
import { silenceMinutes } from './alarm-policy.ts'
import type { FaultCode } from './sensor-fault.ts'
import { type TemperatureUnit, toMilli } from './value.ts'

/** Instants are milliseconds since 1970: the fold runs over millions of readings. */
export type Instant = number

/** One reading for the fold: a value, or the fault the sensor reported instead. */
export type SensorReading =
  | { at: Instant; unit: TemperatureUnit; milli: number; receivedAt?: Instant }
  | { at: Instant; fault: FaultCode; receivedAt?: Instant }

export type Side = 'above' | 'below'

/** A period outside the alarm limits. `alarmedAt` is when it had lasted longer than grace. */
export type Excursion = {
  startedAt: Instant
  side: Side
  alarmedAt: Instant | null
  endedAt: Instant | null
  /** The worst value read while it lasted, and the last reading that was outside. */
  extreme: { milli: number; unit: TemperatureUnit }
  lastOutsideAt: Instant
}

/** What is known of one sensor (or of a unit read by hand) after its latest reading. Plain JSON. */
export type WatchState = {
  lastMeasuredAt: Instant | null
  /** Silence counts from here while nothing was heard since: when the sensor was set up, moved or taken back. */
  watchedSince: Instant | null
  /** The product temperature after the last value (faults have none): that value itself while the filter is off. */
  product: { milli: number; unit: TemperatureUnit; at: Instant } | null
  excursion: Excursion | null
  fault: { code: FaultCode; since: Instant; persists: boolean } | null
  /** Silent since then, which was `afterMs` after the last word of it. */
  silence: { since: Instant; afterMs: number } | null
}

export type Change =
  | { kind: 'drifted'; at: Instant; excursion: Excursion }
  | { kind: 'alarmed'; at: Instant; excursion: Excursion }
  | { kind: 'recovered'; at: Instant; excursion: Excursion }
  /** The sensor reports a fault: shown at once. */
  | { kind: 'fault'; at: Instant; code: FaultCode }
  /** The next reading is a fault too: now someone should look. One stray sentinel wakes nobody. */
  | { kind: 'fault_persists'; at: Instant; code: FaultCode; since: Instant }
  | { kind: 'fault_cleared'; at: Instant; code: FaultCode; persisted: boolean }
  | { kind: 'fell_silent'; at: Instant; lastHeardAt: Instant }
  | { kind: 'silence_ended'; at: Instant; since: Instant }

export type Assessment = {
  state: WatchState
  changes: readonly Change[]
  /** Older than, or as old as, what was assessed already: nothing was folded, history has to be replayed. */
  isLate: boolean
}

export const unwatched = (watchedSince: Instant | null = null): WatchState => ({
  lastMeasuredAt: null,
  watchedSince,
  product: null,
  excursion: null,
  fault: null,
  silence: null,
})

const NOTHING: readonly Change[] = []

/**
 * What a reading means, given what was known. The same answer on the server, in an import and in a replay of history.
 *
 * An excursion starts at the first reading outside the alarm limits and ends at the first one within. It is an alarm,
 * once, from the first reading at which it has lasted at least grace. A time without readings is no evidence of being
 * within: an excursion stays open through a gap, and the gap counts towards grace. A fault of the sensor says nothing
 * about the food: it neither opens nor ends an excursion.
 */
export function assess(policyAt: PolicyAt, state: WatchState, reading: SensorReading): Assessment {
  if (state.lastMeasuredAt !== null && reading.at <= state.lastMeasuredAt) {
    return { state, changes: NOTHING, isLate: true }
  }
  const changes: Change[] = []
  const next: WatchState = { ...state, lastMeasuredAt: reading.at }
  endSilence(next, reading, changes)
  if ('fault' in reading) noteFault(next, reading.at, reading.fault, changes)
  else {
    clearFault(next, reading.at, changes)
    watch(policyAt, state, next, reading, changes)
  }
  return { state: next, changes: changes.length > 0 ? changes : NOTHING, isLate: false }
}

/** A reading that was already old when it arrived (a gateway emptying its memory) does not end a silence. */
function endSilence(next: WatchState, { at, receivedAt = at }: SensorReading, changes: Change[]) {
  if (next.silence === null || receivedAt - at >= next.silence.afterMs) return
  changes.push({ kind: 'silence_ended', at, since: next.silence.since })
  next.silence = null
}

function noteFault(next: WatchState, at: Instant, code: FaultCode, changes: Change[]) {
  if (next.fault === null) {
    next.fault = { code, since: at, persists: false }
    changes.push({ kind: 'fault', at, code })
  } else if (!next.fault.persists) {
    next.fault = { ...next.fault, persists: true }
    changes.push({ kind: 'fault_persists', at, code: next.fault.code, since: next.fault.since })
  }
}

function clearFault(next: WatchState, at: Instant, changes: Change[]) {
  if (next.fault === null) return
  changes.push({ kind: 'fault_cleared', at, code: next.fault.code, persisted: next.fault.persists })
  next.fault = null
}

type Value = Exclude<SensorReading, { fault: FaultCode }>

function watch(policyAt: PolicyAt, before: WatchState, next: WatchState, reading: Value, changes: Change[]) {
  const policy = policyAt(reading.at)
  next.product = productTemperature(before, reading, policy.filterMs)
  const side = sideOf(policy.limits, next.product)
  const open = before.excursion
  if (open !== null && side !== open.side) {
    changes.push({ kind: 'recovered', at: reading.at, excursion: { ...open, endedAt: reading.at } })
    next.excursion = null
  }
  if (side === null) return
  const excursion = next.excursion ? prolonged(next.excursion, reading) : started(side, reading)
  next.excursion = excursion
  if (excursion.startedAt === reading.at) changes.push({ kind: 'drifted', at: reading.at, excursion })
  if (excursion.alarmedAt === null && reading.at - excursion.startedAt >= policy.graceMs) {
    next.excursion = { ...excursion, alarmedAt: reading.at }
    changes.push({ kind: 'alarmed', at: reading.at, excursion: next.excursion })
  }
}

/** Exponential mean over time, so that readings may come at any distance. Off (0), it is the reading itself. */
function productTemperature({ product }: WatchState, { at, milli, unit }: Value, filterMs: number) {
  if (filterMs === 0 || product === null) return { milli, unit, at }
  const previous = product.unit === unit ? product.milli : toMilli(product, unit)
  const weight = 1 - Math.exp(-(at - product.at) / filterMs)
  return { milli: previous + (milli - previous) * weight, unit, at }
}

function sideOf({ max, min }: AlarmLimits, { milli, unit }: { milli: number; unit: TemperatureUnit }): Side | null {
  if (max !== null && milli > (unit === 'F' ? max.milliF : max.milliC)) return 'above'
  if (min !== null && milli < (unit === 'F' ? min.milliF : min.milliC)) return 'below'
  return null
}

const started = (side: Side, { at, milli, unit }: Value): Excursion => ({
  startedAt: at,
  side,
  alarmedAt: null,
  endedAt: null,
  extreme: { milli, unit },
  lastOutsideAt: at,
})

function prolonged(open: Excursion, reading: Value): Excursion {
  const known = toMilli(open.extreme, reading.unit)
  const isWorse = open.side === 'above' ? reading.milli > known : reading.milli < known
  const extreme = isWorse ? { milli: reading.milli, unit: reading.unit } : open.extreme
  return { ...open, extreme, lastOutsideAt: reading.at }
}

/**
 * Has the sensor fallen silent? Asked by a clock; asking again changes nothing. `cadenceMinutes` null: it is read by
 * hand and owes nobody a reading.
 */
export function assessSilence(state: WatchState, now: Instant, cadenceMinutes: number | null): Assessment {
  const heard = lastHeard(state)
  if (cadenceMinutes === null || heard === null || state.silence !== null)
    return { state, changes: NOTHING, isLate: false }
  const afterMs = silenceMinutes(cadenceMinutes) * 60_000
  const since = heard + afterMs
  if (now < since) return { state, changes: NOTHING, isLate: false }
  const change: Change = { kind: 'fell_silent', at: since, lastHeardAt: heard }
  return { state: { ...state, silence: { since, afterMs } }, changes: [change], isLate: false }
}

/** Silence counts from the last word, or from when the sensor was set up, moved or taken back into service after it. */
export function lastHeard({ lastMeasuredAt, watchedSince }: WatchState): Instant | null {
  if (lastMeasuredAt === null || watchedSince === null) return lastMeasuredAt ?? watchedSince
  return Math.max(lastMeasuredAt, watchedSince)
}

/** How a unit stands on the board, worst first. */
export const WATCH_STATUSES = ['alarm', 'fault', 'silent', 'drifting', 'no_data', 'ok'] as const
export type WatchStatus = (typeof WATCH_STATUSES)[number]

export function statusOf(state: WatchState): WatchStatus {
  if (state.excursion?.alarmedAt != null) return 'alarm'
  if (state.fault !== null) return 'fault'
  if (state.silence !== null) return 'silent'
  if (state.excursion !== null) return 'drifting'
  return state.lastMeasuredAt === null ? 'no_data' : 'ok'
}

/** For sorting a board: 0 is the worst. */
export const statusRank = (status: WatchStatus) => WATCH_STATUSES.indexOf(status)
