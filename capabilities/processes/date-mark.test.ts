import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { dateMark } from './date-mark.ts'
import facts from './fixtures/date-marking.json' with { type: 'json' }

type Given = { ingredientPrepDates: string[]; manufacturerUseBy?: string; frozenOn?: string; thawedOn?: string }

const lastUse = ({ frozenOn, thawedOn, ...food }: Given) =>
  dateMark({ ...food, freezes: frozenOn ? [{ frozenOn, thawedOn: thawedOn ?? null }] : [] }, 7)

describe('the last day of ready-to-eat food', () => {
  test.each(facts.vectors)('$id', ({ input, expected }) => {
    expect(lastUse(input as Given).lastUseDate).toBe(expected.lastUseDate)
  })

  test('is never past the manufacturer’s', () => {
    expect(lastUse({ ingredientPrepDates: ['2026-04-01'], manufacturerUseBy: '2026-04-05' }).lastUseDate).toBe(
      '2026-04-05',
    )
  })

  test('does not come while it is frozen; the day it was frozen on is used', () => {
    expect(lastUse({ ingredientPrepDates: ['2026-09-06'], frozenOn: '2026-09-09' })).toEqual({
      lastUseDate: null,
      daysLeftFrozen: 3,
    })
  })

  test('frozen on its last day, it has none left', () => {
    const { lastUseDate } = lastUse({
      ingredientPrepDates: ['2026-09-01'],
      frozenOn: '2026-09-07',
      thawedOn: '2026-09-20',
    })
    expect(lastUseDate).toBe('2026-09-19')
  })

  test('frozen and thawed on one day, nothing is gained and nothing lost', () => {
    const same = { ingredientPrepDates: ['2026-09-06'], frozenOn: '2026-09-09', thawedOn: '2026-09-09' }
    expect(lastUse(same).lastUseDate).toBe('2026-09-12')
  })

  test('frozen twice, it goes on where it stood', () => {
    const freezes = [
      { frozenOn: '2026-09-02', thawedOn: '2026-09-10' },
      { frozenOn: '2026-09-11', thawedOn: '2026-10-01' },
    ]
    expect(dateMark({ ingredientPrepDates: ['2026-09-01'], freezes }, 7).lastUseDate).toBe('2026-10-03')
  })

  test.each([
    { ingredientPrepDates: [] },
    { ingredientPrepDates: ['2026-02-30'] },
    { ingredientPrepDates: ['2026-02-03'], frozenOn: '2026-02-01' },
    { ingredientPrepDates: ['2026-02-03'], frozenOn: '2026-02-05', thawedOn: '2026-02-04' },
  ])('dates that cannot be are refused: %o', (wrong) => {
    expect(() => lastUse(wrong)).toThrow()
  })

  const day = fc
    .integer({ min: 0, max: 4000 })
    .map((n) => new Date(Date.UTC(2024, 0, 1 + n)).toISOString().slice(0, 10))

  test('is six days after the oldest ingredient, whatever the calendar does', () => {
    fc.assert(
      fc.property(fc.array(day, { minLength: 1, maxLength: 5 }), (dates) => {
        const oldest = Math.min(...dates.map((date) => Date.parse(date)))
        expect(Date.parse(lastUse({ ingredientPrepDates: dates }).lastUseDate ?? '')).toBe(oldest + 6 * 86_400_000)
      }),
    )
  })

  test('another ingredient never makes it later, and no thawing gives a day back', () => {
    fc.assert(
      fc.property(
        fc.array(day, { minLength: 1, maxLength: 4 }),
        day,
        fc.nat(9),
        fc.nat(30),
        (dates, more, frozen, thawed) => {
          const alone = lastUse({ ingredientPrepDates: dates }).lastUseDate ?? ''
          expect((lastUse({ ingredientPrepDates: [...dates, more] }).lastUseDate ?? '') <= alone).toBe(true)
          const oldest = [...dates].sort()[0] ?? ''
          const later = (days: number) => new Date(Date.parse(oldest) + days * 86_400_000).toISOString().slice(0, 10)
          const [frozenOn, thawedOn] = [later(frozen), later(frozen + thawed)]
          const { lastUseDate } = lastUse({ ingredientPrepDates: dates, frozenOn, thawedOn })
          const used = Math.min(7, frozen + 1)
          const outAfter = (Date.parse(lastUseDate ?? '') - Date.parse(thawedOn)) / 86_400_000 + 1
          expect(used + outAfter).toBeLessThanOrEqual(thawed === 0 ? 8 : 7)
        },
      ),
    )
  })
})
