import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { taskForTests } from './task.for-tests.ts'
import { edited, fieldsOf, patchInTime, ticked, worded } from './task-edit.ts'
import type { TaskPatch } from './task-input.ts'

const START = Date.parse('2026-03-01T06:00:00Z')
const iso = (minute: number) => new Date(START + minute * 60_000).toISOString()
const ann = { id: 'ann', name: 'Ann' }
const fresh = () => taskForTests({ id: 'aa', locationId: 'bb' })

const patch: fc.Arbitrary<TaskPatch> = fc
  .record(
    {
      title: fc.constantFrom('Mop', 'Sweep', 'Wipe'),
      priority: fc.constantFrom('low', 'high', 'urgent'),
      estimateMinutes: fc.option(fc.integer({ min: 1, max: 90 }), { nil: null }),
      dueAt: fc.option(fc.integer({ min: 0, max: 900 }).map(iso), { nil: null }),
    },
    { requiredKeys: [] },
  )
  .filter((one) => Object.keys(one).length > 0)

describe('fields that two people change offline', () => {
  test('each field ends with the value that was given to it last, whoever is heard first', () => {
    const edits = fc.uniqueArray(fc.record({ at: fc.integer({ min: 0, max: 600 }), patch }), {
      selector: ({ at }) => at,
      maxLength: 12,
    })
    fc.assert(
      fc.property(
        edits.chain((made) => fc.tuple(fc.constant(made), fc.shuffledSubarray(made, { minLength: made.length }))),
        ([made, heard]) => {
          const inOrder = [...made].sort((a, b) => a.at - b.at)
          const asMade = inOrder.reduce((task, one) => edited(task, one.patch, {}, iso(one.at)), fresh())
          const lastAt = new Map<string, string>()
          let task = fresh()
          for (const one of heard) {
            const kept = patchInTime(one.patch, lastAt, iso(one.at))
            task = edited(task, kept, {}, iso(one.at))
            for (const field of fieldsOf(kept)) lastAt.set(field, iso(one.at))
          }
          const { status: _, ...fields } = task
          const { status: __, ...meant } = asMade
          expect(fields).toEqual(meant)
        },
      ),
    )
  })
})

describe('an edit', () => {
  test('keeps the ticks of steps that stay on the list', () => {
    const task = edited(fresh(), { steps: [step('a', 'Drain'), step('b', 'Wipe')] }, {}, iso(0))
    const wiped = ticked(task, 'b', true, ann, iso(1))
    const longer = edited(wiped, { steps: [step('b', 'Wipe dry'), step('c', 'Refill')] }, {}, iso(2))
    expect(longer.steps).toEqual([
      { id: 'b', text: 'Wipe dry', tickedAt: iso(1), tickedBy: ann },
      { id: 'c', text: 'Refill', tickedAt: null, tickedBy: null },
    ])
  })

  test('gives it to a person, to a role, or to whoever is on: never to two', () => {
    const hers = edited(fresh(), { assignee: { memberId: 'x', name: 'Rosa' } }, {}, iso(0))
    expect([hers.assignedTo, hers.assignedRole]).toEqual([{ id: 'x', name: 'Rosa' }, null])
    const theirs = edited(hers, { assignee: { role: 'org:manager' } }, {}, iso(0))
    expect([theirs.assignedTo, theirs.assignedRole]).toEqual([null, { id: 'org:manager', name: null }])
    const anyones = edited(theirs, { assignee: null }, {}, iso(0))
    expect([anyones.assignedTo, anyones.assignedRole]).toEqual([null, null])
  })

  test('to a time beyond the one at which it would be missed brings it back', () => {
    const task = { ...fresh(), dueAt: iso(10), missedAt: iso(30) }
    expect(edited(task, { title: 'Later' }, {}, iso(60)).status).toBe('missed')
    expect(edited(task, { dueAt: iso(90) }, {}, iso(60))).toMatchObject({ status: 'todo', missedAt: null })
  })

  test('is told in words', () => {
    const task = edited(fresh(), { estimateMinutes: 20, steps: [step('a', 'Drain'), step('b', 'Wipe')] }, {}, iso(0))
    expect([worded(task, 'estimateMinutes'), worded(task, 'steps'), worded(task, 'assignee')]).toEqual([
      '20',
      'Drain\nWipe',
      null,
    ])
  })
})

describe('a step', () => {
  test('ticked twice keeps the first name, and can be taken back', () => {
    const task = edited(fresh(), { steps: [step('a', 'Drain')] }, {}, iso(0))
    const once = ticked(task, 'a', true, ann, iso(1))
    expect(ticked(once, 'a', true, { id: 'bob', name: 'Bob' }, iso(2))).toBe(once)
    expect(ticked(once, 'a', false, ann, iso(3)).steps[0]).toMatchObject({ tickedAt: null, tickedBy: null })
    expect(() => ticked(task, 'zz', true, ann, iso(1))).toThrow(/not on the list/)
  })
})

const step = (id: string, text: string) => ({ id, text })
