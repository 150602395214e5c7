import { metresBetween, USUAL_RADIUS_METRES } from '@opsflow/capabilities/locations'
import { policyClock, replay, type SensorReading, sense } from '@opsflow/capabilities/temperature'
import { expect, test } from 'vitest'
import { answerTo } from './answers.ts'
import { chains } from './chains.ts'
import { chores } from './chores.ts'
import { failingSensor } from './failure.ts'
import { FAILING, type LocationPlan, type TenantPlan, type UnitPlan } from './plan.ts'
import { handReadings } from './rounds.ts'
import { sensorHistory } from './sensor-history.ts'

const END = Date.parse('2026-11-22T20:00:00Z')
const DAY = 24 * 60 * 60_000
const [big, small] = chains.map((chain) => chain.plan(END)) as [TenantPlan, TenantPlan]
const locationsOf = (plan: TenantPlan) => plan.brands.flatMap(({ locations }) => locations)
const everyUnit = locationsOf(big).flatMap((location) => location.units.map((unit) => ({ location, unit })))
const history = (location: LocationPlan, unit: UnitPlan, days = 60) => [
  ...sensorHistory(location, unit, { from: END - days * DAY, to: END }),
]

test('the same end of history gives the same chain, reading for reading', () => {
  const again = chains.map((chain) => chain.plan(END))[0] as TenantPlan
  expect(again).toEqual(big)
  const [one, other] = [big, again].map((plan) => {
    const [location] = locationsOf(plan) as [LocationPlan]
    return {
      sensor: history(location, location.units[0] as UnitPlan).slice(0, 500),
      rounds: handReadings(location, { from: big.from, to: END }),
      chores: chores(location, { from: END - 14 * DAY, to: END }),
    }
  })
  expect(one).toEqual(other)
})

test('two brands, twelve locations of three kinds in two time zones, sixty days', () => {
  expect(big.brands.map(({ locations }) => locations.length)).toEqual([5, 7])
  expect(new Set(locationsOf(big).map(({ kind }) => kind)).size).toBe(3)
  expect(new Set(locationsOf(big).map(({ timezone }) => timezone)).size).toBe(2)
  expect((big.end - big.from) / DAY).toBe(60)
  expect(locationsOf(small)).toHaveLength(1)
})

test('every place lies somewhere: those of a town within a walk, towns and other places clearly apart', () => {
  const places = locationsOf(big)
  const town = ({ address }: LocationPlan) => address.split(', ').at(-2)
  for (const [n, one] of places.entries())
    for (const other of places.slice(n + 1)) {
      const metres = metresBetween(one.position, other.position)
      expect(metres, `${one.name}, ${other.name}`).toBeGreaterThan(2 * USUAL_RADIUS_METRES)
      expect(metres < 5_000, `${one.name}, ${other.name}`).toBe(town(one) === town(other))
    }
})

test('sensors by kind of location as in the profile, each named once', () => {
  const sensors = { quick_service: 9, full_service: 11, cafe: 5 }
  for (const { kind, units } of locationsOf(big)) expect(units).toHaveLength(sensors[kind])
  expect(new Set(everyUnit.map(({ unit }) => unit.sensor.externalId)).size).toBe(everyUnit.length)
})

test('people in every role; those who sign in have addresses under a name that is reserved for examples', () => {
  const roles = new Set(big.people.flatMap(({ posts }) => posts.map(({ role }) => role)))
  expect(roles).toEqual(new Set(['org:admin', 'org:manager', 'org:member']))
  const manager = big.people.find(({ key }) => key === 'manager')
  expect(manager?.posts.flatMap(({ locations }) => locations ?? [])).toHaveLength(2)
  const emails = chains.flatMap(({ people }) => people.flatMap(({ email }) => email ?? []))
  expect(emails.every((email) => email.endsWith('.example'))).toBe(true)
  expect(new Set(emails).size).toBe(emails.length)
  expect(new Set(big.people.map(({ name }) => name)).size).toBe(big.people.length)
})

test('readings are missing, doubled and false about as often as the profile says', () => {
  const undisturbed = everyUnit.filter(({ unit }) => unit.incidents.length === 0)
  let [sent, expected, doubled] = [0, 0, 0]
  for (const { location, unit } of undisturbed.slice(0, 12)) {
    const readings = history(location, unit)
    const distinct = new Set(readings.map(({ measuredAt }) => measuredAt)).size
    sent += distinct
    doubled += readings.length - distinct
    expected += (60 * DAY) / (unit.sensor.cadenceMinutes * 60_000)
  }
  expect(1 - sent / expected).toBeGreaterThan(0.03)
  expect(1 - sent / expected).toBeLessThan(0.065)
  expect(doubled / sent).toBeGreaterThan(0.005)
  expect(doubled / sent).toBeLessThan(0.015)
  const sentinels = everyUnit.reduce((sum, { unit }) => sum + unit.sentinels.length, 0)
  expect(sentinels / everyUnit.length).toBeGreaterThan(1)
  expect(sentinels / everyUnit.length).toBeLessThan(3)
})

