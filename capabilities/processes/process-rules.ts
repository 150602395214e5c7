import {
  type EditionId,
  type Jurisdiction,
  jurisdictionOf,
  type PublishedLimit,
  publishedLimit,
  type RulesOf,
} from '@opsflow/capabilities/temperature'
import type { TimeControlStart } from './process-words.ts'
import type { Bound } from './verdict.ts'

type Held = Bound & { holdSeconds: number }

export type CoolingRule = {
  hot: Bound
  lukewarm: Bound
  cold: Bound
  stage1Minutes: number
  totalMinutes: number
  ambientMinutes: number
  /** After a failed first stage, once, within so long. */
  reheat: Held
  reheatWithinMinutes: number
}
export type ReheatingRule = Held & { withinMinutes: number }
export type HotHoldingRule = Bound & { unreadMinutes: number }
export type CookingRule = Held & { id: string; standSeconds: number; alternatives: readonly Held[] }
export type TimeControlRule = Record<TimeControlStart, Bound> & {
  ceiling: Bound
  hours: Record<TimeControlStart, readonly number[]>
}
export type ThawingRule = {
  cold: Bound
  water: Bound
  warmMinutes: number
  everyMinutes: number
  waterEveryMinutes: number
}

/** The rules of processes in one rule book. A record keeps the edition it was begun under. */
export type ProcessRules = {
  edition: EditionId
  /** Where our source is second-hand, or the book says nothing and the Food Code's figures stand in as practice. */
  confirmWithAuthority: boolean
  cooling: CoolingRule
  reheating: { usual: ReheatingRule; commercial: ReheatingRule }
  hotHolding: { usual: HotHoldingRule; roast: HotHoldingRule }
  /** The foods one may cook, in the order in which a screen offers them. */
  cooking: readonly CookingRule[]
  timeControl: TimeControlRule
  thawing: ThawingRule
  dateMark: { daysKept: number }
}

const bound = ({ op, milliF, milliC }: Bound): Bound => ({ op, milliF, milliC })
const atMost = (milliF: number | null, milliC: number): Bound => ({ op: '<=', milliF, milliC })

function limit(id: string): PublishedLimit {
  const known = publishedLimit(id)
  if (!known) throw new Error(`no limit ${id}`)
  return known
}

function reheatingBy(id: string): ReheatingRule {
  const { holdSeconds = 0, maxMinutes = 120, ...known } = limit(id)
  return { ...bound(known), holdSeconds, withinMinutes: maxMinutes }
}

function cookingBy(id: string): CookingRule {
  const { holdSeconds = 0, standSeconds = 0, alternatives = [], ...known } = limit(id)
  const others = alternatives.map(({ milliF, milliC, holdSeconds: seconds }) => ({
    ...{ op: known.op, milliF, milliC, holdSeconds: seconds },
  }))
  return { id, ...bound(known), holdSeconds, standSeconds, alternatives: others }
}

/** 3-401.11(B)(2): whole meat roasts in an oven; printed pairs with their seconds. From memory: confirm with your authority. */
const ROAST: readonly (readonly [milliF: number, milliC: number, holdSeconds: number])[] = [
  [130_000, 54_400, 6720],
  [131_000, 55_000, 5340],
  [133_000, 56_100, 3360],
  [135_000, 57_200, 2160],
  [136_000, 57_800, 1680],
  [138_000, 58_900, 1080],
  [140_000, 60_000, 720],
  [142_000, 61_100, 480],
  [144_000, 62_200, 300],
  [145_000, 62_800, 240],
  [147_000, 63_900, 134],
  [149_000, 65_000, 85],
  [151_000, 66_100, 54],
  [153_000, 67_200, 34],
  [155_000, 68_300, 22],
  [157_000, 69_400, 14],
  [158_000, 70_000, 0],
]

const [lowest, ...higher] = ROAST.map(([milliF, milliC, holdSeconds]) => ({
  ...{ op: '>=' as const, milliF, milliC, holdSeconds },
})) as [Held, ...Held[]]
const roast: CookingRule = { id: 'us.cook_roast', ...lowest, standSeconds: 0, alternatives: higher }

