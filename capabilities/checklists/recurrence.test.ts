import fc from 'fast-check'
import { RRuleTemporal } from 'rrule-temporal'
import { Temporal } from 'temporal-polyfill'
import { expect, test } from 'vitest'
import { nextDay } from './calendar-day.ts'
import { fallsOn } from './recurrence.ts'
import { type Recurrence, Timing } from './schedule.ts'
import { type DayPlace, slotsBetween } from './slots.ts'
import { targeting } from './targets.ts'

const always: DayPlace = { openingHours: [], specialDays: [], timezone: 'UTC', dayStartsAt: '04:00' }
const noon = [{ by: 'clock', at: '12:00' }] as const
const timing = (more: object) =>
  Timing.parse({ recurrence: { every: 'day' }, slots: noon, from: '2026-01-01', ...more })

const WEEKDAYS = ['MO', 'TU', 'WE', 'TH', 'FR', 'SA', 'SU']
const someWeekdays = fc.uniqueArray(fc.integer({ min: 1, max: 7 }), { minLength: 1, maxLength: 4 })
/** A rule and the same as RFC 5545 writes it. What that cannot say (31 as the last day) has a test of its own. */
const rules: fc.Arbitrary<{ ours: Recurrence; theirs: string }> = fc.oneof(
  fc.integer({ min: 1, max: 40 }).map((interval) => ({
    ours: { every: 'day' as const, interval },
    theirs: `FREQ=DAILY;INTERVAL=${interval}`,
  })),
  fc.tuple(fc.integer({ min: 1, max: 9 }), someWeekdays).map(([interval, weekdays]) => ({
    ours: { every: 'week' as const, interval, weekdays },
    theirs: `FREQ=WEEKLY;WKST=MO;INTERVAL=${interval};BYDAY=${weekdays.map((n) => WEEKDAYS[n - 1]).join(',')}`,
  })),
  fc
    .tuple(
      fc.integer({ min: 1, max: 6 }),
      fc.uniqueArray(fc.oneof(fc.integer({ min: 1, max: 28 }), fc.constant(-1)), { minLength: 1, maxLength: 4 }),
    )
    .map(([interval, days]) => ({
      ours: { every: 'month' as const, interval, days, nth: [] },
      theirs: `FREQ=MONTHLY;INTERVAL=${interval};BYMONTHDAY=${days.join(',')}`,
    })),
  fc
    .tuple(fc.integer({ min: 1, max: 6 }), fc.constantFrom(-1, 1, 2, 3, 4, 5), fc.integer({ min: 1, max: 7 }))
    .map(([interval, nth, weekday]) => ({
      ours: { every: 'month' as const, interval, days: [], nth: [{ nth, weekday }] },
      theirs: `FREQ=MONTHLY;INTERVAL=${interval};BYDAY=${nth}${WEEKDAYS[weekday - 1]}`,
    })),
)
const dates = fc.integer({ min: 0, max: 1500 }).map((days) => nextDay('2024-01-01', days))

test('the days of a rule are those an independent library names, over ten years', () => {
  let compared = 0
  fc.assert(
    fc.property(rules, dates, ({ ours, theirs }, from) => {
      const start = `DTSTART;TZID=UTC:${from.replaceAll('-', '')}T120000`
      const until = `${Number(from.slice(0, 4)) + 10}1231T235959Z`
      const named = new RRuleTemporal({ rruleString: `${start}\nRRULE:${theirs};UNTIL=${until}` }).all()
      const last = `${Number(from.slice(0, 4)) + 10}-12-31`
      const days: string[] = []
      const asked = timing({ recurrence: ours, from })
      for (let day = from; day <= last; day = nextDay(day)) if (fallsOn(asked, day, always)) days.push(day)
      compared += days.length
      expect(days).toEqual(named.map((at) => at.toPlainDate().toString()))
    }),
    { numRuns: 60 },
  )
  console.log(`recurrence: 60 rules, ${compared} days compared with rrule-temporal`)
})

test('in every zone with daylight saving each time of day happens once a day, at the instant Temporal says', () => {
  const zones = Intl.supportedValuesOf('timeZone').filter((timezone) => {
    const offset = (month: number) =>
      Temporal.Instant.from(`2026-0${month}-15T00:00Z`).toZonedDateTimeISO(timezone).offsetNanoseconds
    return offset(1) !== offset(7)
  })
  let compared = 0
  for (const timezone of zones) {
    const place = { ...always, timezone }
    const slots = ['00:00', '00:30', '01:30', '02:00', '02:30', '03:00'].map((at) => ({ by: 'clock', at }))
    const asked = timing({ slots })
    // Around every change of the clocks of ten years: elsewhere nothing can go wrong.
    let at = Temporal.ZonedDateTime.from(`2026-01-02T12:00[${timezone}]`)
    for (;;) {
      const change = at.getTimeZoneTransition('next')
      if (!change || change.year > 2036) break
      at = change
      const [from, until] = [change.subtract({ hours: 30 }), change.add({ hours: 30 })].map((z) => z.epochMilliseconds)
      for (const { slot, dueAt } of slotsBetween(asked, place, from ?? 0, until ?? 0)) {
        const expected = Temporal.PlainDateTime.from(slot).toZonedDateTime(timezone, { disambiguation: 'compatible' })
        expect(`${timezone} ${slot} ${dueAt}`).toBe(`${timezone} ${slot} ${expected.epochMilliseconds}`)
        compared++
      }
    }
  }
  console.log(`slots: ${zones.length} zones with daylight saving, ${compared} times around their changes of ten years`)
  expect(compared).toBeGreaterThan(10_000)
})

