import { RecordedTimeQuality } from '@opsflow/platform/moment'
import { Instant } from '@opsflow/platform/route'
import { z } from 'zod'
import { Presence } from './presence.ts'

const Person = z.object({ id: z.uuid(), name: z.string() })

/**
 * What people and rules made of it. Late and overdue are no states: they follow from the clock (standingOf).
 * empty: there was nothing to record, with a reason · missed: its time ran out, closed by rule · withdrawn: its
 * schedule changed before anyone had begun.
 */
export const ChecklistStatus = z.enum(['open', 'in_progress', 'completed', 'empty', 'missed', 'withdrawn'])
export type ChecklistStatus = z.infer<typeof ChecklistStatus>

/** A signature: who, when, what it means, and the SHA-256 of exactly what was signed (signedText). */
export const SignOff = z.object({
  id: z.uuid(),
  /** countersigned: by the manager on duty, beside whoever did it · declined: they did not, and why. */
  meaning: z.enum(['performed', 'countersigned', 'declined', 'verified', 'rejected']),
  by: Person.nullable(),
  kiosk: Person.nullable(),
  at: Instant,
  timeQuality: RecordedTimeQuality,
  /** How they had proved themselves: their session, their PIN to the server, or their PIN to the tablet alone. */
  signature: z.enum(['session', 'pin', 'offline']),
  note: z.string(),
  digest: z.string().regex(/^[0-9a-f]{64}$/),
  /** What of `presences` it was given for. */
  presences: z.array(z.uuid()),
})
export type SignOff = z.infer<typeof SignOff>

/** Someone left it to another person to go on with, and why. The latest says whose it is. */
export const HandOver = z.object({
  id: z.uuid(),
  to: Person,
  by: Person.nullable(),
  kiosk: Person.nullable(),
  at: Instant,
  note: z.string(),
})
export type HandOver = z.infer<typeof HandOver>

/** Why a missed checklist is nobody's fault, in a manager's words. It was missed all the same, and stays so on record. */
export const Excuse = z.object({ by: Person.nullable(), at: Instant, reason: z.string() })
export type Excuse = z.infer<typeof Excuse>

/** With who took it back. */
export const PastExcuse = Excuse.extend({ takenBackBy: Person.nullable(), takenBackAt: Instant.nullable() })
export type PastExcuse = z.infer<typeof PastExcuse>

/** An occurrence of a template at a location: one checklist to be done. */
export const Checklist = z
  .object({
    id: z.uuid(),
    locationId: z.uuid(),
    formId: z.uuid(),
    templateId: z.uuid(),
    version: z.int(),
    name: z.string(),
    category: z.string(),
    /** Null: begun by hand. */
    scheduleId: z.uuid().nullable(),
    /** The location's business day it belongs to. */
    day: z.iso.date(),
    /** A role (`org:member`, or a role of the organization's own by its id). Null: whoever is on. */
    role: z.string().nullable(),
    status: ChecklistStatus,
    visibleAt: Instant,
    /** The aim; then late, with `lateAt` as the last moment that still counts as on time; closed by rule at `missedAt`. */
    dueAt: Instant.nullable(),
    lateAt: Instant.nullable(),
    missedAt: Instant.nullable(),
    startedAt: Instant.nullable(),
    startedBy: Person.nullable(),
    completedAt: Instant.nullable(),
    completedBy: Person.nullable(),
    /** Why there was nothing to record, in someone's words. */
    reason: z.string(),
    /** Of one that was missed. What is done after all needs none. */
    excuse: Excuse.nullable(),
    needsVerification: z.boolean(),
    signOffs: z.array(SignOff),
    handOvers: z.array(HandOver),
    presences: z.array(Presence),
    receivedAt: Instant.nullable(),
    timeQuality: RecordedTimeQuality.nullable(),
    createdAt: Instant,
  })
  .meta({ id: 'Checklist' })
export type Checklist = z.infer<typeof Checklist>
