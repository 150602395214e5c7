import { expect, test } from 'vitest'
import { together } from './together.ts'

const of = (...days: number[]) =>
  days.map((day) => ({ auditDate: `2026-01-${String(day).padStart(2, '0')}`, id: `${day}` }))
const days = (shown: ReturnType<typeof together>) =>
  shown.map((one) => ('done' in one ? `done ${one.done.id}` : `imported ${one.imported.id}`))

test('two whole lists stand together by day, those done here first on the same one', () => {
  const shown = together({ items: of(9, 5), hasMore: false }, { items: of(9, 7, 2), hasMore: false })
  expect(days(shown)).toEqual(['done 9', 'imported 9', 'imported 7', 'done 5', 'imported 2'])
})

test('what lies further back than a list was fetched to waits for it', () => {
  const shown = together({ items: of(9, 5), hasMore: true }, { items: of(7, 2), hasMore: false })
  expect(days(shown)).toEqual(['done 9', 'imported 7', 'done 5'])
  expect(days(together({ items: of(9), hasMore: false }, { items: [], hasMore: false }))).toEqual(['done 9'])
})
