import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { type Cooling, judgeCooling } from './cooling.ts'
import facts from './fixtures/cooling.json' with { type: 'json' }
import { processRules } from './process-rules.ts'
import { type Measured, MINUTE, type Verdict } from './verdict.ts'

const rule = processRules('fda-2022').cooling
const inF = (minute: number, degrees: number, more: Partial<Measured> = {}): Measured => ({
  at: minute * MINUTE,
  unit: 'F',
  milli: Math.round(degrees * 1000),
  ...more,
})
const inC = (minute: number, degrees: number): Measured => ({ ...inF(minute, degrees), unit: 'C' })

/** Judged at the last reading, unless a minute is said. */
function cooled(readings: Measured[], { minute, ...more }: Partial<Cooling> & { minute?: number } = {}) {
  const last = Math.max(0, ...readings.map(({ at }) => at), ...(more.reheats ?? []).map(({ at }) => at))
  const now = minute === undefined ? last : minute * MINUTE
  return judgeCooling({ from: 'hot', beganAt: 0, readings, ...more }, rule, now)
}

const word = ({ result, stage }: Verdict) =>
  result === 'passed' ? 'PASS' : `${result === 'failed' ? 'FAIL' : 'IN_PROGRESS'}_STAGE${stage}`

describe('cooling from hot', () => {
  test.each(facts.vectors)('$id: $expected.status', ({ input, expected }) => {
    const readings = (input.readingsMinF as [number, number][]).map(([minute, degrees]) => inF(minute, degrees))
    expect(word(cooled(readings))).toBe(expected.status)
  })

  test('nobody read it at two hours: what is read later does not show what it was then', () => {
    expect(word(cooled([inF(0, 135), inF(119, 80), inF(121, 60)]))).toBe('FAIL_STAGE1')
    expect(word(cooled([inF(0, 135)], { minute: 120 }))).toBe('FAIL_STAGE1')
    expect(word(cooled([inF(0, 135)], { minute: 119 }))).toBe('IN_PROGRESS_STAGE1')
  })

  test('what the first stage saves is kept for the second: six hours in all', () => {
    const early = cooled([inF(0, 135), inF(60, 70)])
    expect(early.next).toMatchObject({ ask: 'stage2', at: 360 * MINUTE, target: { milliF: 41_000, milliC: 5_000 } })
    expect(word(cooled([inF(0, 135), inF(60, 70), inF(360, 41)]))).toBe('PASS')
  })

  test('is judged in the unit it was read in: 21 °C and 5 °C are the printed pair', () => {
    expect(word(cooled([inC(0, 57), inC(120, 21), inC(360, 5)]))).toBe('PASS')
    expect(word(cooled([inC(0, 57), inC(120, 21.1)]))).toBe('FAIL_STAGE1')
    expect(word(cooled([inC(0, 57), inC(120, 21), inC(360, 5.1)]))).toBe('FAIL_STAGE2')
  })

  test('the clock starts at 135 °F: hotter food has not begun to cool', () => {
    expect(word(cooled([inF(0, 180), inF(30, 135), inF(150, 70), inF(390, 41)]))).toBe('PASS')
    expect(word(cooled([inF(0, 135), inF(30, 120), inF(150, 70)]))).toBe('FAIL_STAGE1')
  })

  test('cold at once proves both stages', () => {
    expect(word(cooled([inF(0, 135), inF(110, 41)]))).toBe('PASS')
  })
})

