import { z } from 'zod'
import type { Limit } from './limits.ts'
import { wallClock } from './local-time.ts'
import { PLAUSIBLE_MILLI, type TemperatureUnit, toMilliCelsius, toMilliFahrenheit } from './value.ts'

const MINUTE = 60_000

/**
 * An edge beyond which an alarm starts to count, in thousandths of a degree of both units; exactly at it is within.
 * An alarm is the kitchen's own arrangement and not the law, so unlike a published limit it may be converted.
 */
export const AlarmBound = z.strictObject({
  milliF: z.int().min(PLAUSIBLE_MILLI.F.min).max(PLAUSIBLE_MILLI.F.max),
  milliC: z.int().min(PLAUSIBLE_MILLI.C.min).max(PLAUSIBLE_MILLI.C.max),
})
export type AlarmBound = z.infer<typeof AlarmBound>

/** Too warm above `max`, too cold below `min`. Both null: nobody watches. */
export const AlarmLimits = z
  .strictObject({ max: AlarmBound.nullable(), min: AlarmBound.nullable() })
  .refine(
    ({ max, min }) => !max || !min || (min.milliC < max.milliC && min.milliF < max.milliF),
    'The lower limit must lie below the upper one.',
  )
export type AlarmLimits = z.infer<typeof AlarmLimits>

const GraceMinutes = z.int().min(0).max(1440)
const TimeOfDay = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/, 'A time such as 06:30.')

/**
 * Hours with other rules, on the location's wall clock: from (inclusive) to (exclusive). `to` at or before `from` runs
 * over midnight and belongs to the weekday on which it starts. What it does not name stays as in the policy.
 */
export const AlarmHours = z.strictObject({
  weekdays: z.array(z.int().min(1).max(7)).min(1).max(7),
  from: TimeOfDay,
  to: TimeOfDay,
  limits: AlarmLimits.optional(),
  graceMinutes: GraceMinutes.optional(),
})
export type AlarmHours = z.infer<typeof AlarmHours>

/** When a unit's temperature wakes someone. Compliance does not ask this: it is judged reading by reading. */
export const AlarmPolicyInput = z.strictObject({
  limits: AlarmLimits,
  /** How long outside the limits before it is an alarm: a defrost, a delivery, a busy door. */
  graceMinutes: GraceMinutes,
  /**
   * Time constant of the product filter; 0 is off. Air swings, food does not: the alarm then watches an exponential
   * mean of the readings, as a probe in a bottle of glycol would show.
   */
  productFilterMinutes: z.int().min(0).max(240).default(0),
  /** The first entry that fits the hour wins. */
  schedule: z.array(AlarmHours).max(42).default([]),
})
export type AlarmPolicyInput = z.infer<typeof AlarmPolicyInput>

/** A policy is never edited: a new version starts at an instant, and history is judged by the version of its time. */
export type AlarmPolicy = AlarmPolicyInput & { id: string; startsAt: string }

/** What holds at one instant. */
export type PolicyInForce = {
  /** Null before the first version starts: then nothing alarms. */
  policyId: string | null
  limits: AlarmLimits
  graceMs: number
  filterMs: number
}

export type PolicyAt = (at: number) => PolicyInForce

const UNWATCHED: PolicyInForce = { policyId: null, limits: { max: null, min: null }, graceMs: 0, filterMs: 0 }

/** The policy of a unit at any instant, from all its versions and the location's timezone. */
export function policyClock(versions: readonly AlarmPolicy[], timezone: string): PolicyAt {
  const newestFirst = versions
    .map((version) => ({ startsAt: Date.parse(version.startsAt), at: versionClock(version, timezone) }))
    .sort((a, b) => b.startsAt - a.startsAt)
  return (at) => newestFirst.find((version) => version.startsAt <= at)?.at(at) ?? UNWATCHED
}

function versionClock(version: AlarmPolicy, timezone: string): PolicyAt {
  const usual = inForce(version, {})
  if (version.schedule.length === 0) return () => usual
  const clock = wallClock(timezone)
  const hours = version.schedule.map((entry) => ({ covers: coverage(entry), rule: inForce(version, entry) }))
  return (at) => {
    const { weekday, minuteOfDay } = clock(at)
    return hours.find(({ covers }) => covers(weekday, minuteOfDay))?.rule ?? usual
  }
}

const inForce = (policy: AlarmPolicy, hours: Partial<AlarmHours>): PolicyInForce => ({
  policyId: policy.id,
  limits: hours.limits ?? policy.limits,
  graceMs: (hours.graceMinutes ?? policy.graceMinutes) * MINUTE,
  filterMs: policy.productFilterMinutes * MINUTE,
})

function coverage({ weekdays, from, to }: AlarmHours): (weekday: number, minuteOfDay: number) => boolean {
  const [start, end] = [minuteOf(from), minuteOf(to)]
  const startsOn = new Set(weekdays)
  const yesterday = (weekday: number) => (weekday === 1 ? 7 : weekday - 1)
  if (start < end) return (weekday, minute) => startsOn.has(weekday) && minute >= start && minute < end
  return (weekday, minute) =>
    (minute >= start && startsOn.has(weekday)) || (minute < end && startsOn.has(yesterday(weekday)))
}

const minuteOf = (time: string) => Number(time.slice(0, 2)) * 60 + Number(time.slice(3))

/** A bound from one unit: the other is converted, so a screen asks only once. */
export const alarmBound = (milli: number, unit: TemperatureUnit): AlarmBound => ({
  milliF: toMilliFahrenheit({ unit, milli }),
  milliC: toMilliCelsius({ unit, milli }),
})

/** The alarm bounds that follow from limits, as printed where both units are printed. */
export function alarmLimitsOf(limits: readonly Limit[]): AlarmLimits {
  const bound = (ops: string[]) => limits.find(({ op }) => ops.includes(op))
  return { max: boundOf(bound(['<=', '<'])), min: boundOf(bound(['>=', '>'])) }
}

function boundOf(limit: Limit | undefined): AlarmBound | null {
  if (limit?.milliC != null)
    return { milliC: limit.milliC, milliF: limit.milliF ?? alarmBound(limit.milliC, 'C').milliF }
  return limit?.milliF != null ? alarmBound(limit.milliF, 'F') : null
}

/**
 * How long a sensor may say nothing before its silence is an alarm: three readings missed, and never more than
 * 45 minutes, however rarely it speaks.
 */
export const silenceMinutes = (cadenceMinutes: number) => Math.min(3 * cadenceMinutes, 45)
