import { expect, test } from 'vitest'
import { merged } from './merged.ts'
import { PlanContent } from './plan.ts'

const base = PlanContent.parse({ scope: 'The kitchen' })
const step = (name: string) => ({ id: crypto.randomUUID(), name }) as PlanContent['steps'][number]
const person = { id: crypto.randomUUID(), name: 'Mona' } as PlanContent['team'][number]

test('each keeps what they wrote in other parts; in the same part it is mine', () => {
  const mine = { ...base, scope: 'The whole kitchen' }
  const theirs = { ...base, scope: 'The bar', team: [person] }
  expect(merged(base, mine, theirs)).toEqual({ ...base, scope: 'The whole kitchen', team: [person] })
})

test('what I did not touch is theirs, also where they took something away', () => {
  const theirs = { ...base, scope: '' }
  expect(merged(base, base, theirs)).toEqual(theirs)
})

test('diagram, hazards and controls are never of two people: nothing points at what is not there', () => {
  const [cooking, chilling] = [step('Cooking'), step('Chilling')]
  const before = { ...base, steps: [cooking, chilling] }
  const hazards = [{ id: crypto.randomUUID(), stepId: chilling.id }] as PlanContent['hazards']
  const theirs = { ...before, steps: [cooking], team: [person] }
  const kept = merged(before, { ...before, hazards }, theirs)
  expect(kept).toEqual({ ...before, hazards, team: [person] })
})