describe('a first stage that failed', () => {
  const warm = [inF(0, 135), inF(120, 80)]
  const held = { heldSeconds: 15 }

  test('leaves reheating or the bin, for two hours; then the bin', () => {
    expect(cooled(warm)).toMatchObject({
      remedies: ['reheat', 'discard'],
      next: { ask: 'reheat', at: 240 * MINUTE, target: { milliF: 165_000, holdSeconds: 15 } },
    })
    expect(cooled(warm, { minute: 241 })).toMatchObject({ result: 'failed', remedies: ['discard'], next: null })
  })

  test('is reheated to 165 °F for 15 seconds, and its clock begins anew', () => {
    const reheats = [inF(140, 165, held)]
    expect(word(cooled(warm, { reheats }))).toBe('IN_PROGRESS_STAGE1')
    expect(cooled(warm, { reheats }).next).toMatchObject({ ask: 'stage1', at: 260 * MINUTE })
    expect(word(cooled([...warm, inF(250, 70), inF(490, 41)], { reheats }))).toBe('PASS')
  })

  test.each([
    ['not hot enough', inF(140, 164.9, held)],
    ['not held', inF(140, 165)],
    ['too late', inF(241, 165, held)],
  ])('reheated, but %s: it stays failed', (_, reheat) => {
    expect(cooled(warm, { reheats: [reheat] }).result).toBe('failed')
  })

  test('is reheated once: the second time it is discarded', () => {
    const twice = [inF(140, 165, held), inF(270, 165, held)]
    expect(cooled([...warm, inF(260, 90)], { reheats: twice, minute: 400 })).toMatchObject({
      result: 'failed',
      stage: 1,
      remedies: ['discard'],
    })
  })

  test('a failed second stage is never reheated', () => {
    expect(cooled([inF(0, 135), inF(120, 70), inF(361, 42)]).remedies).toEqual(['discard'])
  })
})

describe('cooling from ambient ingredients', () => {
  const ambient = { from: 'ambient' } as const

  test('is one stage of four hours', () => {
    expect(cooled([inF(0, 72), inF(240, 41)], ambient).result).toBe('passed')
    expect(cooled([inF(0, 72), inF(240, 41.1)], ambient).result).toBe('failed')
    expect(cooled([inF(0, 72), inF(241, 40)], ambient)).toMatchObject({ result: 'failed', remedies: ['discard'] })
    expect(cooled([inF(0, 72), inF(130, 71)], ambient)).toMatchObject({
      result: 'running',
      next: { ask: 'stage2', at: 240 * MINUTE },
    })
  })
})

describe('whatever is read', () => {
  const rank = { passed: 2, running: 1, failed: 0 }
  /** Food does not climb back to 135 °F by itself: put back on the heat, it is another process. */
  const readings = fc
    .array(fc.tuple(fc.integer({ min: 1, max: 420 }), fc.integer({ min: 300, max: 1349 })), { maxLength: 8 })
    .map((list) => [inF(0, 135), ...list.map(([minute, tenths]) => inF(minute, tenths / 10))])
  const from = fc.constantFrom<Cooling['from']>('hot', 'ambient')
  const minute = fc.integer({ min: 0, max: 500 })

  test('a verdict never improves by leaving out a reading', () => {
    fc.assert(
      fc.property(readings, from, minute, fc.nat(), (all, from, minute, index) => {
        const fewer = all.filter((_, i) => i !== index % all.length)
        const [whole, less] = [all, fewer].map((list) => cooled(list, { from, minute }))
        expect(rank[less?.result ?? 'passed']).toBeLessThanOrEqual(rank[whole?.result ?? 'failed'])
      }),
    )
  })

  test('the order in which readings arrive does not matter', () => {
    fc.assert(
      fc.property(
        readings.chain((all) => fc.tuple(fc.constant(all), fc.shuffledSubarray(all, { minLength: all.length }))),
        from,
        minute,
        ([all, shuffled], from, minute) => {
          expect(cooled(shuffled, { from, minute })).toEqual(cooled(all, { from, minute }))
        },
      ),
    )
  })

  test('what has failed stays failed, unless it is reheated', () => {
    fc.assert(
      fc.property(readings, from, minute, minute, (all, from, one, other) => {
        const [earlier, later] = [Math.min(one, other), Math.max(one, other)]
        const known = all.filter(({ at }) => at <= earlier * MINUTE)
        if (cooled(known, { from, minute: earlier }).result !== 'failed') return
        expect(cooled(all, { from, minute: later }).result).toBe('failed')
      }),
    )
  })
})
