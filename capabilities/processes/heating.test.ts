import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { judgeCooking, judgeHotHolding, judgeReheating } from './heating.ts'
import { processRules } from './process-rules.ts'
import { judgeThawing, type Thawing } from './thawing.ts'
import { type Measured, MINUTE } from './verdict.ts'

const rules = processRules('fda-2022')
const inF = (minute: number, degrees: number, more: Partial<Measured> = {}): Measured => ({
  at: minute * MINUTE,
  unit: 'F',
  milli: Math.round(degrees * 1000),
  ...more,
})

describe('reheating for hot holding', () => {
  const reheated = (readings: Measured[], minute: number, rule = rules.reheating.usual) =>
    judgeReheating({ beganAt: 0, readings }, rule, minute * MINUTE).result

  test('165 °F for 15 seconds within two hours', () => {
    expect(reheated([inF(119, 165, { heldSeconds: 15 })], 119)).toBe('passed')
    expect(reheated([inF(120, 165, { heldSeconds: 15 })], 120)).toBe('passed')
    expect(reheated([inF(60, 165, { heldSeconds: 14 })], 60)).toBe('running')
    expect(reheated([inF(60, 164.9, { heldSeconds: 60 })], 119)).toBe('running')
    expect(reheated([inF(121, 180, { heldSeconds: 60 })], 121)).toBe('failed')
    expect(reheated([], 120)).toBe('failed')
  })

  test('what a plant has processed, to 135 °F', () => {
    expect(reheated([inF(60, 135)], 60, rules.reheating.commercial)).toBe('passed')
  })

  test('in Scotland, to 82 °C, which no reading in °F proves', () => {
    const { usual } = processRules('sct-2006').reheating
    expect(reheated([{ at: 0, unit: 'C', milli: 82_000 }], 1, usual)).toBe('passed')
    expect(reheated([inF(0, 200)], 1, usual)).toBe('running')
  })
})

describe('cooking', () => {
  const cooked = (id: string, ...readings: Measured[]) =>
    judgeCooking({ readings }, rules.cooking.find((rule) => rule.id === id) ?? expect.fail(id), 600 * MINUTE).result

  test('is a temperature and its seconds', () => {
    expect(cooked('us.cook_165', inF(1, 165))).toBe('passed')
    expect(cooked('us.cook_165', inF(1, 164.9, { heldSeconds: 600 }))).toBe('running')
    expect(cooked('us.cook_155', inF(1, 155, { heldSeconds: 17 }))).toBe('passed')
    expect(cooked('us.cook_155', inF(1, 155, { heldSeconds: 16 }))).toBe('running')
    expect(cooked('us.cook_145', inF(1, 145, { heldSeconds: 15 }))).toBe('passed')
  })

  test('or another pair that is as good', () => {
    expect(cooked('us.cook_155', inF(1, 145, { heldSeconds: 180 }))).toBe('passed')
    expect(cooked('us.cook_155', inF(1, 150, { heldSeconds: 60 }))).toBe('passed')
    expect(cooked('us.cook_155', inF(1, 158))).toBe('passed')
    expect(cooked('us.cook_155', { at: 0, unit: 'C', milli: 66_000, heldSeconds: 60 })).toBe('passed')
    expect(cooked('us.cook_roast', inF(1, 130, { heldSeconds: 112 * 60 }))).toBe('passed')
    expect(cooked('us.cook_roast', inF(1, 144, { heldSeconds: 299 }))).toBe('running')
  })

  test('in Britain, 70 °C for two minutes or as good', () => {
    const [rule] = processRules('uk-2013').cooking
    const held = (milli: number, heldSeconds: number) =>
      judgeCooking({ readings: [{ at: 0, unit: 'C', milli, heldSeconds }] }, rule ?? expect.fail(), 1).result
    expect([held(70_000, 120), held(80_000, 6), held(70_000, 119)]).toEqual(['passed', 'passed', 'running'])
  })
})

describe('hot holding', () => {
  const held = (readings: Measured[], minute: number) =>
    judgeHotHolding({ beganAt: 0, readings, everyMinutes: 120 }, rules.hotHolding.usual, minute * MINUTE)

  test('is asked for at once, and then every two hours', () => {
    expect(held([], 0).next).toMatchObject({ ask: 'check', at: 0 })
    expect(held([inF(1, 140)], 1).next).toMatchObject({ at: 121 * MINUTE })
  })

  test('fails by one reading below the limit', () => {
    expect(held([inF(1, 140), inF(100, 134.9)], 100)).toMatchObject({ failure: 'below_limit' })
  })

  test('fails when nobody read it for four hours, whatever it is then', () => {
    expect(held([inF(1, 140)], 241).result).toBe('running')
    expect(held([inF(1, 140)], 242)).toMatchObject({ failure: 'time_is_up' })
    expect(held([inF(1, 140), inF(242, 150)], 300)).toMatchObject({ failure: 'time_is_up' })
  })

  test('in New York City begins at 140 °F', () => {
    const { usual } = processRules('nyc-health-code').hotHolding
    const now = 5 * MINUTE
    expect(judgeHotHolding({ beganAt: 0, readings: [inF(1, 139.9)], everyMinutes: 60 }, usual, now).result).toBe(
      'failed',
    )
  })
})

