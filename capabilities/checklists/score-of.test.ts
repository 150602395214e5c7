import type { Score, Scoring } from '@opsflow/capabilities/audits'
import { describe, expect, test } from 'vitest'
import type { z } from 'zod'
import type { Answer, AnswerValue } from './answer.ts'
import { scoreOf } from './score-of.ts'
import { stepsOf } from './steps.ts'
import { TemplateContent } from './template.ts'
import { problemsOf } from './template-problems.ts'

type SectionIn = z.input<typeof TemplateContent>['sections'][number]
type ItemIn = SectionIn['items'][number]

const LIST = crypto.randomUUID()
const PLACE = crypto.randomUUID()
const NOON = { at: Date.parse('2025-01-06T16:00:00Z'), timeZone: 'America/Chicago' }
const units = [
  { id: crypto.randomUUID(), name: 'Walk-in', kind: 'walk_in_cooler' },
  { id: crypto.randomUUID(), name: 'Bar', kind: 'walk_in_cooler' },
]

const id = () => crypto.randomUUID()
const check = (more: object = {}) => ({ kind: 'pass_fail', id: id(), label: 'Clean?', ...more }) as ItemIn
const choice = (options: object[], more: object = {}) =>
  ({
    ...{ kind: 'choice', id: id(), label: 'How?', ...more },
    options: options.map((one) => ({ id: id(), label: 'So', ...one })),
  }) as Extract<ItemIn, { kind: 'choice' }>
const weighted: Scoring = { scheme: 'weighted', auditType: 'internal', passPercent: 80 }
const audit = (scoring: Scoring | null, items: ItemIn[], more: Partial<SectionIn> = {}) =>
  TemplateContent.parse({ scoring, sections: [{ id: id(), title: 'Kitchen', items, ...more }] })

let clock = NOON.at
function said(item: ItemIn, value: AnswerValue | null, outcome: Answer['outcome'], more: Partial<Answer> = {}): Answer {
  clock += 1000
  return {
    ...{ id: id(), locationId: PLACE, checklistId: LIST, itemId: item.id, entryId: null, value, outcome, note: '' },
    ...{ photos: 0, photoHashes: [], taskId: null, answeredAt: new Date(clock).toISOString(), answeredBy: null },
    ...{ kiosk: null, receivedAt: null, timeQuality: null, knew: null },
    ...more,
  }
}
const passes = (item: ItemIn, more?: Partial<Answer>) => said(item, { kind: 'pass_fail', passes: true }, 'pass', more)
const fails = (item: ItemIn, more?: Partial<Answer>) => said(item, { kind: 'pass_fail', passes: false }, 'fail', more)
const chose = (item: Extract<ItemIn, { kind: 'choice' }>, ns: number[], outcome: Answer['outcome']) =>
  said(item, { kind: 'choice', options: ns.map((n) => item.options[n]?.id ?? '') }, outcome)

function score(content: TemplateContent, ...answers: Answer[]): Score {
  return scoreOf(content, stepsOf(content, answers, units), answers, NOON) ?? expect.fail('it is an audit')
}

test('a template without a scheme has no score, also one of before there were any', () => {
  const content = audit(null, [check()])
  expect(scoreOf(content, stepsOf(content, [], units), [], NOON)).toBeNull()
  const { scoring: _, ...older } = content
  expect(scoreOf(older as TemplateContent, stepsOf(content, [], units), [], NOON)).toBeNull()
})

