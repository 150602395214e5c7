import { expect, test } from 'vitest'
import { decided, doneShare, noOutcomes, onTimeShare, outcomesAdded } from './outcome.ts'

test('shares are of what is decided: what is excused, late or open is left out', () => {
  const counts = { ...noOutcomes(), on_time: 6, done_late: 1, empty: 1, missed: 2, excused: 5, late: 3, open: 9 }
  expect(decided(counts)).toBe(10)
  expect(doneShare(counts)).toBe(0.8)
  expect(onTimeShare(counts)).toBe(0.7)
})

test('one missed of many stays visible, and nothing decided is no share', () => {
  expect(doneShare({ ...noOutcomes(), on_time: 99_999, missed: 1 })).toBe(0.999)
  expect(doneShare({ ...noOutcomes(), open: 4, excused: 1 })).toBeNull()
})

test('places are added up, outcome by outcome', () => {
  const one = { ...noOutcomes(), on_time: 2, missed: 1 }
  expect(outcomesAdded([one, one, { ...noOutcomes(), late: 1 }])).toEqual({
    ...noOutcomes(),
    ...{ on_time: 4, missed: 2, late: 1 },
  })
})
