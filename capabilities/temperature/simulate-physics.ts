import { between, chance } from './simulate-chance.ts'

/** Times `t` are minutes since 1970, results degrees Celsius to add unless said otherwise. */

/** The short swing of a compressor that switches on and off; some swings are wider than others. */
export function compressorCycle(
  seed: number,
  t: number,
  amplitudeC: number,
  minutes: readonly [number, number],
): number {
  const period = between(minutes, seed, 'cycle', 0)
  const regular = t / period
  // No thermostat keeps time: without the wander a reading every ten minutes would meet the same phase for hours
  const cycles = regular + 0.25 * Math.sin(regular * 1.19 + seed) + 0.12 * Math.sin(regular * 1.7 + 2 * seed)
  const wide = between([0.85, 1.05], seed, 'swing', Math.floor(cycles))
  return amplitudeC * wide * Math.sin(2 * Math.PI * (cycles % 1))
}

/** Someone opens the door: a quick rise, a slower way back. Openings that follow each other do not add up. */
export function doorWarmth(
  seed: number,
  t: number,
  door: { perHour: number; riseC: readonly [number, number]; recoverMinutes: number },
): number {
  const slot = Math.floor(t / SLOT)
  let warmest = 0
  for (let past = slot; past > slot - 6; past--) {
    if (chance(seed, 'door', past) >= (door.perHour * SLOT) / 60) continue
    const since = t - (past + chance(seed, 'door-at', past)) * SLOT
    if (since < 0) continue
    const rise = between(door.riseC, seed, 'door-rise', past)
    warmest = Math.max(warmest, rise * (1 - Math.exp(-since / 0.5)) * Math.exp(-since / (door.recoverMinutes / 2)))
  }
  return warmest
}

const SLOT = 5

/** The lids of a prep rail stand open through lunch and dinner. */
export function rushWarmth(seed: number, t: number, minuteOfDay: number): number {
  const rush = RUSHES.find(([from, to]) => minuteOfDay >= from && minuteOfDay < to)
  if (!rush) return 0
  const [from, to] = rush
  const drift = between([0.3, 1], seed, 'rush', Math.floor(t / 1440))
  return drift * Math.sin((Math.PI * (minuteOfDay - from)) / (to - from))
}

const RUSHES = [
  [660, 840],
  [1020, 1260],
] as const

/** A delivery is put away: the door stands open for 10 to 20 minutes, five mornings a week. */
export function deliveryWarmth(seed: number, t: number, minuteOfDay: number): number {
  const day = Math.floor((t - minuteOfDay) / 1440 + 0.5)
  if (chance(seed, 'delivery', day) >= 5 / 7) return 0
  const since = minuteOfDay - between([480, 660], seed, 'delivery-at', day)
  const minutes = between([10, 20], seed, 'delivery-minutes', day)
  const peak = between([4.5, 7], seed, 'delivery-peak', day)
  if (since < 0) return 0
  return since <= minutes ? (peak * since) / minutes : peak * Math.exp(-(since - minutes) / 6)
}

/** A cooler's defrost: two to four a day, 15 to 30 minutes, 2 to 4 degrees. */
export function shortDefrost(seed: number, t: number): number {
  const perDay = 2 + Math.floor(chance(seed, 'defrosts', 0) * 3)
  const every = 1440 / perDay
  const index = Math.floor(t / every)
  const since = t - index * every
  const minutes = between([15, 30], seed, 'defrost-minutes', index)
  const rise = between([2, 4], seed, 'defrost-rise', index)
  return since <= minutes ? (rise * since) / minutes : rise * Math.exp(-(since - minutes) / 5)
}

/**
 * A freezer's defrost as an absolute temperature, or null outside it. A: every six hours, peak −13.8 to −12.7.
 * B, as measured on the real freezer: every 38 to 42 hours, 73 to 81 minutes above −18, peak −1.9 to 5.7.
 */
export function freezerDefrost(seed: number, t: number, kind: 'A' | 'B'): number | null {
  const { everyMinutes, heatMinutes, peakC, coolMinutes } = DEFROSTS[kind]
  const every = between(everyMinutes, seed, 'defrost-every', 0)
  const index = Math.floor(t / every)
  const since = t - index * every
  if (every - since < PRE_COOL_MINUTES) return FROZEN
  const heating = between(heatMinutes, seed, 'defrost-minutes', index)
  const height = between(peakC, seed, 'defrost-peak', index) - FROZEN
  if (since <= heating) return FROZEN + height * (since / heating) ** 0.7
  const cooled = height * Math.exp(-(since - heating) / coolMinutes)
  return since <= heating + 8 * coolMinutes ? FROZEN + cooled : null
}

const FROZEN = -20
const PRE_COOL_MINUTES = 25
type Range = readonly [number, number]
const DEFROSTS: Record<'A' | 'B', { everyMinutes: Range; heatMinutes: Range; peakC: Range; coolMinutes: number }> = {
  A: { everyMinutes: [360, 360], heatMinutes: [18, 24], peakC: [-13.8, -12.7], coolMinutes: 8 },
  B: { everyMinutes: [2292, 2544], heatMinutes: [61, 65], peakC: [-1.9, 5.7], coolMinutes: 5 },
}

/** A hot well's thermostat and its water: slow, never quite the same. */
export const slowWander = (seed: number, t: number, deviationC: number): number =>
  deviationC *
  0.7 *
  (Math.sin(t / 41 + 6 * chance(seed, 'wander', 1)) + Math.sin(t / 97 + 6 * chance(seed, 'wander', 2)) * 0.8)
