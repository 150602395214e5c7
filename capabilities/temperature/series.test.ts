import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { bucketMs, downsample, gapMs, type SeriesPoint } from './series.ts'

const MINUTE = 60_000
const points = (...readings: [minute: number, milli: number][]): SeriesPoint[] =>
  readings.map(([minute, milli]) => ({ at: minute * MINUTE, milli }))

describe('a chart of fewer points', () => {
  test('keeps the lowest and the highest of each bucket, in the order they were read', () => {
    const series = downsample(points([0, 3], [2, 9], [4, 1], [6, 5], [10, 4]), 10 * MINUTE, 15 * MINUTE)
    expect(series).toEqual(points([2, 9], [4, 1], [10, 4]))
  })

  test('shows a gap as a gap', () => {
    const series = downsample(points([0, 3], [31, 4], [61, 5]), 60 * MINUTE, gapMs(10))
    expect(series).toEqual([{ at: 0, milli: 3 }, { at: 1, milli: null }, ...points([31, 4]), ...points([61, 5])])
  })

  test('nothing stays nothing', () => {
    expect(downsample([], MINUTE, MINUTE)).toEqual([])
  })
})

test('buckets are round widths of the clock, wide enough for the points asked for', () => {
  const day = 1440 * MINUTE
  expect([bucketMs(day, 2000), bucketMs(14 * day, 2000), bucketMs(90 * day, 2000), bucketMs(3650 * day, 1000)]).toEqual(
    [2 * MINUTE, 30 * MINUTE, 180 * MINUTE, 8 * day],
  )
})

const history = fc
  .array(fc.tuple(fc.integer({ min: 1, max: 90 }), fc.integer({ min: -30_000, max: 30_000 })), { maxLength: 200 })
  .map((steps) => {
    let minute = 0
    return steps.map(([gap, milli]) => {
      minute += gap
      return { at: minute * MINUTE, milli }
    })
  })
const width = fc.integer({ min: 1, max: 600 }).map((minutes) => minutes * MINUTE)

describe('whatever was read', () => {
  test('no value is invented, no peak is lost, time only goes forward', () => {
    fc.assert(
      fc.property(history, width, (read, bucketWidth) => {
        const series = downsample(read, bucketWidth, gapMs(10))
        const kept = series.filter((point) => point.milli !== null)
        for (const point of kept) expect(read).toContainEqual(point)
        expect(Math.max(...kept.map(({ milli }) => milli ?? 0))).toBe(Math.max(...read.map(({ milli }) => milli)))
        expect(Math.min(...kept.map(({ milli }) => milli ?? 0))).toBe(Math.min(...read.map(({ milli }) => milli)))
        expect(series.every((point, index) => index === 0 || point.at > (series[index - 1]?.at ?? 0))).toBe(true)
      }),
    )
  })

  test('there is a gap mark for each silence and for nothing else', () => {
    fc.assert(
      fc.property(history, width, (read, bucketWidth) => {
        const silences = read.filter((point, index) => index > 0 && point.at - (read[index - 1]?.at ?? 0) > gapMs(10))
        const marks = downsample(read, bucketWidth, gapMs(10)).filter(({ milli }) => milli === null)
        expect(marks).toHaveLength(silences.length)
      }),
    )
  })
})
