import { resultOf } from './control-numbers.ts'
import { decide, isControlled, isSignificant } from './decision.ts'
import { after, circle } from './flow.ts'
import type { Control, Hazard, PlanContent } from './plan.ts'
import { STEPS, type Step } from './words.ts'

/** What a plan lacks before it can be signed. Each has a sentence on the screen. */
export const LACKS = [
  'no_team',
  'no_leader',
  'member_unnamed',
  'no_product',
  'product_unnamed',
  'product_undescribed',
  'product_unused',
  'no_flow',
  'step_unnamed',
  'flow_circle',
  'step_apart',
  'not_confirmed',
  'step_unexamined',
  'hazard_unnamed',
  'hazard_without_measure',
  'hazard_undecided',
  'answer_without_reason',
  'hazard_uncontrolled',
  'later_unnamed',
  'later_not_after',
  'later_uncontrolled',
  'no_control',
  'no_limit',
  'limit_gone',
  'limit_unwritten',
  'limit_unvalidated',
  'what_missing',
  'how_missing',
  'when_missing',
  'who_missing',
  'not_tied',
  'tie_gone',
  'no_process_correction',
  'no_product_correction',
  'no_verification',
  'verification_unfinished',
  'no_record',
  'record_unfinished',
] as const
export type Lack = (typeof LACKS)[number]

/** `id` and `name` are of what lacks it, where that is not the plan as a whole. */
export type Missing = { step: Step; code: Lack; id: string | null; name: string }

/** What there is at the location to tie monitoring to. Unknown (the screen is still asking): nothing is said of it. */
export type Known = {
  units: readonly { id: string }[]
  schedules: readonly { id: string; items: readonly { id: string }[] }[]
  limits: readonly { id: string }[]
}

/** Everything that is missing, in the order of the twelve steps. Empty: it can be signed. */
export function missingIn(content: PlanContent, known: Known | undefined): Missing[] {
  const found = [
    ...ofTeam(content),
    ...ofProducts(content),
    ...ofFlow(content),
    ...ofHazards(content),
    ...ofPoints(content),
    ...ofControls(content, known),
    ...ofProof(content),
  ]
  return STEPS.flatMap((step) => found.filter((one) => one.step === step))
}

const lack = (step: Step, code: Lack, of?: { id: string; name: string }): Missing => ({
  ...{ step, code, id: of?.id ?? null, name: of?.name ?? '' },
})
const when = (isSo: boolean, missing: () => Missing): Missing[] => (isSo ? [missing()] : [])

const ofTeam = ({ team }: PlanContent): Missing[] => [
  ...when(team.length === 0, () => lack('team', 'no_team')),
  ...when(team.length > 0 && !team.some(({ leads }) => leads), () => lack('team', 'no_leader')),
  ...team.filter(({ name }) => name === '').map((one) => lack('team', 'member_unnamed', one)),
]

const ofProducts = ({ products }: PlanContent): Missing[] => [
  ...when(products.length === 0, () => lack('product', 'no_product')),
  ...products.flatMap((one) => [
    ...when(one.name === '', () => lack('product', 'product_unnamed', one)),
    ...when(one.description === '', () => lack('product', 'product_undescribed', one)),
    ...when(one.use === '', () => lack('use', 'product_unused', one)),
  ]),
]

function ofFlow({ steps, arrows, confirmation }: PlanContent): Missing[] {
  const round = circle(steps, arrows)
  return [
    ...when(steps.length === 0, () => lack('flow', 'no_flow')),
    ...steps.flatMap((one) => [
      ...when(one.name === '', () => lack('flow', 'step_unnamed', one)),
      ...when(steps.length > 1 && !arrows.some(({ from, to }) => from === one.id || to === one.id), () =>
        lack('flow', 'step_apart', one),
      ),
      ...when(one.id === round, () => lack('flow', 'flow_circle', one)),
    ]),
    ...when(steps.length > 0 && confirmation === null, () => lack('confirmation', 'not_confirmed')),
  ]
}

const named = ({ id, what }: Hazard) => ({ id, name: what })

const ofHazards = ({ steps, hazards, threshold }: PlanContent): Missing[] => [
  ...steps
    .filter((step) => step.noHazard === '' && !hazards.some(({ stepId }) => stepId === step.id))
    .map((step) => lack('hazards', 'step_unexamined', step)),
  ...hazards.flatMap((one) => [
    ...when(one.what === '', () => lack('hazards', 'hazard_unnamed', named(one))),
    ...when(isSignificant(one, threshold) && one.measures === '', () =>
      lack('hazards', 'hazard_without_measure', named(one)),
    ),
  ]),
]

