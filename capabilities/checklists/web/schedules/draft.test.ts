import { expect, test } from 'vitest'
import { todayAtAny } from './draft.ts'

test('today is the day of the place where it is earliest, wherever it is written', () => {
  const justPastMidnightInLondon = new Date('2026-11-28T00:14:00Z')
  expect(todayAtAny(['Europe/London', 'America/New_York'], justPastMidnightInLondon)).toBe('2026-11-27')
  expect(todayAtAny(['Asia/Tokyo'], justPastMidnightInLondon)).toBe('2026-11-28')
  expect(todayAtAny([], justPastMidnightInLondon)).toBe('2026-11-28')
})
