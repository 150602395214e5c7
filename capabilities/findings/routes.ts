import { defineRoutes, IdParams, PageQuery, page } from '@opsflow/platform/route'
import { z } from 'zod'
import { Finding, FindingState, MostFound, Severity } from './finding.ts'
import { findingRefusals } from './finding-change.ts'
import { Fix, SendingBack, SignedVerification } from './finding-input.ts'

const tag = 'findings'
const Flag = z.enum(['true', 'false'])

const filter = {
  locationId: z.uuid().optional(),
  /** owed: open, or fixed and not confirmed yet. */
  state: z.enum([...FindingState.options, 'owed']).optional(),
  severity: Severity.optional(),
  overdue: Flag.optional(),
  checklistId: z.uuid().optional(),
  templateId: z.uuid().optional(),
  taskId: z.uuid().optional(),
}

export const findingRoutes = defineRoutes({
  'GET /findings': {
    summary: 'What audits found: the earliest due first, or the latest found first',
    description:
      'A finding is opened where an audit is completed: one for each failing answer that counts. Nobody makes one by hand.',
    tag,
    permission: 'findings.read',
    query: PageQuery.extend({ ...filter, sort: z.enum(['due', 'newest']).default('due') }),
    response: page(Finding),
  },
  'GET /findings.csv': {
    summary: 'The same as a CSV file: at most 20,000 findings, never cut',
    tag,
    permission: 'findings.read',
    query: z.strictObject(filter),
    produces: 'text/csv',
    response: z.string(),
    refusals: ['findings.too_many_rows'],
  },
  'GET /findings/most-found': {
    summary: 'Which items are found most, at the places the caller sees',
    description:
      'Of findings opened within these days of the UTC calendar, at most 366; the most often found first. What was withdrawn is left out.',
    tag,
    permission: 'findings.read',
    query: z.strictObject({
      locationId: z.uuid().optional(),
      from: z.iso.date(),
      to: z.iso.date(),
      limit: z.coerce.number().int().min(1).max(100).default(20),
    }),
    response: z.object({ items: z.array(MostFound) }),
    refusals: ['findings.span'],
  },
  'GET /findings/{id}': {
    summary: 'One finding with its history',
    tag,
    permission: 'findings.read',
    params: IdParams,
    response: Finding,
  },
  'POST /findings/{id}/fixes': {
    summary: 'Say what was done about it',
    description:
      'May be said again, better, until it is confirmed: what was said before stays in the history. Its task is done by that.',
    tag,
    permission: 'findings.fix',
    callers: ['member'],
    params: IdParams,
    body: Fix,
    response: Finding,
    refusals: findingRefusals,
  },
  'POST /findings/{id}/verifications': {
    summary: 'Confirm it, as someone who did not put it right',
    description:
      'Of the fix that was looked at. All its photos are there by then. Signed with the PIN on a shared tablet.',
    tag,
    permission: 'findings.verify',
    callers: ['member'],
    params: IdParams,
    body: SignedVerification,
    response: Finding,
    refusals: [...findingRefusals, 'signature.missing', 'evidence.missing'],
  },
  'POST /findings/{id}/returns': {
    summary: 'Send it back with a reason',
    description: 'It is open again, and its task with it. Its time stays.',
    tag,
    permission: 'findings.verify',
    callers: ['member'],
    params: IdParams,
    body: SendingBack,
    response: Finding,
    refusals: findingRefusals,
  },
})
