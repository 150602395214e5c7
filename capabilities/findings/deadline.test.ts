import { describe, expect, test } from 'vitest'
import { dueOf, severityOf, type Weighed } from './deadline.ts'

const weighed = (more: Partial<Weighed>): Weighed => ({
  ...{ scheme: 'weighted', as: null, points: 1, max: 100, isCritical: false, ...more },
})
const found = Date.parse('2026-10-30T02:30:00Z') // 29 October, 21:30 in Chicago, before the clocks go back
const chicago = 'America/Chicago'

describe('how grave a finding is', () => {
  test('in a weighted template: critical, from a twentieth of the points on major, else minor', () => {
    expect(severityOf(weighed({ isCritical: true }))).toBe('critical')
    expect(severityOf(weighed({ points: 5 }))).toBe('major')
    expect(severityOf(weighed({ points: 4.9 }))).toBe('minor')
    expect(severityOf(weighed({ points: 0, max: 0 }))).toBe('minor')
  })

  test.each([
    ...(['P', 'phh', 'major', 'sewage'] as const).map((as) => [as, 'critical'] as const),
    ...(['Pf', 'HACCP', 'critical', 'minor'] as const).map((as) => [as, 'major'] as const),
    ...(['C', 'general', 'unscored', 'good_retail_practice'] as const).map((as) => [as, 'minor'] as const),
  ])('under a public scheme %s is %s', (as, severity) => {
    expect(severityOf(weighed({ as, scheme: 'fda', max: null, points: 0 }))).toBe(severity)
  })

  test('under the United Kingdom’s by its points', () => {
    const uk = (points: number) => severityOf(weighed({ scheme: 'fhrs', as: 'hygiene', points, max: null }))
    expect([uk(5), uk(10), uk(20)]).toEqual(['minor', 'major', 'critical'])
  })
})

describe('by when it is put right', () => {
  test('72 hours are elapsed time, 10 days end with a day of the location’s calendar, through a change of clocks', () => {
    expect(dueOf(undefined, 'critical', found, chicago)).toEqual({ dueAt: '2026-11-02T02:30:00.000Z', dueDay: null })
    expect(dueOf(undefined, 'major', found, chicago)).toEqual({
      ...{ dueAt: '2026-11-09T06:00:00.000Z', dueDay: '2026-11-08' },
    })
  })

  test('what is minor has 30 days, and under the Food Code what its score says', () => {
    expect(dueOf(undefined, 'minor', found, chicago).dueDay).toBe('2026-11-28')
    expect(dueOf({ due: { by: '2027-01-27' } }, 'minor', found, chicago)).toEqual({
      ...{ dueAt: '2027-01-28T06:00:00.000Z', dueDay: '2027-01-27' },
    })
  })
})
