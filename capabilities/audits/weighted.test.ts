import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import rollUps from './fixtures/safetyculture-real-rollups.json' with { type: 'json' }
import weighted from './fixtures/weighted-template.json' with { type: 'json' }
import { bestOf, type ScoredItem, weightedScore } from './weighted.ts'

const item = (over: Partial<ScoredItem>): ScoredItem => ({
  id: 'item',
  within: [],
  counts: 'usual',
  weight: 1,
  max: 1,
  points: 1,
  fails: over.points === 0,
  isCritical: false,
  isMissing: false,
  ...over,
})

describe('a weighted template scores as the vectors say', () => {
  type Given = {
    id: string
    response: number | string | null
    max: number
    weight?: number
    critical?: boolean
    mandatory?: boolean
    section?: string
  }
  const scored = (given: Given) =>
    item({
      id: given.id,
      within: given.section ? [given.section] : [],
      weight: given.weight ?? 1,
      max: given.max,
      points: typeof given.response === 'string' ? 'left_out' : given.response,
      isCritical: given.critical ?? false,
      isMissing: (given.mandatory ?? false) && given.response === null,
    })

  test.each(weighted.vectors)('$id', ({ input, expected }) => {
    const given: Given[] = input.items
    const { score, max, percent, failedCritical, status } = weightedScore(given.map(scored), input.passPercent)
    expect({
      ...{ score, maxScore: max, percent },
      criticalFailed: failedCritical.length > 0,
      status: status.toUpperCase(),
    }).toEqual(expected)
  })

  test('sections are sums of their own: 90 and 50 % together are 83.333, not 70', () => {
    const given: Given[] = weighted.vectors.find(({ id }) => id === 'sc-10')?.input.items ?? []
    expect(weightedScore(given.map(scored), 80).groups).toEqual([
      { within: ['front'], sum: { score: 1, max: 2, percent: 50 } },
      { within: ['kitchen'], sum: { score: 9, max: 10, percent: 90 } },
    ])
  })
})

test.each(rollUps.vectors)("$id: a peer's published roll-up comes out the same", ({ input, expected }) => {
  const leaves = input.leaves.map(([points = 0, max = 0], n) => item({ id: `leaf ${n}`, points, max }))
  const { score, max, percent } = weightedScore(leaves, null)
  expect({ score, maxScore: max, percent }).toEqual(expected)
})

test('a pass mark is held against the fraction, not against the percentage as it is printed', () => {
  const of = (score: number, max: number) => weightedScore([item({ points: score, max })], 80)
  expect(of(79_999.6, 100_000)).toMatchObject({ percent: 80, status: 'fail' })
  expect(of(80_000, 100_000).status).toBe('pass')
  expect(of(2, 3).percent).toBe(66.667)
})

test('nothing that could bring points is not scored: neither 0 nor 100', () => {
  const nothing = { score: 0, max: 0, percent: null, status: 'not_scored' }
  expect(weightedScore([], 80)).toMatchObject(nothing)
  expect(weightedScore([item({ weight: 0 }), item({ points: 'left_out' })], 80)).toMatchObject(nothing)
  expect(weightedScore([item({ counts: 'bonus', max: 5, points: 5 })], 80)).toMatchObject(nothing)
})

test('a critical item of no weight still fails the whole', () => {
  const knockOut = item({ id: 'probe', weight: 0, points: 0, isCritical: true })
  expect(weightedScore([item({}), knockOut], 80)).toMatchObject({
    ...{ percent: 100, status: 'fail_critical', failedCritical: ['probe'], costs: [] },
  })
})

test('what is critical and failed stands before what is missing: it cannot become better', () => {
  const missing = item({ points: null, isMissing: true })
  expect(weightedScore([item({ points: 0, isCritical: true }), missing], 80).status).toBe('fail_critical')
})

test('a bonus fills what others lost and brings nothing beyond the maximum', () => {
  const lost = item({ id: 'lost', max: 10, points: 6 })
  const bonus = (points: number) => item({ id: 'bonus', counts: 'bonus', max: 8, points })
  expect(weightedScore([lost, bonus(3)], null)).toMatchObject({ score: 9, max: 10, heldBack: 0 })
  expect(weightedScore([lost, bonus(8)], null)).toMatchObject({
    ...{ score: 10, max: 10, percent: 100, heldBack: 4 },
    costs: [
      { id: 'lost', points: 4 },
      { id: 'bonus', points: -8 },
    ],
  })
})

test('a deduction takes off what it is short of its maximum, and never below nothing', () => {
  const usual = item({ id: 'usual', max: 10, points: 10 })
  const deduction = (points: number | null, max: number) => item({ id: 'less', counts: 'deduction', max, points })
  expect(weightedScore([usual, deduction(null, 4)], null).percent).toBe(100)
  expect(weightedScore([usual, deduction(4, 4)], null).percent).toBe(100)
  expect(weightedScore([usual, deduction(0, 4)], null)).toMatchObject({ score: 6, costs: [{ id: 'less', points: 4 }] })
  expect(weightedScore([usual, deduction(0, 14)], null)).toMatchObject({ score: 0, heldBack: -4 })
})

