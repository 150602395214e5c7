import { describe, expect, test } from 'vitest'
import { policyClock } from './alarm-policy.ts'
import { assess, assessSilence, type Change, type SensorReading, unwatched } from './assess.ts'
import { sense } from './sensor-fault.ts'
import { type Incident, type SimulatedUnit, simulatedReadings, simulatedSensor } from './simulate.ts'
import { defaultAlarmPolicy } from './unit-defaults.ts'

const MONDAY = Date.parse('2026-03-02T00:00:00Z')
const DAY = 86_400_000
const MINUTE = 60_000
const AT = MONDAY + 9 * DAY + 20 * 60 * MINUTE

const unit = (kind: SimulatedUnit['kind'], seed = 1, defrost: 'A' | 'B' = 'A'): SimulatedUnit => ({
  kind,
  seed,
  timezone: 'America/Chicago',
  opensAt: 6 * 60,
  closesAt: 23 * 60,
  defrost,
})

const every = [
  unit('reach_in'),
  unit('walk_in_cooler'),
  unit('prep_rail'),
  unit('walk_in_freezer', 1, 'A'),
  unit('walk_in_freezer', 1, 'B'),
  unit('hot_hold'),
]

/** What happens at a unit over days under its default policy, with a clock that asks for silence after each slot. */
function watched(
  of: SimulatedUnit,
  incidents: Incident[],
  { days = 14, cadenceMinutes = 10, missing = 0.05 } = {},
): Change[] {
  const policy = defaultAlarmPolicy(of.kind, 'us') ?? expect.fail(`${of.kind} is watched`)
  const policyAt = policyClock([{ ...policy, id: 'usual', startsAt: '2026-01-01T00:00:00Z' }], of.timezone)
  const span = { from: MONDAY, to: MONDAY + days * DAY, cadenceMinutes, missing, seed: of.seed }
  let state = unwatched(MONDAY)
  const changes: Change[] = []
  for (const { at, sent } of simulatedReadings(simulatedSensor(of, incidents), span)) {
    const silence = assessSilence(state, at, cadenceMinutes)
    const assessed = assess(policyAt, silence.state, asReading(of, at, sent))
    state = assessed.state
    changes.push(...silence.changes, ...assessed.changes)
  }
  return changes
}

function asReading(of: SimulatedUnit, at: number, sent: number | null): SensorReading {
  const sensed = sense(sent, 'C', { source: 'sensor', unitKind: of.kind })
  if ('fault' in sensed) return { at, fault: sensed.fault }
  if ('value' in sensed) return { at, unit: 'C', milli: sensed.value.milli }
  return expect.fail(sensed.message)
}

const WAKING = ['alarmed', 'fault_persists', 'fell_silent']
const wakings = (changes: Change[]) => changes.filter(({ kind }) => WAKING.includes(kind))
const minutesUntilAlarm = (of: SimulatedUnit, incident: Incident) => {
  const [first, ...more] = wakings(watched(of, [incident])).filter(({ at }) => at >= incident.from)
  expect(more).toEqual([])
  return first?.kind === 'alarmed' ? (first.at - incident.from) / MINUTE : null
}

describe('nobody is woken', () => {
  test.each([1, 2, 3])('in four weeks of cycles, defrosts, doors, deliveries and lost readings (seed %i)', (seed) => {
    for (const of of every) {
      for (const cadenceMinutes of [5, 10]) {
        expect(wakings(watched({ ...of, seed }, [], { days: 28, cadenceMinutes }))).toEqual([])
      }
    }
  })

  test('by the power-on value of a sensor: it is a fault of one reading', () => {
    const changes = watched(unit('walk_in_cooler'), [{ kind: 'power_on', from: AT, to: AT + MINUTE }], { missing: 0 })
    expect(wakings(changes)).toEqual([])
    expect(
      changes.filter(({ kind }) => kind.startsWith('fault')).map(({ kind, at }) => [kind, (at - AT) / MINUTE]),
    ).toEqual([
      ['fault', 0],
      ['fault_cleared', 10],
    ])
  })

  test('by a gasket that wears by 0.15 degrees a day: that is maintenance', () => {
    const worn: Incident = { kind: 'drift', from: MONDAY, to: MONDAY + 10 * DAY, degreesPerDay: 0.15 }
    for (const of of [unit('walk_in_cooler'), unit('walk_in_freezer')]) {
      expect(wakings(watched(of, [worn], { days: 10, cadenceMinutes: 5, missing: 0 }))).toEqual([])
    }
  })
})

