import { expect, test } from 'vitest'
import { z } from 'zod'
import { mustBeFinal } from './standing.ts'
import { evidenceIdOf } from './sync.ts'

const missing = { arrivedAt: null, waivedAt: null, replacedBy: null }
const here = { ...missing, arrivedAt: '2026-11-27T10:00:00Z' }
const waived = { ...missing, waivedAt: '2026-11-27T10:00:00Z' }
const replaced = { ...missing, replacedBy: '01890a5d-ac96-774b-bcce-b302099a8057' }

test.each([
  ['without photos', [], true],
  ['with all of them here', [here, here], true],
  ['with the rest done without', [here, waived], true],
  ['with another in the place of the rest', [here, replaced], true],
  ['with one still on its way', [replaced, missing], false],
])('a record %s is final: %s', (_what, evidence, final) =>
  final
    ? expect(mustBeFinal(evidence)).toBeUndefined()
    : expect(() => mustBeFinal(evidence)).toThrow('Waiting for 1 photo'),
)

test('a photo of a record has one id on every device, another for another record, and it is a UUID', () => {
  const [owner, other, file] = [crypto.randomUUID(), crypto.randomUUID(), crypto.randomUUID()]
  expect(evidenceIdOf(owner, file)).toBe(evidenceIdOf(owner, file))
  expect(new Set([evidenceIdOf(owner, file), evidenceIdOf(other, file), file]).size).toBe(3)
  expect(z.uuid().safeParse(evidenceIdOf(owner, file)).success).toBe(true)
})
