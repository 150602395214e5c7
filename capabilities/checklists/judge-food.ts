import {
  defaultLimitIds,
  type Jurisdiction,
  judge,
  jurisdictionOf,
  type PublishedLimit,
  publishedLimit,
  type RulesOf,
  type Temperature,
  toMilli,
  type UnitKind,
} from '@opsflow/capabilities/temperature'
import type { ItemOf } from './item.ts'

type Food = Extract<ItemOf<'temperature'>['subject'], { kind: 'food' }>

/**
 * Does a food keep its limit? The published one as it is printed, in the unit read; the template's own bounds in their
 * unit. Breaking one is failing; null where nothing can judge it.
 */
export function judgeFood({ limitId, unit, min, max }: Food, rules: RulesOf, value: Temperature): boolean | null {
  const judged: boolean[] = []
  const limit = limitId === null ? undefined : limitAt(limitId, jurisdictionOf(rules))
  if (limit) {
    const judgement = judge(limit, value)
    if ('compliant' in judgement) judged.push(judgement.compliant)
  }
  const read = toMilli(value, unit)
  if (min !== null) judged.push(read >= min * 1000)
  if (max !== null) judged.push(read <= max * 1000)
  return judged.length === 0 ? null : judged.every(Boolean)
}

/**
 * A chain's template names a limit once. Where a location's rules have a counterpart of their own for holding food cold,
 * frozen or hot, that one holds; every other limit is the one that was named.
 */
export function limitAt(limitId: string, jurisdiction: Jurisdiction): PublishedLimit | undefined {
  const kind = HOLDING.find((one) => JURISDICTIONS.some((place) => defaultLimitIds(one, place).includes(limitId)))
  const own = kind && defaultLimitIds(kind, jurisdiction)[0]
  return publishedLimit(own ?? limitId)
}

const HOLDING: readonly UnitKind[] = ['walk_in_cooler', 'freezer', 'hot_hold']
const JURISDICTIONS: readonly Jurisdiction[] = ['us', 'us-nyc', 'uk', 'uk-sct', 'eu']
