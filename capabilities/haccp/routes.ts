import { defineRoutes, FileAnswer, IdParams } from '@opsflow/platform/route'
import { z } from 'zod'
import { HaccpPlan, HaccpRevision, NewPlan, PlanChoices, PlanMonitoring, PlanName, PlanSummary } from './haccp-plan.ts'
import { WholePlan } from './plan.ts'

const tag = 'haccp'
const DAY_MS = 86_400_000
const LONGEST_DAYS = 366

/** A plan with every field filled is well below this. */
const whole = { type: 'application/json', maxBytes: 1024 * 1024 }
const Note = z.string().trim().max(1000).default('')

export const haccpRoutes = defineRoutes({
  'GET /haccp-plans': {
    summary: 'HACCP plans, by their names',
    description: 'At most 500. Those that were archived are another list, the latest first.',
    tag,
    permission: 'haccp.read',
    query: z.strictObject({ locationId: z.uuid().optional(), archived: z.enum(['true', 'false']).default('false') }),
    response: z.object({ items: z.array(PlanSummary) }),
  },
  'POST /haccp-plans': {
    summary: 'Begin a plan: empty, from our plan of a restaurant, or from another plan',
    description:
      'What a copy points at belongs to where it was copied from: units and schedules are found anew by their kinds and names, ' +
      'what is not found is left out, and its diagram is to be confirmed on site.',
    tag,
    permission: 'haccp.write',
    body: NewPlan,
    response: HaccpPlan,
    status: 201,
    refusals: ['haccp.location_unknown', 'haccp.plan_unknown', 'haccp.name_taken'],
  },
  'GET /haccp-choices': {
    summary: 'What a plan at a location can point at: units, schedules with their questions, limit rules',
    tag,
    permission: 'haccp.read',
    query: z.strictObject({ locationId: z.uuid() }),
    response: PlanChoices,
  },
  'GET /haccp-plans/{id}': {
    summary: 'One plan: its draft, what it lacks, and its revisions',
    tag,
    permission: 'haccp.read',
    params: IdParams,
    response: HaccpPlan,
  },
  'PUT /haccp-plans/{id}/draft': {
    summary: 'Save what is being written',
    description:
      'Nothing is in force until it is signed. Of two who write at once, the second is told. A flow diagram that changes is to be confirmed on site anew.',
    tag,
    permission: 'haccp.write',
    accepts: whole,
    params: IdParams,
    body: z.strictObject({ revision: z.int().positive(), draft: WholePlan }),
    response: HaccpPlan,
    refusals: ['haccp.changed_meanwhile', 'haccp.archived', 'haccp.day_to_come'],
  },
  'PATCH /haccp-plans/{id}': {
    summary: 'Rename a plan, archive it, or bring it back',
    description:
      'Revisions keep the name under which they were signed. Nobody is asked to review an archived plan; once it is back, they are.',
    tag,
    permission: 'haccp.write',
    params: IdParams,
    body: z.strictObject({ name: PlanName.optional(), archived: z.boolean().optional() }),
    response: HaccpPlan,
    refusals: ['haccp.name_taken'],
  },
  'POST /haccp-plans/{id}/revisions': {
    summary: 'Sign the draft: it becomes the plan',
    description:
      'A revision has a number, a digest of everything it says, and the name and time of whoever signed. Nothing of it changes afterwards.',
    tag,
    permission: 'haccp.sign',
    callers: ['member'],
    params: IdParams,
    body: z.strictObject({ revision: z.int().positive(), note: Note }),
    response: HaccpRevision,
    status: 201,
    refusals: ['haccp.incomplete', 'haccp.changed_meanwhile', 'haccp.archived', 'haccp.nothing_changed'],
  },
  'GET /haccp-revisions/{id}': {
    summary: 'A plan as it was signed, and what it says otherwise than the revision before',
    tag,
    permission: 'haccp.read',
    params: IdParams,
    response: HaccpRevision,
  },
  'GET /haccp-revisions/{id}/plan.pdf': {
    summary: 'The same as a tagged PDF, in the order of the twelve steps',
    tag,
    permission: 'haccp.read',
    params: IdParams,
    query: z.strictObject({ language: z.enum(['en', 'es']).default('en') }),
    produces: '*/*',
    response: FileAnswer,
  },
  'POST /haccp-revisions/{id}/signatures': {
    summary: 'Sign a revision that is in force: as another of the team, or that it still holds after a review',
    description:
      '`digest` is that of the revision as it was read. A review moves the day by which the next one is due.',
    tag,
    permission: 'haccp.sign',
    callers: ['member'],
    params: IdParams,
    body: z.strictObject({
      meaning: z.enum(['agreed', 'reviewed']),
      digest: z.string().regex(/^[0-9a-f]{64}$/),
      comment: Note,
    }),
    response: HaccpRevision,
    status: 201,
    refusals: ['haccp.signed_already', 'haccp.not_in_force', 'haccp.digest_differs'],
  },
  'GET /haccp-plans/{id}/monitoring': {
    summary:
      'Is the signed plan kept to: for each control, what was to be monitored, what was, what deviated, what was done',
    description:
      'By business days of the location, both inclusive, a year at most; what is not over yet is not counted. Days before it was signed are held ' +
      'against it too. Readings by hours, checklists by when they were done, foods by when they began.',
    tag,
    permission: 'haccp.read',
    params: IdParams,
    query: z
      .strictObject({ from: z.iso.date(), to: z.iso.date() })
      .refine(({ from, to }) => from <= to && Date.parse(to) - Date.parse(from) < LONGEST_DAYS * DAY_MS, {
        message: `At most ${LONGEST_DAYS} days, the first one first.`,
        path: ['to'],
      }),
    response: PlanMonitoring,
    refusals: ['haccp.not_signed'],
  },
})
