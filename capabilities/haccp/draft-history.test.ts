import fc from 'fast-check'
import { expect, test } from 'vitest'
import { canonical } from './differences.ts'
import { afterMerge, type DraftHistory, emptyHistory, noted, redone, undone } from './draft-history.ts'
import { merged } from './merged.ts'
import { PlanContent } from './plan.ts'

const base = PlanContent.parse({ scope: 'The kitchen' })
type History = DraftHistory<string>
type Written = { draft: PlanContent; history: History; at: number }

const begun = (draft = base): Written => ({ draft, history: emptyHistory, at: 0 })
const write = (
  { draft, history, at }: Written,
  part: Partial<PlanContent>,
  place = 'team',
  afterMs = 5000,
): Written => {
  const after = { ...draft, ...part }
  return {
    draft: after,
    history: noted(history, { before: draft, after, at: place }, at + afterMs),
    at: at + afterMs,
  }
}
const take = (written: Written, way: typeof undone<string>): Written & { place: string | undefined } => {
  const taken = way(written.history, written.draft)
  return taken
    ? { ...written, draft: taken.draft, history: taken.history, place: taken.at }
    : { ...written, place: undefined }
}
const person = (name: string) => ({ id: crypto.randomUUID(), name }) as PlanContent['team'][number]

test('what was done is undone, and done again, where it was done', () => {
  const written = write(write(begun(), { team: [person('Mona')] }), { threshold: 9 }, 'hazards')
  const back = take(written, undone)
  expect([back.place, back.draft.threshold, back.draft.team.length]).toEqual(['hazards', 8, 1])
  const first = take(back, undone)
  expect([first.place, first.draft]).toEqual(['team', base])
  expect(take(first, undone).place).toBeUndefined()
  expect(take(take(first, redone), redone).draft).toEqual(written.draft)
})

test('typing on is one deed; a pause, another step of the builder or another field is the next', () => {
  const typed = ['T', 'Th', 'The bar'].reduce((now, scope) => write(now, { scope }, 'team', 200), begun())
  expect(take(typed, undone).draft).toEqual(base)
  const paused = write(typed, { scope: 'The bar upstairs' }, 'team', 2000)
  expect(take(paused, undone).draft.scope).toBe('The bar')
  expect(take(write(typed, { scope: 'Elsewhere' }, 'product', 200), undone).draft.scope).toBe('The bar')
  expect(take(write(typed, { reviewMonths: 6 }, 'team', 200), undone).draft).toMatchObject({ scope: 'The bar' })
})

test('two that are taken out one after another come back one after another', () => {
  const team = [person('Mona'), person('Carl')]
  const one = write(begun({ ...base, team }), { team: team.slice(1) }, 'team', 100)
  const none = write(one, { team: [] }, 'team', 100)
  expect(take(none, undone).draft.team).toEqual(team.slice(1))
})

test('whoever does something new cannot do again what they had undone', () => {
  const back = take(write(begun(), { threshold: 9 }), undone)
  expect(take(write(back, { threshold: 10 }), redone).place).toBeUndefined()
})

test('what another wrote meanwhile stays when I undo, and what I wrote over theirs is not undone into theirs', () => {
  const mine = write(write(begun(), { team: [person('Mona')] }), { scope: 'The bar' })
  const theirs = { ...base, reviewMonths: 6, team: [person('Ann')] }
  // Saved were both of mine but the last: so the team is theirs now.
  const saved = { ...base, team: mine.draft.team }
  const kept = merged(saved, mine.draft, theirs)
  const after = { ...mine, draft: kept, history: afterMerge(mine.history, mine.draft, kept) }
  const back = take(after, undone)
  expect(back.draft).toEqual({ ...theirs, scope: 'The kitchen' })
  expect(take(back, undone).place).toBeUndefined()
})

test('undoing everything leads back to the beginning and redoing everything to the end, with what others wrote kept', () => {
  const deed = fc.oneof(
    fc.record({ scope: fc.string({ maxLength: 5 }) }),
    fc.record({ threshold: fc.integer({ min: 1, max: 25 }) }),
    fc.record({ team: fc.array(fc.constantFrom('Mona', 'Ann').map(person), { maxLength: 3 }) }),
  )
  fc.assert(
    fc.property(fc.array(deed, { maxLength: 12 }), fc.integer({ min: 1, max: 12 }), (deeds, reviewMonths) => {
      const written = deeds.reduce<Written>((now, part) => write(now, part), begun())
      // Another writes in a part that I do not touch.
      const kept = { ...written.draft, reviewMonths }
      let now: Written = { ...written, draft: kept, history: afterMerge(written.history, written.draft, kept) }
      for (let n = 0; n < deeds.length; n++) now = take(now, undone)
      expect(canonical(now.draft)).toBe(canonical({ ...base, reviewMonths }))
      for (let n = 0; n < deeds.length; n++) now = take(now, redone)
      expect(canonical(now.draft)).toBe(canonical(kept))
    }),
  )
})
