import { defineRoutes, IdParams, PageQuery, page } from '@opsflow/platform/route'
import { z } from 'zod'
import { Audit } from './audit.ts'
import { ScoreStatus } from './score.ts'
import { AuditType } from './scoring.ts'

const tag = 'audits'
/** An audit is a checklist with a score: whoever may see the one may see the other. */
const permission = 'checklists.read'

export const auditRoutes = defineRoutes({
  'GET /audits': {
    summary: 'Audits with their scores, the latest business day first',
    description:
      'What stands: a checklist that was sent back has no audit until it is completed again. With `checklistId`: all that ' +
      'this one came to, the earlier ones too. A score is kept as it was when the audit was completed.',
    tag,
    permission,
    query: PageQuery.extend({
      locationId: z.uuid().optional(),
      templateId: z.uuid().optional(),
      checklistId: z.uuid().optional(),
      auditType: AuditType.optional(),
      status: ScoreStatus.optional(),
      from: z.iso.date().optional(),
      to: z.iso.date().optional(),
    }),
    response: page(Audit),
  },
  'GET /audits/{id}': {
    summary: 'One audit: its score, and which answers cost what',
    tag,
    permission,
    params: IdParams,
    response: Audit,
  },
})
