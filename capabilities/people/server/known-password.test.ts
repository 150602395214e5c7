import { describe, expect, test } from 'vitest'
import { demandUnknownPassword, isKnownPassword } from './known-password.ts'

test.each([
  'qwertyuiop123',
  'Password1234!',
  'passwordpassword',
  'P@ssw0rdP@ssw0rd',
  'iloveyou2026!!',
  '123456789012',
  'aaaaaaaaaaaaaa',
  'abababababab',
  'abcdefghijkl',
  'monkeydragon',
  'footballfootballfootball',
  '1q2w3e4r5t6y',
  'qwertyuiopas',
  '!!!!Sunshine2025',
])('%s is what guessers try first', async (password) => expect(await isKnownPassword(password)).toBe(true))

test.each([
  'correct horse battery staple',
  'long enough a password',
  'walk-in at four degrees',
  'x7#Vq!m2Lp0s',
  'some other password',
  'copper kettle ninety two',
  'opsflow-demo-is-public',
])('%s may be chosen', async (password) => expect(await isKnownPassword(password)).toBe(false))

describe('a password made of the own address', () => {
  test.each([
    ['marcus.webb@example.com', 'marcus.webb@example.com'],
    ['marcuswebb@example.com', 'MarcusWebb2026'],
    ['marcuswebb@example.com', 'marcuswebbmarcuswebb'],
  ])('%s: %s is refused', async (email, password) =>
    expect(demandUnknownPassword(password, email)).rejects.toMatchObject({ code: 'people.password_known' }),
  )

  test('a short name inside a longer sentence is no matter', async () =>
    expect(demandUnknownPassword('al dente, eleven minutes', 'al@example.com')).resolves.toBeUndefined())
})

describe('a password made of names of the place', () => {
  test.each([
    'HarborVine2026!',
    'harbor-vine-1',
    'H4rb0rV1n3!!',
    'harborvineharborvine',
    'OpsFlow12345',
    'Pier 39, Pier 39',
  ])('%s is refused', async (password) =>
    expect(demandUnknownPassword(password, 'ada@example.com', ['Harbor & Vine', 'Pier'])).rejects.toMatchObject({
      code: 'people.password_known',
    }),
  )

  test.each(['harbor seals eat vine leaves', 'a vine in the harbor'])('%s may be chosen', async (password) =>
    expect(demandUnknownPassword(password, 'ada@example.com', ['Harbor & Vine', 'Pier'])).resolves.toBeUndefined(),
  )
})
