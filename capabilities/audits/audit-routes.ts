import { defineRoutes, IdParams, PageQuery, page } from '@opsflow/platform/route'
import { z } from 'zod'
import { Audit } from './audit.ts'
import { LeaguePlace } from './league.ts'
import { ScoreStatus } from './score.ts'
import { AuditType } from './scoring.ts'

const tag = 'audits'
/** An audit is a checklist with a score: whoever may see the one may see the other. */
const permission = 'checklists.read'
const LONGEST_DAYS = 366

const filter = {
  locationId: z.uuid().optional(),
  templateId: z.uuid().optional(),
  auditType: AuditType.optional(),
  status: ScoreStatus.optional(),
  from: z.iso.date().optional(),
  to: z.iso.date().optional(),
}

export const auditRoutes = defineRoutes({
  'GET /audits': {
    summary: 'Audits with their scores, the latest business day first',
    description:
      'What stands: a checklist that was sent back has no audit until it is completed again. With `checklistId`: all that ' +
      'this one came to, the earlier ones too. A score is kept as it was when the audit was completed.',
    tag,
    permission,
    query: PageQuery.extend({ ...filter, checklistId: z.uuid().optional() }),
    response: page(Audit),
  },
  'GET /audits.csv': {
    summary: 'The same as a CSV file: at most 20,000 audits, never cut',
    tag,
    permission,
    query: z.strictObject(filter),
    produces: 'text/csv',
    response: z.string(),
    refusals: ['audits.too_many_rows'],
  },
  'GET /audits/league': {
    summary: 'How locations stand against each other in a time, by their audits with a percentage',
    description:
      'Ranked by the average of what stands. Fewer than three audits, or none for 92 days, are told apart and not compared: they say ' +
      'too little. A year at most.',
    tag,
    permission,
    query: z
      .strictObject({
        from: z.iso.date(),
        to: z.iso.date(),
        templateId: z.uuid().optional(),
        auditType: AuditType.optional(),
      })
      .refine(({ from, to }) => from <= to && Date.parse(to) - Date.parse(from) < LONGEST_DAYS * 86_400_000, {
        message: `At most ${LONGEST_DAYS} days, the first one first.`,
        path: ['to'],
      }),
    response: z.object({ items: z.array(LeaguePlace) }),
  },
  'GET /audits/{id}': {
    summary: 'One audit: its score, and which answers cost what',
    tag,
    permission,
    params: IdParams,
    response: Audit,
  },
})
