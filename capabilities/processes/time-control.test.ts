import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import facts from './fixtures/tphc.json' with { type: 'json' }
import { processRules } from './process-rules.ts'
import { judgeTimeControl, type TimeControlled } from './time-control.ts'
import { type Measured, MINUTE, type Verdict } from './verdict.ts'

const rule = processRules('fda-2022').timeControl
const inF = (minute: number, degrees: number): Measured => ({
  at: minute * MINUTE,
  unit: 'F',
  milli: Math.round(degrees * 1000),
})

type Given = Partial<TimeControlled> & { minutes: number; maxF?: number }

function kept({ minutes, maxF, ...more }: Given): Verdict {
  const readings = maxF === undefined ? [] : [inF(Math.min(minutes, 60), maxF)]
  const food = { hours: 4 as const, start: 'cold' as const, beganAt: 0, isMarked: true, hasProcedure: true }
  return judgeTimeControl({ ...food, startedWith: inF(0, 41), readings, ...more }, rule, minutes * MINUTE)
}

const word = ({ result, failure }: Verdict) =>
  failure === 'start_not_allowed' ? 'INVALID_START' : result === 'failed' ? 'DISCARD' : 'OK'

describe('time as a public health control', () => {
  test.each(facts.vectors)('$id: $expected.status', ({ input, expected }) => {
    const { mode, startF, minutes, ...more } = input as {
      mode: 4 | 6
      startF: number
      minutes: number
      maxF?: number
      marked?: boolean
    }
    // Whatever is neither cold nor hot was held at no temperature that allows it.
    const start = startF >= 100 ? 'hot' : 'cold'
    const given = { hours: mode, start, startedWith: inF(0, startF), minutes, isMarked: more.marked ?? true } as const
    expect(word(kept({ ...given, ...(more.maxF !== undefined && { maxF: more.maxF }) }))).toBe(expected.status)
  })

  test('six hours begin cold, never hot', () => {
    expect(word(kept({ hours: 6, start: 'hot', startedWith: inF(0, 140), minutes: 5 }))).toBe('INVALID_START')
    expect(word(kept({ hours: 6, minutes: 360, maxF: 70 }))).toBe('OK')
  })

  test('four hours from cold may get as warm as they like, six may not', () => {
    expect(word(kept({ minutes: 200, maxF: 80 }))).toBe('OK')
    expect(kept({ hours: 6, minutes: 120, maxF: 70.1 })).toMatchObject({
      failure: 'above_limit',
      failedAt: 60 * MINUTE,
    })
  })

  test('cut produce and opened cans begin at up to 70 °F and stay below it, for four hours', () => {
    const produce = { start: 'produce' } as const
    expect(word(kept({ ...produce, startedWith: inF(0, 70), minutes: 240 }))).toBe('OK')
    expect(word(kept({ ...produce, startedWith: inF(0, 70.1), minutes: 1 }))).toBe('INVALID_START')
    expect(word(kept({ ...produce, startedWith: inF(0, 68), minutes: 200, maxF: 71 }))).toBe('DISCARD')
    expect(word(kept({ ...produce, startedWith: inF(0, 68), hours: 6, minutes: 1 }))).toBe('INVALID_START')
  })

  test('needs a written procedure in advance, and a mark', () => {
    expect(kept({ minutes: 1, hasProcedure: false }).failure).toBe('no_procedure')
    expect(kept({ minutes: 1, isMarked: false }).failure).toBe('not_marked')
  })

  test('may not go back under temperature control', () => {
    const back = { returnedAt: 90 * MINUTE }
    expect(kept({ minutes: 80, ...back }).result).toBe('running')
    expect(kept({ minutes: 90, ...back })).toMatchObject({ failure: 'back_under_temperature_control' })
  })

  test('says by when it is to be used up', () => {
    expect(kept({ minutes: 10 }).next).toMatchObject({ ask: 'use_or_discard', at: 240 * MINUTE })
  })

  test('is judged in the unit it was read in: 57 °C is hot, 134.6 °F is not', () => {
    expect(kept({ start: 'hot', startedWith: { at: 0, unit: 'C', milli: 57_000 }, minutes: 1 }).result).toBe('running')
    expect(kept({ start: 'hot', startedWith: inF(0, 134.6), minutes: 1 }).failure).toBe('start_not_allowed')
  })

  test('what has to be discarded stays so, in whatever order its readings arrive', () => {
    const readings = fc.array(fc.tuple(fc.integer({ min: 0, max: 400 }), fc.integer({ min: 30, max: 90 })), {
      maxLength: 6,
    })
    fc.assert(
      fc.property(readings, fc.nat(400), fc.nat(400), (list, one, other) => {
        const [earlier, later] = [Math.min(one, other), Math.max(one, other)]
        const all = list.map(([minute, degrees]) => inF(minute, degrees))
        const at = (minutes: number, readings: Measured[]) => kept({ hours: 6, minutes, readings })
        expect(at(later, [...all].reverse())).toEqual(at(later, all))
        if (at(earlier, all).result === 'failed') expect(at(later, all).result).toBe('failed')
      }),
    )
  })
})