test('the most a choice can bring is its best option, or all that bring something where several may be chosen', () => {
  expect(bestOf([0, 3, 1], false)).toBe(3)
  expect(bestOf([0.1, 0.2, 0.7, -1], true)).toBe(1)
  expect(bestOf([-2, -1], false)).toBe(0)
  expect(bestOf([], true)).toBe(0)
})

describe('of any answers', () => {
  const anyItem = fc.record<ScoredItem>({
    id: fc.uuid(),
    within: fc.array(fc.constantFrom('kitchen', 'front', 'store', 'unit 1', 'unit 2'), { maxLength: 10 }),
    counts: fc.constantFrom('usual', 'usual', 'usual', 'bonus', 'deduction'),
    weight: fc.integer({ min: 0, max: 1000 }),
    max: fc.integer({ min: 0, max: 100_000 }).map((n) => n / 1000),
    points: fc.oneof(
      fc.integer({ min: 0, max: 100_000 }).map((n) => n / 1000),
      fc.constantFrom(null, 'left_out' as const),
    ),
    fails: fc.boolean(),
    isCritical: fc.boolean(),
    isMissing: fc.boolean(),
  })
  const anyItems = fc
    .array(anyItem, { maxLength: 40 })
    .map((items) => items.map((each) => (typeof each.points === 'number' ? capped(each) : each)))
  const capped = (each: ScoredItem) => ({ ...each, points: Math.min(each.max, Number(each.points)) })
  const shuffledBy = (items: ScoredItem[], seeds: number[]) =>
    items
      .map((each, n) => ({ each, seed: seeds[n] ?? n }))
      .sort((one, other) => one.seed - other.seed)
      .map(({ each }) => each)

  test('their order does not matter', () => {
    fc.assert(
      fc.property(anyItems, fc.array(fc.integer(), { minLength: 40, maxLength: 40 }), (items, seeds) => {
        expect(weightedScore(shuffledBy(items, seeds), 80)).toEqual(weightedScore(items, 80))
      }),
    )
  })

  test('what is left out changes nothing of the rest', () => {
    fc.assert(
      fc.property(anyItems, fc.array(anyItem), (items, more) => {
        const leftOut = more.map((each) => ({ ...each, points: 'left_out' as const }))
        const { score, max, percent, costs } = weightedScore([...items, ...leftOut], 80)
        expect({ score, max, percent, costs }).toEqual(pick(weightedScore(items, 80)))
      }),
    )
  })
  const pick = ({ score, max, percent, costs }: ReturnType<typeof weightedScore>) => ({ score, max, percent, costs })

  test('the percentage lies between 0 and 100, and is null exactly where nothing could bring points', () => {
    fc.assert(
      fc.property(anyItems, (items) => {
        const { max, percent, status } = weightedScore(items, null)
        expect(percent === null).toBe(max === 0)
        if (percent !== null) expect(percent >= 0 && percent <= 100).toBe(true)
        if (status === 'not_scored') expect(percent).toBeNull()
      }),
    )
  })

  test('what the answers cost is exactly what is missing', () => {
    fc.assert(
      fc.property(anyItems, (items) => {
        const { score, max, costs, heldBack } = weightedScore(items, 80)
        const cost = costs.reduce((sum, { points }) => sum + Math.round(points * 1000), 0)
        expect(cost + Math.round(heldBack * 1000)).toBe(Math.round(max * 1000) - Math.round(score * 1000))
      }),
    )
  })

  test('groups of usual items add up to the whole', () => {
    fc.assert(
      fc.property(anyItems, (items) => {
        const usual = items.map((each) => ({ ...each, counts: 'usual' as const, within: ['g', ...each.within] }))
        const { score, max, percent, groups } = weightedScore(usual, 80)
        expect(groups.find(({ within }) => within.length === 1)?.sum ?? { score: 0, max: 0, percent: null }).toEqual({
          ...{ score, max, percent },
        })
      }),
    )
  })
})

test('2,000 items in repeats ten deep, the same name again further down, are counted once each', () => {
  const deep = Array.from({ length: 2000 }, (_, n) =>
    item({
      id: `${n}`,
      within: Array.from({ length: 10 }, (_, depth) => (depth % 2 === 0 ? 'batch' : `${n % 2}`)),
      weight: 1000,
      max: 1000,
      points: n % 2 === 0 ? 1000 : 0,
    }),
  )
  const { score, max, percent, groups, costs } = weightedScore(deep, 50)
  expect({ score, max, percent, costs: costs.length }).toEqual({
    ...{ score: 1_000_000_000, max: 2_000_000_000, percent: 50, costs: 1000 },
  })
  expect(groups).toHaveLength(19)
})
