import { ReadValue } from '@opsflow/capabilities/temperature'
import { RecordedTimeQuality } from '@opsflow/platform/moment'
import { Instant } from '@opsflow/platform/route'
import { z } from 'zod'
import { PROBE_STANDINGS } from './probe-standing.ts'
import { DISPOSITIONS, FAILURES, PROCESS_KINDS, TIME_CONTROL_STARTS } from './process-words.ts'
import { THAWING_METHODS } from './thawing.ts'

const Person = z.object({ id: z.uuid(), name: z.string() })
export type Person = z.infer<typeof Person>

/** A calendar day that a kitchen can mean. */
export const Day = z.iso
  .date()
  .refine((day) => day >= '2000-01-01' && day <= '2199-12-31', { message: 'Use a day of this century or the next.' })

/** What is done, and what of it decides how it is judged. Each kind asks for what its rule needs. */
export const Plan = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('cooling'), from: z.enum(['hot', 'ambient']) }),
  z.strictObject({ kind: z.literal('reheating'), food: z.enum(['usual', 'commercial']) }),
  z.strictObject({
    kind: z.literal('hot_holding'),
    food: z.enum(['usual', 'roast']),
    /** How often it is read: the house's practice. */
    everyMinutes: z.int().min(15).max(240),
  }),
  /** By the id of the cooking rule of the edition that holds there. */
  z.strictObject({ kind: z.literal('cooking'), rule: z.string().min(1).max(60) }),
  z.strictObject({
    kind: z.literal('time_control'),
    hours: z.union([z.literal(4), z.literal(6)]),
    start: z.enum(TIME_CONTROL_STARTS),
    /** The food is marked with the time at which it is to be used up. */
    isMarked: z.boolean(),
    /** A written procedure was there in advance. */
    hasProcedure: z.boolean(),
  }),
  z.strictObject({ kind: z.literal('thawing'), method: z.enum(THAWING_METHODS), isRaw: z.boolean() }),
  z.strictObject({
    kind: z.literal('date_mark'),
    /** When each ingredient was prepared or opened. */
    ingredientPrepDates: z.array(Day).min(1).max(20),
    manufacturerUseBy: Day.nullable(),
  }),
])
export type Plan = z.infer<typeof Plan>

const Disposition = z.enum(DISPOSITIONS)

/**
 * reading: a thermometer was read · reheat: so was it after reheating what had not cooled · correction: of one of these ·
 * froze, thawed, returned: put into the freezer, taken out, put back under temperature control · finish · verification
 */
export const StepKind = z.enum([
  'reading',
  'reheat',
  'correction',
  'froze',
  'thawed',
  'returned',
  'finish',
  'verification',
])
export type StepKind = z.infer<typeof StepKind>

/** One thing that was done. Nothing of it changes afterwards; a correction is another step. */
export const ProcessStep = z.object({
  id: z.uuid(),
  step: StepKind,
  at: Instant,
  receivedAt: Instant.nullable(),
  timeQuality: RecordedTimeQuality.nullable(),
  /** superseded: it came, or was done, when it no longer counted; kept all the same. */
  outcome: z.enum(['applied', 'superseded']),
  by: Person.nullable(),
  kiosk: Person.nullable(),
  value: ReadValue.nullable(),
  of: z.enum(['food', 'water']),
  /** How long the food was held at it. */
  heldSeconds: z.int().nullable(),
  probe: Person.nullable(),
  /** How the thermometer stood when it was read. Null: no thermometer was named. */
  probeStanding: z.enum(PROBE_STANDINGS).nullable(),
  /** The reading that a correction is of. */
  correctsId: z.uuid().nullable(),
  disposition: Disposition.nullable(),
  /** On a shared tablet, how it was signed. */
  signature: z.enum(['pin', 'offline']).nullable(),
  note: z.string(),
})
export type ProcessStep = z.infer<typeof ProcessStep>

