import { expect, test } from 'vitest'
import type { Audit } from './audit.ts'
import { before, isRepeated } from './before.ts'
import type { Score } from './score.ts'

const [clean, hands, walkIn, bar] = Array.from({ length: 4 }, () => crypto.randomUUID()) as [
  string,
  string,
  string,
  string,
]
const cost = (itemId: string, points = 1, entryId: string | null = null) => ({
  ...{ itemId, entryId, points, label: '', as: null, due: null, correctedOnSite: false },
})
const score = (...costs: Score['costs']): Score => ({
  ...{
    scheme: 'weighted',
    edition: '',
    status: 'pass',
    compliance: 90,
    points: 9,
    max: 10,
    grade: null,
    outcome: null,
  },
  ...{ failedCritical: [], sections: [], surcharges: [], heldBack: 0, costs },
})
const audit = (scoredAt: string, of: Partial<Audit> = {}): Audit => ({
  ...{ id: crypto.randomUUID(), locationId: '', checklistId: crypto.randomUUID(), templateId: '', version: 1 },
  ...{ name: '', auditType: 'internal', auditDate: scoredAt.slice(0, 10), scheme: 'weighted', status: 'pass' },
  ...{ complianceScore: 90, grade: null, score: score(), scoredBy: null, scoredAt, presence: 'not_shown' },
  ...of,
})

test('the audit before is the last one of another checklist, also on the same day', () => {
  const now = audit('2026-11-27T15:00:00Z')
  const [morning, lastWeek] = [audit('2026-11-27T09:00:00Z'), audit('2026-11-20T15:00:00Z')]
  const later = audit('2026-11-27T18:00:00Z')
  const sentBack = audit('2026-11-27T14:00:00Z', { checklistId: now.checklistId })
  expect(before(now, [later, now, lastWeek, morning, sentBack])).toBe(morning)
  expect(before(now, [later, now, sentBack])).toBeNull()
})

test('what was found at the same question last time is found again; a bonus is no finding', () => {
  const earlier = audit('2026-11-20T15:00:00Z', { score: score(cost(clean), cost(hands, -2)) })
  expect(isRepeated(cost(clean, 3), earlier)).toBe(true)
  expect(isRepeated(cost(hands), earlier)).toBe(false)
  expect(isRepeated(cost(clean, -1), earlier)).toBe(false)
  expect(isRepeated(cost(clean), null)).toBe(false)
})

test('in a section that repeats it is the question that comes back, at whichever unit', () => {
  const earlier = audit('2026-11-20T15:00:00Z', { score: score(cost(clean, 1, walkIn)) })
  expect(isRepeated(cost(clean, 1, walkIn), earlier)).toBe(true)
  expect(isRepeated(cost(clean, 1, bar), earlier)).toBe(true)
  expect(isRepeated(cost(hands, 1, walkIn), earlier)).toBe(false)
})
