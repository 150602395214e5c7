import { TaskSaid } from '@opsflow/capabilities/tasks'
import { RecordedTimeQuality } from '@opsflow/platform/moment'
import { Instant } from '@opsflow/platform/route'
import { z } from 'zod'
import { Kind, Severity, Way } from './policy.ts'

const Person = z.object({ id: z.uuid(), name: z.string() })
export type Person = z.infer<typeof Person>

/** What became of a matter. Being told is in `told`. */
export const MatterEvent = z.object({
  id: z.uuid(),
  event: z.enum(['opened', 'climbed', 'acknowledged', 'note', 'closed']),
  at: Instant,
  receivedAt: Instant.nullable(),
  timeQuality: RecordedTimeQuality.nullable(),
  /** Null: the product. */
  by: Person.nullable(),
  kiosk: Person.nullable(),
  note: z.string(),
  /** Until when an acknowledgement holds. */
  until: Instant.nullable(),
})
export type MatterEvent = z.infer<typeof MatterEvent>

/** One person’s notice of it: the first time, the last, and by which ways beside the inbox. */
export const Notice = z.object({
  member: Person,
  firstAt: Instant,
  lastAt: Instant,
  times: z.int(),
  seenAt: Instant.nullable(),
  sent: z.array(
    z.object({
      way: Way,
      at: Instant,
      /** unknown: the server stopped while it was sent; it may have arrived. */
      state: z.enum(['queued', 'sending', 'sent', 'failed', 'unknown', 'not_needed']),
    }),
  ),
})
export type Notice = z.infer<typeof Notice>

/**
 * One subject that is late, failed or unacknowledged, and its one thread. A checklist that was not heard of by its time is
 * called just that: it may have been done on a device that has not spoken yet.
 */
export const Matter = z
  .object({
    id: z.uuid(),
    locationId: z.uuid(),
    kind: Kind,
    severity: Severity,
    subject: z.object({ kind: z.enum(['checklist', 'task', 'alarm', 'mutation']), id: z.uuid() }),
    name: z.string(),
    /** Where the product itself asks for the task it is about: told in any language. */
    said: TaskSaid.nullable(),
    since: Instant,
    assignee: Person.nullable(),
    openedAt: Instant,
    /** How far it has climbed: the step of the policy, counted from 0; −1 before anyone was told. */
    step: z.int(),
    acknowledgedAt: Instant.nullable(),
    acknowledgedBy: Person.nullable(),
    /** Until then the acknowledgement holds; then it comes back. */
    returnsAt: Instant.nullable(),
    nextAt: Instant.nullable(),
    closedAt: Instant.nullable(),
    /** done, or over by itself · in_time: it had been done in time and was only heard of later · missed: its time ran out. */
    closedBecause: z.enum(['done', 'in_time', 'over', 'missed', 'by_hand']).nullable(),
    closedBy: Person.nullable(),
    events: z.array(MatterEvent),
    told: z.array(Notice),
  })
  .meta({ id: 'Matter' })
export type Matter = z.infer<typeof Matter>

export const NoteText = z.string().trim().max(1000)
/** How long someone puts it off: until it comes back if it is not over by then. */
export const HoldMinutes = z.int().min(5).max(1440)

export const matterRefusals = ['alerts.closed', 'alerts.note_needed', 'alerts.id_taken'] as const
