import type { Incident, SimulatedKind } from '@opsflow/capabilities/temperature'
import type { Chain } from './chain.ts'
import { type Draws, draws } from './draws.ts'

/** What went wrong at a unit, in the history of the demo. Offsets count back from the end of the history. */
export type Mishap = { location: string; unit: string; incident: Incident }

const MINUTE = 60_000
const HOUR = 60 * MINUTE
const DAY = 24 * HOUR

/** For each 100 locations and month, as in the demo's profile. */
const PER_100_LOCATIONS_AND_MONTH = {
  compressorFailure: 1.5,
  doorAjarOvernight: 4,
  gasketDrift: 2,
  sensorDeath: 2,
  powerCut: 1,
} as const
type MishapKind = keyof typeof PER_100_LOCATIONS_AND_MONTH

export type Candidate = { location: string; unit: string; kind: SimulatedKind }

/**
 * Mishaps at the profile's rates, but each kind at least once, so that each can be seen. They keep clear of the last
 * two days, which `unfinishedMishaps` arranges.
 */
export function pastMishaps(chain: Chain, units: readonly Candidate[], end: number): Mishap[] {
  const draw = draws(`${chain.key}/mishaps`)
  const locations = new Set(units.map(({ location }) => location)).size
  const months = chain.historyDays / 30
  const kinds = Object.keys(PER_100_LOCATIONS_AND_MONTH) as MishapKind[]
  return kinds.flatMap((kind) => {
    const expected = (PER_100_LOCATIONS_AND_MONTH[kind] * locations * months) / 100
    const latestDay = Math.max(3, chain.historyDays - 12)
    return Array.from({ length: Math.max(1, Math.round(expected)) }, () => {
      const daysAgo = draw.whole([Math.min(12, latestDay), latestDay])
      return mishap(kind, draw, units, Math.floor(end / DAY) * DAY - daysAgo * DAY)
    }).flat()
  })
}

/** Times of day are UTC and fall into the night or the slow hours of both time zones. */
function mishap(kind: MishapKind, draw: Draws, units: readonly Candidate[], day: number): Mishap[] {
  const pick = (...kinds: SimulatedKind[]) => draw.oneOf(units.filter((unit) => kinds.includes(unit.kind)))
  const at = (unit: Candidate, incident: Incident) => ({ location: unit.location, unit: unit.unit, incident })
  const lasting = (from: number, hours: readonly [number, number]) => ({ from, to: from + draw.between(hours) * HOUR })
  switch (kind) {
    case 'compressorFailure':
      return [at(pick('walk_in_cooler', 'reach_in'), { kind: 'compressor_stop', ...lasting(day + 8 * HOUR, [5, 8]) })]
    case 'doorAjarOvernight':
      return [at(pick('walk_in_cooler'), { kind: 'door_ajar', ...lasting(day + 5 * HOUR, [4, 6]) })]
    case 'gasketDrift':
      return [at(pick('reach_in'), { kind: 'drift', degreesPerDay: 0.15, from: day, to: day + 10 * DAY })]
    case 'sensorDeath':
      return [at(pick('reach_in', 'prep_rail'), { kind: 'silent', ...lasting(day + 15 * HOUR, [30, 60]) })]
    case 'powerCut': {
      const { location } = pick('walk_in_cooler')
      const cut = lasting(day + 20 * HOUR, [1.5, 2.5])
      return units
        .filter((unit) => unit.location === location)
        .map((unit) => at(unit, { kind: 'compressor_stop', ...cut }))
    }
  }
}

/**
 * What a newcomer meets at the first look: a unit in alarm that someone already works on, a probe that came loose, and
 * last night's open door, dealt with but not yet verified.
 */
export const unfinishedMishaps = (end: number): Mishap[] => [
  {
    location: 'lakefront',
    unit: 'Shake reach-in',
    incident: { kind: 'compressor_stop', from: end - 3 * HOUR, to: end + 2 * HOUR },
  },
  {
    location: 'old-mill',
    unit: 'Dessert freezer',
    incident: { kind: 'probe_unplugged', from: end - 50 * MINUTE, to: end + 5 * HOUR },
  },
  {
    location: 'harborside',
    unit: 'Produce walk-in',
    incident: { kind: 'door_ajar', from: end - 15 * HOUR, to: end - 12 * HOUR },
  },
]
