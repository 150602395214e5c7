import { offsetClock } from './local-time.ts'
import { chance } from './simulate-chance.ts'
import {
  compressorCycle,
  deliveryWarmth,
  doorWarmth,
  freezerDefrost,
  rushWarmth,
  shortDefrost,
  slowWander,
} from './simulate-physics.ts'

/**
 * Believable sensors for the demo and for tests: a pure function of seed and time, so that sixty days of history and
 * the live value of this minute come from the same place, in any order, and always the same. The numbers are those of
 * a compiled profile: short compressor cycles as measured on a real freezer (29 minutes, 6 above −18 °C)
 * and its defrosts, published door openings, the rest from kitchen practice.
 */
export type SimulatedKind = 'reach_in' | 'walk_in_cooler' | 'prep_rail' | 'walk_in_freezer' | 'hot_hold'

export type SimulatedUnit = {
  kind: SimulatedKind
  seed: number
  timezone: string
  /** Minutes of the local day between which people work; `closesAt` may lie beyond midnight (25:00 = 1500). */
  opensAt: number
  closesAt: number
  /** Freezers: A defrosts every six hours for half an hour, B every forty hours for more than an hour. */
  defrost?: 'A' | 'B'
}

export type Incident =
  /** The compressor (or the heater) stands still and the unit goes to room temperature; after `to` it recovers. */
  | { kind: 'compressor_stop'; from: number; to: number }
  | { kind: 'door_ajar'; from: number; to: number }
  /** A worn gasket: warmer by so much each day. */
  | { kind: 'drift'; from: number; to: number; degreesPerDay: number }
  | { kind: 'probe_unplugged'; from: number; to: number }
  | { kind: 'silent'; from: number; to: number }
  /** One reading with the power-on value of a DS18B20. */
  | { kind: 'power_on'; from: number; to: number }

/** What the sensor sends at an instant: °C with one decimal, null when the probe is unplugged, undefined for silence. */
export type Simulated = number | null | undefined

export function simulatedSensor(unit: SimulatedUnit, incidents: readonly Incident[] = []): (at: number) => Simulated {
  const healthy = healthyUnit(unit)
  const { recoveryMinutes, roomC, warmUpMinutes, ajarC } = BEHAVIOUR[unit.kind]
  const warmed = (celsius: number, at: number, incident: Incident): number => {
    const minutes = (at - incident.from) / MINUTE
    const lasted = (incident.to - incident.from) / MINUTE
    const fading = at < incident.to ? 1 : Math.exp(-(at - incident.to) / MINUTE / recoveryMinutes)
    if (minutes < 0 || fading < 0.01) return celsius
    const under = Math.min(minutes, lasted)
    if (incident.kind === 'drift') return celsius + (incident.degreesPerDay * under * fading) / 1440
    if (incident.kind === 'door_ajar') return celsius + ajarC * (1 - Math.exp(-under / 15)) * fading
    if (incident.kind !== 'compressor_stop') return celsius
    const start = healthy(incident.from)
    const standing = start + (roomC - start) * (1 - Math.exp(-under / warmUpMinutes))
    return standing * fading + celsius * (1 - fading)
  }
  return (at) => {
    const now = incidents.filter(({ from, to }) => at >= from && at < to).map(({ kind }) => kind)
    if (now.includes('silent')) return undefined
    if (now.includes('probe_unplugged')) return null
    if (now.includes('power_on')) return 85
    return oneDecimal(incidents.reduce((celsius, incident) => warmed(celsius, at, incident), healthy(at)))
  }
}

export type SimulatedReading = { at: number; sent: number | null }

/**
 * The readings of a span, one each `cadenceMinutes` on the clock. `missing` is the share that never arrives, one at a
 * time (3.7 to 6.1 % on a real LoRaWAN freezer).
 */
export function* simulatedReadings(
  sensor: (at: number) => Simulated,
  span: { from: number; to: number; cadenceMinutes: number; missing?: number; seed?: number },
): Generator<SimulatedReading> {
  const step = span.cadenceMinutes * MINUTE
  for (let slot = Math.ceil(span.from / step); slot * step < span.to; slot++) {
    const isLost = slot % 2 === 0 && chance(span.seed ?? 0, 'lost', slot) < 2 * (span.missing ?? 0)
    const sent = isLost ? undefined : sensor(slot * step)
    if (sent !== undefined) yield { at: slot * step, sent }
  }
}

const MINUTE = 60_000

/** How a unit reacts when it fails. The freezer's numbers are those of the injected faults of the vectors. */
const BEHAVIOUR: Record<
  SimulatedKind,
  { roomC: number; warmUpMinutes: number; ajarC: number; recoveryMinutes: number }
> = {
  walk_in_freezer: { roomC: 22.5, warmUpMinutes: 600, ajarC: 12, recoveryMinutes: 40 },
  walk_in_cooler: { roomC: 22, warmUpMinutes: 100, ajarC: 8, recoveryMinutes: 25 },
  reach_in: { roomC: 23, warmUpMinutes: 110, ajarC: 9, recoveryMinutes: 15 },
  prep_rail: { roomC: 24, warmUpMinutes: 100, ajarC: 7, recoveryMinutes: 15 },
  hot_hold: { roomC: 24, warmUpMinutes: 90, ajarC: -14, recoveryMinutes: 12 },
}

function healthyUnit(unit: SimulatedUnit): (at: number) => number {
  const { seed, kind } = unit
  const minuteOfDay = localMinutes(unit)
  const isOpen = (minute: number) => {
    return (minute >= unit.opensAt && minute < unit.closesAt) || minute + 1440 < unit.closesAt
  }
  const noise = (t: number) => (chance(seed, 'noise', t) - 0.5) * 0.2
  return (at) => {
    const t = at / MINUTE
    const minute = minuteOfDay(at)
    const doors = (perHour: number, riseC: [number, number], recoverMinutes: number) =>
      isOpen(minute) ? doorWarmth(seed, t, { perHour, riseC, recoverMinutes }) : 0
    switch (kind) {
      case 'reach_in':
        return 3 + compressorCycle(seed, t, 1.2, [10, 18]) + doors(25, [1, 3], 4) + noise(t)
      case 'prep_rail':
        return 3.5 + compressorCycle(seed, t, 1.5, [10, 18]) + rushWarmth(seed, t, minute) + noise(t)
      case 'walk_in_cooler':
        return (
          2.5 +
          compressorCycle(seed, t, 0.9, [15, 25]) +
          Math.max(doors(8, [1.1, 2.8], 5), shortDefrost(seed, t), deliveryWarmth(seed, t, minute)) +
          noise(t)
        )
      case 'walk_in_freezer': {
        const defrosting = freezerDefrost(seed, t, unit.defrost ?? 'A')
        const cycling = -20 + compressorCycle(seed, t, 2.5, [29, 29]) + doors(3, [1, 2.5], 4)
        return (defrosting ?? cycling) + noise(t)
      }
      case 'hot_hold':
        return 68 + slowWander(seed, t, 2) - doors(6, [3, 6], 4) + noise(t)
    }
  }
}

function localMinutes({ timezone }: SimulatedUnit): (at: number) => number {
  const offsetAt = offsetClock(timezone)
  return (at) => (((Math.floor(at / MINUTE) + offsetAt(at)) % 1440) + 1440) % 1440
}

const oneDecimal = (celsius: number) => Math.round(celsius * 10) / 10
