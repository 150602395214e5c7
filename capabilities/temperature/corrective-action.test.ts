import { Refusal } from '@opsflow/platform/refusal'
import { describe, expect, test } from 'vitest'
import { close, openedAction, ResponseInput, recheck, respond, tookPart, verify } from './corrective-action.ts'

const by = (name: string) => ({ by: name, at: '2026-03-01T10:00:00Z' })
const response = ResponseInput.parse({ cause: 'door_left_open', action: 'moved_product', disposition: 'moved' })
const cold = { text: '38', unit: 'F', milli: 38_000 } as const
const within = { compliant: true, limitId: 'us.cold_hold' }
const outside = { compliant: false, limitId: 'us.cold_hold' }

const responded = respond(openedAction(), response, by('ana'))
const closed = close(recheck(responded, cold, within, by('ana')), '', by('ben'))

function codeOf(step: () => unknown) {
  try {
    step()
  } catch (error) {
    if (error instanceof Refusal) return error.code
    throw error
  }
  return null
}

describe('a corrective action', () => {
  test('goes from response over a re-check to closure and verification by another person', () => {
    const verified = verify(closed, 'seen', by('cleo'))
    expect([responded.status, closed.status, verified.status]).toEqual(['responded', 'closed', 'verified'])
    expect(verified).toMatchObject({
      responses: [{ cause: 'door_left_open', by: 'ana' }],
      rechecks: [{ compliant: true, limitId: 'us.cold_hold' }],
      closure: { by: 'ben' },
      verification: { by: 'cleo', note: 'seen' },
    })
  })

  test('stays open when the re-check fails, and the failure stays on record', () => {
    const failed = recheck(responded, cold, outside, by('ana'))
    expect(failed.status).toBe('responded')
    expect(codeOf(() => close(failed, '', by('ana')))).toBe('temperature.recheck_missing')
    expect(recheck(failed, cold, within, by('ana')).rechecks.map(({ compliant }) => compliant)).toEqual([false, true])
  })

  test('a re-check that fails after one that held takes the closure away again', () => {
    const fellBack = recheck(recheck(responded, cold, within, by('ana')), cold, outside, by('ana'))
    expect(codeOf(() => close(fellBack, '', by('ana')))).toBe('temperature.recheck_missing')
  })

  test('a better response appends, and asks for a new re-check', () => {
    const again = respond(recheck(responded, cold, within, by('ana')), { ...response, cause: 'power_cut' }, by('ana'))
    expect(again.responses.map(({ cause }) => cause)).toEqual(['door_left_open', 'power_cut'])
    expect(codeOf(() => close(again, '', by('ana')))).toBe('temperature.recheck_missing')
  })

  test.each(['ana', 'ben'])('%s took part and may not verify', (name) => {
    expect(tookPart(closed, name)).toBe(true)
    expect(codeOf(() => verify(closed, '', by(name)))).toBe('temperature.verifier_must_differ')
  })

  test('refuses steps out of order', () => {
    expect(codeOf(() => recheck(openedAction(), cold, within, by('ana')))).toBe('temperature.response_missing')
    expect(codeOf(() => close(openedAction(), '', by('ana')))).toBe('temperature.response_missing')
    expect(codeOf(() => verify(responded, '', by('cleo')))).toBe('temperature.action_not_closed')
    expect(codeOf(() => respond(closed, response, by('ana')))).toBe('temperature.action_already_closed')
    const verified = verify(closed, '', by('cleo'))
    expect(codeOf(() => verify(verified, '', by('dan')))).toBe('temperature.already_verified')
    expect(codeOf(() => recheck(verified, cold, within, by('dan')))).toBe('temperature.action_already_closed')
  })

  test('a re-check that no limit can judge is refused, not counted as good', () => {
    const unjudged = { compliant: null, limitId: null }
    expect(codeOf(() => recheck(responded, cold, unjudged, by('ana')))).toBe('temperature.recheck_unjudgeable')
  })
})

describe('a response as it is sent', () => {
  test('"other" needs a note that says what', () => {
    const other = { ...response, cause: 'other' }
    expect(ResponseInput.safeParse({ ...other, note: '  ' }).success).toBe(false)
    expect(ResponseInput.safeParse({ ...other, note: 'raccoon' }).success).toBe(true)
  })

  test('words outside the lists, and fields nobody knows, are refused', () => {
    expect(ResponseInput.safeParse({ ...response, cause: 'magic' }).success).toBe(false)
    expect(ResponseInput.safeParse({ ...response, isCompliant: true }).success).toBe(false)
  })
})
