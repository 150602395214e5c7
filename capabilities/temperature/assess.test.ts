import { describe, expect, test } from 'vitest'
import { type AlarmPolicy, alarmBound, policyClock } from './alarm-policy.ts'
import {
  assess,
  assessSilence,
  type Change,
  type SensorReading,
  statusOf,
  unwatched,
  type WatchState,
} from './assess.ts'

const policy: AlarmPolicy = {
  id: 'walk-in',
  startsAt: '2026-01-01T00:00:00Z',
  limits: { max: alarmBound(5_000, 'C'), min: alarmBound(0, 'C') },
  graceMinutes: 30,
  productFilterMinutes: 0,
  schedule: [],
}
const walkIn = policyClock([policy], 'UTC')
const withPolicy = (change: Partial<AlarmPolicy>) => policyClock([{ ...policy, ...change }], 'UTC')

const TEN = Date.parse('2026-03-01T10:00:00Z')
const minutes = (count: number) => TEN + count * 60_000
const read = (minute: number, celsius: number): SensorReading => ({
  at: minutes(minute),
  unit: 'C',
  milli: celsius * 1000,
})
const fault = (minute: number): SensorReading => ({ at: minutes(minute), fault: 'disconnected' })

/** The story of a sensor: each change as minute and kind. */
function story(readings: SensorReading[], policyAt = walkIn, from: WatchState = unwatched()) {
  let state = from
  const changes: Change[] = []
  for (const reading of readings) {
    const assessed = assess(policyAt, state, reading)
    state = assessed.state
    changes.push(...assessed.changes)
  }
  return { state, changes, told: changes.map(({ at, kind }) => `${(at - TEN) / 60_000} ${kind}`) }
}

describe('an excursion', () => {
  test('a door left open for ten minutes is drift, not an alarm', () => {
    expect(story([read(0, 3), read(5, 8), read(10, 8), read(15, 4)]).told).toEqual(['5 drifted', '15 recovered'])
  })

  test('half an hour outside the limits is an alarm, once', () => {
    const { told, state } = story([read(0, 8), read(15, 8), read(30, 8), read(45, 9), read(60, 8)])
    expect(told).toEqual(['0 drifted', '30 alarmed'])
    expect(statusOf(state)).toBe('alarm')
  })

  test('exactly at the limit is within it', () => {
    expect(story([read(0, 5), read(30, 5), read(60, 0)]).told).toEqual([])
  })

  test('too cold is an excursion as well, and not the same one as too warm', () => {
    const { told, changes } = story([read(0, 8), read(5, -1)])
    expect(told).toEqual(['0 drifted', '5 recovered', '5 drifted'])
    expect(changes.at(-1)).toMatchObject({ excursion: { side: 'below' } })
  })

  test('without grace the first reading outside is the alarm', () => {
    expect(story([read(0, 6)], withPolicy({ graceMinutes: 0 })).told).toEqual(['0 drifted', '0 alarmed'])
  })

  test('remembers its worst value and when it was last outside', () => {
    const { changes } = story([read(0, 6), read(10, 9.5), read(20, 7), read(25, 4)])
    expect(changes.at(-1)).toMatchObject({
      kind: 'recovered',
      excursion: {
        startedAt: minutes(0),
        endedAt: minutes(25),
        extreme: { milli: 9_500, unit: 'C' },
        lastOutsideAt: minutes(20),
      },
    })
  })

  test('a second excursion is an alarm of its own', () => {
    const readings = [read(0, 8), read(30, 8), read(35, 4), read(40, 8), read(70, 8)]
    expect(story(readings).told).toEqual(['0 drifted', '30 alarmed', '35 recovered', '40 drifted', '70 alarmed'])
  })

  test('a time without readings is no evidence of being within: it counts towards grace', () => {
    expect(story([read(0, 8), read(120, 8)]).told).toEqual(['0 drifted', '120 alarmed'])
    expect(story([read(0, 8), read(120, 4)]).told).toEqual(['0 drifted', '120 recovered'])
  })

  test('a probe in °F is watched by the same policy', () => {
    const fahrenheit: SensorReading = { at: minutes(0), unit: 'F', milli: 41_001 }
    expect(story([fahrenheit]).told).toEqual(['0 drifted'])
    expect(story([{ ...fahrenheit, milli: 41_000 }]).told).toEqual([])
  })

  test('where nobody watches nothing is outside', () => {
    const { told, state } = story([read(0, 60)], withPolicy({ limits: { max: null, min: null } }))
    expect(told).toEqual([])
    expect(statusOf(state)).toBe('ok')
  })

  test('a stricter hour makes what was within an excursion from its first reading', () => {
    const busy = withPolicy({
      schedule: [
        {
          weekdays: [7],
          from: '10:30',
          to: '12:00',
          limits: { max: alarmBound(3_000, 'C'), min: null },
          graceMinutes: 0,
        },
      ],
    })
    expect(story([read(0, 4), read(30, 4), read(120, 4)], busy).told).toEqual([
      '30 drifted',
      '30 alarmed',
      '120 recovered',
    ])
  })
})

