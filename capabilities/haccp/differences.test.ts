import fc from 'fast-check'
import { expect, test } from 'vitest'
import { canonical, differencesOf, withHonestConfirmation } from './differences.ts'
import { finishedPlan } from './plan.for-tests.ts'

const plan = finishedPlan([], [])

test('two revisions that say the same differ in nothing, whatever the order of their fields', () => {
  const turned = JSON.parse(JSON.stringify(plan), (_, value) =>
    value && typeof value === 'object' && !Array.isArray(value)
      ? Object.fromEntries(Object.entries(value).reverse())
      : value,
  )
  expect(differencesOf(plan, turned)).toEqual([])
  expect(canonical(turned)).toBe(canonical(plan))
})

test('what was added, removed and changed is named', () => {
  const [first, ...others] = plan.hazards
  const now = {
    ...plan,
    threshold: 10,
    hazards: [
      ...others.slice(0, -1),
      { ...(others.at(-1) as (typeof others)[number]), severity: 1 },
      { ...others[0], id: 'new', what: 'Bones' } as (typeof others)[number],
    ],
    arrows: plan.arrows.slice(1),
  }
  expect(differencesOf(plan, now)).toEqual([
    { part: 'plan', change: 'changed', name: '', fields: ['threshold'] },
    { part: 'hazards', change: 'changed', name: others.at(-1)?.what, fields: ['severity'] },
    { part: 'hazards', change: 'added', name: 'Bones', fields: [] },
    { part: 'hazards', change: 'removed', name: first?.what, fields: [] },
    { part: 'arrows', change: 'removed', name: 'Receiving → Cold and frozen storage', fields: [] },
  ])
})

test('what differs one way differs the other way too', () => {
  fc.assert(
    fc.property(fc.subarray(plan.hazards), fc.subarray(plan.steps), (hazards, steps) => {
      const now = { ...plan, hazards, steps }
      const [there, back] = [differencesOf(plan, now), differencesOf(now, plan)]
      const of = (change: string, all: typeof there) => all.filter((one) => one.change === change).length
      expect(of('removed', there)).toBe(of('added', back))
    }),
  )
})

test('a diagram that changes after it was confirmed is to be confirmed anew', () => {
  const moved = { ...plan, arrows: plan.arrows.slice(1) }
  expect(withHonestConfirmation(plan, moved).confirmation).toBeNull()
  const anew = { by: 'Mona', on: '2026-11-20' }
  expect(withHonestConfirmation(plan, { ...moved, confirmation: anew }).confirmation).toEqual(anew)
  expect(withHonestConfirmation(plan, { ...plan, scope: 'Else' }).confirmation).toEqual(plan.confirmation)
})
