import fc from 'fast-check'
import { expect, test } from 'vitest'
import { mayBeHalved, wellFormed } from './well-formed.ts'

test('half a character becomes the sign of a missing one, in values and in names', () => {
  const read = JSON.parse('{"a":"x\\ud83c","b":["\\udf55",{"\\ud800":1}],"whole":"\\ud83c\\udf55"}')
  expect(wellFormed(read)).toEqual({ a: 'x\uFFFD', b: ['\uFFFD', { '\uFFFD': 1 }], whole: '🍕' })
})

test('a name that programs trip over stays a name', () => {
  const made = wellFormed(JSON.parse('{"__proto__":{"isAdmin":true},"a":"\\ud800"}')) as object
  expect(Object.getPrototypeOf(made)).toBe(Object.prototype)
  expect(Object.keys(made)).toEqual(['__proto__', 'a'])
})

test('whatever JSON says, what is left can be written again, and what was whole is as it was', () => {
  fc.assert(
    fc.property(fc.jsonValue({ maxDepth: 4, stringUnit: 'binary' }), (value) => {
      const text = JSON.stringify(value)
      const made = wellFormed(JSON.parse(text))
      expect(JSON.stringify(made).isWellFormed()).toBe(true)
      if (!mayBeHalved(Buffer.from(text))) expect(made).toEqual(JSON.parse(text))
    }),
  )
})
