import type { Instant } from './assess.ts'
import { isCooler, isFreezer, type UnitKind } from './unit.ts'

/** The mean of what one sensor read within an hour. */
export type HourMean = { hour: Instant; milliCelsius: number }

/** What the quiet hours of a unit show now, and what they used to show. */
export type QuietTemperature = { typicalMilliCelsius: number; usualMilliCelsius: number }

const HOUR = 3_600_000
const DAY = 24 * HOUR

/**
 * A rise of 1.5 °C is noticed: a thermometer for the air of a unit may itself be wrong by that much (FDA Food Code
 * 4-203.12), so anything smaller could be the thermometer. The quiet temperature of the real freezer the tests hold
 * wanders by 0.4 °C within 14 days. Half of it is back to usual: what is on the edge does not come and go.
 */
const NOTICED_MILLI = 1_500
const BACK_MILLI = 750

/** Two days, so that one day of stocking or of heat is not a trend; four weeks back, so that a creeping one is seen. */
const RECENT_DAYS = 2
export const SLOW_DRIFT_LOOK_BACK_DAYS = 28
/** Usual is the median of the oldest week in sight; fewer than four days are no usual. */
const USUAL_DAYS = 7
const LEAST_USUAL_DAYS = 4
/** A day with gaps would be judged by the hours that happen to be there. */
const LEAST_HOURS = 18

/** Units that are to stay cold; one that holds food hot follows its use, and is switched off at night. */
export const canDriftSlowly = (kind: UnitKind) => isCooler(kind) || isFreezer(kind)

/**
 * The quiet temperature of a sensor's last two days beside what it was. Doors, stock and defrosts only ever warm a cold
 * unit, so the coldest quarter of a day's hours shows what the machine itself can hold. Days end at `now`, not at
 * midnight. `usual` is given while a drift is open: what it is compared with must not creep along. Null when too little
 * was read to say.
 */
export function quietTemperature(
  hours: readonly HourMean[],
  now: Instant,
  usual: number | null = null,
): QuietTemperature | null {
  const days = quietDays(hours, now)
  const recent = days.slice(0, RECENT_DAYS).flatMap((day) => day ?? [])
  const before = days.slice(RECENT_DAYS).flatMap((day) => day ?? [])
  if (recent.length < RECENT_DAYS) return null
  const typicalMilliCelsius = Math.round(recent.reduce((sum, day) => sum + day, 0) / RECENT_DAYS)
  if (usual !== null) return { typicalMilliCelsius, usualMilliCelsius: usual }
  if (before.length < LEAST_USUAL_DAYS) return null
  return { typicalMilliCelsius, usualMilliCelsius: Math.round(quantile(before.slice(-USUAL_DAYS), 0.5)) }
}

/** Noticed: the machine holds less cold than it used to. Not an alarm; nobody is woken. */
export const hasDrifted = ({ typicalMilliCelsius, usualMilliCelsius }: QuietTemperature) =>
  typicalMilliCelsius - usualMilliCelsius >= NOTICED_MILLI

export const isBackToUsual = ({ typicalMilliCelsius, usualMilliCelsius }: QuietTemperature) =>
  typicalMilliCelsius - usualMilliCelsius <= BACK_MILLI

/** The coldest quarter's edge of each day, the latest day first; null for a day with too few hours. */
function quietDays(hours: readonly HourMean[], now: Instant): (number | null)[] {
  const days = Array.from({ length: SLOW_DRIFT_LOOK_BACK_DAYS }, () => [] as number[])
  for (const { hour, milliCelsius } of hours) days[Math.floor((now - hour - HOUR) / DAY)]?.push(milliCelsius)
  return days.map((day) => (day.length < LEAST_HOURS ? null : quantile(day, 0.25)))
}

function quantile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b)
  return sorted[Math.floor((sorted.length - 1) * share)] as number
}
