import { z } from 'zod'

/** What an audit is for, as the records of a chain are kept apart. */
export const AuditType = z.enum(['haccp', 'health_inspection', 'internal'])
export type AuditType = z.infer<typeof AuditType>

export const AuditScheme = z.enum(['weighted', 'nyc', 'la_county', 'fda', 'fhrs'])
export type AuditScheme = z.infer<typeof AuditScheme>

const auditType = AuditType.default('internal')

/** How a template's answers become a score. A template without it is a checklist and no more. */
export const Scoring = z.discriminatedUnion('scheme', [
  z.strictObject({
    scheme: z.literal('weighted'),
    auditType,
    /** From this percentage on it passes. Null: it is scored, and neither passes nor fails. */
    passPercent: z.number().min(0).max(100).nullable().default(80),
  }),
  z.strictObject({
    scheme: z.literal('nyc'),
    auditType,
    inspectionType: z.enum(['initial', 'reinspection']).default('initial'),
  }),
  z.strictObject({ scheme: z.literal('la_county'), auditType }),
  z.strictObject({ scheme: z.literal('fda'), auditType }),
  z.strictObject({ scheme: z.literal('fhrs'), auditType }),
])
export type Scoring = z.output<typeof Scoring>

/** What a failing answer is under a public scheme. */
export const ScoredAs = z.enum([
  ...(['phh', 'critical', 'general', 'unscored'] as const),
  ...(['major', 'minor', 'good_retail_practice', 'no_water', 'sewage', 'vermin'] as const),
  ...(['P', 'Pf', 'C', 'HACCP'] as const),
  ...(['hygiene', 'structural', 'confidence'] as const),
])
export type ScoredAs = z.infer<typeof ScoredAs>

/** Beside an item's weight and whether it is critical: how it counts. */
export const ItemScored = z.strictObject({
  /** In a weighted template. */
  counts: z.enum(['usual', 'bonus', 'deduction']).default('usual'),
  /** Under a public scheme. Null: it is asked and not scored. */
  as: ScoredAs.nullable().default(null),
})
export type ItemScored = z.output<typeof ItemScored>

/** Of an option: its points · under New York City's scheme the condition, 1 to 5 · under the UK's, the score. */
export const OptionPoints = z.number().min(-1000).max(1000)
