import { AuditScheme, ScoreStatus } from '@opsflow/capabilities/audits'
import { defineRoutes, Instant, PageQuery, page } from '@opsflow/platform/route'
import { z } from 'zod'
import { Excuse } from './checklist.ts'
import { OUTCOMES } from './outcome.ts'

const tag = 'checklists'
const permission = 'checklists.read'
const LONGEST_DAYS = 400
const DAY_MS = 86_400_000

const count = z.int().nonnegative()
const OutcomeCounts = z
  .object(
    Object.fromEntries(OUTCOMES.map((outcome) => [outcome, count])) as Record<(typeof OUTCOMES)[number], typeof count>,
  )
  .meta({
    id: 'ChecklistOutcomeCounts',
    description:
      'on_time: completed by its last moment, by when it was done, not by when that arrived · done_late: completed after it · ' +
      'empty: nothing to record · missed: its time ran out · excused: missed, with a manager’s reason · late: past its last ' +
      'moment, and can still be done · open: not due yet.',
  })

/** Business days of the locations, both inclusive, and a node of the tree: a location, or a group with all below it. */
const span = {
  from: z.iso.date(),
  to: z.iso.date(),
  locationId: z.uuid().optional(),
  groupId: z.uuid().optional(),
}
const isShort = ({ from, to }: { from: string; to: string }) =>
  from <= to && Date.parse(to) - Date.parse(from) < LONGEST_DAYS * DAY_MS
const tooLong = { message: `At most ${LONGEST_DAYS} days, the first one first.`, path: ['to'] }

const isMonth = ({ from, to }: { from: string; to: string }) =>
  from <= to && Date.parse(to) - Date.parse(from) < 45 * DAY_MS
const tooLongMonth = { message: 'At most 45 days, the first one first.', path: ['to'] }

const templateId = z.uuid().optional()
const Completion = z
  .strictObject({ ...span, templateId, by: z.enum(['location', 'checklist', 'day', 'week', 'month']) })
  .refine(isShort, tooLong)
const Failures = z.strictObject({ ...span, templateId }).refine(isShort, tooLong)
const narrowed = {
  ...span,
  templateId,
  outcome: z.enum(OUTCOMES).optional(),
  /** Of this role; `none`: for whoever is on. */
  role: z.string().min(1).max(60).optional(),
  /** Only those in which this item failed. */
  failedItemId: z.uuid().optional(),
}

export const ItemFailures = z
  .object({
    itemId: z.uuid(),
    templateId: z.uuid(),
    item: z.string(),
    checklist: z.string(),
    /** Checklists in which it failed at least once, also where it was put right afterwards. */
    failed: count,
    /** Checklists of this template that were begun. */
    of: count,
    locations: count,
  })
  .meta({ id: 'ChecklistItemFailures' })
export type ItemFailures = z.infer<typeof ItemFailures>

export const ChecklistOutcome = z
  .object({
    id: z.uuid(),
    locationId: z.uuid(),
    templateId: z.uuid(),
    name: z.string(),
    day: z.iso.date(),
    role: z.string().nullable(),
    /** Of a role of the organization’s own. */
    roleName: z.string().nullable(),
    outcome: z.enum(OUTCOMES),
    dueAt: Instant.nullable(),
    lateAt: Instant.nullable(),
    missedAt: Instant.nullable(),
    completedAt: Instant.nullable(),
    startedBy: z.string().nullable(),
    completedBy: z.string().nullable(),
    /** Why there was nothing to record. */
    reason: z.string(),
    excuse: Excuse.nullable(),
  })
  .meta({ id: 'ChecklistOutcome' })
export type ChecklistOutcome = z.infer<typeof ChecklistOutcome>

export const PlannedChecklist = z
  .object({
    scheduleId: z.uuid(),
    templateId: z.uuid(),
    locationId: z.uuid(),
    name: z.string(),
    role: z.string().nullable(),
    /** Of a role of the organization’s own. */
    roleName: z.string().nullable(),
    day: z.iso.date(),
    dueAt: Instant,
  })
  .meta({ id: 'PlannedChecklist' })
export type PlannedChecklist = z.infer<typeof PlannedChecklist>

export const PlannedAudit = z
  .object({
    locationId: z.uuid(),
    templateId: z.uuid(),
    name: z.string(),
    day: z.iso.date(),
    dueAt: Instant.nullable(),
    /** Null: planned, not made yet. */
    checklistId: z.uuid().nullable(),
    /** planned: by its schedule, ahead. Otherwise what became of the checklist. */
    state: z.enum([...OUTCOMES, 'planned']),
    /** What it came to, as it was kept. Null: not done, or done without a score. */
    came: z
      .object({
        scheme: AuditScheme,
        status: ScoreStatus,
        compliance: z.number().nullable(),
        grade: z.string().nullable(),
        outcome: z.string().nullable(),
        /** How many answers cost something. */
        found: count,
      })
      .nullable(),
  })
  .meta({ id: 'PlannedAudit' })
export type PlannedAudit = z.infer<typeof PlannedAudit>

const csv = { tag, permission, produces: 'text/csv', response: z.string() } as const

export const checklistViewRoutes = defineRoutes({
  'GET /checklist-completion': {
    summary: 'How checklists came out: by location, by checklist, or over time',
    description:
      'Of the locations you may see. A key is the id of the location or template, or the first day of the period.',
    tag,
    permission,
    query: Completion,
    response: z.object({
      total: OutcomeCounts,
      items: z.array(z.object({ key: z.string(), name: z.string(), counts: OutcomeCounts })),
    }),
  },
  'GET /checklist-completion.csv': { ...csv, summary: 'The same as a CSV file', query: Completion },
  'GET /checklist-failures': {
    summary: 'Which items fail most',
    description: 'At most a hundred, those that failed in the most checklists first.',
    tag,
    permission,
    query: Failures,
    response: z.object({ items: z.array(ItemFailures) }),
  },
  'GET /checklist-failures.csv': { ...csv, summary: 'The same as a CSV file', query: Failures },
  'GET /checklist-outcomes': {
    summary: 'The checklists behind a number, the latest business day first',
    tag,
    permission,
    query: PageQuery.extend(narrowed).refine(isShort, tooLong),
    response: page(ChecklistOutcome),
  },
  'GET /checklist-outcomes.csv': {
    ...csv,
    summary: 'The same as a CSV file',
    description: 'At most 20,000 rows; more are refused, nothing is left out.',
    query: z.strictObject(narrowed).refine(isShort, tooLong),
    refusals: ['checklists.too_many_rows'],
  },
  'GET /audit-calendar': {
    summary: 'Audits day by day: planned by schedules, done with what they came to, missed',
    description: 'At most 45 days, 200 locations and 2,000 audits; beyond that none are listed: `tooMany`.',
    tag: 'audits',
    permission,
    query: z.strictObject(span).refine(isMonth, tooLongMonth),
    response: z.object({ items: z.array(PlannedAudit), tooMany: z.boolean() }),
  },
  'GET /checklist-plan': {
    summary: 'What schedules will ask for: checklists that are not made yet',
    description:
      'Made from the schedules’ own rules, from where checklists are made already (about a day and a half ahead). Counted by ' +
      'business day; listed for a single location. Beyond 200 locations nothing is counted: `tooMany`.',
    tag,
    permission,
    query: z.strictObject(span).refine(isMonth, tooLongMonth),
    response: z.object({
      days: z.array(z.object({ day: z.iso.date(), planned: count })),
      items: z.array(PlannedChecklist),
      tooMany: z.boolean(),
    }),
  },
})
