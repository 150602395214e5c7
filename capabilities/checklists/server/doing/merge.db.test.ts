import { randomUUID } from 'node:crypto'
import type { Actor } from '@opsflow/platform/actor'
import { minutesAgo } from '@opsflow/platform/server/sync/run.for-tests'
import { pretendRows } from '@opsflow/platform/sync-rows.for-tests'
import fc from 'fast-check'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Answer, AnswerValue } from '../../answer.ts'
import { standingAnswers } from '../../standing-answers.ts'
import { stepsOf } from '../../steps.ts'
import { checklistMutators as does } from '../../sync.ts'
import { ANSWER, CHECKLIST, FORM } from '../../sync-entities.ts'
import { type Crew, openCrew } from './crew.for-tests.ts'

let crew: Crew
let formId: string
beforeAll(async () => {
  crew = await openCrew()
  formId = await crew.form({ sections: [{ id: randomUUID(), title: 'Line', items }] } as never)
})
afterAll(() => crew.close())

const [first, second, third] = [randomUUID(), randomUUID(), randomUUID()]
const items = [
  { kind: 'pass_fail', id: first, label: 'Clean' },
  { kind: 'number', id: second, label: 'Sanitiser', min: 200, max: 400 },
  { kind: 'text', id: third, label: 'What is dirty?', showIf: { of: [{ itemId: first, is: 'failing' }] } },
]

type Deed = { who: 0 | 1; itemId: string; value: AnswerValue | null } | { who: 0 | 1; ends: true }

const value = (itemId: string, n: number): AnswerValue | null => {
  if (n === 0) return null
  if (itemId === first) return { kind: 'pass_fail', passes: n % 2 === 0 }
  return itemId === second ? { kind: 'number', text: String(100 * n) } : { kind: 'text', text: `Said ${n}` }
}
const who = fc.constantFrom<0 | 1>(0, 1)
const deed: fc.Arbitrary<Deed> = fc.oneof(
  {
    weight: 8,
    arbitrary: fc
      .record({ who, itemId: fc.constantFrom(first, second, third), n: fc.nat(6) })
      .map(({ n, ...one }) => ({ ...one, value: value(one.itemId, n) })),
  },
  { weight: 1, arbitrary: who.map((one) => ({ who: one, ends: true as const })) },
)
/** What was done, in the order of its time; and two orders in which each person’s work arrives, their own kept. */
const story = fc.record({
  deeds: fc.array(deed, { minLength: 1, maxLength: 12 }),
  one: fc.infiniteStream(fc.boolean()),
  other: fc.infiniteStream(fc.boolean()),
})

function arrivals(deeds: readonly Deed[], coins: Iterator<boolean>): number[] {
  const queues = [0, 1].map((person) => deeds.flatMap((done, at) => (done.who === person ? [at] : [])))
  const order: number[] = []
  while (order.length < deeds.length) {
    const [mine = [], theirs = []] = coins.next().value ? queues : queues.toReversed()
    const next = mine.shift() ?? theirs.shift()
    if (next !== undefined) order.push(next)
  }
  return order
}

/** The story as it comes to the server in one order. Its times are the same in every order. */
async function arrives(deeds: readonly Deed[], order: readonly number[]) {
  const list = await crew.list(formId)
  const people: [Actor, Actor] = [crew.cook, crew.porter]
  let completions = 0
  for (const at of order) {
    const done = deeds[at]
    if (!done) continue
    const when = minutesAgo(deeds.length - at + 1)
    if ('ends' in done) {
      const outcome = await crew.send(people[done.who], does.complete, { checklistId: list }, when)
      expect(['applied', 'checklists.over', 'refused checklists.incomplete']).toContain(outcome)
      if (outcome === 'applied') completions++
    } else {
      const given = { id: randomUUID(), checklistId: list, itemId: done.itemId, value: done.value }
      expect(await crew.send(people[done.who], does.answer, given, when)).toBe('applied')
    }
  }
  expect(completions).toBeLessThanOrEqual(1)
  const record = await crew.record(list, crew.cook)
  expect(record.checklist.status === 'completed').toBe(completions === 1)
  return { list, record, said: saidIn(record.answers), shown: shownBy(record) }
}

const saidIn = (answers: readonly Answer[]) =>
  Object.fromEntries(
    [...standingAnswers(answers).values()].map(({ itemId, value, outcome }) => [itemId, { value, outcome }]),
  )