test('every window of time has the slots of its parts, each once', () => {
  const windows = fc.uniqueArray(fc.integer({ min: 0, max: 30 * 24 * 60 }), { minLength: 3, maxLength: 6 })
  const asked = timing({ slots: [...noon, { by: 'clock', at: '02:30' }] })
  const place = { ...always, timezone: 'America/New_York' }
  const start = Date.parse('2026-10-20T00:00Z')
  fc.assert(
    fc.property(windows, (minutes) => {
      const edges = minutes.sort((one, other) => one - other).map((minute) => start + minute * 60_000)
      const parts = edges.slice(1).flatMap((until, n) => slotsBetween(asked, place, edges[n] ?? 0, until))
      expect(parts).toEqual(slotsBetween(asked, place, edges[0] ?? 0, edges.at(-1) ?? 0))
    }),
  )
})

test.each([
  ['2026-02-28', true],
  ['2026-02-27', false],
  ['2026-04-30', true],
  ['2026-05-30', false],
  ['2026-05-31', true],
])('the 31st of each month, on %s: %s', (date, falls) => {
  expect(fallsOn(timing({ recurrence: { every: 'month', days: [31] } }), date, always)).toBe(falls)
})

test('seasons run over the new year, excepted days fall out, and nothing lies outside its first and last day', () => {
  const winter = timing({ seasons: [{ from: '11-01', to: '03-31' }], except: ['2026-12-25'], to: '2027-03-30' })
  const on = (date: string) => fallsOn(winter, date, always)
  expect(['2026-10-31', '2026-11-01', '2026-12-25', '2027-02-01', '2027-03-30', '2027-03-31'].map(on)).toEqual([
    false,
    true,
    false,
    true,
    true,
    false,
  ])
})

const bar: DayPlace = {
  timezone: 'America/Chicago',
  dayStartsAt: '04:00',
  openingHours: [{ weekday: 5, opens: '18:00', closes: '02:00' }],
  specialDays: [{ date: '2026-12-25', hours: [], note: 'Christmas' }],
}

test('what follows the hours moves with them, past midnight too, and falls out on closed days', () => {
  const asked = timing({
    slots: [
      { by: 'opening', minutes: -30 },
      { by: 'closing', minutes: 15 },
    ],
  })
  const slots = slotsBetween(asked, bar, Date.parse('2026-12-10T00:00Z'), Date.parse('2026-12-31T00:00Z'))
  expect(slots.map(({ slot, day }) => `${slot} of ${day}`)).toEqual([
    '2026-12-11T17:30 of 2026-12-11',
    '2026-12-12T02:15 of 2026-12-11',
    '2026-12-18T17:30 of 2026-12-18',
    '2026-12-19T02:15 of 2026-12-18',
  ])
})

test('a time before the cut-over belongs to the evening before', () => {
  const [slot] = slotsBetween(
    timing({ slots: [{ by: 'clock', at: '01:30' }] }),
    { ...always, timezone: 'America/Chicago' },
    Date.parse('2026-06-02T05:00Z'),
    Date.parse('2026-06-03T05:00Z'),
  )
  expect(slot).toMatchObject({ slot: '2026-06-02T01:30', day: '2026-06-01' })
})

test('it is visible before it is due, then late, then missed', () => {
  const asked = timing({ visibleMinutesBefore: 60, lateMinutesAfter: 15, missedMinutesAfter: 10 })
  const noonOf = Date.parse('2026-06-01T12:00Z')
  expect(slotsBetween(asked, always, noonOf, noonOf + 1)).toEqual([
    {
      ...{ slot: '2026-06-01T12:00', day: '2026-06-01', dueAt: noonOf },
      ...{ visibleAt: noonOf - 3_600_000, lateAt: noonOf + 900_000, missedAt: noonOf + 960_000 },
    },
  ])
})

test('a target is nodes of the tree, narrowed by kind and attributes', () => {
  const [east, jersey] = [
    { id: crypto.randomUUID(), parentId: null },
    { id: crypto.randomUUID(), parentId: '' },
  ]
  const groups = [east, { ...jersey, parentId: east.id }]
  const place = { id: crypto.randomUUID(), groupId: jersey.id, kind: 'cafe', attributes: { drive_thru: 'yes' } }
  const none = { groups: [], locations: [], kinds: [], attributes: [] }
  const means = (more: object) => targeting(groups)({ ...none, ...more })(place)
  expect(means({})).toBe(true)
  expect(means({ groups: [east.id] })).toBe(true)
  expect(means({ groups: [crypto.randomUUID()] })).toBe(false)
  expect(means({ locations: [place.id], kinds: ['cafe'] })).toBe(true)
  expect(means({ kinds: ['quick_service'] })).toBe(false)
  expect(means({ attributes: [{ key: 'drive_thru', values: ['yes', 'some'] }] })).toBe(true)
  expect(means({ attributes: [{ key: 'patio', values: ['yes'] }] })).toBe(false)
})
