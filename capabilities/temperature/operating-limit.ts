import { z } from 'zod'
import type { Limit } from './limits.ts'
import { PLAUSIBLE_MILLI } from './value.ts'

/** One edge that a kitchen sets for a unit, in thousandths. Null: no value in that unit, so nothing is judged in it. */
const Edge = z
  .strictObject({
    milliF: z.int().min(PLAUSIBLE_MILLI.F.min).max(PLAUSIBLE_MILLI.F.max).nullable(),
    milliC: z.int().min(PLAUSIBLE_MILLI.C.min).max(PLAUSIBLE_MILLI.C.max).nullable(),
  })
  .refine(({ milliF, milliC }) => milliF !== null || milliC !== null, 'Give a value in °F or °C.')

/**
 * Limits a kitchen sets for a unit, stricter than the law or where the law is silent (HACCP calls them operating
 * limits). They are judged exactly as published ones: inclusive, in the unit of the reading, without conversion.
 */
export const OperatingLimits = z
  .strictObject({ max: Edge.nullable(), min: Edge.nullable() })
  .refine(({ max, min }) => isBelow(min?.milliF, max?.milliF) && isBelow(min?.milliC, max?.milliC), {
    message: 'The lower limit must not lie above the upper one.',
  })
export type OperatingLimits = z.infer<typeof OperatingLimits>

const isBelow = (low: number | null | undefined, high: number | null | undefined) =>
  low == null || high == null || low <= high

/** The same kind of thing as a published limit, so that judging asks no more where it came from. */
export function operatingLimits({ max, min }: OperatingLimits): Limit[] {
  return [
    ...(max ? [operating('operating.max', 'operating limit: at most', '<=', max)] : []),
    ...(min ? [operating('operating.min', 'operating limit: at least', '>=', min)] : []),
  ]
}

const operating = (id: string, what: string, op: '<=' | '>=', edge: z.infer<typeof Edge>): Limit => ({
  id,
  provenance: 'operating',
  what,
  op,
  ...edge,
})
