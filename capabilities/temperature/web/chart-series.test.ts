import { expect, test } from 'vitest'
import type { UnitSeries } from '../routes.ts'
import { chartColumns, summaryOf } from './chart-series.ts'

const series = (over: Partial<UnitSeries>): UnitSeries => ({
  unitId: 'u',
  from: '2026-01-01T00:00:00Z',
  to: '2026-01-02T00:00:00Z',
  temperatureUnit: 'C',
  resolution: 'readings',
  lines: [],
  marks: [],
  bands: [],
  excursions: [],
  ...over,
})
const line = (points: [number, number | null][], ranges: [number, number, number][] = []) => ({
  sensorId: 's',
  name: 'Sensor',
  points,
  ranges,
})

test('two sensors share one axis: gaps stay gaps, foreign times are only skipped', () => {
  const columns = chartColumns(
    series({
      lines: [
        line([
          [1000, 4000],
          [3000, null],
          [5000, 4500],
        ]),
        line([[2000, 3000]]),
      ],
      marks: [
        { id: 'm', at: 3000, milli: 3900, value: { text: '3.9', unit: 'C', milli: 3900 }, isCompliant: true, by: null },
      ],
    }),
  )
  expect(columns.times).toEqual([1, 2, 3, 5])
  expect(columns.lines).toEqual([
    [4, undefined, null, 4.5],
    [undefined, 3, undefined, undefined],
  ])
  expect(columns.marks).toEqual([undefined, undefined, 3.9, undefined])
})

test('the summary sees the extremes of hourly ranges and of readings by hand', () => {
  const summary = summaryOf(
    series({
      lines: [line([[1000, 4000]], [[1000, 3500, 5200]])],
      marks: [
        { id: 'm', at: 1, milli: 3000, value: { text: '3', unit: 'C', milli: 3000 }, isCompliant: true, by: null },
      ],
    }),
  )
  expect(summary).toMatchObject({ lowest: 3000, highest: 5200, latest: 4000, byHand: 1 })
})

test('no readings, no figures', () => {
  expect(summaryOf(series({}))).toMatchObject({ lowest: undefined, highest: undefined, byHand: 0 })
})

test('a hundred thousand points become columns without being copied per line', () => {
  const points = Array.from({ length: 100_000 }, (_, index): [number, number] => [index * 1000, index % 9000])
  const columns = chartColumns(series({ lines: [line(points)] }))
  expect(columns.times).toHaveLength(100_000)
  expect(columns.lines[0]?.[99_999]).toBe((99_999 % 9000) / 1000)
})
