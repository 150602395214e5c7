import type { OpeningHours, Position } from '@opsflow/capabilities/locations'
import type { SimulatedKind } from '@opsflow/capabilities/temperature'

/**
 * The chain of the demo: invented names, streets and towns in two real time zones. Everything that is drawn by chance
 * (people, incidents, readings) follows from these words and one seed, so every install shows the same chain.
 */
export type ChainKind = 'quick_service' | 'full_service' | 'cafe'

export type ChainLocation = {
  key: string
  name: string
  kind: ChainKind
  address: string
  /** The towns are invented: each lies where one of its kind could, its places a walk from one another. */
  position: Position
  timezone: 'America/New_York' | 'America/Chicago'
  /** The groups it lies in, from the region down. */
  groups: readonly string[]
}

export type Brand = { name: string; slug: string; locations: readonly ChainLocation[] }
export type Chain = {
  key: string
  name: string
  domain: string
  historyDays: number
  auditDays: number
  brands: readonly Brand[]
}

const POSITIONS: Readonly<Record<string, readonly [latitude: number, longitude: number]>> = {
  'lantern-row': [39.3663, -74.4412],
  'mill-square': [39.3601, -74.4301],
  'station-plaza': [41.5034, -74.0101],
  lakefront: [42.3621, -87.8288],
  'prairie-junction': [40.4852, -88.9936],
  harborside: [39.3747, -74.4238],
  'vine-street': [41.5009, -74.0192],
  riverwalk: [42.3655, -87.8341],
  'old-mill': [40.4768, -88.9871],
  'ferry-cafe': [39.3779, -74.4185],
  'library-cafe': [41.5067, -74.0146],
  'garden-cafe': [42.3584, -87.8402],
  juniper: [43.0747, -89.3841],
}

const EAST = 'America/New_York'
const CENTRAL = 'America/Chicago'
const JERSEY = ['East', 'New Jersey']
const YORK = ['East', 'New York']
const LAKESHORE = ['Midwest', 'Lakeshore']
const PRAIRIE = ['Midwest', 'Prairie']

export const harborAndVine: Chain = {
  key: 'harborvine',
  name: 'Harbor & Vine Restaurants',
  domain: 'harborvine.example',
  historyDays: 60,
  auditDays: 365,
  brands: [
    {
      name: 'Brass Bell Burgers',
      slug: 'brass-bell-burgers',
      locations: [
        place('lantern-row', 'Lantern Row', 'quick_service', '118 Lantern Row, Port Amity, NJ', EAST, JERSEY),
        place('mill-square', 'Mill Square', 'quick_service', '4 Mill Square, Port Amity, NJ', EAST, JERSEY),
        place('station-plaza', 'Station Plaza', 'quick_service', '27 Station Plaza, Hartwell Falls, NY', EAST, YORK),
        place('lakefront', 'Lakefront', 'quick_service', '900 Shoreline Walk, Winslow Bay, IL', CENTRAL, LAKESHORE),
        place(
          'prairie-junction',
          'Prairie Junction',
          'quick_service',
          '1501 Junction Road, Cedar Fork, IL',
          CENTRAL,
          PRAIRIE,
        ),
      ],
    },
    {
      name: 'Harbor & Vine Kitchen',
      slug: 'harbor-and-vine-kitchen',
      locations: [
        place('harborside', 'Harborside', 'full_service', '1 Customs Wharf, Port Amity, NJ', EAST, JERSEY),
        place('vine-street', 'Vine Street', 'full_service', '62 Vine Street, Hartwell Falls, NY', EAST, YORK),
        place('riverwalk', 'Riverwalk', 'full_service', '35 Riverwalk Terrace, Winslow Bay, IL', CENTRAL, LAKESHORE),
        place('old-mill', 'Old Mill', 'full_service', '8 Millrace Lane, Cedar Fork, IL', CENTRAL, PRAIRIE),
        place('ferry-cafe', 'Ferry Terminal Café', 'cafe', 'Ferry Terminal, Hall B, Port Amity, NJ', EAST, JERSEY),
        place('library-cafe', 'Library Court Café', 'cafe', '3 Library Court, Hartwell Falls, NY', EAST, YORK),
        place('garden-cafe', 'Garden Street Café', 'cafe', '240 Garden Street, Winslow Bay, IL', CENTRAL, LAKESHORE),
      ],
    },
  ],
}

/** Another customer on the same server: what one of the two sees, the other never does. */
export const juniperStreet: Chain = {
  key: 'juniper',
  name: 'Juniper Street Diner Co.',
  domain: 'juniperstreet.example',
  historyDays: 14,
  auditDays: 90,
  brands: [
    {
      name: 'Juniper Street Diner',
      slug: 'juniper-street-diner',
      locations: [place('juniper', 'Juniper Street', 'quick_service', '77 Juniper Street, Alder Creek, WI', CENTRAL)],
    },
  ],
}