describe('a weighted audit', () => {
  test('counts by weight; what was not answered is nothing of its maximum, what does not apply is left out', () => {
    const [one, three, off] = [check(), check({ weight: 3 }), check({ weight: 50, mayBeNotApplicable: true })]
    const content = audit(weighted, [one, three, off])
    const answers = [passes(three), said(off, null, 'not_applicable')]
    expect(score(content, ...answers)).toMatchObject({ points: 3, max: 4, compliance: 75, status: 'incomplete' })
    expect(score(content, ...answers, passes(one))).toMatchObject({ compliance: 100, status: 'pass', costs: [] })
    expect(score(content, ...answers, fails(one))).toMatchObject({
      ...{ compliance: 75, status: 'fail', costs: [{ itemId: one.id, entryId: null, points: 1 }] },
    })
  })

  test('what is put right at once counts as it stands', () => {
    const item = check()
    expect(score(audit(weighted, [item]), fails(item), passes(item)).compliance).toBe(100)
    expect(score(audit(weighted, [item]), passes(item), fails(item)).compliance).toBe(0)
  })

  test('what only records something is no part of it; alone it is not scored', () => {
    const photo: ItemIn = { kind: 'photo', id: id(), label: 'A picture', required: false }
    const number: ItemIn = { kind: 'number', id: id(), label: 'Guests', required: false }
    expect(score(audit(weighted, [photo, number]))).toMatchObject({ max: 0, compliance: null, status: 'not_scored' })
  })

  test('options bring their points, the best is the maximum, and one without points leaves the score by that', () => {
    const item = choice([{ points: 5 }, { points: 3 }, { points: 0, fails: true }, {}])
    const content = audit({ ...weighted, passPercent: 60 }, [item, check({ required: false })])
    expect(score(content)).toMatchObject({ points: 0, max: 6 })
    expect(score(content, chose(item, [1], 'pass'))).toMatchObject({ points: 3, max: 6 })
    expect(score(content, chose(item, [2], 'fail'))).toMatchObject({ points: 0, max: 6 })
    expect(score(content, chose(item, [3], 'pass'))).toMatchObject({ points: 0, max: 1 })
  })

  test('where several may be chosen, all that bring something are the maximum', () => {
    const item = choice([{ points: 2 }, { points: 1 }, { points: 1 }], { several: true })
    expect(score(audit(weighted, [item]), chose(item, [0, 2], 'pass'))).toMatchObject({ points: 3, max: 4 })
  })

  test('a critical item that fails fails the whole', () => {
    const [critical, rest] = [check({ isCritical: true }), check({ weight: 1000 })]
    expect(score(audit(weighted, [critical, rest]), fails(critical), passes(rest))).toMatchObject({
      ...{
        compliance: 99.9,
        status: 'fail_critical',
        failedCritical: [{ itemId: critical.id, entryId: null, label: 'Clean?' }],
      },
    })
  })

  test('a bonus fills, a deduction takes', () => {
    const [usual, bonus] = [check({ weight: 10 }), check({ weight: 3, scored: { counts: 'bonus' } })]
    const less = check({ weight: 4, scored: { counts: 'deduction' } })
    const content = audit(weighted, [usual, bonus, less])
    expect(score(content, passes(usual), passes(bonus), fails(less))).toMatchObject({ points: 9, max: 10 })
  })

  test('a section for each unit is a sum of its own for each of them', () => {
    const item = check()
    const content = audit(weighted, [item], { repeat: { per: 'unit', unitKinds: ['walk_in_cooler'] } })
    const [walkIn, bar] = units.map((unit) => unit.id)
    const { sections, compliance } = score(
      content,
      passes(item, { entryId: walkIn ?? null }),
      fails(item, { entryId: bar ?? null }),
    )
    expect(compliance).toBe(50)
    expect(sections.map(({ label, percent }) => [label, percent])).toEqual(
      expect.arrayContaining([
        ['Kitchen', 50],
        ['Walk-in', 100],
        ['Bar', 0],
      ]),
    )
  })

  test('what is hidden by an earlier answer leaves both sums', () => {
    const gate = check({ weight: 0 })
    const hidden = check({ showIf: { of: [{ itemId: gate.id, is: 'failing' }] } })
    const content = audit(weighted, [gate, hidden, check({ required: false })])
    expect(score(content, passes(gate)).max).toBe(1)
    expect(score(content, fails(gate)).max).toBe(2)
  })
})

test('New York City: the chosen condition is the level, a check that fails is the mildest', () => {
  const levels = [{}, ...[1, 2, 3, 4, 5].map((points) => ({ points, fails: true }))]
  const hazard = choice(levels, { scored: { as: 'phh' } })
  const general = check({ scored: { as: 'general' } })
  const content = audit({ scheme: 'nyc', auditType: 'internal', inspectionType: 'initial' }, [hazard, general])
  expect(score(content, chose(hazard, [0], 'pass'), passes(general))).toMatchObject({
    ...{ points: 0, grade: 'A', compliance: null, status: 'scored', outcome: 'a_posted' },
  })
  expect(score(content, chose(hazard, [4], 'fail'), fails(general))).toMatchObject({
    ...{ points: 12, grade: 'A' },
    costs: [
      { itemId: hazard.id, points: 10, as: 'phh' },
      { itemId: general.id, points: 2, as: 'general' },
    ],
  })
  expect(score(content, chose(hazard, [5], 'fail'), fails(general))).toMatchObject({
    ...{ points: 30, grade: 'C', outcome: 'ungraded_reinspect_min_7_days' },
  })
  expect(score(content, fails(general)).status).toBe('incomplete')
})

