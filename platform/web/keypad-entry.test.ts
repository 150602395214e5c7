import fc from 'fast-check'
import { expect, test } from 'vitest'
import { type KeypadKey, longestEntry, press, typed } from './keypad-entry.ts'

const enter = (...keys: KeypadKey[]) => keys.reduce(press, '')

test('the keys spell a number as a thermometer shows it', () => {
  expect(enter('3', '8', 'decimal', '5')).toBe('38.5')
  expect(enter('1', '8', 'sign')).toBe('−18')
  expect(enter('sign', '1', '8', 'sign')).toBe('18')
  expect(enter('decimal', '5')).toBe('0.5')
  expect(enter('0', '0', '7')).toBe('7')
  expect(enter('4', 'decimal', 'decimal', '1')).toBe('4.1')
  expect(enter('sign', '4', 'erase')).toBe('')
})

test('a keyboard may type a comma and any kind of minus', () => {
  expect(typed('-3,5')).toBe('−3.5')
  expect(typed('–18')).toBe('−18')
  expect(typed('4e2')).toBeUndefined()
  expect(typed('warm')).toBeUndefined()
})

test('no sequence of keys makes anything but the beginning of a number', () => {
  const key = fc.constantFrom<KeypadKey>('0', '1', '5', '9', 'decimal', 'sign', 'erase')
  fc.assert(
    fc.property(fc.array(key, { maxLength: 40 }), (keys) => {
      const text = enter(...keys)
      expect(text).toMatch(/^−?(\d+(\.\d{0,3})?)?$/)
      expect(text.length).toBeLessThanOrEqual(longestEntry + 1)
    }),
  )
})