/** A food and what a kitchen does to it by the clock, with every step of it. */
export const Process = z
  .object({
    id: z.uuid(),
    locationId: z.uuid(),
    kind: z.enum(PROCESS_KINDS),
    plan: Plan,
    product: z.string(),
    batch: z.string(),
    amount: z.string(),
    /** The rule book it is judged by: the one that held when it began. */
    edition: z.string(),
    beganAt: Instant,
    beganBy: Person.nullable(),
    receivedAt: Instant.nullable(),
    timeQuality: RecordedTimeQuality.nullable(),
    kiosk: Person.nullable(),
    state: z.enum(['running', 'finished', 'verified']),
    /** As the last step left it. stopped: it ended before anything was proven. While it runs, time may have decided since. */
    result: z.enum(['running', 'passed', 'failed', 'stopped']),
    failure: z.enum(FAILURES).nullable(),
    disposition: Disposition.nullable(),
    finishedAt: Instant.nullable(),
    finishedBy: Person.nullable(),
    /** Someone who took no part is to look at it. */
    needsVerification: z.boolean(),
    verifiedAt: Instant.nullable(),
    verifiedBy: Person.nullable(),
    /** What is asked for next, and until when. */
    nextAsk: z.string().nullable(),
    nextAt: Instant.nullable(),
    /** How many tasks it has asked for so far. */
    asked: z.int(),
    steps: z.array(ProcessStep),
  })
  .meta({ id: 'Process' })
export type Process = z.infer<typeof Process>

const Note = z.string().trim().max(1000)

/** A thermometer was read, as typed. Its id is minted where it was done. */
export const ReadingInput = z.strictObject({
  id: z.uuid(),
  value: z.string().trim().min(1).max(24),
  unit: z.enum(['F', 'C']),
  of: z.enum(['food', 'water']).default('food'),
  heldSeconds: z.int().min(0).max(86_400).nullable().default(null),
  probeId: z.uuid().nullable().default(null),
  note: Note.default(''),
})
export type ReadingInput = z.output<typeof ReadingInput>

export const BeginInput = z.strictObject({
  id: z.uuid(),
  locationId: z.uuid(),
  plan: Plan,
  product: z.string().trim().min(1).max(120),
  batch: z.string().trim().max(60).default(''),
  amount: z.string().trim().max(60).default(''),
  /** What it was when it began. */
  reading: ReadingInput.nullable().default(null),
})
export type BeginInput = z.output<typeof BeginInput>

export const StepReading = ReadingInput.extend({ step: z.enum(['reading', 'reheat']).default('reading') })
export type StepReading = z.output<typeof StepReading>

export const CorrectionInput = z.strictObject({
  id: z.uuid(),
  correctsId: z.uuid(),
  value: z.string().trim().min(1).max(24),
  unit: z.enum(['F', 'C']),
  reason: z.string().trim().min(3).max(1000),
})
export type CorrectionInput = z.output<typeof CorrectionInput>

export const EventInput = z.strictObject({
  id: z.uuid(),
  event: z.enum(['froze', 'thawed', 'returned']),
  note: Note.default(''),
})
export type EventInput = z.output<typeof EventInput>

export const FinishInput = z.strictObject({ id: z.uuid(), disposition: Disposition, note: Note.default('') })
export type FinishInput = z.output<typeof FinishInput>

export const VerifyInput = z.strictObject({ id: z.uuid(), note: Note.default('') })
export type VerifyInput = z.output<typeof VerifyInput>

export const processRefusals = [
  'processes.id_taken',
  'processes.dates_wrong',
  'processes.rule_unknown',
  'processes.probe_unknown',
  'processes.step_unknown',
  'processes.corrected_already',
  'processes.not_running',
  'processes.not_frozen',
  'processes.frozen_already',
  'processes.wrong_event',
  'processes.not_to_be_reheated',
  'processes.disposition_wrong',
  'processes.reason_missing',
  'processes.not_finished',
  'processes.nothing_to_verify',
  'processes.verified_by_participant',
] as const