describe('the product filter', () => {
  const filtered = withPolicy({ productFilterMinutes: 15, graceMinutes: 0 })

  test('a door that stands open for five minutes does not warm the food', () => {
    expect(story([read(0, 3), read(2, 3), read(7, 8), read(12, 3), read(17, 3)], filtered).told).toEqual([])
  })

  test('lasting warmth does', () => {
    const warm = [read(0, 3), ...[5, 10, 15, 20, 25].map((minute) => read(minute, 8))]
    expect(story(warm, filtered).told).toEqual(['10 drifted', '10 alarmed'])
  })

  test('does not depend on how often the sensor speaks', () => {
    const every = (step: number) =>
      story([read(0, 3), ...Array.from({ length: 60 / step }, (_, n) => read((n + 1) * step, 8))], filtered).state
        .product?.milli
    expect(every(1)).toBeCloseTo(every(10) ?? Number.NaN, 6)
    expect(every(1)).toBeCloseTo(8_000 - 5_000 * Math.exp(-60 / 15), 6)
  })

  test('hours of a broken sensor are hours of warming, not one step', () => {
    const { state } = story([read(0, 3), fault(10), fault(170), read(180, 8)], filtered)
    expect(state.product?.milli).toBeCloseTo(8_000 - 5_000 * Math.exp(-180 / 15), 6)
  })

  test('follows a sensor that changes its unit', () => {
    const { state } = story([read(0, 4), { at: minutes(10), unit: 'F', milli: 39_200 }], filtered)
    expect(state.product).toMatchObject({ milli: 39_200, unit: 'F' })
  })
})

describe('a fault of the sensor', () => {
  test('is shown at once, and cleared by the next temperature', () => {
    const { told, state } = story([read(0, 3), fault(5), read(10, 3)])
    expect(told).toEqual(['5 fault', '10 fault_cleared'])
    expect(statusOf(state)).toBe('ok')
  })

  test('calls someone when the next reading is a fault too, once', () => {
    const { told, state } = story([fault(0), fault(5), fault(10)])
    expect(told).toEqual(['0 fault', '5 fault_persists'])
    expect(statusOf(state)).toBe('fault')
  })

  test('says nothing about the food: an excursion goes on through it', () => {
    expect(story([read(0, 8), fault(10), read(30, 8)]).told).toEqual([
      '0 drifted',
      '10 fault',
      '30 fault_cleared',
      '30 alarmed',
    ])
  })
})

describe('silence', () => {
  const heard = story([read(0, 3)]).state

  test('three missed readings are silence, asked once or many times', () => {
    expect(assessSilence(heard, minutes(29), 10).changes).toEqual([])
    const first = assessSilence(heard, minutes(31), 10)
    expect(first.changes).toEqual([{ kind: 'fell_silent', at: minutes(30), lastHeardAt: minutes(0) }])
    expect(statusOf(first.state)).toBe('silent')
    expect(assessSilence(first.state, minutes(90), 10)).toEqual({ state: first.state, changes: [], isLate: false })
  })

  test('ends with the next reading, once', () => {
    const silent = assessSilence(heard, minutes(31), 10).state
    expect(story([read(40, 3), read(50, 3)], walkIn, silent).told).toEqual(['40 silence_ended'])
  })

  test('the reading that wins the race against the clock leaves nothing to report', () => {
    const { state } = story([read(30, 3)], walkIn, heard)
    expect(assessSilence(state, minutes(31), 10).changes).toEqual([])
  })

  test('a gateway that empties its memory does not end it before it has caught up', () => {
    const silent = assessSilence(heard, minutes(60), 10).state
    const fromMemory = (minute: number): SensorReading => ({ ...read(minute, 3), receivedAt: minutes(60) })
    expect(story([10, 20, 30, 40, 50, 60].map(fromMemory), walkIn, silent).told).toEqual(['40 silence_ended'])
  })

  test('a sensor that was never heard is silent from when it was set up', () => {
    const setUp = unwatched(minutes(0))
    expect(statusOf(setUp)).toBe('no_data')
    expect(assessSilence(setUp, minutes(45), 15).changes).toMatchObject([{ kind: 'fell_silent', at: minutes(45) }])
    expect(assessSilence(unwatched(), minutes(45), 15).changes).toEqual([])
  })

  test('what is read by hand owes nobody a reading', () => {
    expect(assessSilence(heard, minutes(9_999), null).changes).toEqual([])
  })

  test('an alarm stays an alarm while its sensor is silent', () => {
    const { state } = story([read(0, 8), read(30, 8)])
    expect(statusOf(assessSilence(state, minutes(90), 10).state)).toBe('alarm')
  })
})

test('a reading that is not newer is late: it changes nothing here, history has to be replayed', () => {
  const { state } = story([read(0, 3), read(10, 3)])
  for (const minute of [5, 10]) {
    expect(assess(walkIn, state, read(minute, 9))).toEqual({ state, changes: [], isLate: true })
  }
})

test('what is known of a sensor is plain JSON', () => {
  const { state } = story([read(0, 3), read(1, 8), fault(2)], withPolicy({ productFilterMinutes: 10 }))
  expect(JSON.parse(JSON.stringify(state))).toEqual(state)
})
