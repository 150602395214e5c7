import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { readNumber } from './number-entry.ts'

describe('a typed number', () => {
  test.each([
    ['3.5', 3.5],
    ['3,5', 3.5],
    [' −18 ', -18],
    ['–18', -18],
    ['-0', 0],
    ['007', 7],
  ])('%j is %d', (typed, value) => expect(readNumber(typed)).toEqual({ ok: true, value }))

  test.each(['', ' ', '\t'])('%j is nothing, not zero', (typed) =>
    expect(readNumber(typed)).toEqual({ ok: false, why: 'empty' }),
  )

  test.each(['1e2', '0x10', '1,234.5', '1.234,5', '--1', '1-', '.5', '5.', 'NaN', 'Infinity', '٣', '1 000'])(
    '%j is no number',
    (typed) => expect(readNumber(typed)).toEqual({ ok: false, why: 'notANumber' }),
  )

  test('says which way it misses its range', () => {
    expect(readNumber('4', { min: 5 })).toEqual({ ok: false, why: 'tooSmall' })
    expect(readNumber('6', { max: 5 })).toEqual({ ok: false, why: 'tooLarge' })
    expect(readNumber('1.25', { decimals: 1 })).toEqual({ ok: false, why: 'tooPrecise' })
  })

  test('whatever is typed, a number is only read where its own digits stand', () => {
    fc.assert(
      fc.property(fc.string(), (typed) => {
        const read = readNumber(typed)
        if (read.ok) expect(typed.trim()).toMatch(/^[-−–]?\d+([.,]\d+)?$/)
      }),
    )
  })
})