describe('someone is woken', () => {
  /** Grace and at most half an hour more for the air to warm. */
  test.each(every)('by a compressor (or heater) that stands still: $kind $defrost', (of) => {
    const grace = defaultAlarmPolicy(of.kind, 'us')?.graceMinutes ?? 0
    const minutes = minutesUntilAlarm(of, { kind: 'compressor_stop', from: AT, to: AT + 5 * 60 * MINUTE })
    expect(minutes).toBeGreaterThanOrEqual(grace)
    expect(minutes).toBeLessThanOrEqual(grace + 30)
  })

  test.each(every)('by a door or lid left ajar: $kind $defrost', (of) => {
    const grace = defaultAlarmPolicy(of.kind, 'us')?.graceMinutes ?? 0
    const minutes = minutesUntilAlarm(of, { kind: 'door_ajar', from: AT, to: AT + 3 * 60 * MINUTE })
    expect(minutes).toBeLessThanOrEqual(grace + 30)
  })

  test('by a sensor that falls silent, after three readings, and again not before it spoke', () => {
    const silent: Incident = { kind: 'silent', from: AT + MINUTE, to: AT + 300 * MINUTE }
    const told = watched(unit('walk_in_cooler'), [silent], { missing: 0 }).filter(({ kind }) => kind.includes('silen'))
    expect(told.map(({ kind, at }) => [kind, (at - AT) / MINUTE])).toEqual([
      ['fell_silent', 30],
      ['silence_ended', 300],
    ])
  })

  test('by an unplugged probe: a fault at its first reading, a call at the second, never a temperature', () => {
    const unplugged: Incident = { kind: 'probe_unplugged', from: AT, to: AT + 60 * MINUTE }
    const told = watched(unit('walk_in_freezer'), [unplugged], { missing: 0 }).filter(({ kind }) =>
      kind.startsWith('fault'),
    )
    expect(told.map(({ kind, at }) => [kind, (at - AT) / MINUTE])).toEqual([
      ['fault', 0],
      ['fault_persists', 10],
      ['fault_cleared', 60],
    ])
  })
})

describe('the simulated kitchen', () => {
  test('is the same in any order and at any time', () => {
    const instants = Array.from({ length: 200 }, (_, index) => AT + index * 7 * MINUTE)
    const forwards = instants.map(simulatedSensor(unit('walk_in_cooler')))
    const backwards = instants
      .toReversed()
      .map(simulatedSensor(unit('walk_in_cooler')))
      .toReversed()
    expect(backwards).toEqual(forwards)
  })

  test('units differ', () => {
    const of = (seed: number) => [0, 7, 19].map((m) => simulatedSensor(unit('reach_in', seed))(AT + m * MINUTE))
    expect(of(1)).not.toEqual(of(2))
  })

  test('a freezer of kind B defrosts as the real one: every 38 to 42 hours, above −18 °C for 70 to 83 minutes', () => {
    const sensor = simulatedSensor(unit('walk_in_freezer', 5, 'B'))
    const above: { from: number; minutes: number }[] = []
    for (let at = MONDAY; at < MONDAY + 14 * DAY; at += MINUTE) {
      const last = above.at(-1)
      if (Number(sensor(at)) <= -18) continue
      if (last && last.from + last.minutes * MINUTE === at) last.minutes++
      else above.push({ from: at, minutes: 1 })
    }
    const defrosts = above.filter(({ minutes }) => minutes > 40)
    expect(defrosts.length).toBeGreaterThanOrEqual(7)
    for (const [index, { from, minutes }] of defrosts.entries()) {
      expect(minutes).toBeGreaterThanOrEqual(70)
      expect(minutes).toBeLessThanOrEqual(83)
      const next = defrosts[index + 1]
      if (next) expect((next.from - from) / 3_600_000).toBeCloseTo(40.3, -1)
    }
  })
})
