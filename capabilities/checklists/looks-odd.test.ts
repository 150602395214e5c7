import { expect, test } from 'vitest'
import type { Answer } from './answer.ts'
import { type EarlierValue, oddities } from './looks-odd.ts'

const list = { id: crypto.randomUUID(), day: '2026-11-27', dueAt: '2026-11-27T12:00:00Z' }
const walkIn = crypto.randomUUID()
const at = (seconds: number) => new Date(Date.parse('2026-11-27T10:00:00Z') + seconds * 1000).toISOString()

const answer = (answeredAt: string, more: Partial<Answer> = {}): Answer => ({
  id: crypto.randomUUID(),
  locationId: list.id,
  checklistId: list.id,
  itemId: crypto.randomUUID(),
  entryId: null,
  value: { kind: 'pass_fail', passes: true },
  outcome: 'pass',
  note: '',
  photos: 0,
  photoHashes: [],
  taskId: null,
  answeredAt,
  answeredBy: null,
  kiosk: null,
  receivedAt: null,
  knew: null,
  timeQuality: 'exact',
  ...more,
})
const many = (count: number, everySeconds: number, more: Partial<Answer> = {}) =>
  Array.from({ length: count }, (_, n) => answer(at(n * everySeconds), more))
const kinds = (answers: readonly Answer[], earlier: readonly EarlierValue[] = []) =>
  oddities(list, answers, earlier).map(({ kind, count, detail }) => [kind, count, detail])

test.each([
  ['ten answers within half a minute are worth a look', many(10, 3), [['quick', 10, '27']]],
  ['nine are not', many(9, 3), []],
  ['ten in forty seconds are not', many(10, 4.5), []],
  ['the densest half minute of a longer list is what counts', [...many(5, 60), ...many(12, 1)], [['quick', 13, '11']]],
  ['answers whose time is a guess tell nothing', many(10, 1, { timeQuality: 'doubtful' }), []],
])('%s', (_, answers, odd) => {
  expect(kinds(answers)).toEqual(odd)
})

test('answering one item again and again is one answer', () => {
  expect(kinds(many(20, 1, { itemId: walkIn }))).toEqual([])
})

test.each([
  [4, [['late', 4, '']]],
  [6, []],
  [-1, []],
])('everything from %i minutes before the deadline on', (minutes, odd) => {
  const from = (Date.parse(list.dueAt) - Date.parse(at(0))) / 1000 - minutes * 60
  expect(kinds(Array.from({ length: 5 }, (_, n) => answer(at(from + n * 40))))).toEqual(odd)
})

const reading = answer(at(0), {
  itemId: walkIn,
  value: { kind: 'temperature', text: '38.0', unit: 'F', unitId: null, logId: null },
})
const before = (...texts: string[]): EarlierValue[] =>
  texts.map((text, n) => ({ itemId: walkIn, entryId: null, day: `2026-11-${String(26 - n).padStart(2, '0')}`, text }))

test.each([
  ['the same to the tenth on five days running', before('38.0', '38.0', '38.0', '38.0'), [['alike', 5, '38.0 °F']]],
  ['on four days', before('38.0', '38.0', '38.0'), []],
  ['but for one day in between', before('38.0', '37.9', '38.0', '38.0', '38.0'), []],
])('a temperature that was %s', (_, earlier, odd) => {
  expect(kinds([reading], earlier)).toEqual(odd)
})
