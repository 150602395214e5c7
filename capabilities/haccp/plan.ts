import { z } from 'zod'
import { type Answers, QUESTIONS } from './decision.ts'
import { CADENCES, CONSUMERS, HAZARD_KINDS, STEP_KINDS } from './words.ts'

const Id = z.uuid()
const text = (most: number) => z.string().trim().max(most).default('')
const Long = text(2000)

export const TeamMember = z.strictObject({
  id: Id,
  name: text(120),
  /** What they do in the team, and in the kitchen. */
  duty: text(200),
  /** What makes them fit for it: training, certificates, years. */
  knowledge: text(500),
  leads: z.boolean().default(false),
})

export const Product = z.strictObject({
  id: Id,
  name: text(120),
  /** What it is made of, how it is packed and kept, for how long. */
  description: Long,
  allergens: text(500),
  storage: text(500),
  shelfLife: text(200),
  /** How it is eaten, and by whom. */
  use: text(1000),
  consumers: z.enum(CONSUMERS).default('general'),
})

export const FlowStep = z.strictObject({
  id: Id,
  name: text(120),
  kind: z.enum(STEP_KINDS).default('other'),
  note: text(1000),
  /** Why no hazard is to be expected here. */
  noHazard: text(1000),
})

export const Arrow = z.strictObject({ from: Id, to: Id })

/** Someone walked the kitchen with the diagram in hand. */
export const Confirmation = z.strictObject({ by: z.string().trim().min(1).max(120), on: z.iso.date() })

const Answer = z
  .strictObject({ yes: z.boolean(), because: text(1000) })
  .nullable()
  .default(null)
const answers = Object.fromEntries(QUESTIONS.map((question) => [question, Answer])) as {
  [Q in keyof Answers]: typeof Answer
}

export const Hazard = z.strictObject({
  id: Id,
  stepId: Id,
  kind: z.enum(HAZARD_KINDS).default('biological'),
  what: text(300),
  /** Where it comes from, what lets it grow. */
  cause: text(1000),
  likelihood: z.int().min(1).max(5).default(1),
  severity: z.int().min(1).max(5).default(1),
  measures: text(1000),
  answers: z.strictObject(answers).prefault({}),
  /** Where the answers say that a later step controls it: which. */
  laterStepId: Id.nullable().default(null),
})

/** rule: of the product's limit rules, by its id · own: the kitchen's, with what proves that it is enough. */
export const Limit = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('rule'), id: Id, ruleId: z.string().min(1).max(100) }),
  z.strictObject({ kind: z.literal('own'), id: Id, what: text(500), validation: text(1000) }),
])

/**
 * What of the kitchen's records shows that it is monitored. unit: its readings, so often · schedule: the checklists it asks
 * for, and these of their items (none: the whole list) · process: foods of this kind, so many a day (0: as they come).
 */
export const Tie = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('unit'),
    id: Id,
    unitId: Id,
    everyMinutes: z.literal(CADENCES).default(60),
    during: z.enum(['always', 'open']).default('always'),
  }),
  z.strictObject({ kind: z.literal('schedule'), id: Id, scheduleId: Id, itemIds: z.array(Id).max(50).default([]) }),
  z.strictObject({
    kind: z.literal('process'),
    id: Id,
    process: z.enum(['cooling', 'reheating', 'hot_holding', 'cooking', 'time_control', 'thawing', 'date_mark']),
    perDay: z.int().min(0).max(50).default(0),
  }),
])

/** How the hazards of a step are kept under control: a critical control point, or an operational prerequisite. */
export const Control = z.strictObject({
  id: Id,
  stepId: Id,
  hazardIds: z.array(Id).max(50).default([]),
  limits: z.array(Limit).max(12).default([]),
  what: text(500),
  how: text(1000),
  when: text(500),
  who: text(300),
  ties: z.array(Tie).max(20).default([]),
  /** What is done so that the process is under control again, and with the food meanwhile. */
  correctsProcess: Long,
  correctsProduct: Long,
})

/** Something done now and then that shows that the plan works. */
export const Verification = z.strictObject({
  id: Id,
  what: text(500),
  every: text(200),
  who: text(300),
})

export const RecordKept = z.strictObject({
  id: Id,
  what: text(500),
  where: text(300),
  months: z.int().min(1).max(240).default(24),
})

/** Everything a plan says, as far as it is written. */
export const PlanContent = z.strictObject({
  scope: Long,
  team: z.array(TeamMember).max(30).default([]),
  products: z.array(Product).max(60).default([]),
  steps: z.array(FlowStep).max(60).default([]),
  arrows: z.array(Arrow).max(240).default([]),
  confirmation: Confirmation.nullable().default(null),
  /** Likelihood times severity from which on a hazard is significant. */
  threshold: z.int().min(1).max(25).default(8),
  hazards: z.array(Hazard).max(300).default([]),
  controls: z.array(Control).max(60).default([]),
  verifications: z.array(Verification).max(40).default([]),
  records: z.array(RecordKept).max(40).default([]),
  /** How soon after it was signed or reviewed it is looked at again: at most a year. */
  reviewMonths: z.int().min(1).max(12).default(12),
})
export type PlanContent = z.output<typeof PlanContent>

export type FlowStep = z.output<typeof FlowStep>
export type Arrow = z.output<typeof Arrow>
export type Hazard = z.output<typeof Hazard>
export type Control = z.output<typeof Control>
export type Limit = z.output<typeof Limit>
export type Tie = z.output<typeof Tie>
export type TieOf<K extends Tie['kind']> = Extract<Tie, { kind: K }>

/** Each id once, and nothing points at what is not there. */
export const WholePlan = PlanContent.superRefine((content, context) => {
  const complain = (path: (string | number)[], code: string, message: string) =>
    context.addIssue({ code: 'custom', path, message, params: { code } })
  const seen = new Set<string>()
  for (const [part, ones] of Object.entries(content))
    if (Array.isArray(ones))
      ones.forEach((one, n) => {
        if (!('id' in one)) return
        if (seen.has(one.id)) complain([part, n, 'id'], 'haccp.id_twice', 'This id is used twice.')
        seen.add(one.id)
      })
  const steps = new Set(content.steps.map(({ id }) => id))
  const hazards = new Map(content.hazards.map(({ id, stepId }) => [id, stepId]))
  const isStep = (id: string, path: (string | number)[]) => {
    if (!steps.has(id)) complain(path, 'haccp.step_unknown', 'No step of this plan has this id.')
  }
  content.arrows.forEach(({ from, to }, n) => {
    isStep(from, ['arrows', n, 'from'])
    isStep(to, ['arrows', n, 'to'])
  })
  content.hazards.forEach(({ stepId, laterStepId }, n) => {
    isStep(stepId, ['hazards', n, 'stepId'])
    if (laterStepId !== null) isStep(laterStepId, ['hazards', n, 'laterStepId'])
  })
  content.controls.forEach(({ stepId, hazardIds }, n) => {
    isStep(stepId, ['controls', n, 'stepId'])
    hazardIds.forEach((id, i) => {
      if (hazards.get(id) !== stepId)
        complain(['controls', n, 'hazardIds', i], 'haccp.hazard_unknown', 'No hazard of this step has this id.')
    })
  })
})
