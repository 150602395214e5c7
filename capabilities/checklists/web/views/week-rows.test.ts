import type { Task } from '@opsflow/capabilities/tasks'
import { describe, expect, test } from 'vitest'
import type { ChecklistOutcome, PlannedChecklist } from '../../view-routes.ts'
import { nextDay, spanIn, weekOf } from './params.ts'
import { countsIn, taskRows, weekRows } from './week-rows.ts'

const TODAY = '2026-11-26'
const done = (id: string, day: string, hour: string, more: Partial<ChecklistOutcome> = {}) =>
  ({
    ...{ id, templateId: 'line', locationId: 'here', name: 'Line check', role: null, roleName: null, day },
    ...{ outcome: 'on_time', dueAt: `${day}T${hour}:00:00Z`, completedAt: null, ...more },
  }) as ChecklistOutcome
const planned = (day: string) =>
  ({
    ...{ scheduleId: 's', templateId: 'line', locationId: 'here', name: 'Line check', role: null, roleName: null, day },
    dueAt: `${day}T10:00:00Z`,
  }) as PlannedChecklist

describe('a week', () => {
  test('has a line for each checklist, its marks by time; what is made for later is ahead, what is not is planned', () => {
    const [row, ...others] = weekRows(
      [
        done('b', TODAY, '16', { outcome: 'missed' }),
        done('a', TODAY, '10'),
        done('c', nextDay(TODAY), '10', { outcome: 'open' }),
      ],
      [planned(nextDay(TODAY, 2))],
      'checklist',
      TODAY,
    )
    expect(others).toEqual([])
    const marks = [...(row?.days ?? [])].map(([day, cells]) => [day, cells.map(({ mark }) => mark)])
    expect(marks).toEqual([
      [TODAY, ['on_time', 'missed']],
      [nextDay(TODAY), ['ahead']],
      [nextDay(TODAY, 2), ['planned']],
    ])
  })

  test('by role has a line for each role, with how many came out how, the worst first', () => {
    const rows = weekRows(
      [
        done('a', TODAY, '10'),
        done('b', TODAY, '11', { templateId: 'walk', outcome: 'missed' }),
        done('c', TODAY, '12', { role: 'org:manager' }),
      ],
      [],
      'role',
      TODAY,
    )
    expect(rows.map(({ role, days }) => [role, countsIn(days.get(TODAY) ?? [])])).toEqual([
      [
        null,
        [
          ['missed', 1],
          ['on_time', 1],
        ],
      ],
      ['org:manager', [['on_time', 1]]],
    ])
  })

  test('counts tasks on the business day they are due: after midnight belongs to the evening before', () => {
    const task = (dueAt: string, more: Partial<Task> = {}) =>
      ({ id: dueAt, dueAt, status: 'completed', completedAt: dueAt, assignedRole: null, ...more }) as Task
    const [row] = taskRows(
      [
        task('2026-11-27T07:30:00Z'),
        task('2026-11-26T18:00:00Z', { completedAt: '2026-11-26T19:00:00Z' }),
        task('2026-11-26T19:00:00Z', { status: 'cancelled' }),
      ],
      { timezone: 'America/Chicago', dayStartsAt: '04:00' },
      TODAY,
    )
    expect([...(row?.days ?? [])].map(([day, cells]) => [day, countsIn(cells)])).toEqual([
      [
        TODAY,
        [
          ['done_late', 1],
          ['on_time', 1],
        ],
      ],
    ])
  })
})

test('days of an address: those it names, else so many that end today; a week begins on Monday', () => {
  expect(spanIn({ from: '2026-11-01', to: '2026-11-30' }, TODAY, 7)).toEqual({ from: '2026-11-01', to: '2026-11-30' })
  expect(spanIn({ from: 'nonsense', to: '2026-11-30' }, TODAY, 7)).toEqual({ from: '2026-11-20', to: TODAY })
  expect(spanIn({ from: '2026-11-30', to: '2026-11-01' }, TODAY, 1)).toEqual({ from: TODAY, to: TODAY })
  expect([weekOf('2026-11-23'), weekOf('2026-11-29')]).toEqual(['2026-11-23', '2026-11-23'])
})
