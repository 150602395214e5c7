import fc from 'fast-check'
import { expect, test } from 'vitest'
import { processesAgainst, readAgainst, standingOf, standingOfAll } from './monitored.ts'
import { reviewDue } from './review.ts'

const HOUR = 3_600_000
const always = () => true
const day = { from: 0, until: 24 * HOUR, counts: always }
const hours = (list: readonly number[], readings = 6) => list.map((n) => ({ hour: n * HOUR, readings }))

test('an hour without a reading is missed, and the readings of another do not make up for it', () => {
  const counted = readAgainst(hours([0, 1, 2, 4]), { ...day, until: 5 * HOUR, everyMinutes: 60 })
  expect(counted).toEqual({ expected: 5, done: 4, late: 0 })
  const often = readAgainst(hours([0], 20), { ...day, until: 2 * HOUR, everyMinutes: 15 })
  expect(often).toEqual({ expected: 8, done: 4, late: 0 })
})

test('every four hours one reading is enough, and a span that is not over is not counted', () => {
  expect(readAgainst(hours([3, 9], 1), { ...day, until: 11 * HOUR, everyMinutes: 240 })).toEqual({
    expected: 2,
    done: 1,
    late: 0,
  })
})

test('hours in which the place is closed do not count', () => {
  const open = (at: number) => at >= 8 * HOUR && at < 20 * HOUR
  expect(readAgainst(hours([1, 9]), { ...day, everyMinutes: 60, counts: open })).toEqual({
    expected: 12,
    done: 1,
    late: 0,
  })
})

test('foods are counted a day, or as they come', () => {
  const days = [
    { begun: 3, measured: 3 },
    { begun: 0, measured: 0 },
  ]
  expect(processesAgainst(days, 1)).toEqual({ expected: 2, done: 1, late: 0 })
  expect(processesAgainst(days, 0)).toEqual({ expected: 3, done: 3, late: 0 })
})

test('where nothing was due nothing is said to be fine', () => {
  expect(standingOf({ expected: 0, done: 0, late: 0 })).toBe('nothing_due')
  expect(standingOfAll([])).toBe('not_tied')
  expect(standingOfAll([{ expected: 0, done: 0, late: 0 }])).toBe('nothing_due')
})

const counted = fc
  .nat(5)
  .chain((expected) => fc.nat(expected).chain((done) => fc.nat(done).map((late) => ({ expected, done, late }))))

test('nothing is as planned of which anything was missed or late, and nothing unmonitored of which something was done', () => {
  fc.assert(
    fc.property(fc.array(counted, { maxLength: 6 }), (counts) => {
      const standing = standingOfAll(counts)
      const isWhole =
        counts.some(({ expected }) => expected > 0) &&
        counts.every(({ expected, done, late }) => done === expected && late === 0)
      expect(standing === 'as_planned').toBe(isWhole)
      if (standing === 'not_monitored') expect(counts.every(({ done }) => done === 0)).toBe(true)
      if (standing === 'partly') expect(counts.some(({ done }) => done > 0)).toBe(true)
    }),
  )
})

test('a reading more never makes it look worse, one less never better', () => {
  const list = fc.uniqueArray(fc.nat(23), { maxLength: 24 })
  fc.assert(
    fc.property(list, fc.nat(23), fc.constantFrom(15, 60, 120, 480), (read, extra, everyMinutes) => {
      const [less, more] = [read, [...new Set([...read, extra])]].map((all) =>
        readAgainst(hours(all), { ...day, everyMinutes }),
      )
      expect(more?.done).toBeGreaterThanOrEqual(less?.done ?? 0)
      expect(more?.done).toBeLessThanOrEqual(more?.expected ?? 0)
    }),
  )
})

test('a review is due months after, on the last day of a shorter month', () => {
  expect(reviewDue('2026-01-31', 1)).toBe('2026-02-28')
  expect(reviewDue('2026-11-27', 12)).toBe('2027-11-27')
  expect(reviewDue('2024-02-29', 12)).toBe('2025-02-28')
})
