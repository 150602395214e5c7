import { percentOf, reaches } from './exact.ts'
import type { ScoreStatus } from './score.ts'

/** One answer's place in the score: an item, in its entry where its section repeats. */
export type ScoredItem = {
  id: string
  /** The groups it lies in, outermost first: sections, entries of repeats, as deep as they go. */
  within: readonly string[]
  /**
   * usual: brings points of a maximum · bonus: brings points beyond the maximum of the others · deduction: brings
   * nothing, and takes away what it is short of its maximum.
   */
  counts: 'usual' | 'bonus' | 'deduction'
  weight: number
  /** The most points one answer can bring, before the weight. */
  max: number
  /**
   * What the answer brings, before the weight. Null: not answered, which is nothing of the maximum · left_out: hidden,
   * not applicable or not scored by its flag; it leaves both sums.
   */
  points: number | null | 'left_out'
  /** The answer is a failing one. */
  fails: boolean
  /** Failing it fails the whole, whatever the rest says. */
  isCritical: boolean
  /** It has to be answered, and is not. */
  isMissing: boolean
}

export type Sum = { score: number; max: number; percent: number | null }

/** What an answer costs. Below zero: a bonus. */
export type Cost = { id: string; points: number }

export type WeightedScore = Sum & {
  status: ScoreStatus
  failedCritical: string[]
  /** By the path of the group. Each is a sum of its items, never a mean of percentages. */
  groups: { within: readonly string[]; sum: Sum }[]
  /** Dearest first. Together with `heldBack` they are exactly what is missing of the maximum. */
  costs: Cost[]
  /** What bonuses would bring beyond the maximum; below zero, what deductions would take beyond nothing. */
  heldBack: number
}

/**
 * The score of a weighted template: sum of points by weight, of the sum of maxima. Order does not matter, sums are
 * exact (thousandths of a point), a pass mark is held against the fraction and not against the rounded percentage.
 */
export function weightedScore(items: readonly ScoredItem[], passPercent: number | null): WeightedScore {
  const failedCritical = items.filter(({ isCritical, fails }) => isCritical && fails).map(({ id }) => id)
  const total = totalOf(items)
  const score = held(total)
  return {
    ...sumOf(total),
    status: statusOf(score, total.max, passPercent, failedCritical.length > 0, items),
    failedCritical: failedCritical.sort(),
    groups: groupsOf(items),
    costs: costsOf(items),
    heldBack: (total.score - score) / UNIT,
  }
}

/** The most that one answer can bring: the best option, or all that bring something where several may be chosen. */
export function bestOf(points: readonly number[], several: boolean): number {
  if (several) return points.reduce((sum, each) => sum + Math.max(0, units(each)), 0) / UNIT
  return points.reduce((best, each) => Math.max(best, each), 0)
}

/** Sums are kept in thousandths, as whole numbers: decimal fractions do not add up in any order. */
const UNIT = 1000
const units = (points: number) => Math.round(points * UNIT)

type Total = { score: number; max: number }

function totalOf(items: readonly ScoredItem[]): Total {
  const total = { score: 0, max: 0 }
  for (const item of items) add(total, item)
  return total
}

function add(total: Total, item: ScoredItem) {
  if (item.points === 'left_out') return
  if (item.counts === 'usual') total.max += units(item.max) * item.weight
  total.score += bringsUnits(item)
}

function bringsUnits({ counts, points, max, weight }: ScoredItem): number {
  if (points === null || points === 'left_out') return 0
  return (counts === 'deduction' ? units(points) - units(max) : units(points)) * weight
}

function costUnits(item: ScoredItem): number {
  if (item.points === 'left_out') return 0
  return (item.counts === 'usual' ? units(item.max) * item.weight : 0) - bringsUnits(item)
}

const held = ({ score, max }: Total) => Math.max(0, Math.min(score, max))

const sumOf = (total: Total): Sum => ({
  score: held(total) / UNIT,
  max: total.max / UNIT,
  percent: percentOf(held(total), total.max, 3),
})

function statusOf(
  score: number,
  max: number,
  passPercent: number | null,
  isKnockedOut: boolean,
  items: readonly ScoredItem[],
): ScoreStatus {
  if (isKnockedOut) return 'fail_critical'
  if (items.some(({ isMissing }) => isMissing)) return 'incomplete'
  if (max === 0) return 'not_scored'
  if (passPercent === null) return 'scored'
  return reaches(score, max, passPercent) ? 'pass' : 'fail'
}

/** Every group on the way to an item. A name that comes again further down is another group: its path is another. */
function groupsOf(items: readonly ScoredItem[]): WeightedScore['groups'] {
  const totals = new Map<string, { within: readonly string[]; total: Total }>()
  for (const item of items) {
    for (let depth = 1; depth <= item.within.length; depth++) {
      const within = item.within.slice(0, depth)
      const key = JSON.stringify(within)
      const known = totals.get(key)
      const group = known ?? { within, total: { score: 0, max: 0 } }
      if (!known) totals.set(key, group)
      add(group.total, item)
    }
  }
  return [...totals]
    .sort(([one], [other]) => (one < other ? -1 : 1))
    .map(([, { within, total }]) => ({ within, sum: sumOf(total) }))
}

const costsOf = (items: readonly ScoredItem[]): Cost[] =>
  items
    .map((item) => ({ id: item.id, points: costUnits(item) / UNIT }))
    .filter(({ points }) => points !== 0)
    .sort((one, other) => other.points - one.points || (one.id < other.id ? -1 : 1))
