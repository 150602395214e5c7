import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { alarmBound, policyClock } from './alarm-policy.ts'
import { assess, type SensorReading, unwatched } from './assess.ts'
import { reconcile, replay, type StoredExcursion } from './replay.ts'

const walkIn = policyClock(
  [
    {
      id: 'walk-in',
      startsAt: '2026-01-01T00:00:00Z',
      limits: { max: alarmBound(5_000, 'C'), min: null },
      graceMinutes: 30,
      productFilterMinutes: 0,
      schedule: [],
    },
  ],
  'UTC',
)
const TEN = Date.parse('2026-03-01T10:00:00Z')
const minutes = (count: number) => TEN + count * 60_000
const read = (minute: number, celsius: number): SensorReading => ({
  at: minutes(minute),
  unit: 'C',
  milli: celsius * 1000,
})
const stored = (id: string, from: number, to: number | null, alarmedAt: number | null = null): StoredExcursion => ({
  id,
  side: 'above',
  startedAt: minutes(from),
  endedAt: to === null ? null : minutes(to),
  alarmedAt: alarmedAt === null ? null : minutes(alarmedAt),
})

describe('late data', () => {
  test('fills a gap with an excursion nobody knew of', () => {
    const { excursions } = replay(walkIn, [read(0, 3), read(10, 8), read(45, 8), read(50, 3)])
    expect(reconcile([], excursions)).toMatchObject({
      add: [{ startedAt: minutes(10), alarmedAt: minutes(45), endedAt: minutes(50) }],
      amend: [],
      unsupported: [],
    })
  })

  test('shows that an alarm was due: it is noted as found late, under the excursion that is known', () => {
    const { excursions } = replay(walkIn, [read(0, 8), read(35, 8), read(40, 3)])
    expect(reconcile([stored('known', 0, 20)], excursions)).toMatchObject({
      add: [],
      amend: [{ id: 'known', excursion: { alarmedAt: minutes(35), endedAt: minutes(40) }, isAlarmFoundLate: true }],
    })
  })

  test('shows that an excursion had ended in between: one becomes two, the first keeps its name', () => {
    const { excursions } = replay(walkIn, [read(0, 8), read(10, 3), read(20, 8), read(30, 3)])
    const { add, amend } = reconcile([stored('known', 0, 30)], excursions)
    expect(amend).toMatchObject([{ id: 'known', excursion: { startedAt: minutes(0), endedAt: minutes(10) } }])
    expect(add).toMatchObject([{ startedAt: minutes(20), endedAt: minutes(30) }])
  })

  test('takes the ground from an excursion: it is named, never deleted', () => {
    const { excursions } = replay(walkIn, [read(0, 3), read(10, 3)])
    expect(reconcile([stored('known', 0, 5)], excursions)).toEqual({ add: [], amend: [], unsupported: ['known'] })
  })

  test('that changes nothing asks for nothing', () => {
    const { excursions } = replay(walkIn, [read(0, 8), read(30, 8), read(40, 8)])
    expect(reconcile([stored('known', 0, null, 30)], excursions)).toEqual({ add: [], amend: [], unsupported: [] })
  })
})

const history = fc
  .array(fc.record({ gap: fc.integer({ min: 1, max: 40 }), celsius: fc.integer({ min: 0, max: 9 }) }), {
    maxLength: 60,
  })
  .map((steps) => {
    let minute = 0
    return steps.map(({ gap, celsius }) => {
      minute += gap
      return read(minute, celsius)
    })
  })

test('a replay says what the readings said when they came one by one', () => {
  fc.assert(
    fc.property(history, fc.nat(60), (readings, cut) => {
      let state = unwatched()
      for (const reading of readings.slice(0, cut)) state = assess(walkIn, state, reading).state
      const resumed = replay(walkIn, readings.slice(cut), JSON.parse(JSON.stringify(state)))
      expect(resumed.state).toEqual(replay(walkIn, readings).state)
    }),
  )
})

test('excursions never overlap, alarm only after grace, and only the last may be open', () => {
  fc.assert(
    fc.property(history, (readings) => {
      const { excursions } = replay(walkIn, readings)
      excursions.forEach(({ startedAt, alarmedAt, endedAt }, index) => {
        if (alarmedAt !== null) expect(alarmedAt - startedAt).toBeGreaterThanOrEqual(30 * 60_000)
        if (endedAt === null) expect(index).toBe(excursions.length - 1)
        else expect(endedAt).toBeLessThanOrEqual(excursions[index + 1]?.startedAt ?? Number.POSITIVE_INFINITY)
      })
    }),
  )
})

test('reconciling twice changes nothing the second time', () => {
  fc.assert(
    fc.property(history, history, (before, after) => {
      const known = replay(walkIn, before).excursions.map((excursion, index) => ({ ...excursion, id: `k${index}` }))
      const { excursions } = replay(walkIn, after)
      const { add, amend, unsupported } = reconcile(known, excursions)
      const settled = [
        ...amend.map(({ id, excursion }) => ({ ...excursion, id })),
        ...add.map((excursion, index) => ({ ...excursion, id: `n${index}` })),
        ...known.filter(({ id }) => !unsupported.includes(id) && !amend.some((amended) => amended.id === id)),
      ].sort((a, b) => a.startedAt - b.startedAt)
      expect(settled).toHaveLength(excursions.length)
      expect(reconcile(settled, excursions)).toEqual({ add: [], amend: [], unsupported: [] })
    }),
  )
})
