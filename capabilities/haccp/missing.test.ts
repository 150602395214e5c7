import { expect, test } from 'vitest'
import { numberedControls } from './control-numbers.ts'
import { restaurantPlan } from './library/restaurant.ts'
import { limitRulesAt } from './limit-rules.ts'
import { type Known, missingIn } from './missing.ts'
import { counter, finishedPlan } from './plan.for-tests.ts'
import { PlanContent, WholePlan } from './plan.ts'

const units = [
  { id: '00000002-0000-4000-8000-000000000001', kind: 'walk_in_cooler' as const },
  { id: '00000002-0000-4000-8000-000000000002', kind: 'hot_hold' as const },
]
const schedules = ['receiving', 'line_check.cafe', 'cooling', 'opening.cafe'].map((key, n) => ({
  id: `00000003-0000-4000-8000-00000000000${n}`,
  key,
  items: [],
}))
const us = { jurisdiction: 'us' as const, ruleEdition: null }
const known: Known = {
  units,
  schedules: schedules.map(({ id }) => ({ id, items: [] })),
  limits: limitRulesAt(us),
}
const finished = () => finishedPlan(units, schedules)
const codes = (content: PlanContent) => missingIn(content, known).map(({ code }) => code)

test('an empty plan lacks something at nearly every step, and says what', () => {
  const found = missingIn(PlanContent.parse({}), known)
  expect(found.map(({ code }) => code)).toEqual(['no_team', 'no_product', 'no_flow', 'no_verification', 'no_record'])
})

test('our plan of a restaurant lacks the names of its team and someone who looked on site, in either language', () => {
  for (const language of ['en', 'es'] as const) {
    const content = restaurantPlan(language, counter(), { jurisdiction: 'us', units, schedules })
    expect(WholePlan.safeParse(content).error).toBeUndefined()
    expect(codes(content)).toEqual(['member_unnamed', 'member_unnamed', 'not_confirmed'])
  }
})

test('it has its critical points in the order of the food, under every rule book', () => {
  for (const [jurisdiction, ruleEdition] of [
    ['us', null],
    ['us', 'nyc-health-code'],
    ['uk', null],
  ] as const) {
    const limits = limitRulesAt({ jurisdiction, ruleEdition })
    const place = jurisdiction === 'us' && ruleEdition ? 'us-nyc' : jurisdiction
    const content = restaurantPlan('en', counter(), { jurisdiction: place, units, schedules })
    expect(
      missingIn(content, { ...known, limits }).filter(({ code }) => code === 'limit_gone' || code === 'no_limit'),
    ).toEqual([])
    expect(numberedControls(content).map(({ number, stepName }) => `${number} ${stepName}`)).toEqual([
      'OPRP 1 Receiving',
      'CCP 1 Cold and frozen storage',
      'CCP 2 Cooking',
      'CCP 3 Cooling',
      'OPRP 2 Chilled storage of cooked food',
      'CCP 4 Reheating',
      'CCP 5 Hot holding',
    ])
  }
})

test('nothing is missing when all of it is written', () => {
  expect(codes(finished())).toEqual([])
})

test('each thing that is taken away is missed', () => {
  const plan = finished()
  const [control] = plan.controls
  const [hazard] = plan.hazards
  const [step] = plan.steps
  if (!control || !hazard || !step) throw new Error('an empty plan')
  const withControl = (change: object): PlanContent => ({
    ...plan,
    controls: plan.controls.map((one) => (one === control ? { ...one, ...change } : one)),
  })
  const withHazard = (change: object): PlanContent => ({
    ...plan,
    hazards: plan.hazards.map((one) => (one === hazard ? { ...one, ...change } : one)),
  })
  const own = { kind: 'own', id: counter(9)(), what: 'Blue', validation: '' } as const
  const prerequisites = { yes: false, because: 'x' }
  const later = {
    ...hazard.answers,
    prerequisites,
    measures: { yes: true, because: 'x' },
    later: { yes: true, because: 'x' },
  }
  const lost = { kind: 'unit', id: counter(9)(), unitId: counter(8)(), everyMinutes: 60, during: 'always' } as const
  const cases: [PlanContent, string[]][] = [
    [{ ...plan, team: plan.team.map((one) => ({ ...one, leads: false })) }, ['no_leader']],
    [{ ...plan, arrows: plan.arrows.filter(({ from }) => from !== step.id) }, ['step_apart']],
    [{ ...plan, arrows: [...plan.arrows, { from: plan.arrows[0]?.to ?? '', to: step.id }] }, ['flow_circle']],
    [withHazard({ measures: '' }), ['hazard_without_measure']],
    [withHazard({ answers: { ...hazard.answers, attention: null } }), ['hazard_undecided']],
    [withHazard({ answers: { ...hazard.answers, attention: { yes: true, because: '' } } }), ['answer_without_reason']],
    [withHazard({ answers: later }), ['later_unnamed']],
    [withHazard({ answers: later, laterStepId: step.id }), ['later_not_after']],
    [withHazard({ answers: later, laterStepId: plan.steps[8]?.id }), ['later_uncontrolled']],
    [withHazard({ answers: later, laterStepId: plan.steps[1]?.id }), []],
    [{ ...plan, controls: plan.controls.slice(1) }, ['no_control']],
    [withControl({ limits: [] }), ['no_limit']],
    [withControl({ limits: [own] }), ['limit_unvalidated']],
    [withControl({ limits: [{ kind: 'rule', id: own.id, ruleId: 'mars.cold' }] }), ['limit_gone']],
    [withControl({ who: '', ties: [] }), ['who_missing', 'not_tied']],
    [withControl({ ties: [lost] }), ['tie_gone']],
    [withControl({ correctsProduct: '' }), ['no_product_correction']],
    [{ ...plan, records: plan.records.map((one) => ({ ...one, where: '' })).slice(0, 1) }, ['record_unfinished']],
  ]
  for (const [content, found] of cases) expect(codes(content)).toEqual(found)
})

test('a plan that points at what is not there is refused by the place in it', () => {
  const plan = finished()
  const ghost = counter(7)()
  const errors = (content: object) =>
    WholePlan.safeParse({ ...plan, ...content }).error?.issues.map(({ path }) => path.join('.'))
  expect(errors({ arrows: [{ from: ghost, to: plan.steps[0]?.id }] })).toEqual(['arrows.0.from'])
  expect(errors({ hazards: [{ ...plan.hazards[0], stepId: ghost }] })?.[0]).toBe('hazards.0.stepId')
  expect(errors({ steps: [...plan.steps, plan.steps[0]] })).toEqual(['steps.9.id'])
})