describe('thawing', () => {
  const thawed = (given: Partial<Thawing>, minute: number) =>
    judgeThawing({ method: 'water', isRaw: true, beganAt: 0, readings: [], ...given }, rules.thawing, minute * MINUTE)
  const water = (minute: number, degrees: number) => inF(minute, degrees, { of: 'water' })

  test('in the refrigerator stays at 41 °F', () => {
    expect(thawed({ method: 'refrigerator', readings: [inF(5, 41)] }, 600).result).toBe('running')
    expect(thawed({ method: 'refrigerator', readings: [inF(5, 41.1)] }, 600)).toMatchObject({ failure: 'above_limit' })
  })

  test('under water of at most 70 °F', () => {
    expect(thawed({ readings: [water(1, 70)] }, 10).result).toBe('running')
    expect(thawed({ readings: [water(1, 70), water(30, 70.1)] }, 40)).toMatchObject({ failure: 'water_too_warm' })
    expect(thawed({}, 0).next).toMatchObject({ ask: 'check', at: 0 })
    expect(thawed({ readings: [water(1, 70)] }, 2).next).toMatchObject({ ask: 'check', at: 31 * MINUTE })
  })

  test('under water, what is eaten as it is stays cold', () => {
    expect(thawed({ isRaw: false, readings: [inF(50, 42)] }, 60)).toMatchObject({ failure: 'above_limit' })
  })

  test('under water, raw food is above 41 °F for four hours at most, cooling down again included', () => {
    expect(thawed({ readings: [inF(0, 20), inF(200, 50)] }, 240).result).toBe('running')
    expect(thawed({ readings: [inF(0, 20), inF(200, 50)] }, 441)).toMatchObject({ failure: 'time_is_up' })
    expect(thawed({ readings: [inF(0, 20), inF(60, 50), inF(230, 41)] }, 460).result).toBe('running')
    expect(thawed({ readings: [inF(0, 20), inF(60, 50), inF(241, 41)] }, 460)).toMatchObject({ failure: 'time_is_up' })
  })

  test('as part of cooking is proven by the cooking', () => {
    expect(thawed({ method: 'cooking' }, 600)).toMatchObject({ result: 'running', next: null })
  })
})

describe('whatever is read', () => {
  const rank = { passed: 2, running: 1, failed: 0 }
  const readings = fc
    .array(fc.tuple(fc.integer({ min: 0, max: 200 }), fc.integer({ min: 60, max: 180 }), fc.nat(200)), { maxLength: 6 })
    .map((list) => list.map(([minute, degrees, heldSeconds]) => inF(minute, degrees, { heldSeconds })))
  const proofs = [
    (list: Measured[], minute: number) =>
      judgeReheating({ beganAt: 0, readings: list }, rules.reheating.usual, minute * MINUTE),
    ...rules.cooking.map(
      (rule) => (list: Measured[], minute: number) => judgeCooking({ readings: list }, rule, minute * MINUTE),
    ),
  ]
  const marks = [
    (list: Measured[], minute: number) =>
      judgeHotHolding({ beganAt: 0, readings: list, everyMinutes: 120 }, rules.hotHolding.usual, minute * MINUTE),
    (list: Measured[], minute: number) =>
      judgeThawing({ method: 'water', isRaw: true, beganAt: 0, readings: list }, rules.thawing, minute * MINUTE),
  ]

  test('reheating and cooking never look better for a reading left out', () => {
    fc.assert(
      fc.property(readings, fc.nat(300), fc.nat(), fc.constantFrom(...proofs), (all, minute, index, judged) => {
        const fewer = all.filter((_, i) => i !== index % Math.max(1, all.length))
        expect(rank[judged(fewer, minute).result]).toBeLessThanOrEqual(rank[judged(all, minute).result])
      }),
    )
  })

  test('the order of arrival does not matter, and a failure stays', () => {
    // Two readings of one minute have no order of their own.
    const apart = readings.map((all) => [...new Map(all.map((one) => [one.at, one])).values()])
    fc.assert(
      fc.property(apart, fc.nat(700), fc.nat(700), fc.constantFrom(...proofs, ...marks), (all, one, other, judged) => {
        const [earlier, later] = [Math.min(one, other), Math.max(one, other)]
        expect(judged([...all].reverse(), later)).toEqual(judged(all, later))
        if (judged(all, earlier).result === 'failed') expect(judged(all, later).result).toBe('failed')
      }),
    )
  })
})

test('the rules print what the limits print', () => {
  expect(rules.cooling.cold).toEqual({ op: '<=', milliF: 41_000, milliC: 5_000 })
  expect(rules.cooling.hot).toEqual({ op: '>=', milliF: 135_000, milliC: 57_000 })
  expect(rules.cooling.lukewarm).toEqual({ op: '<=', milliF: 70_000, milliC: 21_000 })
  expect(rules.reheating.usual).toMatchObject({ milliF: 165_000, milliC: 74_000, holdSeconds: 15, withinMinutes: 120 })
})
