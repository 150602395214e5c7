import { expect, test } from 'vitest'
import { authenticatorUri, base32, codeAt, stepAt, stepOf } from './totp.ts'

const secret = Buffer.from('12345678901234567890')

/** RFC 6238, appendix B, SHA-1, its last six digits. */
test.each([
  [59, '287082'],
  [1_111_111_109, '081804'],
  [1_111_111_111, '050471'],
  [1_234_567_890, '005924'],
  [2_000_000_000, '279037'],
  [20_000_000_000, '353130'],
])('at %i seconds the code is %s', (seconds, code) => {
  expect(codeAt(secret, stepAt(seconds * 1000))).toBe(code)
})

test('a clock may be half a minute off, not more', () => {
  const now = 1_111_111_111_000
  const code = (steps: number) => codeAt(secret, stepAt(now) + steps)
  for (const steps of [-1, 0, 1]) expect(stepOf(secret, code(steps), now)).toBe(stepAt(now) + steps)
  for (const steps of [-2, 2]) expect(stepOf(secret, code(steps), now)).toBeNull()
})

test('authenticator apps read the secret', () => {
  expect(base32(secret)).toBe('GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ')
  expect(authenticatorUri(secret, 'ana@example.com')).toBe(
    'otpauth://totp/OpsFlow%3Aana%40example.com?secret=GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ&issuer=OpsFlow&algorithm=SHA1&digits=6&period=30',
  )
})
