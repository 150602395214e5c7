import { describe, expect, test } from 'vitest'
import { type AlarmPolicy, AlarmPolicyInput, alarmBound, policyClock, silenceMinutes } from './alarm-policy.ts'
import { instantOfWallTime, offsetClock, wallClock } from './local-time.ts'
import { defaultAlarmPolicy, defaultLimitIds } from './unit-defaults.ts'

const chilled = { max: alarmBound(5_000, 'C'), min: null }
const unwatched = { max: null, min: null }

const policy = (change: Partial<AlarmPolicy> = {}): AlarmPolicy => ({
  id: 'usual',
  startsAt: '2026-01-01T00:00:00Z',
  limits: chilled,
  graceMinutes: 30,
  productFilterMinutes: 0,
  schedule: [],
  ...change,
})

const at = (instant: string) => Date.parse(instant)

describe('the policy of a unit at an instant', () => {
  test('a new version holds from its start; history keeps the old one', () => {
    const policyAt = policyClock(
      [policy(), policy({ id: 'stricter', startsAt: '2026-02-01T00:00:00Z', graceMinutes: 10 })],
      'UTC',
    )
    expect(policyAt(at('2026-01-31T23:59:59Z')).policyId).toBe('usual')
    expect(policyAt(at('2026-02-01T00:00:00Z'))).toMatchObject({ policyId: 'stricter', graceMs: 600_000 })
  })

  test('before the first version nobody watches', () => {
    expect(policyClock([policy()], 'UTC')(at('2025-12-31T23:59:59Z'))).toMatchObject({
      policyId: null,
      limits: unwatched,
    })
  })

  const nights = policy({
    schedule: [{ weekdays: [5], from: '22:00', to: '06:00', graceMinutes: 120 }],
  })

  test('hours over midnight belong to the day on which they start', () => {
    const policyAt = policyClock([nights], 'America/New_York')
    const graceMinutes = (instant: string) => policyAt(at(instant)).graceMs / 60_000
    expect(graceMinutes('2026-03-06T21:59:00-05:00')).toBe(30)
    expect(graceMinutes('2026-03-06T22:00:00-05:00')).toBe(120)
    expect(graceMinutes('2026-03-07T05:59:00-05:00')).toBe(120)
    expect(graceMinutes('2026-03-07T06:00:00-05:00')).toBe(30)
    expect(graceMinutes('2026-03-07T22:30:00-05:00')).toBe(30)
  })

  test('the clock on the wall decides, also on the night it changes', () => {
    const sunday = policy({ schedule: [{ weekdays: [7], from: '03:00', to: '04:00', limits: unwatched }] })
    const policyAt = policyClock([sunday], 'America/New_York')
    const isWatched = (instant: string) => policyAt(at(instant)).limits.max !== null
    // 8 March 2026: 02:00 EST becomes 03:00 EDT at 07:00Z
    expect(isWatched('2026-03-08T06:59:00Z')).toBe(true)
    expect(isWatched('2026-03-08T07:00:00Z')).toBe(false)
    expect(isWatched('2026-03-08T08:00:00Z')).toBe(true)
  })

  test('equal times mean the whole day', () => {
    const sundays = policy({ schedule: [{ weekdays: [7], from: '00:00', to: '00:00', graceMinutes: 0 }] })
    const policyAt = policyClock([sundays], 'Europe/London')
    expect(policyAt(at('2026-02-01T12:00:00Z')).graceMs).toBe(0)
    expect(policyAt(at('2026-02-02T00:00:00Z')).graceMs).toBe(30 * 60_000)
  })
})

describe('the clock on the wall', () => {
  test('knows the weekday and minute in a zone', () => {
    expect(wallClock('Asia/Kathmandu')(at('2026-03-01T18:20:00Z'))).toEqual({ weekday: 1, minuteOfDay: 5 })
    expect(wallClock('America/Los_Angeles')(at('1969-12-31T23:00:00Z'))).toEqual({ weekday: 3, minuteOfDay: 900 })
  })

  test('an hour that comes twice means its first pass; one that never comes is moved on', () => {
    const newYork = offsetClock('America/New_York')
    const instant = (wall: string) => new Date(instantOfWallTime(newYork, at(`${wall}Z`))).toISOString()
    expect(instant('2026-11-01T01:30:00')).toBe('2026-11-01T05:30:00.000Z')
    expect(instant('2026-11-01T02:30:00')).toBe('2026-11-01T07:30:00.000Z')
    expect(instant('2026-03-08T02:30:00')).toBe('2026-03-08T07:30:00.000Z')
    expect(instant('2026-07-01T12:00:00')).toBe('2026-07-01T16:00:00.000Z')
  })
})

describe('a policy as it is sent', () => {
  const { id: _id, startsAt: _startsAt, ...valid } = policy()

  test.each([
    ['a lower limit above the upper', { limits: { max: alarmBound(2_000, 'C'), min: alarmBound(5_000, 'C') } }],
    ['half a minute of grace', { graceMinutes: 0.5 }],
    ['25 o’clock', { schedule: [{ weekdays: [1], from: '25:00', to: '06:00' }] }],
    ['an eighth weekday', { schedule: [{ weekdays: [8], from: '22:00', to: '06:00' }] }],
    ['a field nobody knows', { loud: true }],
  ])('%s is refused', (_what, change) => {
    expect(AlarmPolicyInput.safeParse({ ...valid, ...change }).success).toBe(false)
  })

  test('filter and schedule may be left out', () => {
    const { schedule, productFilterMinutes } = AlarmPolicyInput.parse({ limits: chilled, graceMinutes: 30 })
    expect({ schedule, productFilterMinutes }).toEqual({ schedule: [], productFilterMinutes: 0 })
  })
})

test('a sensor is silent after three missed readings, and after 45 minutes at the latest', () => {
  expect([1, 5, 10, 15, 60].map(silenceMinutes)).toEqual([3, 15, 30, 45, 45])
})

describe('what a new unit starts with', () => {
  test('the printed limit of its jurisdiction', () => {
    expect(defaultLimitIds('walk_in_cooler', 'us')).toEqual(['us.cold_hold'])
    expect(defaultLimitIds('hot_line', 'us-nyc')).toEqual(['us.nyc_hot_hold'])
    expect(defaultAlarmPolicy('walk_in_freezer', 'us')?.limits.max).toEqual({ milliF: 0, milliC: -18_000 })
    expect(defaultAlarmPolicy('hot_hold', 'uk')?.limits.min).toEqual({ milliC: 63_000, milliF: 145_400 })
  })

  test('nobody is woken by what is read by hand', () => {
    expect(defaultAlarmPolicy('dish_machine', 'us')).toBeNull()
    expect(defaultAlarmPolicy('receiving', 'eu')).toBeNull()
  })

  test('every default is a valid policy', () => {
    for (const jurisdiction of ['us', 'us-nyc', 'uk', 'uk-sct', 'eu'] as const) {
      for (const kind of ['walk_in_cooler', 'reach_in', 'prep_rail', 'freezer', 'hot_hold', 'hot_line'] as const) {
        expect(AlarmPolicyInput.safeParse(defaultAlarmPolicy(kind, jurisdiction)).success).toBe(true)
      }
    }
  })
})
