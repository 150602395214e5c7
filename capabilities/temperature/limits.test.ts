import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { editions } from './editions.ts'
import facts from './fixtures/limits.json' with { type: 'json' }
import compliance from './fixtures/temperature-compliance.json' with { type: 'json' }
import { judge, judgeAll } from './limits.ts'
import { publishedLimit, publishedLimits } from './limits-data.ts'
import { OperatingLimits, operatingLimits } from './operating-limit.ts'
import { temperatureSent } from './value.ts'

const limit = (id: string) => publishedLimit(id) ?? expect.fail(`no limit ${id}`)
const inMilli = (degrees: number | null) => (degrees === null ? null : Math.round(degrees * 1000))

describe('published limits', () => {
  test.each(facts.limits)('$id holds the printed pair', (fact) => {
    expect(limit(fact.id)).toMatchObject({
      what: fact.what,
      op: fact.op,
      milliF: inMilli(fact.limitF),
      milliC: inMilli(fact.limitC),
      code: fact.code,
      designation: fact.designation ?? null,
      ...('holdSeconds' in fact ? { holdSeconds: fact.holdSeconds } : {}),
    })
  })

  test('there are no others', () => {
    expect(publishedLimits.map(({ id }) => id).sort()).toEqual(facts.limits.map(({ id }) => id).sort())
  })

  test('what our source knows from memory says: confirm with your authority', () => {
    const weak = facts.limits.filter(({ src }) => /memory|unverified/.test(src)).map(({ id }) => id)
    expect(weak.filter((id) => !limit(id).confirmWithAuthority)).toEqual([])
  })

  test('each belongs to an edition that is known', () => {
    const known = new Set(editions.map(({ id }) => id))
    expect(publishedLimits.filter(({ edition }) => !known.has(edition))).toEqual([])
  })

  test('cooking to 155 °F may take the time that makes another temperature equal', () => {
    expect(limit('us.cook_155').alternatives).toContainEqual({ milliF: 145_000, milliC: 63_000, holdSeconds: 180 })
  })
})

describe('judging', () => {
  test.each(compliance.vectors)('$id: $input.value °$input.unit by $input.limit', ({ input, expected }) => {
    const sent = temperatureSent(input.value, input.unit as 'F' | 'C')
    expect(sent.ok && judge(limit(input.limit), sent.value)).toEqual(expected)
  })

  test('41.001 °F is not 41 °F: there is no tolerance', () => {
    expect(judge(limit('us.cold_hold'), { unit: 'F', milli: 41_001 })).toEqual({ compliant: false })
  })

  test('57 °C keeps the hot-holding limit although it is 134.6 °F: the pair is printed, not converted', () => {
    expect(judge(limit('us.hot_hold'), { unit: 'C', milli: 57_000 })).toEqual({ compliant: true })
    expect(judge(limit('us.hot_hold'), { unit: 'F', milli: 134_600 })).toEqual({ compliant: false })
  })

  test('a limit that prints no °F cannot judge °F', () => {
    expect(judge(limit('uk.chill'), { unit: 'F', milli: 46_000 })).toEqual({
      unjudgeable: 'no_limit_in_unit',
      unit: 'F',
    })
    expect(judgeAll([limit('uk.chill')], { unit: 'F', milli: 46_000 })).toEqual({
      compliant: null,
      limitId: null,
      broken: [],
      unjudgeable: ['uk.chill'],
    })
  })

  test('a thermometer may be off to either side', () => {
    expect(judge(limit('cal.food_c'), { unit: 'F', milli: -2_000 })).toEqual({ compliant: true })
    expect(judge(limit('cal.food_c'), { unit: 'F', milli: -2_001 })).toEqual({ compliant: false })
  })

  test("a dish machine's rinse has a lower and an upper limit", () => {
    const rinse = [limit('us.ware_manifold_min'), limit('us.ware_manifold_max')]
    expect(judgeAll(rinse, { unit: 'F', milli: 185_000 })).toMatchObject({ compliant: true })
    expect(judgeAll(rinse, { unit: 'F', milli: 195_000 })).toMatchObject({
      compliant: false,
      limitId: 'us.ware_manifold_max',
    })
    expect(judgeAll(rinse, { unit: 'F', milli: 179_999 })).toMatchObject({
      compliant: false,
      limitId: 'us.ware_manifold_min',
    })
  })

  test('without a limit nothing is compliant and nothing is not', () => {
    expect(judgeAll([], { unit: 'C', milli: 3_000 })).toMatchObject({ compliant: null, limitId: null })
  })

  test('what is colder than a compliant value is compliant under an upper limit', () => {
    const upper = publishedLimits.filter(({ op }) => op === '<=' || op === '<')
    fc.assert(
      fc.property(
        fc.constantFrom(...upper),
        fc.integer({ min: -100_000, max: 400_000 }),
        fc.nat(50_000),
        (rule, milli, colder) => {
          const judged = judge(rule, { unit: 'C', milli })
          if ('compliant' in judged && judged.compliant) {
            expect(judge(rule, { unit: 'C', milli: milli - colder })).toEqual({ compliant: true })
          }
        },
      ),
    )
  })
})

describe('operating limits of a unit', () => {
  test('are judged as published ones', () => {
    const limits = operatingLimits(
      OperatingLimits.parse({ max: { milliF: 38_000, milliC: 3_300 }, min: { milliF: 33_000, milliC: null } }),
    )
    expect(judgeAll(limits, { unit: 'F', milli: 38_000 })).toMatchObject({ compliant: true })
    expect(judgeAll(limits, { unit: 'F', milli: 38_100 })).toMatchObject({ compliant: false, limitId: 'operating.max' })
    expect(judgeAll(limits, { unit: 'F', milli: 32_900 })).toMatchObject({ compliant: false, limitId: 'operating.min' })
    expect(judgeAll(limits, { unit: 'C', milli: 3_000 })).toMatchObject({
      compliant: null,
      unjudgeable: ['operating.min'],
    })
  })

  test('a lower limit above the upper one, or an edge without a value, is refused', () => {
    const edge = (milliC: number | null) => ({ milliF: null, milliC })
    expect(OperatingLimits.safeParse({ max: edge(2_000), min: edge(3_000) }).success).toBe(false)
    expect(OperatingLimits.safeParse({ max: edge(null), min: null }).success).toBe(false)
  })
})
