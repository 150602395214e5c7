import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { OpeningHours, SpecialDays, type WeeklySpan } from './hours-schema.ts'
import { hoursIn, hoursText, specialDaysIn, specialDaysText } from './hours-text.ts'
import { hoursOn, inOrder, isOpenAt } from './opening-hours.ts'

const span = (weekday: number, opens: string, closes: string): WeeklySpan => ({ weekday, opens, closes })
const issuesOf = (hours: WeeklySpan[]) => OpeningHours.safeParse(hours).error?.issues.map(({ message }) => message)

describe('a week', () => {
  test('has hours that do not overlap, over midnight and from Sunday to Monday too', () => {
    expect(issuesOf([span(1, '06:00', '14:00'), span(1, '14:00', '23:00')])).toBeUndefined()
    expect(issuesOf([span(1, '06:00', '14:00'), span(1, '13:59', '23:00')])).toEqual(['Opening hours overlap.'])
    expect(issuesOf([span(5, '18:00', '02:00'), span(6, '01:59', '09:00')])).toEqual(['Opening hours overlap.'])
    expect(issuesOf([span(7, '18:00', '02:00'), span(1, '01:00', '09:00')])).toEqual(['Opening hours overlap.'])
    expect(issuesOf([span(7, '18:00', '02:00'), span(1, '02:00', '09:00')])).toBeUndefined()
    expect(issuesOf([span(1, '00:00', '00:00'), span(2, '00:00', '00:00')])).toBeUndefined()
  })

  test('knows whether it is open: last night reaches into today', () => {
    const week = { openingHours: [span(5, '18:00', '02:00'), span(6, '10:00', '14:00')], specialDays: [] }
    const [friday, saturday, sunday] = ['2026-11-20', '2026-11-21', '2026-11-22'] as const
    expect(isOpenAt(week, friday, '17:59')).toBe(false)
    expect(isOpenAt(week, friday, '23:30')).toBe(true)
    expect(isOpenAt(week, saturday, '01:59')).toBe(true)
    expect(isOpenAt(week, saturday, '02:00')).toBe(false)
    expect(isOpenAt(week, saturday, '10:00')).toBe(true)
    expect(isOpenAt(week, sunday, '10:00')).toBe(false)
  })

  test('gives way to a special day', () => {
    const specialDays = [
      { date: '2026-12-25', hours: [], note: 'Christmas' },
      { date: '2026-12-31', hours: [{ opens: '10:00', closes: '01:00' }], note: '' },
    ]
    const week = { openingHours: [1, 2, 3, 4, 5, 6, 7].map((day) => span(day, '06:00', '23:00')), specialDays }
    expect(hoursOn(week, '2026-12-25')).toEqual([])
    expect(isOpenAt(week, '2026-12-25', '12:00')).toBe(false)
    expect(isOpenAt(week, '2026-12-31', '09:00')).toBe(false)
    expect(isOpenAt(week, '2027-01-01', '00:30')).toBe(true)
  })

  test('refuses a date twice and a day that is none', () => {
    const day = { date: '2026-12-25', hours: [], note: '' }
    expect(SpecialDays.safeParse([day, day]).success).toBe(false)
    expect(SpecialDays.safeParse([{ ...day, date: '2026-02-30' }]).success).toBe(false)
    expect(SpecialDays.safeParse([{ ...day, note: 'a "quote"' }]).success).toBe(false)
  })
})

describe('hours as a cell', () => {
  test.each([
    ['Mo-Fr 06:00-23:00; Sa,Su 07:00-14:00,17:00-01:00', 5 + 4],
    ['Mo-Su 00:00-00:00', 7],
    ['Sa-Mo 10:00-12:00', 3],
    ['', 0],
  ])('%s', (text, spans) => {
    expect(hoursIn(text)).toHaveLength(spans)
  })

  test('is written as people write it', () => {
    const weekdays = [1, 2, 3, 4, 5].map((day) => span(day, '06:00', '23:00'))
    expect(hoursText([...weekdays, span(6, '07:00', '01:00'), span(7, '07:00', '01:00')])).toBe(
      'Mo-Fr 06:00-23:00; Sa,Su 07:00-01:00',
    )
    expect(specialDaysText([{ date: '2026-12-25', hours: [], note: 'Christmas' }])).toBe('2026-12-25 off "Christmas"')
  })

  test.each(['always', 'Mo 6-23', 'Xx 06:00-23:00', 'Mo-Fr', '06:00-23:00', 'Mo 06:00-23:00 and more'])(
    '%s is no hours',
    (text) => expect(hoursIn(text)).toBeNull(),
  )
  test.each(['Christmas', '2026-12-25', '2026-12-25 closed', '25.12.2026 off'])('%s is no special day', (text) =>
    expect(specialDaysIn(text)).toBeNull(),
  )

  const minute = fc.integer({ min: 0, max: 1439 })
  const time = minute.map((n) => `${String(Math.floor(n / 60)).padStart(2, '0')}:${String(n % 60).padStart(2, '0')}`)
  const spans = fc.record({ opens: time, closes: time })
  const weeks = fc.uniqueArray(fc.record({ weekday: fc.integer({ min: 1, max: 7 }), opens: time, closes: time }), {
    maxLength: 14,
    selector: ({ weekday, opens }) => `${weekday} ${opens}`,
  })

  test('comes back as it went', () => {
    fc.assert(fc.property(weeks, (week) => void expect(hoursIn(hoursText(week))).toEqual(inOrder(week))))
  })

  test('special days too', () => {
    const date = fc
      .date({ min: new Date('2000-01-01'), max: new Date('2099-12-31'), noInvalidDate: true })
      .map((day) => day.toISOString().slice(0, 10))
    const note = fc.stringMatching(/^[^";\r\n]{0,80}$/).map((text) => text.trim())
    const days = fc.uniqueArray(fc.record({ date, hours: fc.array(spans, { maxLength: 4 }), note }), {
      maxLength: 10,
      selector: (day) => day.date,
    })
    fc.assert(
      fc.property(
        days,
        (some) =>
          void expect(specialDaysIn(specialDaysText(some))).toEqual(
            some.toSorted((a, b) => (a.date < b.date ? -1 : 1)),
          ),
      ),
    )
  })
})
