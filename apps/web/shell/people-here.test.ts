import type { Session } from '@opsflow/capabilities/people'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { forgetPersonHere, notePersonHere, peopleHere, storeOf, unsentKey, workWaiting } from './people-here.ts'

const kept = new Map<string, string>()
beforeEach(() => {
  vi.stubGlobal('localStorage', {
    getItem: (key: string) => kept.get(key) ?? null,
    setItem: (key: string, value: string) => void kept.set(key, value),
  })
})
afterEach(() => {
  kept.clear()
  vi.unstubAllGlobals()
})

const session = (name: string, kioskId: string | null = null) =>
  ({
    member: { id: name.toLowerCase(), name, email: `${name}@x.example`, role: 'org:member' },
    organization: { id: 'o1', name: 'Harbor', slug: 'harbor', brand: null },
    kioskId,
  }) as unknown as Session

test('whoever has work unsent here is named with how much; the others are not', () => {
  for (const name of ['Ana', 'Luis', 'Ana']) notePersonHere(session(name))
  kept.set(unsentKey(storeOf('o1', 'member', 'ana')), '3')
  kept.set(unsentKey(storeOf('o1', 'member', 'luis')), '0')
  expect(peopleHere()).toHaveLength(2)
  expect(workWaiting()).toMatchObject([{ person: 'Ana', organization: 'Harbor', unsent: 3 }])
})

test('people of a shared tablet leave no name', () => {
  notePersonHere(session('Ana', 'k1'))
  expect(peopleHere()).toEqual([])
})

test('who is forgotten is not named again, and a broken record names nobody', () => {
  notePersonHere(session('Ana'))
  forgetPersonHere(storeOf('o1', 'member', 'ana'))
  expect(peopleHere()).toEqual([])
  kept.set('opsflow.people', '{')
  expect(workWaiting()).toEqual([])
})
