import { expect, test } from 'vitest'
import { Refusal } from '../../refusal.ts'
import { refusalOf } from './problem.ts'

const failed = (code: string) => Object.assign(new Error('said by PostgreSQL'), { code })

test('a server without room, or that is ending, is not our mistake: 503, and when to come again', () => {
  for (const code of ['53100', 'ENOSPC', 'EDQUOT']) {
    expect(refusalOf(failed(code))).toMatchObject({ kind: 'unavailable', code: 'database.full' })
  }
  expect(refusalOf(failed('OF003'))).toMatchObject({ kind: 'unavailable', code: 'database.clock' })
  for (const code of ['55P03', '57014']) {
    expect(refusalOf(failed(code))).toMatchObject({ kind: 'unavailable', code: 'database.busy' })
  }
  for (const error of [failed('57P01'), failed('53300'), failed('40P01'), new Error('Connection terminated')]) {
    expect(refusalOf(error)).toMatchObject({
      ...{ kind: 'unavailable', code: 'database.connection_lost' },
      details: { retryAfterSeconds: 2 },
    })
  }
})

test('a refusal stays what it is, and a mistake of ours is nothing else', () => {
  const refusal = new Refusal('forbidden', 'forbidden')
  expect(refusalOf(refusal)).toBe(refusal)
  expect(refusalOf(new TypeError('ours'))).toBeUndefined()
  expect(refusalOf(failed('42601'))).toBeUndefined()
})
