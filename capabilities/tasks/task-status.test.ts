import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { taskForTests } from './task.for-tests.ts'
import type { TaskChange } from './task.ts'
import {
  arrivesTooLate,
  mayBecome,
  mayReopen,
  mayUndo,
  reopened,
  UNDO_MINUTES,
  undone,
  withState,
} from './task-change.ts'
import { isOpen, STATES, statusAt } from './task-status.ts'

const START = Date.parse('2026-03-01T06:00:00Z')
const iso = (minute: number) => new Date(START + minute * 60_000).toISOString()
const fresh = () => taskForTests({ id: 'aa', locationId: 'bb' })

const minute = fc.integer({ min: 0, max: 600 })
const timed = fc.record({
  state: fc.constantFrom(...STATES),
  dueAt: fc.option(minute.map(iso), { nil: null }),
  missedAt: fc.option(minute.map(iso), { nil: null }),
})

describe('what time makes of a task', () => {
  test('never touches what is over, and only ever goes from to do to overdue to missed', () => {
    fc.assert(
      fc.property(timed, minute, minute, (task, one, other) => {
        const [before, after] = [Math.min(one, other), Math.max(one, other)].map((at) =>
          statusAt(task, Date.parse(iso(at))),
        )
        if (!isOpen(task.state)) {
          expect([before, after]).toEqual([task.state, task.state])
          return
        }
        const rank = { todo: 0, in_progress: 0, overdue: 1, missed: 2, completed: 9, cancelled: 9 }
        expect(rank[after as 'todo']).toBeGreaterThanOrEqual(rank[before as 'todo'])
        expect(rank[after as 'todo']).toBeLessThan(9)
      }),
    )
  })

  test('is overdue only after its minute, and missed from its minute on', () => {
    const task = { state: 'todo' as const, dueAt: iso(10), missedAt: iso(20) }
    const at = (n: number) => statusAt(task, Date.parse(iso(n)))
    expect([10, 11, 19, 20].map(at)).toEqual(['todo', 'overdue', 'overdue', 'missed'])
    expect(statusAt({ ...task, state: 'completed' }, Date.parse(iso(30)))).toBe('completed')
  })
})

type Step = { do: TaskChange | 'undo' | 'reopen'; by: 'ann' | 'bob'; at: number }
const steps = fc.array(
  fc.record({
    do: fc.constantFrom<Step['do']>('todo', 'in_progress', 'completed', 'cancelled', 'undo', 'reopen'),
    by: fc.constantFrom<Step['by']>('ann', 'bob'),
    at: minute,
  }),
  { maxLength: 30 },
)

/** As the command does it: refused steps change nothing. */
function done(story: readonly Step[]) {
  let task = fresh()
  const endings: { by: string; at: number }[] = []
  for (const step of story) {
    const by = { id: step.by, name: step.by }
    const at = iso(step.at)
    try {
      if (step.do === 'undo') {
        mayUndo(task, step.by, at)
        task = undone(task, by, at)
      } else if (step.do === 'reopen') {
        mayReopen(task)
        task = reopened(task, undefined, by, at)
      } else if (task.state !== step.do) {
        mayBecome(task, step.do)
        task = withState(task, step.do, by, at)
        if (!isOpen(step.do)) endings.push({ by: step.by, at: step.at })
      }
    } catch {
      // Refused: as if nobody had said it.
    }
    check(task)
  }
  return { task, endings }
}

function check(task: ReturnType<typeof fresh>) {
  expect(task.completedAt !== null).toBe(task.state === 'completed')
  expect(task.completedBy !== null).toBe(task.state === 'completed')
  if (task.state === 'todo') expect(task.startedAt).toBeNull()
  if (task.state === 'in_progress') expect(task.startedAt).not.toBeNull()
}

