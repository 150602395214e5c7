import { type AlarmPolicyInput, alarmBound, alarmLimitsOf } from './alarm-policy.ts'
import type { Jurisdiction } from './limits.ts'
import { publishedLimit } from './limits-data.ts'
import { isCooler, isFreezer, isHot, type UnitKind } from './unit.ts'

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

/**
 * The alarm policy a new unit of this kind starts with; null where a reading is taken by hand and nobody is to be
 * woken. The bound is the unit's published limit as printed. Grace is long enough for what is no fault:
 *
 * Freezers, 90 minutes: on a real freezer the longest of eight defrosts kept the air above −18 °C for 80 minutes
 * (fixtures/freezer-alarms.json), so 14 days pass in silence with ten minutes to spare, while a stopped compressor
 * alarms after 113 minutes and a door left ajar after 93. The product filter stays off: it lengthens a defrost
 * more than it shortens an alarm. A freezer without long defrosts may be watched more closely.
 *
 * Coolers, 60 minutes behind a 10-minute product filter: a delivery put away takes 20 minutes, a defrost 30, and the
 * lids of a prep rail stand open through the rush; the filter swallows door openings and compressor swings. That is
 * well within the four hours of FDA Food Code 3-501.19.
 *
 * Hot holding, 30 minutes: a lid lifted to serve is minutes, a dead element is not.
 */
export function defaultAlarmPolicy(kind: UnitKind, jurisdiction: Jurisdiction): AlarmPolicyInput | null {
  const published = alarmLimitsOf(defaultLimitIds(kind, jurisdiction).flatMap((id) => publishedLimit(id) ?? []))
  if (isFreezer(kind)) return alarmAfter(90, 0, { max: published.max, min: null })
  if (isCooler(kind)) return alarmAfter(60, 10, { max: published.max ?? CHILLED_BY_CUSTOM, min: null })
  if (isHot(kind)) return alarmAfter(30, 0, { max: null, min: published.min ?? HOT_BY_CUSTOM })
  return null
}

const alarmAfter = (
  graceMinutes: number,
  productFilterMinutes: number,
  limits: AlarmPolicyInput['limits'],
): AlarmPolicyInput => ({ limits, graceMinutes, productFilterMinutes, schedule: [] })

/** Where no law prints a temperature: what the Food Standards Agency advises, 5 °C, and 63 °C as in the United Kingdom. */
const CHILLED_BY_CUSTOM = alarmBound(5_000, 'C')
const HOT_BY_CUSTOM = alarmBound(63_000, 'C')