function ofPoints(content: PlanContent): Missing[] {
  const significant = content.hazards.filter((one) => isSignificant(one, content.threshold))
  return significant.flatMap((hazard) => {
    const { asked, result } = decide(hazard.answers)
    return [
      ...when(result === null, () => lack('points', 'hazard_undecided', named(hazard))),
      ...when(
        asked.some((question) => hazard.answers[question]?.because === ''),
        () => lack('points', 'answer_without_reason', named(hazard)),
      ),
      ...when(result === 'modify', () => lack('points', 'hazard_uncontrolled', named(hazard))),
      ...(result === 'later' || result === 'nowhere_here' ? ofLater(content, hazard) : []),
    ]
  })
}

/** Whoever says that a later step controls it names that step, and it does. */
function ofLater(content: PlanContent, hazard: Hazard): Missing[] {
  const { laterStepId } = hazard
  if (laterStepId === null) return [lack('points', 'later_unnamed', named(hazard))]
  if (!after(content.arrows, hazard.stepId).has(laterStepId)) return [lack('points', 'later_not_after', named(hazard))]
  const isHeld = content.hazards.some(
    (one) => one.stepId === laterStepId && one.kind === hazard.kind && isControlled(resultOf(content, one)),
  )
  return when(!isHeld, () => lack('points', 'later_uncontrolled', named(hazard)))
}

function ofControls(content: PlanContent, known: Known | undefined): Missing[] {
  const controlled = content.hazards.filter((hazard) => isControlled(resultOf(content, hazard)))
  const covered = new Set(content.controls.flatMap(({ hazardIds }) => hazardIds))
  const needed = content.controls.filter(({ hazardIds }) => controlled.some(({ id }) => hazardIds.includes(id)))
  return [
    ...controlled.filter(({ id }) => !covered.has(id)).map((hazard) => lack('limits', 'no_control', named(hazard))),
    ...needed.flatMap((control) => ofControl(control, content, known)),
  ]
}

function ofControl(control: Control, { steps }: PlanContent, known: Known | undefined): Missing[] {
  const here = { id: control.id, name: steps.find(({ id }) => id === control.stepId)?.name ?? '' }
  const { limits, ties, what, how, when: at, who } = control
  const unknown = (id: string, ones: readonly { id: string }[] | undefined) =>
    ones !== undefined && !ones.some((one) => one.id === id)
  return [
    ...when(limits.length === 0, () => lack('limits', 'no_limit', here)),
    ...limits.flatMap((limit) =>
      limit.kind === 'rule'
        ? when(unknown(limit.ruleId, known?.limits), () => lack('limits', 'limit_gone', here))
        : [
            ...when(limit.what === '', () => lack('limits', 'limit_unwritten', here)),
            ...when(limit.validation === '', () => lack('limits', 'limit_unvalidated', here)),
          ],
    ),
    ...when(what === '', () => lack('monitoring', 'what_missing', here)),
    ...when(how === '', () => lack('monitoring', 'how_missing', here)),
    ...when(at === '', () => lack('monitoring', 'when_missing', here)),
    ...when(who === '', () => lack('monitoring', 'who_missing', here)),
    ...when(ties.length === 0, () => lack('monitoring', 'not_tied', here)),
    ...when(
      ties.some((tie) => isGone(tie, known)),
      () => lack('monitoring', 'tie_gone', here),
    ),
    ...when(control.correctsProcess === '', () => lack('corrections', 'no_process_correction', here)),
    ...when(control.correctsProduct === '', () => lack('corrections', 'no_product_correction', here)),
  ]
}

/** The unit was taken out of use, the schedule was ended, or its template asks this no more. */
export function isGone(tie: Control['ties'][number], known: Known | undefined): boolean {
  if (!known || tie.kind === 'process') return false
  if (tie.kind === 'unit') return !known.units.some(({ id }) => id === tie.unitId)
  const schedule = known.schedules.find(({ id }) => id === tie.scheduleId)
  return !schedule || tie.itemIds.some((itemId) => !schedule.items.some(({ id }) => id === itemId))
}

const ofProof = ({ verifications, records }: PlanContent): Missing[] => [
  ...when(verifications.length === 0, () => lack('verification', 'no_verification')),
  ...verifications
    .filter(({ what, every, who }) => what === '' || every === '' || who === '')
    .map(({ id, what }) => lack('verification', 'verification_unfinished', { id, name: what })),
  ...when(records.length === 0, () => lack('records', 'no_record')),
  ...records
    .filter(({ what, where }) => what === '' || where === '')
    .map(({ id, what }) => lack('records', 'record_unfinished', { id, name: what })),
]