describe('the states of a task', () => {
  test('hold together whatever is tried, in whatever order', () => {
    fc.assert(fc.property(steps, (story) => void done(story)))
  })

  test('what is over leaves that only by reopening, or by its own ender within minutes', () => {
    fc.assert(
      fc.property(steps, fc.constantFrom('ann', 'bob'), minute, (story, by, at) => {
        const { task } = done(story)
        if (isOpen(task.state)) return
        const later = iso(at)
        const mine =
          task.changedBy === by && Date.parse(later) - Date.parse(task.changedAt ?? '') <= UNDO_MINUTES * 60_000
        expect(refusedBy(() => mayUndo(task, by, later))).toBe(!mine)
        expect(refusedBy(() => mayBecome(task, 'in_progress'))).toBe(true)
        expect(refusedBy(() => mayReopen(task))).toBe(false)
      }),
    )
  })

  test('a corrective task ends with its action: nobody ticks it off, undoes or reopens it', () => {
    const task = { ...fresh(), taskType: 'corrective' as const }
    for (const next of ['completed', 'cancelled'] as const) {
      expect(refusedBy(() => mayBecome(task, next))).toBe(true)
      expect(refusedBy(() => mayBecome(task, next, true))).toBe(false)
    }
    const over = withState(task, 'completed', { id: 'ann', name: 'Ann' }, iso(0))
    expect(refusedBy(() => mayUndo(over, 'ann', iso(1)))).toBe(true)
    expect(refusedBy(() => mayReopen(over))).toBe(true)
  })

  test('reopened, it is to be done, not missed', () => {
    const over = withState({ ...fresh(), missedAt: iso(5), dueAt: iso(3) }, 'cancelled', null, iso(4))
    const open = reopened(over, undefined, null, iso(60))
    expect([open.status, open.missedAt, open.dueAt]).toEqual(['overdue', null, iso(3)])
    expect(reopened(over, iso(90), null, iso(60)).status).toBe('todo')
  })
})

describe('two people offline', () => {
  const changes = fc.array(
    fc.record({
      do: fc.constantFrom<TaskChange>('in_progress', 'todo', 'completed', 'cancelled'),
      at: minute,
    }),
    { maxLength: 8 },
  )
  /** Each device's own work in its own order, mixed as it happened to arrive. */
  const arrivals = fc.tuple(changes, changes, fc.infiniteStream(fc.boolean())).map(([ann, bob, coin]) => {
    const queues = { ann: inOrder(ann), bob: inOrder(bob) }
    const all: { do: TaskChange; at: number; by: 'ann' | 'bob' }[] = []
    while (queues.ann.length + queues.bob.length > 0) {
      const next = coin.next().value ? 'ann' : 'bob'
      const by = queues[next].length > 0 ? next : next === 'ann' ? 'bob' : 'ann'
      const taken = queues[by].shift()
      if (taken) all.push({ ...taken, by })
    }
    return all
  })

  test('the first ending to be heard stands, and each attempt is applied, kept or refused', () => {
    fc.assert(
      fc.property(arrivals, (arrived) => {
        let task = fresh()
        let first: { by: string; at: string; state: string } | undefined
        let told = 0
        for (const one of arrived) {
          const at = iso(one.at)
          try {
            if (arrivesTooLate(task, one.do, at)) {
              told++
              continue
            }
            mayBecome(task, one.do)
            task = withState(task, one.do, { id: one.by, name: one.by }, at)
            if (!isOpen(task.state)) first ??= { by: one.by, at, state: task.state }
            told++
          } catch {
            expect(one.do).toBe('todo')
            told++
          }
        }
        expect(told).toBe(arrived.length)
        const ending = arrived.some(({ do: what }) => !isOpen(what))
        expect(isOpen(task.state)).toBe(!ending)
        if (first) expect([task.changedBy, task.changedAt, task.state]).toEqual([first.by, first.at, first.state])
      }),
    )
  })
})

const inOrder = <T extends { at: number }>(all: readonly T[]) => [...all].sort((a, b) => a.at - b.at)

function refusedBy(attempt: () => void) {
  try {
    attempt()
    return false
  } catch {
    return true
  }
}
