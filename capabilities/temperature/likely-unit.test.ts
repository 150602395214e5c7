import { expect, test } from 'vitest'
import { likelyUnit } from './likely-unit.ts'
import type { UnitKind } from './unit.ts'

test.each<[UnitKind, number[], 'C' | 'F' | null]>([
  ['freezer', [-18, -19.3, -2], 'C'],
  ['walk_in_freezer', [0, -3, 12], 'F'],
  ['freezer', [-10], null],
  ['walk_in_cooler', [3.5, 4, 9], 'C'],
  ['reach_in', [38, 39.2, 41], 'F'],
  ['hot_hold', [63, 71], 'C'],
  ['hot_line', [140, 150], 'F'],
  ['other', [4], null],
  ['freezer', [], null],
])('%s with %j is probably in %s', (kind, values, unit) => {
  expect(likelyUnit(kind, values)?.unit ?? null).toBe(unit)
})

test('a defrost in the first rows does not change it', () => {
  expect(likelyUnit('freezer', [-19, 8, 7, -18.5, -19.2])).toEqual({ unit: 'C', middle: -18.5 })
})
