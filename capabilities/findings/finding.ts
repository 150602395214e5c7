import { ScoredAs } from '@opsflow/capabilities/audits'
import { RecordedTimeQuality } from '@opsflow/platform/moment'
import { Instant } from '@opsflow/platform/route'
import { z } from 'zod'
import { CAUSES, SEVERITIES, STATES } from './words.ts'

const Person = z.object({ id: z.uuid(), name: z.string() })

export const FindingState = z.enum(STATES)
export type FindingState = z.infer<typeof FindingState>
export const Severity = z.enum(SEVERITIES)
export type Severity = z.infer<typeof Severity>
export const FindingCause = z.enum(CAUSES)

/** What it cost, in millionths of the currency's unit. */
export const Cost = z.strictObject({
  micro: z.int().min(0).max(1_000_000_000_000_000),
  currency: z.string().regex(/^[A-Z]{3}$/),
})
export type Cost = z.infer<typeof Cost>

/** What is found most: an item over all its visits, whether it became a finding or a unit's corrective action. */
export const MostFound = z.object({
  templateId: z.uuid(),
  itemId: z.uuid(),
  /** As it was asked last. */
  label: z.string(),
  auditName: z.string(),
  /** How often it was found, how often of that again at the very next visit, at how many places, and how many are open. */
  found: z.int(),
  again: z.int(),
  places: z.int(),
  open: z.int(),
})
export type MostFound = z.infer<typeof MostFound>

/** One step as it was recorded. superseded: it came too late to count, and is history. */
export const FindingStep = z.object({
  id: z.uuid(),
  step: z.enum(['opened', 'fixed', 'sent_back', 'verified', 'repeated', 'resolved', 'withdrawn']),
  outcome: z.enum(['applied', 'superseded']),
  at: Instant,
  receivedAt: Instant.nullable(),
  timeQuality: RecordedTimeQuality.nullable(),
  by: Person.nullable(),
  kiosk: Person.nullable(),
  /** On a shared tablet: whether the server or the tablet alone had looked at the PIN. */
  signature: z.enum(['pin', 'offline']).nullable(),
  note: z.string(),
  cause: FindingCause.nullable(),
  cost: Cost.nullable(),
  /** The later visit that found it again, or in order. */
  checklistId: z.uuid().nullable(),
})
export type FindingStep = z.infer<typeof FindingStep>

/** What an audit found: a failing answer that someone puts right by a day, and another person confirms. */
export const Finding = z
  .object({
    id: z.uuid(),
    locationId: z.uuid(),
    /** Null: the server has not heard of the audit yet. */
    auditId: z.uuid().nullable(),
    /** The checklist that the audit was, and its failing answer with note and photos. */
    checklistId: z.uuid(),
    answerId: z.uuid(),
    templateId: z.uuid(),
    version: z.int(),
    auditName: z.string(),
    itemId: z.uuid(),
    /** In a repeating section: the unit, or the batch. */
    entryId: z.uuid().nullable(),
    label: z.string(),
    /** What it is under a public scheme. */
    as: ScoredAs.nullable(),
    severity: Severity,
    said: z.object({ note: z.string(), photos: z.int() }),
    dueAt: Instant,
    /** Due through this day of the location's calendar. Null: an hour was given. */
    dueDay: z.iso.date().nullable(),
    /** Whose it is, is the task's. */
    taskId: z.uuid(),
    assignedTo: Person.nullable(),
    assignedRole: z.object({ id: z.string(), name: z.string().nullable() }).nullable(),
    state: FindingState,
    openedAt: Instant,
    openedBy: Person.nullable(),
    fixedAt: Instant.nullable(),
    endedAt: Instant.nullable(),
    /** A later visit found it in order. */
    resolvedAt: Instant.nullable(),
    /** The earlier finding that it is again, and how often it was found in a row. */
    repeatsId: z.uuid().nullable(),
    times: z.int().min(1),
    history: z.array(FindingStep),
  })
  .meta({ id: 'Finding' })
export type Finding = z.infer<typeof Finding>
