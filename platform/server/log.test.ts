import { expect, test } from 'vitest'
import { openLog } from './log.ts'

function logged(fields: object): Record<string, unknown> {
  const lines: string[] = []
  openLog('info', { write: (line) => void lines.push(line) }).info(fields, 'said')
  return JSON.parse(lines[0] ?? '{}')
}

test('what is secret by its name is not logged, at any of three levels', () => {
  const token = 'a secret'
  const line = logged({ token, safe: 1, user: { pin: '123456', name: 'Ana', deep: { cookie: token, colour: 'red' } } })
  expect(line).toMatchObject({
    token: '[redacted]',
    safe: 1,
    user: { pin: '[redacted]', name: 'Ana', deep: { cookie: '[redacted]', colour: 'red' } },
  })
})

test('logging changes nothing of what is logged', () => {
  const fields = { token: 'a secret', user: { password: 'another' } }
  logged(fields)
  expect(fields).toEqual({ token: 'a secret', user: { password: 'another' } })
})

test('an error is told by message, code and stack, without the values PostgreSQL puts beside them', () => {
  const error = Object.assign(new Error('duplicate key'), { code: '23505', detail: 'Key (pin)=(123456) exists' })
  expect(logged({ err: error })).toMatchObject({ err: { message: 'duplicate key', code: '23505' } })
  expect(JSON.stringify(logged({ err: error }))).not.toContain('123456')
})
