import { describe, expect, test } from 'vitest'
import { statusRank } from '../assess.ts'
import type { Alarm, UnitState } from '../records.ts'
import type { Dashboard } from '../routes.ts'
import { applyFact } from './board.ts'
import { worstFirst } from './board-order.ts'

const here = 'location-1'
const unit = (unitId: string, status: UnitState['status'], over: Partial<UnitState> = {}): UnitState => ({
  unitId,
  locationId: here,
  name: unitId,
  kind: 'reach_in',
  status,
  value: null,
  isCompliant: null,
  measuredAt: null,
  receivedAt: null,
  source: null,
  limitText: '',
  excursionId: null,
  alarmId: null,
  slowDrift: null,
  ...over,
})
const alarm = (id: string, over: Partial<Alarm> = {}): Alarm => ({
  id,
  unitId: 'cooler',
  unitName: 'Cooler',
  locationId: here,
  sensorId: null,
  kind: 'limit',
  raisedAt: '2026-01-01T00:00:00Z',
  acknowledgedAt: null,
  acknowledgedBy: null,
  acknowledgedReceivedAt: null,
  acknowledgedTimeQuality: null,
  clearedAt: null,
  closedAt: null,
  excursionId: null,
  correctiveActionId: null,
  taskId: null,
  value: null,
  ...over,
})
const none = {
  units: 0,
  ok: 0,
  drifting: 0,
  alarm: 0,
  fault: 0,
  silent: 0,
  noData: 0,
  openAlarms: 0,
  openCorrectiveActions: 0,
  tasksOpen: 0,
  tasksOverdue: 0,
  readingsToday: 0,
  compliantToday: 0,
  judgedToday: 0,
}
const board = (units: UnitState[]): Dashboard => ({
  versions: { [here]: 1 },
  locations: [
    {
      id: here,
      name: 'Here',
      kind: 'cafe',
      timezone: 'America/Chicago',
      temperatureUnit: 'F',
      group: null,
      counts: none,
    },
    {
      id: 'elsewhere',
      name: 'There',
      kind: 'cafe',
      timezone: 'America/Chicago',
      temperatureUnit: 'F',
      group: null,
      counts: none,
    },
  ],
  units,
  alarms: [],
  tasks: [],
  correctiveActions: [],
})
const told = (name: string, fact: unknown) => ({ scope: here, version: 2, name, fact })

describe('a board that hears of', () => {
  test('a unit shows its new row and counts its location anew', () => {
    const before = board([unit('cooler', 'ok'), unit('freezer', 'ok')])
    const after = applyFact(before, told('temperature.unit_changed', unit('cooler', 'alarm')))
    expect(after.units.map((row) => row.status)).toEqual(['alarm', 'ok'])
    expect(after.locations[0]?.counts).toMatchObject({ units: 2, ok: 1, alarm: 1 })
    expect(after.locations[1]?.counts).toEqual(none)
  })

  test('a unit that was just set up shows it', () => {
    expect(applyFact(board([]), told('temperature.unit_changed', unit('new', 'no_data'))).units).toHaveLength(1)
  })

  test('an alarm shows it until it is closed, and counts it once', () => {
    const raised = applyFact(board([]), told('temperature.alarm_raised', alarm('a')))
    const seen = applyFact(raised, told('temperature.alarm_acknowledged', alarm('a', { acknowledgedAt: 'now' })))
    expect(seen.alarms).toHaveLength(1)
    expect(seen.locations[0]?.counts.openAlarms).toBe(1)
    const closed = applyFact(seen, told('temperature.alarm_closed', alarm('a', { closedAt: 'now' })))
    expect(closed.alarms).toEqual([])
    expect(closed.locations[0]?.counts.openAlarms).toBe(0)
  })

  test('something it does not know stays as it is', () => {
    const before = board([unit('cooler', 'ok')])
    expect(applyFact(before, told('people.member_changed', {}))).toBe(before)
  })
})

test('the worst is first, and among equals what is out of its limit', () => {
  const statuses = ['ok', 'no_data', 'drifting', 'silent', 'fault', 'alarm'] as const
  const sorted = worstFirst(statuses.map((status) => unit(status, status)))
  expect(sorted.map(({ status }) => statusRank(status))).toEqual([0, 1, 2, 3, 4, 5])
  const equals = worstFirst([unit('a', 'ok', { isCompliant: true }), unit('b', 'ok', { isCompliant: false })])
  expect(equals.map(({ name }) => name)).toEqual(['b', 'a'])
})
