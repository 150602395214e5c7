import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { EnrolmentCode } from './code.ts'
import { mayGivePin } from './giving.ts'
import { weaknessOf } from './pin.ts'
import { DEVICE_BUDGET, lockAfter, MOST_WRONG } from './tries.ts'

const MINUTE = 60_000

describe('a PIN is refused', () => {
  test.each([
    ['000000', 'few_digits'],
    ['121212', 'few_digits'],
    ['112211', 'few_digits'],
    ['123456', 'run'],
    ['890123', 'run'],
    ['654321', 'run'],
    ['210987', 'run'],
    ['471471', 'repeat'],
    ['114477', 'repeat'],
    ['230487', 'date'],
    ['042387', 'date'],
    ['870423', 'date'],
    ['290212', 'date'],
  ])('%s: %s', (pin, weakness) => expect(weaknessOf(pin)).toBe(weakness))

  test.each(['402957', '583204', '311398', '729416'])('%s is not', (pin) => expect(weaknessOf(pin)).toBeNull())

  test('and nine in ten are left to choose from', () => {
    const some = Array.from({ length: 10_000 }, (_, n) => String(n * 97 + 13).padStart(6, '0'))
    expect(some.filter((pin) => weaknessOf(pin) === null).length).toBeGreaterThan(8_800)
  })
})

describe('wrong PINs', () => {
  const at = (count: number, ago: number) => Array.from({ length: count }, (_, n) => -ago * MINUTE - n)

  test('five within a quarter of an hour lock the person out, from the last one on', () => {
    expect(lockAfter({ person: at(MOST_WRONG - 1, 1), device: [] }, 0)).toBeNull()
    expect(lockAfter({ person: at(MOST_WRONG, 1), device: [] }, 0)).toEqual({ whom: 'person', until: 14 * MINUTE })
    expect(lockAfter({ person: at(MOST_WRONG, 15), device: [] }, 0)).toBeNull()
  })

  test('twenty within an hour close the tablet for everyone', () => {
    const spread = Array.from({ length: DEVICE_BUDGET }, (_, n) => -n * 2 * MINUTE)
    expect(lockAfter({ person: [], device: spread }, 0)).toEqual({ whom: 'device', until: 60 * MINUTE })
    expect(lockAfter({ person: [], device: spread.slice(1) }, 0)).toBeNull()
  })

  test('whoever tries as often as they can gets no more than five looks in any quarter of an hour', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 1, max: 4 * MINUTE }), { minLength: 20, maxLength: 80 }), (pauses) => {
        const looked: number[] = []
        let now = 0
        for (const pause of pauses) {
          now += pause
          if (lockAfter({ person: looked, device: [] }, now) === null) looked.push(now)
        }
        for (const from of looked) {
          expect(looked.filter((one) => one >= from && one < from + 15 * MINUTE).length).toBeLessThanOrEqual(MOST_WRONG)
        }
      }),
    )
  })
})

test('a code is read as it is said: small letters, spaces and dashes do not matter; mistaken letters do', () => {
  expect(EnrolmentCode.parse(' k7qx-3mra ')).toBe('K7QX3MRA')
  for (const wrong of ['K7QX3MR', 'K7QX3MRAA', 'K7QX3MR0', 'K7QX3MRI', '']) {
    expect(EnrolmentCode.safeParse(wrong).success, wrong).toBe(false)
  }
})

describe('a PIN is given', () => {
  const holding = (entries: Record<string, 'all' | string[]>) => ({
    permissions: new Map(
      Object.entries(entries).map(([name, reach]) => [name, reach === 'all' ? reach : new Set(reach)] as const),
    ),
  })
  const manager = holding({ 'kiosks.manage': ['a', 'b'], 'tasks.update': ['a', 'b'] })

  test('to those who hold nothing that the giver does not hold there', () => {
    expect(mayGivePin(manager, holding({ 'tasks.update': ['a'] }))).toBe(true)
    expect(mayGivePin(manager, holding({ 'tasks.update': ['a', 'c'] }))).toBe(false)
    expect(mayGivePin(manager, holding({ 'tasks.update': 'all' }))).toBe(false)
    expect(mayGivePin(manager, holding({ 'temperature.verify': ['a'] }))).toBe(false)
  })

  test('by those who manage tablets wherever the person works', () => {
    const elsewhere = holding({ 'kiosks.manage': ['a'], 'tasks.update': ['a', 'b'] })
    expect(mayGivePin(elsewhere, holding({ 'tasks.update': ['b'] }))).toBe(false)
  })
})
