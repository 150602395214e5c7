import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { CHANGES, type Change, compareVisits, countChanges } from './compare-visits.ts'
import type { Mark } from './score-marks.ts'

const mark = (itemId: string, says: Mark['says'], more: Partial<Mark> = {}): Mark => ({
  ...{ itemId, says, label: itemId, sectionId: 's', sectionLabel: 'Kitchen', entryId: null, entryLabel: '' },
  ...{ weight: 1, isCritical: false, points: null, best: null, isMissing: false, wasFound: false },
  ...{ counts: 'usual' as const, as: null },
  ...more,
})
const visit = (scheme: Parameters<typeof compareVisits>[0]['scheme'], ...marks: Mark[]) => ({ scheme, marks })
const told = (earlier: ReturnType<typeof visit>, later: ReturnType<typeof visit>) =>
  compareVisits(earlier, later).map(({ change, earlier: was, later: is }) => `${(is ?? was)?.label} ${change}`)

test('item by item: better, worse, the same, asked for the first time, asked no more', () => {
  const earlier = visit('weighted', mark('a', 'fail'), mark('b', 'pass'), mark('c', 'pass'), mark('d', 'fail'))
  const later = visit('weighted', mark('e', 'pass'), mark('c', 'pass'), mark('b', 'fail'), mark('a', 'pass'))
  expect(told(earlier, later)).toEqual(['e new', 'c same', 'b worse', 'a better', 'd gone'])
})

test('points are a share of what there was to have, for a later version may give others', () => {
  const earlier = visit(
    'weighted',
    mark('a', 'pass', { points: 2, best: 3 }),
    mark('b', 'pass', { points: 2, best: 4 }),
  )
  const later = visit('weighted', mark('a', 'pass', { points: 3, best: 3 }), mark('b', 'pass', { points: 1, best: 2 }))
  expect(told(earlier, later)).toEqual(['a better', 'b same'])
})

test('where points count against a place, fewer are better', () => {
  const at = (points: number | null) => mark('mice', points === null ? 'pass' : 'fail', { points, best: 5 })
  expect(told(visit('nyc', at(4)), visit('nyc', at(2)))).toEqual(['mice better'])
  expect(told(visit('nyc', at(1)), visit('nyc', at(2)))).toEqual(['mice worse'])
  expect(told(visit('nyc', at(1)), visit('nyc', at(null)))).toEqual(['mice better'])
})

test('of two schemes only passing and failing can be compared', () => {
  const [some, more] = [mark('a', 'fail', { points: 1, best: 5 }), mark('a', 'fail', { points: 4, best: 5 })]
  expect(told(visit('weighted', some), visit('nyc', more))).toEqual(['a same'])
  expect(told(visit('weighted', some), visit('nyc', mark('a', 'pass')))).toEqual(['a better'])
})

test('what did not apply at one of the visits is neither better nor worse; what applied at neither is left out', () => {
  const earlier = visit('weighted', mark('a', 'left_out'), mark('b', 'fail'), mark('c', 'left_out'))
  const later = visit('weighted', mark('a', 'pass'), mark('b', 'unanswered'), mark('c', 'left_out'))
  expect(told(earlier, later)).toEqual(['a open', 'b open'])
})

describe('what is asked for each unit or batch', () => {
  const of = (entryId: string, entryLabel: string, says: Mark['says']) => mark('clean', says, { entryId, entryLabel })

  test('is the same unit by its id, whatever it is called by now', () => {
    expect(told(visit('weighted', of('1', 'Old', 'fail')), visit('weighted', of('1', 'New', 'pass')))).toEqual([
      'clean better',
    ])
  })

  test('and by its name where it was begun anew', () => {
    const earlier = visit('weighted', of('1', 'Walk-in', 'fail'), of('2', 'Bar', 'pass'))
    const later = visit('weighted', of('3', 'bar ', 'fail'), of('4', 'Walk-in', 'pass'), of('5', 'Dock', 'pass'))
    expect(told(earlier, later)).toEqual(['clean worse', 'clean better', 'clean new'])
  })

  test('two that are called alike are not taken for one another', () => {
    const earlier = visit('weighted', of('1', 'Soup', 'fail'), of('2', 'Soup', 'pass'))
    expect(told(earlier, visit('weighted', of('3', 'Soup', 'pass')))).toEqual(['clean new', 'clean gone', 'clean gone'])
  })
})

describe('whatever was answered', () => {
  const someMark = fc.record({
    itemId: fc.constantFrom('a', 'b', 'c', 'd', 'e'),
    entryId: fc.constantFrom(null, '1', '2'),
    says: fc.constantFrom<Mark['says']>('pass', 'fail', 'unanswered', 'left_out'),
    points: fc.constantFrom(null, 0, 1, 2, 5),
  })
  const someVisit = fc
    .uniqueArray(someMark, { selector: ({ itemId, entryId }) => `${itemId} ${entryId}` })
    .map((marks) => marks.map((one) => mark(one.itemId, one.says, { ...one, best: one.points === null ? null : 5 })))
  const scheme = fc.constantFrom('weighted' as const, 'nyc' as const)
  const opposite: Record<Change, Change> = {
    ...{ better: 'worse', worse: 'better', new: 'gone', gone: 'new', same: 'same', open: 'open' },
  }

  test('a visit beside itself is the same everywhere', () => {
    fc.assert(
      fc.property(someVisit, scheme, (marks, of) => {
        expect(compareVisits(visit(of, ...marks), visit(of, ...marks)).every(({ change }) => change === 'same')).toBe(
          true,
        )
      }),
    )
  })

  test('the other way round everything is its opposite, and nothing is told twice or lost', () => {
    fc.assert(
      fc.property(someVisit, someVisit, scheme, (one, other, of) => {
        const there = compareVisits(visit(of, ...one), visit(of, ...other))
        const back = countChanges(compareVisits(visit(of, ...other), visit(of, ...one)))
        const counts = countChanges(there)
        for (const change of CHANGES) expect(counts[change]).toBe(back[opposite[change]])
        const judged = [...one, ...other].filter(({ says }) => says === 'pass' || says === 'fail')
        for (const mine of judged)
          expect(there.filter((row) => row.earlier === mine || row.later === mine)).toHaveLength(1)
      }),
    )
  })
})
