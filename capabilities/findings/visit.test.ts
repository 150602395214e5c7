import { describe, expect, test } from 'vitest'
import { findingIdOf } from './finding-id.ts'
import { bob, cost, finding, hour, looked, score, step, uuid, visit } from './findings.for-tests.ts'
import { visitFinds } from './visit.ts'

const floor = uuid(10)
const sink = uuid(11)
const failing = (more = {}) => looked(floor, 'fail', more)
const finds = (
  costs = [cost(floor, 1)],
  seen = [failing()],
  known = [] as Parameters<typeof visitFinds>[2],
  at = visit(),
) => visitFinds(score({ costs }), seen, known, at)
const fixed = (more = {}) =>
  finding({
    state: 'fixed',
    fixedAt: hour(5),
    history: [step('opened', hour(0)), step('fixed', hour(5), bob)],
    ...more,
  })

describe('what becomes a finding', () => {
  test('a failing answer that cost something, under an id that follows from it', () => {
    const one = failing()
    expect(finds(undefined, [one]).opened).toMatchObject([{ id: findingIdOf(one.answerId), times: 1, before: null }])
  })

  test('not what passes with fewer points, was put right on the spot, or is a bonus that was not earned', () => {
    expect(finds([cost(floor, 1)], [looked(floor, 'other')]).opened).toEqual([])
    expect(finds([cost(floor, 0, { as: 'C', correctedOnSite: true })]).opened).toEqual([])
    expect(finds([cost(floor, -2)]).opened).toEqual([])
    expect(finds([]).opened).toEqual([])
  })

  test('what fails under a scheme without costing anything is found all the same', () => {
    expect(finds([], [failing({ as: 'unscored' })]).opened).toHaveLength(1)
  })

  test('the same answer never becomes two, and what was sent back and fails again goes on', () => {
    const one = failing()
    const first = finding({ id: findingIdOf(one.answerId), checklistId: visit().checklistId })
    expect(finds(undefined, [one], [first]).opened).toEqual([])
    expect(finds(undefined, [failing()], [first]).opened).toEqual([])
  })

  test('the task it has become already does for it, by the sooner time', () => {
    const work = { title: '', role: null, dueAt: hour(204) }
    const [opened] = finds(undefined, [failing({ taskId: uuid(77), work })]).opened
    expect(opened).toMatchObject({ taskId: uuid(77), dueAt: hour(204), dueDay: null })
  })
})

describe('the next visit', () => {
  test('finds the same again: it is the second time, and names the earlier one', () => {
    const before = fixed()
    const [opened] = finds(undefined, [failing()], [before]).opened
    expect(opened).toMatchObject({ before, times: 2, taskId: null })
  })

  test('what was still open goes on with its task, and gets no more time', () => {
    const [opened] = finds(undefined, [failing()], [finding({ dueAt: hour(72), times: 2 })]).opened
    expect(opened).toMatchObject({ times: 3, taskId: uuid(7), dueAt: hour(72) })
  })

  test('finds what was put right in order: it is resolved', () => {
    const one = fixed()
    expect(finds([], [looked(floor, 'pass')], [one]).resolved).toEqual([one])
  })

  test('does not resolve what nobody put right, was not asked, or does not apply now', () => {
    expect(finds([], [looked(floor, 'pass')], [finding()]).resolved).toEqual([])
    expect(finds([], [looked(sink, 'pass')], [fixed()]).resolved).toEqual([])
    expect(finds([], [looked(floor, 'other')], [fixed()]).resolved).toEqual([])
  })

  test('an audit that arrives late says nothing of what was found after it', () => {
    const later = fixed({ openedAt: hour(300) })
    expect(finds([], [looked(floor, 'pass')], [later]).resolved).toEqual([])
    expect(finds(undefined, [failing()], [later]).opened).toMatchObject([{ before: null, times: 1 }])
  })

  test('in a section for each unit it is that unit; of batches, which are others each time, any', () => {
    const [cooler, freezer] = [uuid(21), uuid(22)]
    const before = fixed({ entryId: cooler })
    const seen = [looked(floor, 'pass', { entryId: cooler }), failing({ entryId: freezer })]
    const found = finds([cost(floor, 1, { entryId: freezer })], seen, [before])
    expect(found.resolved).toEqual([before])
    expect(found.opened).toMatchObject([{ before: null }])
    const batch = failing({ entryId: freezer })
    expect(finds([cost(floor, 1, { entryId: freezer })], [batch], [before]).opened).toMatchObject([{ before }])
  })
})

test('what is answered again after it was sent back, and is in order, was no finding', () => {
  const own = finding({ checklistId: visit().checklistId })
  expect(finds([], [looked(floor, 'pass')], [own]).withdrawn).toEqual([own])
})
