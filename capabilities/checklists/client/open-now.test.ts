import { expect, test } from 'vitest'
import type { HandOver } from '../checklist.ts'
import { isOwnList } from './open-now.ts'

const list = (role: string | null, ...to: string[]) => ({
  ...{ role, locationId: 'store' },
  handOvers: to.map((id) => ({ to: { id, name: id } }) as HandOver),
})
const ana = { memberId: 'ana', holds: (role: string) => role === 'org:member' }

test('a list is mine that is for whoever is on, or for a role I hold there', () => {
  expect([list(null), list('org:member'), list('org:manager')].map((one) => isOwnList(one, ana))).toEqual([
    ...[true, true, false],
  ])
})

test('handed over, it is whose it was given to last, whatever their role', () => {
  expect(isOwnList(list('org:manager', 'ana'), ana)).toBe(true)
  expect(isOwnList(list(null, 'ben'), ana)).toBe(false)
  expect(isOwnList(list(null, 'ben', 'ana'), ana)).toBe(true)
})
