import { Instant } from '@opsflow/platform/route'
import { z } from 'zod'
import { LACKS } from './missing.ts'
import { STANDINGS } from './monitored.ts'
import { PlanContent } from './plan.ts'
import { MEANINGS, STEPS } from './words.ts'

const Person = z.object({ id: z.uuid(), name: z.string() })
const count = z.int().nonnegative()
const Named = z.object({ id: z.uuid(), name: z.string() })

export const PlanName = z.string().trim().min(1).max(120)

/** The revision that is the plan now. */
export const InForce = z.object({
  id: z.uuid(),
  number: z.int().positive(),
  signedAt: Instant,
  signedBy: Person.nullable(),
  /** The day by which it is to be looked at again. */
  reviewDue: z.iso.date(),
  /** When it was last found to hold still, and by whom; null: not since it was signed. */
  reviewed: z.object({ at: Instant, by: Person.nullable(), comment: z.string() }).nullable(),
})

export type InForce = z.infer<typeof InForce>

export const PlanSummary = z
  .object({
    id: z.uuid(),
    locationId: z.uuid(),
    name: z.string(),
    /** Null: never signed. */
    inForce: InForce.nullable(),
    /** The draft says something else than the revision in force. */
    isChanged: z.boolean(),
    points: z.int(),
    createdAt: Instant,
    updatedAt: Instant,
    archivedAt: Instant.nullable(),
  })
  .meta({ id: 'HaccpPlanSummary' })
export type PlanSummary = z.infer<typeof PlanSummary>

export const Missing = z.object({
  step: z.enum(STEPS),
  code: z.enum(LACKS),
  id: z.uuid().nullable(),
  name: z.string(),
})

export const RevisionSummary = z.object({
  id: z.uuid(),
  number: z.int().positive(),
  note: z.string(),
  signedAt: Instant,
  signedBy: Person.nullable(),
})
export type RevisionSummary = z.infer<typeof RevisionSummary>

export const HaccpPlan = PlanSummary.extend({
  draft: PlanContent,
  /** Rises with each saving: of two who write at once, the second is told. */
  revision: z.int(),
  /** What it lacks before it can be signed. */
  missing: z.array(Missing),
  revisions: z.array(RevisionSummary),
}).meta({ id: 'HaccpPlan' })
export type HaccpPlan = z.infer<typeof HaccpPlan>

export const LimitRuleShown = z.object({
  id: z.string(),
  what: z.string(),
  text: z.string(),
  source: z.string(),
  edition: z.string(),
  confirmWithAuthority: z.boolean(),
  process: z.string().nullable(),
})

/** What there is at a location that a plan can point at. */
export const PlanChoices = z
  .object({
    location: z.object({ id: z.uuid(), name: z.string(), hasOpeningHours: z.boolean() }),
    units: z.array(z.object({ id: z.uuid(), name: z.string(), kind: z.string() })),
    schedules: z.array(
      z.object({
        id: z.uuid(),
        name: z.string(),
        template: z.string(),
        items: z.array(z.object({ id: z.uuid(), label: z.string() })),
      }),
    ),
    limits: z.array(LimitRuleShown),
  })
  .meta({ id: 'HaccpPlanChoices' })
export type PlanChoices = z.infer<typeof PlanChoices>

/** What the plan points at, as it was called and printed when it was signed. */
export const Shown = z.object({
  location: z.string(),
  units: z.record(z.string(), z.string()),
  schedules: z.record(z.string(), z.string()),
  items: z.record(z.string(), z.string()),
  limits: z.record(
    z.string(),
    z.object({ what: z.string(), text: z.string(), source: z.string(), edition: z.string() }),
  ),
})
export type Shown = z.infer<typeof Shown>

export const PlanSignature = z.object({
  id: z.uuid(),
  meaning: z.enum(MEANINGS),
  comment: z.string(),
  signedAt: Instant,
  by: Person.nullable(),
})
export type PlanSignature = z.infer<typeof PlanSignature>

export const DifferenceShown = z.object({
  part: z.enum(['plan', 'team', 'products', 'steps', 'arrows', 'hazards', 'controls', 'verifications', 'records']),
  change: z.enum(['added', 'removed', 'changed']),
  name: z.string(),
  fields: z.array(z.string()),
})