const cold = bound(limit('us.cold_hold'))
const hot = bound(limit('us.hot_hold'))
/** 70 °F / 21 °C, as 3-501.14 and 3-501.19 print it. */
const lukewarm = atMost(70_000, 21_000)

const foodCode: ProcessRules = {
  edition: 'fda-2022',
  confirmWithAuthority: true,
  cooling: {
    ...{ hot, lukewarm, cold, stage1Minutes: 120, totalMinutes: 360, ambientMinutes: 240 },
    ...{ reheat: { ...bound(limit('us.reheat')), holdSeconds: 15 }, reheatWithinMinutes: 120 },
  },
  reheating: { usual: reheatingBy('us.reheat'), commercial: reheatingBy('us.reheat_commercial') },
  hotHolding: {
    usual: { ...hot, unreadMinutes: 240 },
    roast: { ...bound(limit('us.hot_hold_roast')), unreadMinutes: 240 },
  },
  cooking: [
    ...['us.cook_165', 'us.cook_155', 'us.cook_145', 'us.cook_plant', 'us.microwave_raw'].map(cookingBy),
    roast,
  ],
  timeControl: {
    ...{ cold, hot, produce: lukewarm, ceiling: lukewarm },
    hours: { cold: [4, 6], hot: [4], produce: [4] },
  },
  thawing: { cold, water: bound(limit('us.thaw_water')), warmMinutes: 240, everyMinutes: 720, waterEveryMinutes: 30 },
  dateMark: { daysKept: 7 },
}

/**
 * Where another book prints figures of its own, they hold; for the rest the Food Code's stand in, as practice to be confirmed.
 * NYC keeps food hot at 140 °F / 60 °C, which is also where its cooling begins.
 */
const others: Partial<Record<EditionId, ProcessRules>> = {
  'nyc-health-code': withHot('nyc-health-code', 'us.nyc_hot_hold'),
  'uk-2013': unitedKingdom('uk-2013', 'uk.hot', 'uk.cook'),
  'sct-2006': unitedKingdom('sct-2006', 'sc.hot', 'sc.reheat'),
  'eu-853-2004': { ...foodCode, edition: 'eu-853-2004' },
}

function withHot(edition: EditionId, hotId: string): ProcessRules {
  const own = bound(limit(hotId))
  return {
    ...foodCode,
    edition,
    cooling: { ...foodCode.cooling, hot: own },
    hotHolding: { usual: { ...own, unreadMinutes: 240 }, roast: { ...own, unreadMinutes: 240 } },
    timeControl: { ...foodCode.timeControl, hot: own, hours: { cold: [4, 6], hot: [4], produce: [] } },
  }
}

/** The British books print degrees Celsius only. Chilled food may be out for four hours once, hot food for two. */
function unitedKingdom(edition: EditionId, hotId: string, reheatId: string): ProcessRules {
  const base = withHot(edition, hotId)
  const reheating = reheatingBy(reheatId)
  const chilled = bound(limit('uk.chill'))
  return {
    ...base,
    cooling: { ...base.cooling, reheat: { ...bound(reheating), holdSeconds: reheating.holdSeconds } },
    reheating: { usual: reheating, commercial: reheating },
    cooking: [cookingBy('uk.cook')],
    timeControl: { ...base.timeControl, cold: chilled, hours: { cold: [4], hot: [], produce: [] } },
  }
}

/** The rules of an edition; of one that no process was ever begun under, the Food Code's. */
export const processRules = (edition: EditionId): ProcessRules => others[edition] ?? foodCode

const EDITION_OF: Record<Jurisdiction, EditionId> = {
  us: 'fda-2022',
  'us-nyc': 'nyc-health-code',
  uk: 'uk-2013',
  'uk-sct': 'sct-2006',
  eu: 'eu-853-2004',
}

/** The rule book that holds at a location today: what a process that begins there is judged by from then on. */
export const editionAt = (rules: RulesOf): EditionId => EDITION_OF[jurisdictionOf(rules)]
