import {
  alarmBound,
  defaultAlarmPolicy,
  defaultLimitIds,
  type Incident,
  type SimulatedKind,
  type SimulatedUnit,
  type UnitPolicyInput,
} from '@opsflow/capabilities/temperature'
import { type Chain, type ChainLocation, cadenceMinutesOf, dayOf, type Equipment, equipmentOf } from './chain.ts'
import { draws, seedOf } from './draws.ts'
import { pastMishaps, unfinishedMishaps } from './incidents.ts'
import type { Person } from './roster.ts'

export type TenantPlan = {
  key: string
  name: string
  /** The history's span. */
  from: number
  end: number
  /** Audits reach further back than everything else. */
  auditsFrom: number
  brands: readonly { name: string; slug: string; locations: readonly LocationPlan[] }[]
  people: readonly Person[]
}

export type LocationPlan = ChainLocation & {
  brand: string
  units: readonly UnitPlan[]
  /** The gateway was away; what the sensors measured meanwhile came in afterwards, or never. */
  outages: readonly { from: number; to: number; backfilled: boolean }[]
}

export type UnitPlan = {
  key: string
  name: string
  simulated: SimulatedUnit
  incidents: readonly Incident[]
  policy: UnitPolicyInput
  sensor: { name: string; externalId: string; model: string; cadenceMinutes: number }
  /** Every sensor speaks at its own moment. */
  offsetMs: number
  missingShare: number
  /** Single readings that are no temperature: full-scale values, −127 °C and 85 °C of a DS18B20, in °F. */
  sentinels: readonly { at: number; sent: number }[]
}

const MINUTE = 60_000
const DAY = 24 * 60 * MINUTE

/** The walk-in that fails before a newcomer's eyes: at the manager's first store, where the team member works too. */
export const FAILING = { location: 'lantern-row', unit: 'Walk-in cooler' } as const

/** All that a chain is, for a history that ends at one instant: the same on every machine. */
export function tenantPlan(chain: Chain, people: readonly Person[], end: number): TenantPlan {
  const places = chain.brands.flatMap((brand) => brand.locations)
  const candidates = places.flatMap((place) =>
    equipmentOf[place.kind].map(({ name, kind }) => ({ location: place.key, unit: name, kind })),
  )
  const mishaps =
    places.length > 1 ? [...pastMishaps(chain, candidates.filter(isNotTheFailing), end), ...unfinishedMishaps(end)] : []
  const from = end - chain.historyDays * DAY
  return {
    key: chain.key,
    name: chain.name,
    from,
    end,
    auditsFrom: end - chain.auditDays * DAY,
    people,
    brands: chain.brands.map(({ name, slug, locations }) => ({
      name,
      slug,
      locations: locations.map((place) => ({
        ...place,
        brand: slug,
        outages: outagesOf(chain, place, { from, end }),
        units: equipmentOf[place.kind].map((equipment, position) => {
          const here = mishaps.filter(({ location, unit }) => location === place.key && unit === equipment.name)
          const incidents = here.map(({ incident }) => incident)
          return unitPlan(chain, place, equipment, position, { incidents, from, end })
        }),
      })),
    })),
  }
}

const isNotTheFailing = (unit: { location: string; unit: string }) =>
  unit.location !== FAILING.location || unit.unit !== FAILING.unit

type History = { incidents: readonly Incident[]; from: number; end: number }

function unitPlan(
  chain: Chain,
  place: ChainLocation,
  equipment: Equipment,
  position: number,
  history: History,
): UnitPlan {
  const key = `${place.key}/${equipment.name}`
  const draw = draws(`${chain.key}/${key}`)
  const cadenceMinutes = cadenceMinutesOf[place.kind]
  const { opensAt, closesAt } = dayOf[place.kind]
  const serial = (seedOf(key) >>> 0).toString(16).padStart(8, '0')
  return {
    key,
    name: equipment.name,
    simulated: { ...equipment, seed: seedOf(key), timezone: place.timezone, opensAt, closesAt },
    incidents: history.incidents,
    policy: isNotTheFailing({ location: place.key, unit: equipment.name }) ? policyOf(equipment.kind) : WATCHED_CLOSELY,
    sensor: {
      name: `Sensor ${position + 1}`,
      externalId: `70b3d57e${serial}`,
      model: cadenceMinutes === 10 ? 'dragino/lht65' : 'elsys/ers-lite',
      cadenceMinutes,
    },
    offsetMs: draw.whole([0, 119]) * 1000,
    missingShare: draw.between([0.037, 0.061]),
    sentinels: sentinelsOf(key, equipment.kind, history),
  }
}

/**
 * The chain's standards: the published limit and the usual alarm, with two exceptions. Lids of prep rails stand open
 * through a rush. No code prints an air temperature for freezers, and theirs swing above −18 °C in every cycle: this
 * chain keeps them at most at 10 °F and lets a defrost of an hour and a half pass.
 */
function policyOf(kind: SimulatedKind): UnitPolicyInput {
  const alarm = defaultAlarmPolicy(kind, 'us')
  if (!alarm) throw new Error(`no alarm policy for ${kind}`)
  const usual = { limitIds: defaultLimitIds(kind, 'us'), operatingLimits: null, alarm }
  if (kind === 'prep_rail') {
    return { ...usual, alarm: { ...alarm, graceMinutes: 90, productFilterMinutes: 30 } }
  }
  if (kind !== 'walk_in_freezer') return usual
  return {
    limitIds: [],
    operatingLimits: { max: TEN_F, min: null },
    alarm: { ...alarm, limits: { max: TEN_F, min: null }, graceMinutes: 90 },
  }
}

const TEN_F = { milliF: 10_000, milliC: -12_000 }

/** Judged by the same limit as any cooler, but watched more closely: nobody would wait an hour to see an alarm. */
const WATCHED_CLOSELY: UnitPolicyInput = {
  limitIds: defaultLimitIds('walk_in_cooler', 'us'),
  operatingLimits: null,
  alarm: {
    limits: { max: alarmBound(52_000, 'F'), min: null },
    graceMinutes: 3,
    productFilterMinutes: 0,
    schedule: [],
  },
}

/** A gateway is away every other month, for ten minutes to two hours; 7 of 10 kept what they heard. */
function outagesOf(chain: Chain, place: ChainLocation, { from, end }: { from: number; end: number }) {
  const draw = draws(`${chain.key}/${place.key}/outages`)
  const months = (end - from) / (30 * DAY)
  const count = Math.floor(months * 0.5) + (draw.isLucky((months * 0.5) % 1) ? 1 : 0)
  return Array.from({ length: count }, () => {
    const begins = Math.floor(draw.between([from + DAY, end - 2 * DAY]))
    return { from: begins, to: begins + draw.whole([10, 120]) * MINUTE, backfilled: draw.isLucky(0.7) }
  })
}

/** About one reading a month that is no temperature. */
function sentinelsOf(key: string, kind: SimulatedKind, { from, end }: History) {
  const draw = draws(`${key}/sentinels`)
  const values = kind === 'hot_hold' ? [882.6, 327.67, -196.6] : [882.6, 327.67, 185, -196.6]
  const count = Math.round(((end - from) / (30 * DAY)) * draw.between([0.5, 1.5]))
  return Array.from({ length: count }, () => ({
    at: Math.floor(draw.between([from + DAY, end - 2 * DAY])),
    sent: draw.oneOf(values),
  })).sort((one, other) => one.at - other.at)
}
