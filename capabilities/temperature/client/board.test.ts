import type { Task } from '@opsflow/capabilities/tasks'
import { describe, expect, test } from 'vitest'
import { taskForTests } from '../../tasks/task.for-tests.ts'
import { statusRank } from '../assess.ts'
import type { Alarm, CorrectiveActionRecord, UnitState } from '../records.ts'
import { type BoardRows, boardOf, nextDue } from './board.ts'
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
const task = (id: string, state: Task['state'], over: Partial<Task> = {}): Task =>
  taskForTests({ id, locationId: here, state, ...over })
const action = (id: string, state: CorrectiveActionRecord['state'], openedAt = '2026-01-01T00:00:00Z') =>
  ({ id, state, openedAt, locationId: here }) as CorrectiveActionRecord

const place = (id: string) => ({
  id,
  name: id,
  kind: 'cafe',
  timezone: 'America/Chicago',
  temperatureUnit: 'F' as const,
})
const places = [place(here), place('elsewhere')]
const noon = Date.parse('2026-01-01T12:00:00Z')
const board = (over: Partial<BoardRows>, counted?: Parameters<typeof boardOf>[2]) =>
  boardOf({ units: [], alarms: [], correctiveActions: [], tasks: [], ...over }, places, counted, noon)

describe('a board of the local copy', () => {
  test('counts the units of each location by how they stand', () => {
    const { locations } = board({ units: [unit('cooler', 'ok'), unit('freezer', 'alarm'), unit('rail', 'no_data')] })
    expect(locations[0]?.counts).toMatchObject({ units: 3, ok: 1, alarm: 1, noData: 1, fault: 0 })
    expect(locations[1]?.counts).toMatchObject({ units: 0, ok: 0, openAlarms: 0, tasksOpen: 0 })
  })

  test('leaves out what lies where this person does not look', () => {
    const away = { locationId: 'a third place' }
    const seen = board({
      units: [unit('cooler', 'ok', away)],
      alarms: [alarm('a', away)],
      tasks: [task('t', 'todo', away)],
    })
    expect(seen).toMatchObject({ units: [], alarms: [], tasks: [] })
  })

  test('shows an alarm until it is closed, the latest first', () => {
    const { alarms, locations } = board({
      alarms: [
        alarm('seen', { acknowledgedAt: '2026-01-01T01:00:00Z' }),
        alarm('over', { closedAt: '2026-01-01T01:00:00Z' }),
        alarm('new', { raisedAt: '2026-01-01T02:00:00+00:00' }),
      ],
    })
    expect(alarms.map(({ id }) => id)).toEqual(['new', 'seen'])
    expect(locations[0]?.counts.openAlarms).toBe(2)
  })

  test('keeps closed corrective actions for a second person, and counts only those still in work', () => {
    const { correctiveActions, locations } = board({
      correctiveActions: [
        action('opened', 'opened'),
        action('passed', 'rechecked'),
        action('closed', 'closed'),
        action('done', 'verified'),
      ],
    })
    expect(correctiveActions.map(({ id }) => id)).toEqual(['opened', 'passed', 'closed'])
    expect(locations[0]?.counts.openCorrectiveActions).toBe(2)
  })

  test('counts a task as overdue the moment it is, and as open until it is over or missed', () => {
    const { tasks, locations } = board({
      tasks: [
        task('late', 'todo', { dueAt: '2026-01-01T11:59:00Z' }),
        task('given up', 'todo', { dueAt: '2026-01-01T10:00:00Z', missedAt: '2026-01-01T12:00:00Z' }),
        task('given up soon', 'todo', { missedAt: '2026-01-01T12:00:30Z' }),
        task('ahead', 'in_progress', { dueAt: '2026-01-01T12:01:00Z' }),
        task('over', 'completed', { dueAt: '2026-01-01T11:00:00Z' }),
      ],
    })
    expect(tasks.map(({ id }) => id)).toEqual(['late', 'given up soon', 'ahead'])
    expect(locations[0]?.counts).toMatchObject({ tasksOpen: 3, tasksOverdue: 1 })
    expect(nextDue(tasks, noon)).toBe(Date.parse('2026-01-01T12:00:30Z'))
  })

  test('takes from the server only what no row tells: the readings of today, with their hour, and the group', () => {
    const before = board({ units: [unit('cooler', 'ok')] })
    expect(before.locations[0]?.counts).toMatchObject({ units: 1, readingsToday: 0 })
    expect(before.countedAt).toBeUndefined()
    const [told] = before.locations
    if (!told) throw new Error('no location')
    const counts = { ...told.counts, units: 99, readingsToday: 40, judgedToday: 30, compliantToday: 29 }
    const group = { id: 'g', name: 'North' }
    const after = board({ units: [unit('cooler', 'ok')] }, { at: noon, locations: [{ ...told, group, counts }] })
    expect(after.locations[0]).toMatchObject({
      group,
      counts: { units: 1, readingsToday: 40, judgedToday: 30, compliantToday: 29 },
    })
    expect(after.countedAt).toBe(noon)
  })

  test('of four hundred units in forty locations is made in a blink: each row is looked at a few times, not once a location', () => {
    let looks = 0
    const status = {
      enumerable: true,
      get() {
        looks++
        return 'ok'
      },
    }
    const many = Array.from({ length: 400 }, (_, index) =>
      Object.defineProperty(unit(`unit ${index}`, 'ok'), 'status', status),
    )
    const stores = Array.from({ length: 40 }, (_, index) => place(`place ${index}`))
    for (const [index, row] of many.entries()) row.locationId = `place ${index % 40}`
    boardOf({ units: many, alarms: [], correctiveActions: [], tasks: [] }, stores, undefined, noon)
    expect(looks).toBeLessThanOrEqual(400 * 8)
  })
})

test('the worst is first, and among equals what is out of its limit', () => {
  const statuses = ['ok', 'no_data', 'drifting', 'silent', 'fault', 'alarm'] as const
  const sorted = worstFirst(statuses.map((status) => unit(status, status)))
  expect(sorted.map(({ status }) => statusRank(status))).toEqual([0, 1, 2, 3, 4, 5])
  const equals = worstFirst([unit('a', 'ok', { isCompliant: true }), unit('b', 'ok', { isCompliant: false })])
  expect(equals.map(({ name }) => name)).toEqual(['b', 'a'])
})
