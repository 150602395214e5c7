import { expect, test } from 'vitest'
import { type LeagueRow, leagueOf } from './league.ts'

const row = (name: string, average: number, more: Partial<LeagueRow> = {}): LeagueRow => ({
  ...{ locationId: crypto.randomUUID(), name, audits: 3, average, lowest: average, highest: average, latest: average },
  ...{ latestDate: '2026-11-01', failed: 0 },
  ...more,
})
const told = (rows: LeagueRow[]) =>
  leagueOf(rows, '2026-11-27').map(({ name, standing, rank }) => `${rank ?? '–'} ${name} ${standing}`)

test('the best stands first; equals share their place, and the next one’s counts on', () => {
  expect(told([row('B', 90), row('A', 97.5), row('D', 80), row('C', 90)])).toEqual([
    ...['1 A ranked', '2 B ranked', '2 C ranked', '4 D ranked'],
  ])
})

test('too few audits, or none for a quarter, are told apart and not compared', () => {
  const rows = [row('Few', 100, { audits: 2 }), row('Old', 99, { latestDate: '2026-08-26' }), row('Fair', 70)]
  expect(told(rows)).toEqual(['1 Fair ranked', '– Few few', '– Old old'])
  expect(told([row('Just', 99, { latestDate: '2026-08-27' })])).toEqual(['1 Just ranked'])
})

test('the same, in whatever order it comes', () => {
  const rows = [row('B', 90), row('A', 97.5), row('Few', 100, { audits: 1 }), row('C', 90, { audits: 9 })]
  expect(told(rows.toReversed())).toEqual(told(rows))
  expect(told(rows)).toEqual(['1 A ranked', '2 C ranked', '2 B ranked', '– Few few'])
})
