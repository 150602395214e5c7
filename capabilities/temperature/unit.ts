import { z } from 'zod'
import type { Jurisdiction } from './limits.ts'

/** Equipment whose temperature is watched, in the kitchen's words. */
export const UnitKind = z.enum([
  'walk_in_cooler',
  'reach_in',
  'prep_rail',
  'walk_in_freezer',
  'freezer',
  'hot_hold',
  'hot_line',
  'dish_machine',
  'receiving',
  'other',
])
export type UnitKind = z.infer<typeof UnitKind>

/** Where a reading came from: a sensor of the unit, a probe over Bluetooth, a person's keypad, a file. */
export const ReadingSource = z.enum(['sensor', 'probe', 'typed', 'imported'])
export type ReadingSource = z.infer<typeof ReadingSource>

/** Every 10 minutes is what a LoRaWAN thermometer sends; every 5 a Bluetooth gateway. */
export const DEFAULT_CADENCE_MINUTES = 10

/** What the unit is for. `other` promises nothing, so nothing is assumed of it. */
export const isFreezer = (kind: UnitKind) => kind === 'walk_in_freezer' || kind === 'freezer'
export const isCooler = (kind: UnitKind) => kind === 'walk_in_cooler' || kind === 'reach_in' || kind === 'prep_rail'
export const isHot = (kind: UnitKind) => kind === 'hot_hold' || kind === 'hot_line'

/**
 * The published limits a new unit of this kind starts with. The kitchen may choose others; no jurisdiction here means
 * no default. EU law has no general chill temperature (Reg. 853/2004 limits single products), so an EU cooler starts
 * with none and its kitchen sets an operating limit. Scotland has no statutory chill temperature either.
 */
export function defaultLimitIds(kind: UnitKind, jurisdiction: Jurisdiction): string[] {
  if (isCooler(kind)) return COLD[jurisdiction]
  if (isFreezer(kind)) return FROZEN[jurisdiction]
  if (isHot(kind)) return HOT[jurisdiction]
  if (kind === 'dish_machine')
    return jurisdiction.startsWith('us') ? ['us.ware_manifold_min', 'us.ware_manifold_max'] : []
  if (kind === 'receiving') return jurisdiction.startsWith('us') ? ['us.receive_cold'] : COLD[jurisdiction]
  return []
}

type ByJurisdiction = Record<Jurisdiction, string[]>
const COLD: ByJurisdiction = {
  us: ['us.cold_hold'],
  'us-nyc': ['us.cold_hold'],
  uk: ['uk.chill'],
  'uk-sct': [],
  eu: [],
}
const FROZEN: ByJurisdiction = {
  us: ['us.freezer_air'],
  'us-nyc': ['us.freezer_air'],
  uk: ['eu.qff'],
  'uk-sct': ['eu.qff'],
  eu: ['eu.qff'],
}
const HOT: ByJurisdiction = {
  us: ['us.hot_hold'],
  'us-nyc': ['us.nyc_hot_hold'],
  uk: ['uk.hot'],
  'uk-sct': ['sc.hot'],
  eu: [],
}
