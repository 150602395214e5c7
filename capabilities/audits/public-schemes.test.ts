import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { type CorrectionDue, correctionDue, type FdaDesignation, fdaInspection, lastMomentOf } from './fda.ts'
import { fhrsRating, fhrsScheme } from './fhrs.ts'
import fda from './fixtures/fda-priority.json' with { type: 'json' }
import fhrs from './fixtures/fhrs.json' with { type: 'json' }
import la from './fixtures/la-county.json' with { type: 'json' }
import nyc from './fixtures/nyc.json' with { type: 'json' }
import { type LaClosure, laCountyScore } from './la-county.ts'
import { type NycCategory, type NycLevel, nycGrade, nycScheme, nycScore } from './nyc.ts'

describe('New York City', () => {
  test.each(nyc.vectors)('$id', ({ input, expected }) => {
    const { outcome, ...scored } = nycScore({
      inspectionType: input.inspectionType as 'initial' | 'reinspection',
      violations: input.violations.map(({ category, level }) => ({
        ...{ category: category as NycCategory, level: level as NycLevel },
      })),
    })
    expect({ ...scored, outcome: outcome.toUpperCase() }).toEqual(expected)
  })

  test('the bands meet without a gap', () => {
    expect([0, 13, 14, 27, 28, 1000].map((score) => nycGrade(score))).toEqual(['A', 'A', 'B', 'B', 'C', 'C'])
  })

  test('a code with points of its own is counted by them, and what is unscored by none', () => {
    const scheme = { ...nycScheme, byCode: { '04L': [5, 6, 7, 8, 28] as const } }
    const violations = [
      { category: 'general' as const, level: 2 as const, code: '04L' },
      { category: 'general' as const, level: 2 as const, code: '10F' },
      { category: 'unscored' as const, level: 5 as const },
    ]
    expect(nycScore({ inspectionType: 'initial', violations }, scheme).points).toEqual([6, 3, 0])
  })
})

describe('Los Angeles County', () => {
  test.each(la.vectors)('$id', ({ input, expected }) => {
    const { deductions, score, grade, card } = laCountyScore({
      ...input,
      closures: input.closures as LaClosure[],
    })
    expect({ deductions, score, grade, card }).toEqual(expected)
  })

  test('the same reason to close counts once, and a score is not below nothing', () => {
    const closures: LaClosure[] = ['vermin', 'vermin']
    expect(laCountyScore({ major: 1, minor: 0, goodRetailPractice: 0, closures }).score).toBe(89)
    expect(laCountyScore({ major: 40, minor: 0, goodRetailPractice: 0, closures })).toMatchObject({
      ...{ score: 0, grade: null, card: 'SCORE 0', deductions: 170 },
    })
  })

  test('one more violation never betters the score', () => {
    const count = fc.nat({ max: 20 })
    fc.assert(
      fc.property(count, count, count, (major, minor, goodRetailPractice) => {
        const of = (more: object) => laCountyScore({ major, minor, goodRetailPractice, closures: [], ...more }).score
        const more = [
          { major: major + 1 },
          { minor: minor + 1 },
          { goodRetailPractice: goodRetailPractice + 1 },
          { closures: ['sewage'] },
        ]
        for (const each of more) expect(of(each)).toBeLessThanOrEqual(of({}))
      }),
    )
  })
})

describe('United Kingdom', () => {
  test.each(fhrs.vectors)('$id $why', ({ input, expected }) => {
    expect(fhrsRating(input)).toMatchObject({ ok: true, ...expected })
  })

  test('what is on no ladder is refused by its name: 15 and 25 are no scores for confidence', () => {
    const refused = { hygiene: 3, structural: 30, confidenceInManagement: 15 }
    expect(fhrsRating(refused)).toEqual({
      ...{ ok: false, notOnLadder: ['hygiene', 'structural', 'confidenceInManagement'] },
    })
    expect(fhrsRating({ hygiene: 0, structural: 0, confidenceInManagement: 25 }).ok).toBe(false)
    expect(fhrsRating({ hygiene: Number.NaN, structural: 0, confidenceInManagement: 0 }).ok).toBe(false)
  })

  test('a worse part never betters the rating', () => {
    const { hygiene, structural, confidenceInManagement } = fhrsScheme.ladders
    const rating = (h: number, s: number, c: number) => {
      const rated = fhrsRating({ hygiene: h, structural: s, confidenceInManagement: c })
      return rated.ok ? rated.rating : expect.fail('on its ladder')
    }
    for (const s of structural) {
      for (const c of confidenceInManagement) {
        const ratings = hygiene.map((h) => rating(h, s, c))
        expect(ratings).toEqual([...ratings].sort((one, other) => other - one))
      }
    }
  })
})

describe('FDA Food Code', () => {
  test.each(fda.vectors)('$id', ({ input, expected }) => {
    const { inspectedAtLocal, timeZone, violations } = input
    const { counts, latestCorrectionDue, status } = fdaInspection({
      inspectedAt: instantAt(inspectedAtLocal, timeZone),
      timeZone,
      violations: violations.map(({ designation, correctedOnSite }) => ({
        ...{ designation: designation as FdaDesignation, correctedOnSite },
      })),
    })
    const due = latestCorrectionDue.map((each) => each && printed(each, timeZone))
    expect({ counts, latestCorrectionDue: due, status: status.toUpperCase() }).toEqual(expected)
  })

  test('a deviation from the plan has ten days, an imminent hazard none', () => {
    const inspectedAt = Date.parse('2025-01-06T16:00:00Z')
    const violations = [{ designation: 'HACCP' as const, correctedOnSite: false }]
    const found = fdaInspection({ inspectedAt, timeZone: 'America/Chicago', violations, hazard: true })
    expect(found).toMatchObject({ latestCorrectionDue: [{ by: '2025-01-16' }], status: 'cease_operations' })
  })

  test('a day ends when it ends at the location, also where clocks change in it', () => {
    const due = correctionDue('Pf', Date.parse('2025-02-27T23:30:00-05:00'), 'America/New_York')
    expect(due).toEqual({ by: '2025-03-09' })
    expect(new Date(lastMomentOf(due, 'America/New_York')).toISOString()).toBe('2025-03-10T04:00:00.000Z')
    expect(lastMomentOf({ at: 7 }, 'America/New_York')).toBe(7)
  })

  /** The instant of a wall time, found the slow way: by what the zone shows of each quarter hour around it. */
  function instantAt(local: string, timeZone: string): number {
    const asIfUtc = Date.parse(`${local}:00Z`)
    for (let at = asIfUtc - 16 * 3_600_000; at <= asIfUtc + 16 * 3_600_000; at += 900_000) {
      if (shown(at, timeZone).startsWith(local)) return at
    }
    return expect.fail(`${local} in ${timeZone}`)
  }

  function printed(due: CorrectionDue, timeZone: string): string {
    return 'by' in due ? due.by : shown(due.at, timeZone)
  }

  function shown(at: number, timeZone: string): string {
    const parts = new Intl.DateTimeFormat('sv-SE', {
      ...{ timeZone, dateStyle: 'short', timeStyle: 'medium' },
    }).format(at)
    const name = new Intl.DateTimeFormat('en-US', { timeZone, timeZoneName: 'longOffset' }).format(at)
    return `${parts.replace(' ', 'T')}${name.match(/[+-]\d\d:\d\d/)?.[0] ?? 'Z'}`
  }
})
