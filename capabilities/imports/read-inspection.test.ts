import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { computedBeside, type GivenAudit } from '@opsflow/capabilities/audits'
import { parse } from 'csv-parse/sync'
import { describe, expect, test } from 'vitest'
import { dateFormatsOf, dayOf } from './date-text.ts'
import { guessInspections } from './inspection-columns.ts'
import { placeMatcher } from './place-match.ts'
import { inspectionReader } from './read-inspection.ts'

const CHICAGO = [
  'Inspection ID',
  'DBA Name',
  'License #',
  'Address',
  'City',
  'Inspection Date',
  'Inspection Type',
  'Results',
  'Violations',
]
const NYC = [
  'CAMIS',
  'DBA',
  'BORO',
  'BUILDING',
  'STREET',
  'INSPECTION DATE',
  'ACTION',
  'VIOLATION CODE',
  'VIOLATION DESCRIPTION',
  'CRITICAL FLAG',
  'SCORE',
  'GRADE',
  'INSPECTION TYPE',
]

const read = (header: readonly string[], row: readonly string[]) =>
  inspectionReader(header, guessInspections(header, [row]).mapping)(row)
function given(header: readonly string[], row: readonly string[]): GivenAudit {
  const told = read(header, row)
  if (!told.ok) throw new Error(JSON.stringify(told.errors))
  return told.given
}
const refusals = (header: readonly string[], row: readonly string[]) => {
  const told = read(header, row)
  return told.ok ? [] : told.errors.map(({ column, code }) => `${column} ${code}`)
}

test('an inspection in Chicago keeps its result and its violations word for word', () => {
  const violations = '3. HANDS: "CLEAN" - Comments: SOAP, NONE.  | 55. FLOORS | WALLS - Comments: =MOP THEM'
  const one = given(CHICAGO, [
    '17',
    "JOE'S",
    '0',
    '1 W MAIN ST ',
    'CHICAGO',
    '03/02/2020',
    'Canvass',
    'Pass w/ Conditions',
    violations,
  ])
  expect(one).toMatchObject({
    ...{ source: 'chicago', sourceId: '17', name: 'Canvass', auditDate: '2020-03-02', result: 'Pass w/ Conditions' },
    place: { key: 'at joe s 1 w main st chicago', name: "JOE'S", licence: '', address: '1 W MAIN ST, CHICAGO' },
    findings: [
      { code: '3', text: '3. HANDS: "CLEAN" - Comments: SOAP, NONE. ', isCritical: null },
      { code: '55', text: '55. FLOORS | WALLS - Comments: =MOP THEM', isCritical: null },
    ],
  })
  expect(one.findings.map(({ text }) => text).join(' | ')).toBe(violations)
  expect(computedBeside(one)).toMatchObject({ grade: null, percent: null, disagrees: false })
})

test('a row of New York City is one violation of an inspection: two rows name the same one', () => {
  const row = (code: string, text: string) => [
    '50001',
    'ANN',
    'QUEENS',
    '12-34',
    'ELM AVENUE',
    '11/20/2025',
    'Violations were cited.',
    code,
    text,
    'Critical',
    '13',
    'A',
    'Cycle Inspection / Initial Inspection',
  ]
  const [one, other] = [given(NYC, row('02B', 'Hot food')), given(NYC, row('04L', 'Mice'))]
  expect(one.sourceId).toBe('licence 50001 2025-11-20 Cycle Inspection / Initial Inspection')
  expect(other.sourceId).toBe(one.sourceId)
  expect(one.place).toMatchObject({ licence: '50001', address: '12-34 ELM AVENUE, QUEENS' })
  expect(one.findings).toEqual([{ code: '02B', text: 'Hot food', isCritical: true }])
  expect(computedBeside(one)).toMatchObject({ grade: 'A', disagrees: false })
})

test('what is wrong with a row is told by its column', () => {
  const row = (...[date = '01/02/2020', name = 'A', licence = '7']: string[]) => [
    '1',
    name,
    licence,
    '',
    '',
    date,
    'Canvass',
    'Pass',
    '',
  ]
  expect(refusals(CHICAGO, row(''))).toEqual(['Inspection Date date_missing'])
  expect(refusals(CHICAGO, ['1', '', '0', '', '', '01/02/2020', '', '', ''])).toEqual(['DBA Name place_missing'])
  expect(refusals(CHICAGO, row('01/02/2020', 'A', '7').with(7, 'x'.repeat(700)))).toEqual(['result cell_too_long'])
  const nyc = (date: string, score: string) => ['1', 'A', '', '', '', date, '', '', '', '', score, '', '']
  expect(refusals(NYC, nyc('01/01/1900', ''))).toEqual(['INSPECTION DATE not_inspected'])
  expect(refusals(NYC, nyc('02/03/2024', '=1+1'))).toEqual(['SCORE score_not_a_number'])
  expect(inspectionReader(CHICAGO, guessInspections(CHICAGO, [row()]).mapping)(row('30/02/2020'))).toMatchObject({
    errors: [{ code: 'date_unreadable' }],
  })
})

