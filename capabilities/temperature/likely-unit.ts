import { isCooler, isFreezer, isHot, type UnitKind } from './unit.ts'
import type { TemperatureUnit } from './value.ts'

/** The unit that numbers without one are probably in, and the number that says so. */
export type LikelyUnit = { unit: TemperatureUnit; middle: number }

/** What such units usually hold, by the limits they are held to (0 °F, 38 °F, 145 °F). */
function usualCelsius(kind: UnitKind): number | null {
  if (isFreezer(kind)) return -18
  if (isCooler(kind)) return 3
  return isHot(kind) ? 63 : null
}

/**
 * −18 in a freezer is °C, and 0 is °F: the scale in which the middle of the values lies nearer to what such a unit
 * holds, and by far: less than half as far. A proposal for the person who decides; null where the values do not tell.
 */
export function likelyUnit(kind: UnitKind, values: readonly number[]): LikelyUnit | null {
  const usual = usualCelsius(kind)
  const middle = [...values].sort((a, b) => a - b)[Math.floor((values.length - 1) / 2)]
  if (usual === null || middle === undefined) return null
  const asCelsius = Math.abs(middle - usual)
  const asFahrenheit = Math.abs(((middle - 32) * 5) / 9 - usual)
  if (asCelsius < asFahrenheit / 2) return { unit: 'C', middle }
  return asFahrenheit < asCelsius / 2 ? { unit: 'F', middle } : null
}
