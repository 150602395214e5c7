import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { linePath, rangeOf } from './chart-scale.ts'

describe('a line', () => {
  test('breaks where nothing was measured, and a lone point is seen', () => {
    const points = [
      { at: 0, value: 0 },
      { at: 1, value: 10 },
      { at: 2, value: null },
      { at: 4, value: 5 },
    ]
    expect(linePath(points, [0, 10])).toBe('M0 100L25 0M100 50h0.01')
  })

  test('of nothing is nothing', () => expect(linePath([], [0, 1])).toBe(''))
})

describe('the range', () => {
  test('holds the limit that the line is compared with', () => {
    const [bottom, top] = rangeOf([1, 2, null], [5])
    expect(bottom).toBeLessThan(1)
    expect(top).toBeGreaterThan(5)
  })

  test('is never flat, whatever was measured, and holds it', () => {
    const values = fc.array(fc.option(fc.double({ min: -500, max: 500, noNaN: true })))
    fc.assert(
      fc.property(values, (measured) => {
        const [bottom, top] = rangeOf(measured)
        expect(top).toBeGreaterThan(bottom)
        for (const value of measured) {
          if (value === null) continue
          expect(value).toBeGreaterThanOrEqual(bottom)
          expect(value).toBeLessThanOrEqual(top)
        }
      }),
    )
  })
})
