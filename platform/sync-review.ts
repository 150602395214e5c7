import { z } from 'zod'
import { RecordedTimeQuality } from './moment.ts'
import { defineRoutes, IdParams, Instant, PageQuery, page } from './route.ts'
import { Outcome } from './sync.ts'

const Named = z.object({ id: z.uuid(), name: z.string() })
const Reason = z.string().trim().min(3).max(1000)

/** Offline work that was set aside: what someone did who had lost the right to by the time it arrived. */
export const SetAside = z
  .object({
    id: z.uuid(),
    /** What was done, as a device records it. */
    name: z.string(),
    args: z.record(z.string(), z.unknown()),
    /** Null: what it is about is not known here. */
    location: Named.nullable(),
    by: Named.nullable(),
    kiosk: Named.nullable(),
    occurredAt: Instant,
    receivedAt: Instant,
    timeQuality: RecordedTimeQuality,
    /** What the device's own clock said. */
    deviceAt: Instant,
    code: z.string().nullable(),
    detail: z.string().nullable(),
    decision: z
      .object({
        kind: z.enum(['accepted', 'rejected', 'discarded']),
        reason: z.string(),
        by: Named.nullable(),
        at: Instant,
        outcome: Outcome.nullable(),
      })
      .nullable(),
  })
  .meta({ id: 'SetAside' })
export type SetAside = z.infer<typeof SetAside>

const refusals = ['sync.already_decided', 'sync.author_unknown', 'sync.mutation_unknown'] as const

export const syncReviewRoutes = defineRoutes({
  'GET /sync/quarantine': {
    summary: 'Offline work that was set aside, the oldest first',
    description: 'Of the locations where the caller may decide. `state=decided`: with who decided and why.',
    tag: 'sync',
    permission: 'sync.review',
    query: PageQuery.extend({ state: z.enum(['open', 'decided']).default('open'), locationId: z.uuid().optional() }),
    response: page(SetAside),
  },
  'POST /sync/quarantine/{id}/acceptance': {
    summary: 'Do it after all, in the name of whoever did it',
    description:
      'Runs as if it had arrived in time, with the time at which it was done and by the rights of the caller, who is named as having accepted it. What its rules refuse stays undecided.',
    tag: 'sync',
    permission: 'sync.review',
    callers: ['member'],
    params: IdParams,
    body: z.strictObject({ reason: z.string().trim().max(1000).default('') }),
    response: SetAside,
    refusals,
  },
  'POST /sync/quarantine/{id}/rejection': {
    summary: 'Leave it undone, with a reason',
    tag: 'sync',
    permission: 'sync.review',
    callers: ['member'],
    params: IdParams,
    body: z.strictObject({ reason: Reason }),
    response: SetAside,
    refusals,
  },
})