test('Los Angeles County: from 100 downwards, what closes a place counts as a major too', () => {
  const [major, vermin] = [check({ scored: { as: 'major' } }), check({ scored: { as: 'vermin' } })]
  const content = audit({ scheme: 'la_county', auditType: 'internal' }, [major, vermin])
  expect(score(content, fails(major), fails(vermin))).toMatchObject({
    ...{ compliance: 82, grade: 'B', points: 82, max: 100 },
    surcharges: [
      { for: 'several_majors', points: 3 },
      { for: 'vermin', points: 7 },
    ],
  })
})

test('Food Code: each is due by its designation; what was written down and put right is corrected on site', () => {
  const [priority, core] = [check({ scored: { as: 'P' } }), check({ scored: { as: 'C' } })]
  const content = audit({ scheme: 'fda', auditType: 'health_inspection' }, [priority, core])
  expect(score(content, fails(priority), fails(core))).toMatchObject({
    ...{ compliance: null, grade: null, outcome: 'open_follow_up' },
    costs: [
      { as: 'P', due: { at: Date.parse('2025-01-09T16:00:00Z') } },
      { as: 'C', due: { by: '2025-04-06' } },
    ],
  })
  const onTheSpot = [fails(priority, { note: 'Towels were out' }), passes(priority), passes(core)]
  expect(score(content, ...onTheSpot)).toMatchObject({
    ...{ outcome: 'corrected_on_site', costs: [{ as: 'P', due: null, correctedOnSite: true }] },
  })
  expect(score(content, fails(priority), passes(priority), passes(core))).toMatchObject({
    outcome: 'compliant',
    costs: [],
  })
})

test('United Kingdom: the lower of what the total and the worst part allow', () => {
  const part = (as: string, ladder: number[]) =>
    choice(
      ladder.map((points) => ({ points })),
      { scored: { as } },
    )
  const [h, s] = [part('hygiene', [0, 5, 10, 15, 20, 25]), part('structural', [0, 5, 10, 15, 20, 25])]
  const c = part('confidence', [0, 5, 10, 20, 30])
  const content = audit({ scheme: 'fhrs', auditType: 'health_inspection' }, [h, s, c])
  expect(score(content, chose(h, [3], 'recorded'), chose(s, [1], 'recorded'), chose(c, [0], 'recorded'))).toMatchObject(
    {
      ...{ points: 20, grade: '2', outcome: 'lowered_by_worst_part', status: 'scored' },
    },
  )
  expect(score(content, chose(h, [3], 'recorded'))).toMatchObject({ grade: null, status: 'incomplete' })
})

test('a scheme without anything to score is not published, nor one with what belongs to another', () => {
  const codes = (scoring: Scoring, items: ItemIn[]) =>
    problemsOf({ ...audit(null, items), scoring }).map(({ path, code }) => `${path} ${code}`)
  const nyc: Scoring = { scheme: 'nyc', auditType: 'internal', inspectionType: 'initial' }
  expect(codes(nyc, [check()])).toEqual(['scoring nothing_scored'])
  expect(codes(nyc, [check({ scored: { as: 'phh' } }), check({ scored: { as: 'major' } })])).toEqual([
    'sections[0].items[1].scored.as other_scheme',
  ])
  expect(codes(nyc, [choice([{ points: 7 }, {}], { scored: { as: 'phh' } })])).toEqual([
    'sections[0].items[0].options[0].points points_off_ladder',
  ])
  expect(codes({ scheme: 'fhrs', auditType: 'internal' }, [check({ scored: { as: 'hygiene' } })])).toEqual([
    'sections[0].items[0].kind not_a_choice',
    'scoring nothing_scored',
  ])
  expect(codes(weighted, [check({ weight: 0 })])).toEqual([])
})

test('200 questions for each of 50 units are scored', () => {
  const content = audit(
    weighted,
    Array.from({ length: 200 }, () => check()),
    {
      repeat: { per: 'unit', unitKinds: ['walk_in_cooler'] },
    },
  )
  const many = Array.from({ length: 50 }, (_, n) => ({ id: id(), name: `${n}`, kind: 'walk_in_cooler' }))
  const steps = stepsOf(content, [], many)
  expect(scoreOf(content, steps, [], NOON)).toMatchObject({ max: 10_000, points: 0, compliance: 0 })
})
