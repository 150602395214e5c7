import { expect, test } from 'vitest'
import { reviewStanding } from '../review.ts'
import { todayIn } from './days.ts'

test('a review is overdue by the calendar of its place, whatever day it is elsewhere', () => {
  const evening = new Date('2026-11-28T02:30:00Z')
  const standing = (zone: string) => reviewStanding('2026-11-27', todayIn(zone, evening))
  expect(standing('America/New_York')).toBe('soon')
  expect(standing('UTC')).toBe('overdue')
  expect(reviewStanding('2026-11-28', todayIn('Pacific/Auckland', new Date('2026-11-28T12:30:00Z')))).toBe('overdue')
})
