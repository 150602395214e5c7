import type { Task } from '@opsflow/capabilities/tasks'
import type { Alarm, CorrectiveActionRecord, Week } from '@opsflow/capabilities/temperature'
import { describe, expect, test } from 'vitest'
import { countsOf } from './board-of.ts'
import { figuresOf } from './figures.ts'
import { nextItem } from './next-item.ts'
import { daysOf, peopleOf, shareOf } from './week-of.ts'

const counts = (over: object) => ({ ...countsOf([]), ...over })

describe('the figures of a day', () => {
  test('add up locations, and round compliance down', () => {
    const figures = figuresOf([
      counts({ alarm: 1, drifting: 2, judgedToday: 2000, compliantToday: 1999 }),
      counts({ fault: 1, silent: 1, judgedToday: 1000, compliantToday: 1000, tasksOpen: 3, tasksOverdue: 1 }),
    ])
    expect(figures).toEqual({ alarm: 1, attention: 4, actions: 0, compliance: 0.999, todo: 3, overdue: 1 })
  })

  test('say nothing about compliance while nothing was judged', () => {
    expect(figuresOf([counts({})]).compliance).toBeNull()
  })

  test('can run where nothing else is: their text needs no other code', () => {
    const alone = new Function(`return (${figuresOf})`)() as typeof figuresOf
    expect(alone([counts({ alarm: 2 })])).toEqual(figuresOf([counts({ alarm: 2 })]))
  })
})

describe('the next item', () => {
  const alarm = (id: string, raisedAt: string, over = {}) =>
    ({ id, raisedAt, acknowledgedAt: null, clearedAt: null, closedAt: null, ...over }) as Alarm
  const action = (id: string, dueAt: string, state = 'opened') => ({ id, dueAt, state }) as CorrectiveActionRecord
  const task = (id: string, dueAt: string | null, over = {}) =>
    ({ id, dueAt, taskType: 'cleaning', assignedTo: null, assignedRole: null, locationId: 'here', ...over }) as Task
  const me = {
    memberId: 'me',
    holds: (role: string, locationId: string) => role === 'org:member' && locationId === 'here',
  }
  const work = (over: object) => ({ alarms: [], correctiveActions: [], tasks: [], ...over })

  test('is an unseen alarm, the oldest, before everything', () => {
    const alarms = [alarm('new', '2026-01-02T00:00:00Z'), alarm('old', '2026-01-01T00:00:00Z')]
    const next = nextItem(work({ alarms, correctiveActions: [action('a', '2025-01-01T00:00:00Z')] }), me)
    expect(next).toMatchObject({ kind: 'alarm', alarm: { id: 'old' } })
  })

  test('is the corrective action due first, when every alarm is seen or over', () => {
    const alarms = [alarm('seen', '2026-01-01T00:00:00Z', { acknowledgedAt: '2026-01-01T00:01:00Z' })]
    const correctiveActions = [
      action('done', '2026-01-01T00:00:00Z', 'closed'),
      action('later', '2026-01-03T00:00:00Z'),
      action('first', '2026-01-02T00:00:00Z', 'responded'),
    ]
    expect(nextItem(work({ alarms, correctiveActions }), me)).toMatchObject({
      action: { id: 'first' },
    })
  })

  test('is my task or nobody’s, by its time; the task of a corrective action is that action', () => {
    const tasks = [
      task('whenever', null),
      task('hers', '2026-01-01T00:00:00Z', { assignedTo: { id: 'her', name: 'Her' } }),
      task('corrective', '2026-01-01T00:00:00Z', {
        taskType: 'corrective',
        cause: { kind: 'temperature.corrective_action', id: 'first' },
      }),
      task('the managers’', '2026-01-01T00:00:00Z', { assignedRole: { id: 'org:manager', name: null } }),
      task('the crew’s of elsewhere', '2026-01-01T00:00:00Z', {
        assignedRole: { id: 'org:member', name: null },
        locationId: 'elsewhere',
      }),
      task('mine', '2026-01-02T00:00:00Z', { assignedTo: { id: 'me', name: 'Me' } }),
    ]
    expect(nextItem(work({ tasks }), me)).toMatchObject({ task: { id: 'mine' } })
    expect(nextItem(work({ tasks: tasks.slice(0, 5) }), me)).toMatchObject({
      task: { id: 'whenever' },
    })
    expect(nextItem(work({ tasks: tasks.slice(1, 5) }), me)).toBeUndefined()
  })
})

describe('the week', () => {
  const day = (locationId: string, on: string, over = {}) => ({
    locationId,
    day: on,
    judged: 0,
    compliant: 0,
    alarms: 0,
    correctiveActions: 0,
    tasksDone: 0,
    ...over,
  })
  const person = (id: string, locationId: string, lastAt: string) => ({ id, name: id, locationId, lastAt, records: 1 })
  const week: Week = {
    days: [
      day('b', '2026-01-02', { judged: 10, compliant: 9 }),
      day('a', '2026-01-02', { judged: 10, compliant: 10, alarms: 1 }),
      day('a', '2026-01-01', { tasksDone: 4 }),
      day('elsewhere', '2026-01-02', { judged: 10 }),
    ],
    people: [person('ana', 'b', '10:00'), person('luis', 'elsewhere', '09:30'), person('ana', 'a', '09:00')],
  }

  test('adds up the locations that are looked at, in the order of days', () => {
    const days = daysOf(week, new Set(['a', 'b']))
    expect(days).toMatchObject([
      { day: '2026-01-01', tasksDone: 4 },
      { day: '2026-01-02', judged: 20, compliant: 19, alarms: 1 },
    ])
    expect(days.map(shareOf)).toEqual([null, 0.95])
  })

  test('names everyone at work here once, where they were last', () => {
    expect(peopleOf(week, new Set(['a', 'b']))).toMatchObject([{ id: 'ana', locationId: 'b' }])
  })
})