const shownBy = ({
  form,
  answers,
}: {
  form: Parameters<typeof stepsOf>[0] extends infer C ? { content: C } : never
  answers: Answer[]
}) =>
  stepsOf(form.content, answers, []).map(({ item, answer, isMissing }) => [
    item.label,
    answer?.value ?? null,
    isMissing,
  ])

/** What has to stand, told without the product: of each item the last word by its time. */
function expected(deeds: readonly Deed[]) {
  const last = new Map<string, AnswerValue | null>()
  for (const done of deeds) if (!('ends' in done)) last.set(done.itemId, done.value)
  return Object.fromEntries(last)
}

const runs = process.env.LONG_TESTS ? 500 : 60

test('two people on one checklist offline: whatever arrives when, the same stands everywhere and nothing is lost', async () => {
  let [cases, deedsDone] = [0, 0]
  await fc.assert(
    fc.asyncProperty(story, async ({ deeds, one, other }) => {
      cases++
      deedsDone += deeds.length
      const [here, there] = [await arrives(deeds, arrivals(deeds, one)), await arrives(deeds, arrivals(deeds, other))]
      expect(there.said).toEqual(here.said)
      expect(there.shown).toEqual(here.shown)
      expect(Object.fromEntries(Object.entries(here.said).map(([id, { value: said }]) => [id, said]))).toEqual(
        expected(deeds),
      )
      const answered = deeds.filter((done) => !('ends' in done)).length
      for (const { record } of [here, there]) expect(record.answers).toHaveLength(answered)
      for (const person of [crew.cook, crew.porter]) await seenBy(person, here.record)
    }),
    { numRuns: runs },
  )
  console.info(`two people on one checklist: ${cases} stories, ${deedsDone} deeds, each in two orders of arrival`)
})

/** A device that goes on from what it pulled: what it adds stands there as it will stand on the server. */
async function seenBy(person: Actor, { checklist, form, answers }: Awaited<ReturnType<typeof arrives>>['record']) {
  if (checklist.status === 'completed') return
  const rows = pretendRows({ [CHECKLIST]: [checklist], [FORM]: [form], [ANSWER]: answers })
  const doing = {
    by: { id: person.id, name: person.name },
    kiosk: null,
    at: new Date().toISOString(),
    uid: randomUUID(),
  }
  const given = {
    id: randomUUID(),
    checklistId: checklist.id,
    itemId: second,
    value: { kind: 'number' as const, text: '250' },
  }
  await rows.foresee(does.answer, given, doing)
  const here = await rows.list<Answer>(ANSWER)
  await crew.send(person, does.answer, given, { ...minutesAgo(0), at: doing.at })
  const served = await crew.record(checklist.id, person)
  expect(saidIn(here)).toEqual(saidIn(served.answers))
  expect(shownBy({ form, answers: here })).toEqual(shownBy(served))
}

const anyAnswer: Omit<Answer, 'id' | 'itemId' | 'answeredAt'> = {
  locationId: 'place',
  checklistId: 'list',
  entryId: null,
  value: null,
  outcome: 'recorded',
  note: '',
  photos: 0,
  photoHashes: [],
  taskId: null,
  answeredBy: null,
  kiosk: null,
  receivedAt: null,
  timeQuality: null,
  knew: null,
}

test('the last word stands in whatever order a device came to know of it', () => {
  const answers = fc.array(fc.record({ place: fc.nat(3), minute: fc.nat(5), id: fc.uuid() }), {
    minLength: 1,
    maxLength: 30,
  })
  fc.assert(
    fc.property(answers, fc.infiniteStream(fc.nat(1000)), (given, shuffle) => {
      const made = given.map(({ place, minute, id }) => ({
        ...anyAnswer,
        id,
        itemId: String(place),
        answeredAt: `2026-11-27T06:0${minute}:00Z`,
      }))
      const mixed = made
        .map((answer) => ({ answer, at: shuffle.next().value as number }))
        .sort((a, b) => a.at - b.at)
        .map(({ answer }) => answer)
      const ids = (some: readonly Answer[]) => [...standingAnswers(some).values()].map(({ id }) => id).sort()
      expect(ids(mixed)).toEqual(ids(made))
    }),
  )
})
