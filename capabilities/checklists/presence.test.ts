import fc from 'fast-check'
import { expect, test } from 'vitest'
import { judgeCode, judgePosition, type Presence, PresenceVerdict } from './presence.ts'
import { codeIn, presenceShown } from './presence-shown.ts'

const CODE = '0123456789ABCDEFGHJK'

test.each([
  ['as it is', CODE],
  ['the address it hangs as', `https://opsflow.example/at?code=${CODE}`],
  ['an address with more in it', `https://opsflow.example/at?x=1&code=${CODE}#top`],
  ['in small letters, with gaps and dashes', '01234 56789-abcde fghjk'],
  ['with letters that look like digits', 'OI23456789ABCDEFGHJK'],
])('a code is read %s', (_, text) => expect(codeIn(text)).toBe(CODE))

test.each(['', 'U'.repeat(20), CODE.slice(1), `${CODE}0`, 'https://opsflow.example/at', 'javascript:alert(1)'])(
  '%s is no code',
  (text) => expect(codeIn(text)).toBeNull(),
)

const moment = fc.record({
  at: fc
    .date({ min: new Date('2026-01-01'), max: new Date('2026-12-31'), noInvalidDate: true })
    .map((at) => at.toISOString()),
  quality: fc.constantFrom('server', 'exact', 'corrected', 'doubtful' as const),
})

test('a code counts until it is taken down; a time that is a guess proves nothing about one that was', () => {
  fc.assert(
    fc.property(moment, moment, (when, { at: revokedAt }) => {
      const told = judgeCode({ revokedAt }, when)
      if (when.quality === 'doubtful') expect(told).toBe('changed_meanwhile')
      else expect(told).toBe(Date.parse(when.at) < Date.parse(revokedAt) ? 'here' : 'code_revoked')
      expect(judgeCode({ revokedAt: null }, when)).toBe('here')
      expect(judgeCode(undefined, when)).toBe('code_unknown')
    }),
  )
})

test('a position is here only by the place’s own point, within its radius, by a device at least as exact', () => {
  const shown = fc.record({
    distanceMetres: fc.nat(1000),
    accuracyMetres: fc.integer({ min: 5, max: 500 }),
    from: fc.constantFrom({ latitude: 41, longitude: -87 }, { latitude: 41.1, longitude: -87 }),
  })
  const place = { latitude: 41, longitude: -87 }
  fc.assert(
    fc.property(shown, fc.integer({ min: 25, max: 2000 }), (seen, radiusMetres) => {
      const told = judgePosition({ method: 'position', ...seen }, { ...place, radiusMetres })
      const isHere =
        seen.from.latitude === 41 && seen.accuracyMetres <= radiusMetres && seen.distanceMetres <= radiusMetres
      expect(told === 'here').toBe(isHere)
      expect(judgePosition({ method: 'position', ...seen }, { latitude: null, longitude: null, radiusMetres })).toBe(
        'changed_meanwhile',
      )
    }),
  )
})

test('of several, one that shows it stands before one that does not, however late that came', () => {
  const one = (verdict: PresenceVerdict, minute: number) =>
    ({ verdict, at: new Date(Date.UTC(2026, 10, 27, 6, minute)).toISOString() }) as Presence
  const some = fc.array(fc.tuple(fc.constantFrom(...PresenceVerdict.options), fc.nat(59)).map(([v, m]) => one(v, m)))
  fc.assert(
    fc.property(some, (presences) => {
      const shown = presenceShown(presences)?.verdict
      if (presences.some(({ verdict }) => verdict === 'here')) expect(shown).toBe('here')
      else if (presences.some(({ verdict }) => verdict === 'unchecked')) expect(shown).toBe('unchecked')
      else expect(shown === undefined).toBe(presences.length === 0)
    }),
  )
})
