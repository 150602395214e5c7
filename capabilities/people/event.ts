import { Instant } from '@opsflow/platform/route'
import { z } from 'zod'

/** A line of the audit trail: who changed what, from what to what. */
export const AuditEvent = z
  .object({
    id: z.uuid(),
    at: Instant,
    /** What happened, past tense: `people.role_granted`. */
    name: z.string(),
    /** A person, a key, a device or the system, and through which shared tablet. The name is null for the system. */
    actor: z.object({ kind: z.string(), id: z.string(), name: z.string().nullable(), kioskId: z.uuid().nullable() }),
    subject: z.object({ id: z.uuid(), name: z.string().nullable() }),
    /** Null: it concerns the whole organization. */
    location: z.object({ id: z.uuid(), name: z.string() }).nullable(),
    before: z.record(z.string(), z.unknown()).nullable(),
    after: z.record(z.string(), z.unknown()).nullable(),
  })
  .meta({ id: 'AuditEvent' })
export type AuditEvent = z.infer<typeof AuditEvent>
