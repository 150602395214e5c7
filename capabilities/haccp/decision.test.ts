import fc from 'fast-check'
import { expect, test } from 'vitest'
import { type Answers, decide, isControlled, NO_ANSWERS, QUESTIONS, type Question, RESULTS } from './decision.ts'

const yes = { yes: true, because: 'so' }
const no = { yes: false, because: 'so' }
const answers = fc.record(
  Object.fromEntries(
    QUESTIONS.map((question) => [
      question,
      fc.option(fc.record({ yes: fc.boolean(), because: fc.string() }), { nil: null }),
    ]),
  ) as Record<Question, fc.Arbitrary<Answers[Question]>>,
)

test('each way through the tree of the Codex ends where it ends there', () => {
  const ways: [Partial<Answers>, ReturnType<typeof decide>['result']][] = [
    [{ prerequisites: yes, attention: no }, 'prerequisite'],
    [{ prerequisites: yes, attention: yes }, 'operational'],
    [{ prerequisites: no, measures: no }, 'nowhere_here'],
    [{ prerequisites: no, measures: yes, later: yes }, 'later'],
    [{ prerequisites: no, measures: yes, later: no, specific: yes }, 'ccp'],
    [{ prerequisites: no, measures: yes, later: no, specific: no }, 'modify'],
  ]
  for (const [given, result] of ways) expect(decide({ ...NO_ANSWERS, ...given }).result).toBe(result)
  expect(ways.map(([, result]) => result).sort()).toEqual([...RESULTS].sort())
})

test('there is a question left or a result, never both and never neither', () => {
  fc.assert(
    fc.property(answers, (given) => {
      const { asked, next, result } = decide(given)
      expect((next === null) !== (result === null)).toBe(true)
      expect(asked.at(-1)).toBe(next ?? asked.at(-1))
      expect(asked.slice(0, next ? -1 : undefined).every((question) => given[question] !== null)).toBe(true)
    }),
  )
})

test('what is not asked does not count, and reasons decide nothing', () => {
  fc.assert(
    fc.property(answers, answers, (given, others) => {
      const { asked, result } = decide(given)
      const changed = Object.fromEntries(
        QUESTIONS.map((question) => {
          const own = given[question]
          return [question, asked.includes(question) ? own && { ...own, because: 'else' } : others[question]]
        }),
      ) as Answers
      expect(decide(changed).result).toBe(result)
    }),
  )
})

test('questions are asked in their order, each once', () => {
  fc.assert(
    fc.property(answers, (given) => {
      const order = decide(given).asked.map((question) => QUESTIONS.indexOf(question))
      expect(order).toEqual([...new Set(order)].sort((one, other) => one - other))
    }),
  )
})

test('a critical control point is what good hygiene does not control, no later step does, and this one can', () => {
  fc.assert(
    fc.property(answers, (given) => {
      const isCritical =
        given.prerequisites?.yes === false &&
        given.measures?.yes === true &&
        given.later?.yes === false &&
        given.specific?.yes === true
      expect(decide(given).result === 'ccp').toBe(isCritical)
    }),
  )
})

test('only critical points and operational prerequisites are controlled', () => {
  expect(RESULTS.filter(isControlled)).toEqual(['ccp', 'operational'])
})
