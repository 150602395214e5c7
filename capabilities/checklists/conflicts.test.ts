import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Answer } from './answer.ts'
import { isDisputed, openAnswers } from './conflicts.ts'
import { placeOf } from './standing-answers.ts'

let minute = 0
const answer = (who: string, passes: boolean, knew: readonly Answer[] | null, more: Partial<Answer> = {}): Answer =>
  ({
    ...{ id: crypto.randomUUID(), itemId: 'clean', entryId: null, value: { kind: 'pass_fail', passes }, note: '' },
    ...{ outcome: passes ? 'pass' : 'fail', answeredAt: new Date(1_000_000 + ++minute * 60_000).toISOString() },
    ...{ answeredBy: { id: who, name: who }, kiosk: null, knew: knew?.map(({ id }) => id) ?? null },
    ...more,
  }) as Answer
const disputed = (...answers: Answer[]) =>
  [...openAnswers(answers)].filter(([, open]) => isDisputed(open)).map(([place]) => place)
const clean = placeOf({ itemId: 'clean', entryId: null })

test('two who had not seen each other’s answer, and said different things, have a decision before them', () => {
  const [ana, ben] = [answer('ana', true, []), answer('ben', false, [])]
  expect(disputed(ana, ben)).toEqual([clean])
  expect(openAnswers([ana, ben]).get(clean)).toEqual([ana, ben])
})

test('who had seen the other’s answer, and says something else, has decided', () => {
  const ana = answer('ana', true, [])
  expect(disputed(ana, answer('ben', false, [ana]))).toEqual([])
})

test('who said the same agrees, whatever they noted beside it', () => {
  expect(disputed(answer('ana', false, []), answer('ben', false, [], { note: 'Grease' }))).toEqual([])
})

test('nobody contradicts themselves, on two devices either', () => {
  expect(disputed(answer('ana', true, []), answer('ana', false, []))).toEqual([])
})

test('whoever chooses has seen both, and that is the end of it', () => {
  const [ana, ben] = [answer('ana', true, []), answer('ben', false, [])]
  const chosen = answer('ana', false, [ana, ben])
  expect(disputed(ana, ben, chosen)).toEqual([])
  // A third who had seen only one of them opens it again.
  expect(disputed(ana, ben, chosen, answer('cem', true, [ben]))).toEqual([clean])
})

test('two agreed, and one who saw only the later of them says otherwise: the earlier was not looked past', () => {
  const [ana, ben] = [answer('ana', true, []), answer('ben', true, [])]
  expect(disputed(ana, ben, answer('cem', false, [ben]))).toEqual([clean])
  expect(disputed(ana, ben, answer('cem', false, [ana, ben]))).toEqual([])
})

test('an older device, which does not say what it knew, decides as it always did: the latest counts', () => {
  expect(disputed(answer('ana', true, []), answer('ben', false, null))).toEqual([])
  expect(disputed(answer('ana', true, null), answer('ben', false, null))).toEqual([])
})

test('another question, or another unit, is another matter', () => {
  const other = { entryId: 'bar' }
  expect(disputed(answer('ana', true, []), answer('ben', false, [], other))).toEqual([])
})

describe('whoever answers what, knowing what', () => {
  /** Each deed: who, what, and how many of the answers before it had reached them. */
  const deeds = fc.array(
    fc.record({ who: fc.constantFrom('ana', 'ben', 'cem'), passes: fc.boolean(), reached: fc.nat(100) }),
    { minLength: 1, maxLength: 9 },
  )
  function told(of: readonly { who: string; passes: boolean; reached: number }[]) {
    const said: Answer[] = []
    for (const { who, passes, reached } of of) {
      const here = said.filter((one, at) => one.answeredBy?.id === who || at < reached % (said.length + 1))
      said.push(answer(who, passes, openAnswers(here).get(clean) ?? []))
    }
    return said
  }

  test('the order in which answers arrive decides nothing', () => {
    fc.assert(
      fc.property(deeds, fc.infiniteStream(fc.nat()), (of, luck) => {
        const said = told(of)
        const shuffled = said
          .map((one) => ({ one, at: luck.next().value as number }))
          .sort((a, b) => a.at - b.at)
          .map(({ one }) => one)
        expect(openAnswers(shuffled).get(clean)).toEqual(openAnswers(said).get(clean))
      }),
    )
  })

  test('who has seen all of it and answers settles it; who saw all before them never disputes anything', () => {
    fc.assert(
      fc.property(deeds, (of) => {
        const said = told(of)
        expect(disputed(...said, answer('dot', true, openAnswers(said).get(clean) ?? []))).toEqual([])
        expect(disputed(...told(of.map((one, at) => ({ ...one, reached: at }))))).toEqual([])
      }),
    )
  })

  test('as long as it is open, somebody’s word stands in it, and two who differ are both shown', () => {
    fc.assert(
      fc.property(deeds, (of) => {
        const open = openAnswers(told(of)).get(clean) ?? []
        expect(open.length).toBeGreaterThan(0)
        expect(isDisputed(open)).toBe(
          new Set(open.map(({ outcome }) => outcome)).size > 1 &&
            new Set(open.map(({ answeredBy }) => answeredBy?.id)).size > 1,
        )
      }),
    )
  })
})
