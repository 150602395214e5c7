import { expect, test } from 'vitest'
import { computedBeside } from './computed-beside.ts'
import type { GivenAnswer } from './imported.ts'

const posted = (score: number | null, grade: string | null) =>
  computedBeside({ source: 'nyc', score, grade, percent: null, answers: [] })
const answer = (score: number | null, more: Partial<GivenAnswer> = {}): GivenAnswer => ({
  ...{ section: '', label: 'Q', answer: '', note: '', score, max: 1, weight: 1, fails: false, leftOut: false },
  ...more,
})
const weighed = (percent: number | null, ...answers: GivenAnswer[]) =>
  computedBeside({ source: 'safetyculture', score: null, grade: null, percent, answers })

test('a posted letter that its points do not come to disagrees; a pending one disagrees with nothing', () => {
  expect(posted(12, 'A')).toMatchObject({ grade: 'A', points: 12, disagrees: false })
  expect(posted(4, 'C')).toMatchObject({ grade: 'A', disagrees: true })
  expect(posted(40, 'Z')).toMatchObject({ grade: 'C', disagrees: false })
  expect(posted(null, 'A')).toEqual({ grade: null, points: null, max: null, percent: null, disagrees: false })
})

test('a peer’s percentage stands beside ours, which is a sum of its points', () => {
  expect(weighed(50, answer(1), answer(null))).toMatchObject({ points: 1, max: 2, percent: 50, disagrees: false })
  expect(weighed(75, answer(1), answer(0))).toMatchObject({ percent: 50, disagrees: true })
  expect(weighed(100, answer(1), answer(0, { leftOut: true }))).toMatchObject({ percent: 100, disagrees: false })
})

test('weights of zero come to no percentage, neither 0 nor 100', () => {
  expect(weighed(100, answer(1, { weight: 0 }), answer(0, { weight: 0 }))).toMatchObject({
    ...{ points: 0, max: 0, percent: null, disagrees: false },
  })
})
