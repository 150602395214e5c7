import { z } from 'zod'
import { AuditScheme, ScoredAs } from './scoring.ts'

/** Where in a template: the item, in its entry where its section repeats, and how that is called. */
const place = { itemId: z.uuid(), entryId: z.uuid().nullable(), label: z.string() }

/** scored: by a scheme or a template without a pass mark · not_scored: nothing in it could be scored, neither 0 nor 100. */
export const ScoreStatus = z.enum(['pass', 'fail', 'fail_critical', 'incomplete', 'not_scored', 'scored'])
export type ScoreStatus = z.infer<typeof ScoreStatus>

/** at: an instant · by: through that day of the location's calendar. */
const Due = z.union([z.object({ at: z.number() }), z.object({ by: z.iso.date() })])

export const ScoreCost = z.object({
  ...place,
  /** Below zero: a bonus. Of a scheme without points: zero. */
  points: z.number(),
  as: ScoredAs.nullable(),
  /** By when it is put right at the latest, where the scheme says so. */
  due: Due.nullable(),
  /** It was found, and put right before the end. */
  correctedOnSite: z.boolean(),
})
export type ScoreCost = z.infer<typeof ScoreCost>

/** A score with what it is made of. Kept as it was when the audit was completed, and never computed again. */
export const Score = z
  .object({
    scheme: AuditScheme,
    /** Which text of the scheme's rules. */
    edition: z.string(),
    status: ScoreStatus,
    /** 0.00 to 100.00. Null: not scored, or a scheme that knows no percentage. */
    compliance: z.number().min(0).max(100).nullable(),
    points: z.number().nullable(),
    max: z.number().nullable(),
    /** A letter, a rating, or what the card at the door would show. Computed: what was posted is another thing. */
    grade: z.string().nullable(),
    /** What follows by the scheme, such as `ungraded_reinspect_min_7_days`. */
    outcome: z.string().nullable(),
    failedCritical: z.array(z.object(place)),
    sections: z.array(
      z.object({
        sectionId: z.uuid(),
        entryId: z.uuid().nullable(),
        label: z.string(),
        score: z.number(),
        max: z.number(),
        percent: z.number().nullable(),
      }),
    ),
    /** Dearest first. With the surcharges and `heldBack` they are exactly what is missing. */
    costs: z.array(ScoreCost),
    surcharges: z.array(z.object({ for: z.string(), points: z.number() })),
    heldBack: z.number(),
  })
  .meta({ id: 'AuditScore' })
export type Score = z.infer<typeof Score>