function place(
  key: string,
  name: string,
  kind: ChainKind,
  address: string,
  timezone: ChainLocation['timezone'],
  groups: readonly string[] = [],
): ChainLocation {
  const [latitude, longitude] = POSITIONS[key] ?? []
  if (latitude === undefined || longitude === undefined) throw new Error(`${key} lies nowhere`)
  return { key, name, kind, address, position: { latitude, longitude }, timezone, groups }
}

/** When guests come, as in a usual week of the kind; restaurants serve past midnight before a free day. */
export const openingHoursOf: Record<ChainKind, OpeningHours> = {
  quick_service: everyDay('06:00', '23:00'),
  full_service: everyDay('11:00', '22:30').map((span) =>
    span.weekday === 5 || span.weekday === 6 ? { ...span, closes: '00:30' } : span,
  ),
  cafe: everyDay('06:30', '16:00'),
}

/** What the chain picks locations out by. */
export const attributesOf: Record<ChainKind, Record<string, string>> = {
  quick_service: { drive_thru: 'yes', format: 'burgers' },
  full_service: { bar: 'yes', format: 'table service' },
  cafe: { format: 'counter' },
}

export const CHRISTMAS = { date: '2026-12-25', hours: [], note: 'Christmas' }

function everyDay(opens: string, closes: string): OpeningHours {
  return [1, 2, 3, 4, 5, 6, 7].map((weekday) => ({ weekday, opens, closes }))
}

/** Equipment by kind of location: nine sensors in a burger kitchen, eleven in a restaurant, five in a café. */
export type Equipment = { name: string; kind: SimulatedKind; defrost?: 'A' | 'B' }

export const equipmentOf: Record<ChainKind, readonly Equipment[]> = {
  quick_service: [
    { name: 'Walk-in cooler', kind: 'walk_in_cooler' },
    { name: 'Walk-in freezer', kind: 'walk_in_freezer', defrost: 'A' },
    { name: 'Grill reach-in', kind: 'reach_in' },
    { name: 'Produce reach-in', kind: 'reach_in' },
    { name: 'Shake reach-in', kind: 'reach_in' },
    { name: 'Burger prep rail', kind: 'prep_rail' },
    { name: 'Salad prep rail', kind: 'prep_rail' },
    { name: 'Burger hot hold', kind: 'hot_hold' },
    { name: 'Chili well', kind: 'hot_hold' },
  ],
  full_service: [
    { name: 'Produce walk-in', kind: 'walk_in_cooler' },
    { name: 'Meat and fish walk-in', kind: 'walk_in_cooler' },
    { name: 'Walk-in freezer', kind: 'walk_in_freezer', defrost: 'B' },
    { name: 'Dessert freezer', kind: 'walk_in_freezer', defrost: 'A' },
    { name: 'Line reach-in', kind: 'reach_in' },
    { name: 'Bar reach-in', kind: 'reach_in' },
    { name: 'Pastry reach-in', kind: 'reach_in' },
    { name: 'Sauté prep rail', kind: 'prep_rail' },
    { name: 'Garde manger prep rail', kind: 'prep_rail' },
    { name: 'Soup well', kind: 'hot_hold' },
    { name: 'Carving hot hold', kind: 'hot_hold' },
  ],
  cafe: [
    { name: 'Milk reach-in', kind: 'reach_in' },
    { name: 'Pastry reach-in', kind: 'reach_in' },
    { name: 'Sandwich prep rail', kind: 'prep_rail' },
    { name: 'Back freezer', kind: 'walk_in_freezer', defrost: 'A' },
    { name: 'Soup well', kind: 'hot_hold' },
  ],
}

/**
 * Minutes of the local day: when people work, and when a round of checks by hand is due. Opening hours and rounds as in
 * a restaurant's usual day: all cold units before opening, the line before each rush, hot holding through service.
 */
export type Day = { opensAt: number; closesAt: number; coldRound: number; lineRounds: readonly number[] }

export const dayOf: Record<ChainKind, Day> = {
  quick_service: {
    opensAt: 6 * 60,
    closesAt: 23 * 60,
    coldRound: 6 * 60 + 15,
    lineRounds: [10 * 60 + 30, 16 * 60 + 30],
  },
  full_service: {
    opensAt: 8 * 60,
    closesAt: 23 * 60 + 15,
    coldRound: 9 * 60 + 15,
    lineRounds: [10 * 60 + 30, 16 * 60 + 30],
  },
  cafe: { opensAt: 6 * 60, closesAt: 16 * 60, coldRound: 6 * 60 + 20, lineRounds: [11 * 60] },
}

/** Burger kitchens report over LoRaWAN every ten minutes, the other brand by thermometers that save their battery. */
export const cadenceMinutesOf: Record<ChainKind, 10 | 15> = { quick_service: 10, full_service: 15, cafe: 15 }
