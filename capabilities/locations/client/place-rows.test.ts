import { expect, test } from 'vitest'
import type { Location } from '../location.ts'
import type { LocationGroup } from '../location-group.ts'
import { found, rowsOf } from './place-rows.ts'

const group = (id: string, parentId: string | null) =>
  ({ id, parentId, name: id, archivedAt: null, manageable: true }) as LocationGroup
const location = (id: string, groupId: string | null, closedAt: string | null = null) =>
  ({ id, groupId, name: id, code: null, closedAt }) as Location
const places = {
  groups: [group('West', null), group('Jersey', 'East'), group('East', null)],
  locations: [
    location('Pier', 'Jersey'),
    location('Mall', 'Jersey', '2026-01-01'),
    location('Airport', null),
    location('Lost', 'unseen'),
  ],
}
const shown = (expanded: string[], from = places) =>
  rowsOf(from, new Set(expanded)).map(({ name, level }) => `${level} ${name}`)

test('groups come before locations, and only what is open unfolds', () => {
  expect(shown([])).toEqual(['1 East', '1 West', '1 Airport', '1 Lost'])
  expect(shown(['East', 'Jersey'])).toEqual(['1 East', '2 Jersey', '3 Pier', '3 Mall', '1 West', '1 Airport', '1 Lost'])
})

test('each row knows its place among its neighbours', () => {
  expect(rowsOf(places, new Set()).map(({ position, siblings }) => `${position}/${siblings}`)).toEqual([
    '1/4',
    '2/4',
    '3/4',
    '4/4',
  ])
})

test('a search shows what bears the word, what lies in it, and the way to it', () => {
  const all = ['East', 'Jersey', 'West']
  expect(shown(all, found(places, 'pier'))).toEqual(['1 East', '2 Jersey', '3 Pier'])
  expect(shown(all, found(places, 'east'))).toEqual(['1 East', '2 Jersey', '3 Pier', '3 Mall'])
  expect(shown(all, found(places, 'nothing'))).toEqual([])
})
