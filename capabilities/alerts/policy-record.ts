import { Instant } from '@opsflow/platform/route'
import { z } from 'zod'
import { Kind, Policy, QuietHours, Severity } from './policy.ts'

const Node = {
  /** A group with all below it. */
  groupId: z.uuid().nullable(),
  locationId: z.uuid().nullable(),
}

/** A policy where it was set: at a location, a group, or (neither) the whole organization. The nearest one holds. */
export const PolicyRecord = z
  .object({
    id: z.uuid(),
    kind: Kind,
    severity: Severity,
    ...Node,
    policy: Policy,
    revision: z.int(),
    changedAt: Instant,
    changedBy: z.object({ id: z.uuid(), name: z.string() }).nullable(),
  })
  .meta({ id: 'AlertPolicyRecord' })
export type PolicyRecord = z.infer<typeof PolicyRecord>

const oneNode = {
  check: (at: { groupId: string | null; locationId: string | null }) => at.groupId === null || at.locationId === null,
  otherwise: { message: 'Name a group or a location, not both.', path: ['locationId'] },
}

export const PolicyChange = z
  .strictObject({
    kind: Kind,
    severity: Severity,
    ...Node,
    policy: Policy,
    /** The one that was on the screen when it was changed; 0: there was none. */
    revision: z.int().min(0).max(2_147_483_647),
  })
  .refine(oneNode.check, oneNode.otherwise)
export type PolicyChange = z.output<typeof PolicyChange>

/** Whom a policy would tell at a location, and when, if nobody did anything. */
export const PolicyPreview = z.object({
  items: z.array(
    z.object({
      /** After the matter began. */
      afterMinutes: z.number(),
      step: z.int(),
      people: z.array(z.object({ id: z.uuid(), name: z.string() })),
    }),
  ),
})
export const PreviewOf = z.strictObject({ kind: Kind, severity: Severity, locationId: z.uuid(), policy: Policy })

/** How someone wants to be told. What is critical may break their quiet hours, where the policy says so. */
export const NoticePreferences = z
  .strictObject({
    /** IANA zone, which the quiet hours are in. Null: each location's own. */
    zone: z.string().min(1).max(60).nullable(),
    quiet: QuietHours.nullable(),
    byPush: z.boolean(),
    byEmail: z.boolean(),
    /** Kinds that stay in the inbox. */
    muted: z.array(Kind).max(10),
  })
  .meta({ id: 'NoticePreferences' })
export type NoticePreferences = z.infer<typeof NoticePreferences>

export const byEveryWay: NoticePreferences = { zone: null, quiet: null, byPush: true, byEmail: true, muted: [] }
