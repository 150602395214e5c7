import type { Standing } from '@opsflow/capabilities/haccp'
import { expect, test } from 'vitest'
import { gapsOf, gapsToWaitFor, isPackSpan, LONGEST_DAYS } from './pack.ts'

const plan = (reviewDue: string, ...points: Standing[]) => ({ signed: { reviewDue, points } })
const nothing = {
  plans: [plan('2027-11-01', 'as_planned', 'nothing_due')],
  checklists: [],
  deviations: [],
  findings: [],
  processes: [],
  now: Date.parse('2026-11-27T12:00:00Z'),
  units: [],
  days: [],
  from: '2026-11-01',
  to: '2026-11-03',
  today: '2026-11-27',
}
const list = (outcome: string, awaitsVerification = false, photosMissing = 0) => ({
  outcome,
  awaitsVerification,
  photosMissing,
})

test('what is there lacks nothing', () => {
  expect(gapsOf(nothing)).toEqual([])
  expect(
    gapsOf({ ...nothing, checklists: [list('on_time'), list('excused')], deviations: [{ state: 'verified' }] }),
  ).toEqual([])
})

test('each gap is counted, in a fixed order', () => {
  const checklists = [list('missed'), list('missed'), list('on_time', true), list('done_late', true, 3)]
  const deviations = ['opened', 'responded', 'closed', 'verified'].map((state) => ({ state }))
  const findings = [
    { state: 'open', dueAt: '2026-11-27T12:00:00Z' },
    { state: 'open', dueAt: '2026-11-28T12:00:00Z' },
    { state: 'fixed', dueAt: '2026-11-01T12:00:00Z' },
    { state: 'verified', dueAt: '2026-11-01T12:00:00Z' },
  ]
  const processes = [
    { needsVerification: true, state: 'running' },
    { needsVerification: true, state: 'finished' },
    { needsVerification: true, state: 'verified' },
    { needsVerification: false, state: 'finished' },
  ]
  expect(gapsOf({ ...nothing, checklists, deviations, findings, processes })).toEqual([
    { kind: 'checklists_missed', count: 2 },
    { kind: 'verification_missing', count: 2 },
    { kind: 'photos_missing', count: 3 },
    { kind: 'deviations_open', count: 2 },
    { kind: 'deviations_unverified', count: 1 },
    { kind: 'findings_overdue', count: 1 },
    { kind: 'findings_unverified', count: 1 },
    { kind: 'processes_unverified', count: 1 },
  ])
})

test('a unit lacks readings only on whole days on which it was there, up to yesterday', () => {
  const unit = (since: string, until: string | null = null) => ({ id: 'u', since, until })
  const withDays = (units: ReturnType<typeof unit>[], days: string[], today = nothing.today) =>
    gapsOf({ ...nothing, units, days: days.map((day) => ({ unitId: 'u', day })), today })[0]?.count ?? 0
  expect(withDays([unit('2026-10-01')], ['2026-11-01', '2026-11-02', '2026-11-03'])).toBe(0)
  expect(withDays([unit('2026-10-01')], ['2026-11-02'])).toBe(2)
  expect(withDays([unit('2026-11-02')], ['2026-11-02'])).toBe(1)
  expect(withDays([unit('2026-10-01', '2026-11-02')], ['2026-11-01'])).toBe(0)
  expect(withDays([unit('2026-10-01')], [], '2026-11-02')).toBe(1)
})

test('a span has its first day first, and a year at most', () => {
  expect(isPackSpan({ from: '2026-11-02', to: '2026-11-01' })).toBe(false)
  expect(isPackSpan({ from: '2024-01-01', to: '2024-12-31' })).toBe(true)
  const [from, days] = [Date.parse('2026-01-01'), 86_400_000]
  const to = (n: number) => new Date(from + n * days).toISOString().slice(0, 10)
  expect(isPackSpan({ from: '2026-01-01', to: to(LONGEST_DAYS - 1) })).toBe(true)
  expect(isPackSpan({ from: '2026-01-01', to: to(LONGEST_DAYS) })).toBe(false)
})

test('no plan, none that was signed, one past its review, and points that were not monitored as planned are told', () => {
  const kinds = (...plans: (ReturnType<typeof plan> | { signed: null })[]) =>
    gapsOf({ ...nothing, plans }).map(({ kind, count }) => `${kind} ${count}`)
  expect(kinds()).toEqual(['plan_missing 1'])
  expect(kinds({ signed: null }, { signed: null })).toEqual(['plan_unsigned 2'])
  expect(kinds({ signed: null }, plan('2027-01-01'))).toEqual([])
  expect(kinds(plan('2026-11-26'), plan('2026-11-27'))).toEqual(['plan_review_overdue 1'])
  expect(kinds(plan('2027-01-01', 'partly', 'not_monitored', 'not_tied', 'as_planned'))).toEqual([
    'points_not_monitored 3',
  ])
})

test('nothing waits for a plan that a place may not need, and everything for one that was not kept to', () => {
  const waits = (plans: ReturnType<typeof plan>[]) => gapsToWaitFor(gapsOf({ ...nothing, plans })).length
  expect([waits([]), waits([plan('2026-01-01')]), waits([plan('2027-01-01', 'partly')])]).toEqual([0, 1, 1])
})