test('columns of other cities are guessed by their names; a day that may be a month is asked about', () => {
  const header = ['Establishment', 'Date of inspection', 'Result', 'Comments']
  const { mapping, missing, doubts } = guessInspections(header, [['A', '03/04/2024', 'ok', '']])
  expect([mapping.source, missing, doubts]).toEqual(['inspections', [], ['day_and_month_ambiguous']])
  expect(mapping.columns).toMatchObject({ name: 0, date: 1, result: 2, violationText: 3 })
  expect(guessInspections(header, [['A', '23/04/2024', 'ok', '']])).toMatchObject({
    mapping: { dateFormat: 'day_first' },
    doubts: [],
  })
})

test('our own file of refused rows is read as it was before a spreadsheet was kept from running it', () => {
  const header = ['CAMIS', 'DBA', 'INSPECTION DATE', 'SCORE', 'GRADE', 'opsflow_row', 'opsflow_reason']
  const one = given(header, ['5', "'=SUM(A1)", '2024-01-02', '3', 'A', '9', 'x'])
  expect(one.place.name).toBe('=SUM(A1)')
  expect(Object.keys(one.columns)).toEqual(['CAMIS', 'DBA', 'INSPECTION DATE', 'SCORE', 'GRADE'])
})

test('days are days of the calendar', () => {
  expect([
    dayOf('2/29/2024', 'month_first'),
    dayOf('2/29/2023', 'month_first'),
    dayOf('29.2.2024', 'day_first'),
  ]).toEqual(['2024-02-29', null, '2024-02-29'])
  expect(dateFormatsOf(['01/13/2024', ''])).toEqual(['month_first'])
})

test('a place is proposed by licence, else by its street, else by its name; of two nobody is', () => {
  const ours = [
    {
      id: 'a',
      name: 'Main Street',
      code: 'S-1',
      address: '4001 West Fullerton Avenue, Chicago',
      attributes: { licence: '2717775' },
    },
    { id: 'b', name: 'Airport', code: null, address: '1 Runway', attributes: {} },
    { id: 'c', name: 'Airport', code: null, address: '', attributes: {} },
  ]
  const match = placeMatcher(ours)
  const place = { key: 'k', name: '', licence: '', address: '' }
  expect(match({ ...place, licence: '2717775' })).toEqual({ locationId: 'a', reason: 'licence' })
  expect(match({ ...place, address: '4001 W FULLERTON AVE, CHICAGO' })).toEqual({ locationId: 'a', reason: 'address' })
  expect(match({ ...place, name: 'main street' })).toEqual({ locationId: 'a', reason: 'name' })
  expect(match({ ...place, name: 'Airport' })).toBeNull()
})

/** Open data of two cities. It is not part of the product, and stays beside it. */
const shared = process.env.OPSFLOW_SHARED ?? join(import.meta.dirname, '../../../shared')
function describeWith(file: string, title: string, tests: (header: string[], rows: string[][]) => void) {
  const path = join(shared, 'data/inspections', file)
  const isHere = existsSync(path)
  if (!isHere) console.warn(`NOT RUN: ${title}: ${file} is absent; OPSFLOW_SHARED names the folder that holds data/`)
  describe.skipIf(!isHere)(isHere ? title : `${title} (NOT RUN: ${file} is absent)`, () => {
    const [header = [], ...rows] = isHere ? (parse(readFileSync(path)) as string[][]) : []
    tests(header, rows)
  })
}

describeWith('chicago-food-inspections.csv', '200 inspections in Chicago', (header, rows) => {
  test('every row is read, results are kept as they are, and no violation loses a letter', () => {
    expect(rows).toHaveLength(200)
    const all = rows.map((row) => given(header, row))
    const times = (wanted: string) => all.filter(({ result }) => result === wanted).length
    expect(
      Object.fromEntries([...new Set(rows.map((row) => row[12] ?? ''))].map((result) => [result, times(result)])),
    ).toEqual({
      ...{ Pass: 111, 'Pass w/ Conditions': 26, Fail: 13, 'Out of Business': 13, 'No Entry': 19, 'Not Ready': 18 },
    })
    expect(all.map(({ findings }) => findings.map(({ text }) => text).join(' | '))).toEqual(
      rows.map((row) => (row[13]?.trim() ? row[13] : '')),
    )
    expect(new Set(all.map(({ sourceId }) => sourceId)).size).toBe(200)
  })
})

describeWith('nyc-score-grade.csv', '2,000 inspections in New York City', (header, rows) => {
  test('a file without days and places can be looked at, and says what it lacks', () => {
    const { mapping, missing } = guessInspections(header, rows)
    expect([mapping.source, missing]).toEqual(['nyc', ['date', 'place']])
  })

  test('with days and places made up, the six letters that contradict their points are listed', () => {
    const whole = [...header, 'CAMIS', 'INSPECTION DATE']
    const all = rows.map((row, n) => given(whole, [...row, `${n + 2}`, '11/20/2025']))
    const disagreeing = all.filter((one) => computedBeside(one).disagrees)
    expect(disagreeing.map(({ place, score, grade }) => [place.licence, score, grade])).toEqual([
      ['171', 4, 'C'],
      ['218', 40, 'A'],
      ['256', 43, 'B'],
      ['631', 5, 'C'],
      ['1728', 5, 'C'],
      ['1780', 28, 'B'],
    ])
  })
})
