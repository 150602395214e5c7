import { Instant } from '@opsflow/platform/route'
import { z } from 'zod'
import { Score, ScoreStatus } from './score.ts'
import { AuditScheme, AuditType } from './scoring.ts'

/** An audit that was completed: a checklist with its score, as it stood then. */
export const Audit = z
  .object({
    id: z.uuid(),
    locationId: z.uuid(),
    /** The checklist it was: its answers, photos and signatures. */
    checklistId: z.uuid(),
    templateId: z.uuid(),
    version: z.int(),
    name: z.string(),
    auditType: AuditType,
    /** The location's business day. */
    auditDate: z.iso.date(),
    scheme: AuditScheme,
    status: ScoreStatus,
    /** 0.00 to 100.00. Null: not scored, or a scheme that knows no percentage. */
    complianceScore: z.number().min(0).max(100).nullable(),
    grade: z.string().nullable(),
    score: Score,
    scoredAt: Instant,
    scoredBy: z.object({ id: z.uuid(), name: z.string() }).nullable(),
    /** Was it shown that someone was at the place? not_here: tried, and it did not show it. How stands with the checklist. */
    presence: z.enum(['here', 'not_here', 'not_shown']),
  })
  .meta({ id: 'Audit' })
export type Audit = z.infer<typeof Audit>

/** The kind of rows that devices hold of audits, as the feed names it. */
export const AUDIT = 'audit'
