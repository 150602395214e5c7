import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parse } from 'csv-parse/sync'
import { describe, expect, test } from 'vitest'
import { fhrsRating } from './fhrs.ts'
import { nycGrade } from './nyc.ts'

/** Open data of New York City and of the Food Standards Agency. They are not part of the product, and stay beside it. */
const shared = process.env.OPSFLOW_SHARED ?? join(import.meta.dirname, '../../../shared')
const isHere = (file: string) => existsSync(join(shared, 'data', file))
const rowsOf = (file: string): Record<string, string>[] =>
  isHere(file) ? parse(readFileSync(join(shared, 'data', file)), { columns: true }) : []

function describeWith(file: string, title: string, tests: (rows: Record<string, string>[]) => void) {
  if (!isHere(file))
    console.warn(`NOT RUN: ${title}: ${file} is absent; OPSFLOW_SHARED names the folder that holds data/`)
  describe.skipIf(!isHere(file))(isHere(file) ? title : `${title} (NOT RUN: ${file} is absent)`, () =>
    tests(rowsOf(file)),
  )
}

describeWith('fhrs/fhrs-scores.csv', '300 places rated in the United Kingdom', (rows) => {
  test('each posted rating is what its three scores come to', () => {
    expect(rows).toHaveLength(300)
    const computed = rows.map((row) => {
      const rated = fhrsRating({
        hygiene: Number(row.hygiene),
        structural: Number(row.structural),
        confidenceInManagement: Number(row.confidence_in_management),
      })
      return { id: row.fhrs_id, rating: rated.ok ? rated.rating : rated.notOnLadder }
    })
    expect(computed).toEqual(rows.map((row) => ({ id: row.fhrs_id, rating: Number(row.rating_value) })))
  })
})

describeWith('inspections/nyc-score-grade.csv', '2,000 inspections in New York City', (rows) => {
  const inspections = rows.map((row, n) => ({
    row: n + 2, // as a spreadsheet counts them
    score: Number(row.score),
    posted: row.grade ?? '',
    computed: nycGrade(Number(row.score)),
  }))
  const hasLetter = ({ posted }: { posted: string }) => ['A', 'B', 'C'].includes(posted)

  test('the posted grade stands beside the computed one, and where they differ is listed', () => {
    expect(inspections).toHaveLength(2000)
    expect(inspections.filter(hasLetter).filter(({ posted, computed }) => posted !== computed)).toEqual([
      { row: 171, score: 4, posted: 'C', computed: 'A' },
      { row: 218, score: 40, posted: 'A', computed: 'C' },
      { row: 256, score: 43, posted: 'B', computed: 'C' },
      { row: 631, score: 5, posted: 'C', computed: 'A' },
      { row: 1728, score: 5, posted: 'C', computed: 'A' },
      { row: 1780, score: 28, posted: 'B', computed: 'C' },
    ])
  })

  test('55 posted no letter but a pending one: they have a computed grade, and disagree with nothing', () => {
    const pending = inspections.filter((each) => !hasLetter(each)).map(({ posted }) => posted)
    expect(pending.filter((posted) => posted === 'Z')).toHaveLength(34)
    expect(pending.filter((posted) => posted === 'P')).toHaveLength(21)
    expect(pending).toHaveLength(55)
  })
})