test('readings come in order of time, and never from after the end of the history', () => {
  for (const { location, unit } of everyUnit.slice(0, 5)) {
    const readings = history(location, unit)
    const times = readings.map(({ measuredAt }) => measuredAt)
    expect(times).toEqual(times.toSorted((one, other) => one - other))
    expect(readings.every(({ measuredAt, receivedAt }) => measuredAt < END && receivedAt <= END)).toBe(true)
  }
})

test('an alarm has an incident behind it, but for a rush now and then that was too much for a prep rail', () => {
  const alarmed = everyUnit.filter(({ location, unit }) => alarmsOf(location, unit) > 0)
  const unexplained = alarmed.filter(({ unit }) => unit.incidents.length === 0)
  expect(alarmed.length).toBeGreaterThan(8)
  expect(unexplained.every(({ unit }) => unit.simulated.kind === 'prep_rail')).toBe(true)
  expect(unexplained.length).toBeLessThan(4)
})

test('the unit that will fail was not in alarm before', () => {
  const failing = everyUnit.find(
    ({ location, unit }) => location.key === FAILING.location && unit.name === FAILING.unit,
  )
  if (!failing) throw new Error('no such unit')
  expect(failing.unit.simulated.kind).toBe('walk_in_cooler')
  expect(alarmsOf(failing.location, failing.unit)).toBe(0)
})

test('its failure reaches the alarm bound within minutes, and ends as fast', () => {
  const failing = everyUnit.find(
    ({ location, unit }) => location.key === FAILING.location && unit.name === FAILING.unit,
  )
  if (!failing) throw new Error('no such unit')
  const [from, to] = [END, END + 10 * 60_000]
  const value = failingSensor(failing.unit, () => ({ from, to }))
  const bound = (failing.unit.policy.alarm?.limits.max?.milliC ?? 0) / 1000
  expect(value(from - 60_000)).toBeLessThan(bound)
  expect(value(from + 3 * 60_000)).toBeGreaterThan(bound)
  expect(value(to + 3 * 60_000)).toBeLessThan(bound)
})

test('rounds by hand: within the profile for late, missed and out-of-range ones', () => {
  const rounds = locationsOf(big).map((location) => handReadings(location, { from: big.from, to: END }))
  const perDay = rounds.flat().length / 60 / rounds.length
  expect(perDay).toBeGreaterThan(8)
  expect(perDay).toBeLessThan(20)
})

test('chores: most in time, some late, a few never', () => {
  const all = locationsOf(big).flatMap((location) => chores(location, { from: END - 14 * DAY, to: END - 2 * DAY }))
  const settled = all.filter(({ dueAt }) => dueAt < END - 3 * DAY)
  const share = (some: typeof settled) => some.length / settled.length
  const late = share(settled.filter(({ doneAt, dueAt }) => doneAt !== null && doneAt > dueAt))
  const missed = share(settled.filter(({ doneAt }) => doneAt === null))
  expect(late).toBeGreaterThan(0.05)
  expect(late).toBeLessThan(0.14)
  expect(missed).toBeGreaterThan(0.01)
  expect(missed).toBeLessThan(0.08)
})

test('what happened at night is answered when people are there, in the order of the steps', () => {
  const location = locationsOf(big).find(({ key }) => key === 'harborside') as LocationPlan
  const unit = location.units[0] as UnitPlan
  const threeAtNight = Date.parse('2026-11-10T08:00:00Z')
  const answer = answerTo({ key: 'night', openedAt: threeAtNight, isByHand: false }, location, unit, END)
  const steps = [answer.acknowledgedAt, answer.response?.at, answer.recheck?.at, answer.closedAt]
  expect(answer.acknowledgedAt).toBeGreaterThan(Date.parse('2026-11-10T13:00:00Z'))
  expect(steps).toEqual(steps.toSorted((one, other) => Number(one) - Number(other)))
})

function alarmsOf(location: LocationPlan, unit: UnitPlan): number {
  const { alarm } = unit.policy
  if (!alarm) return 0
  const policy = policyClock([{ id: 'plan', startsAt: new Date(0).toISOString(), ...alarm }], location.timezone)
  const readings = history(location, unit, 30).flatMap(({ measuredAt: at, sent }): SensorReading[] => {
    const sensed = sense(sent, 'F', { source: 'sensor', unitKind: unit.simulated.kind })
    if ('value' in sensed) return [{ at, ...sensed.value }]
    return 'fault' in sensed ? [{ at, fault: sensed.fault }] : []
  })
  return replay(policy, readings).excursions.filter(({ alarmedAt }) => alarmedAt !== null).length
}