/** A plan as it was signed. Nothing of it changes afterwards; others may still sign it. */
export const HaccpRevision = RevisionSummary.extend({
  planId: z.uuid(),
  locationId: z.uuid(),
  name: z.string(),
  content: PlanContent,
  shown: Shown,
  /** SHA-256 of what was signed, in hexadecimal. */
  digest: z.string(),
  signatures: z.array(PlanSignature),
  isInForce: z.boolean(),
  reviewDue: z.iso.date().nullable(),
  /** The one before, and what this one says otherwise. */
  before: z.object({ id: z.uuid(), number: z.int(), differences: z.array(DifferenceShown) }).nullable(),
}).meta({ id: 'HaccpRevision' })
export type HaccpRevision = z.infer<typeof HaccpRevision>

export const NewPlan = z.strictObject({
  locationId: z.uuid(),
  name: PlanName,
  /** empty: a blank sheet · restaurant: our own plan of a kitchen that cooks, chills, reheats and holds hot · or another plan. */
  from: z.union([z.enum(['empty', 'restaurant']), z.strictObject({ planId: z.uuid() })]).default('empty'),
  /** In which our own plan is written. */
  language: z.enum(['en', 'es']).default('en'),
})
export type NewPlan = z.output<typeof NewPlan>

/** Where a record of the view leads. */
const Record = z.object({
  kind: z.enum(['corrective_action', 'finding', 'task', 'process', 'checklist', 'unit']),
  id: z.uuid(),
})

/**
 * nothing: nobody did anything about it yet · open: begun or asked for · done: done, and nobody confirmed it ·
 * verified: done and confirmed, or put right and checked anew
 */
export const ACTED = ['nothing', 'open', 'done', 'verified'] as const

export const Deviation = z
  .object({
    /** excursion: a unit out of its limit · answer: a failing answer · process: a food outside its rule. */
    kind: z.enum(['excursion', 'answer', 'process']),
    id: z.uuid(),
    at: Instant,
    until: Instant.nullable(),
    what: z.string(),
    value: z.string(),
    record: Record,
    acted: z.enum(ACTED),
    /** What was done about it, where that is recorded apart. */
    action: Record.nullable(),
  })
  .meta({ id: 'HaccpDeviation' })
export type Deviation = z.infer<typeof Deviation>

const Counts = {
  expected: count,
  done: count,
  /** Of these, how many too late. */
  late: count,
}

export const MonitoredTie = z.object({
  id: z.uuid(),
  kind: z.enum(['unit', 'schedule', 'process']),
  name: z.string(),
  standing: z.enum(STANDINGS),
  ...Counts,
  /** When it was last done in these days. */
  lastAt: Instant.nullable(),
  /** The unit itself; else null. */
  unitId: z.uuid().nullable(),
  /** Out of its limit for less than its alarm allows: a door, a defrost. */
  brief: count,
})
export type MonitoredTie = z.infer<typeof MonitoredTie>

export const MonitoredControl = z.object({
  id: z.uuid(),
  number: z.string(),
  kind: z.enum(['ccp', 'operational']),
  stepName: z.string(),
  hazards: z.array(z.string()),
  limits: z.array(z.string()),
  standing: z.enum(STANDINGS),
  ...Counts,
  ties: z.array(MonitoredTie),
  deviations: z.object({
    count,
    /** Of these, how many nobody has finished with. */
    open: count,
    /** The latest, at most a hundred. */
    items: z.array(Deviation),
  }),
})
export type MonitoredControl = z.infer<typeof MonitoredControl>

/** Is a signed plan kept to: for each control, what was to be monitored, what was, what went wrong, what was done about it. */
export const PlanMonitoring = z
  .object({
    plan: Named,
    location: Named,
    revision: z.object({ id: z.uuid(), number: z.int(), signedAt: Instant }),
    from: z.iso.date(),
    to: z.iso.date(),
    /** The business day it is there. */
    today: z.iso.date(),
    /** The instant all of it was counted at. */
    at: Instant,
    controls: z.array(MonitoredControl),
  })
  .meta({ id: 'HaccpPlanMonitoring' })
export type PlanMonitoring = z.infer<typeof PlanMonitoring>
