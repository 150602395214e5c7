import { expect, test } from 'vitest'
import { isSame } from './is-same.ts'

test('what says the same is the same, in whatever order the server keeps its fields', () => {
  expect(isSame({ a: 1, b: [{ c: null, d: 'x' }] }, { b: [{ d: 'x', c: null }], a: 1 })).toBe(true)
})

test.each([
  ['another value', { a: 1 }, { a: 2 }],
  ['one field more', { a: 1 }, { a: 1, b: null }],
  ['another order of a list', [1, 2], [2, 1]],
  ['a shorter list', [1, 2], [1]],
  ['a list for an object', [], {}],
  ['nothing for an object', null, {}],
])('%s is not the same', (_, one, other) => {
  expect([isSame(one, other), isSame(other, one)]).toEqual([false, false])
})
