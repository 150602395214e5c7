import { defineRoutes, IdParams, PageQuery, page } from '@opsflow/platform/route'
import { z } from 'zod'
import { ImportedAudit, ImportSource, WholeImportedAudit } from './imported.ts'
import { AuditType } from './scoring.ts'

const tag = 'audits'
const permission = 'checklists.read'

export const importedAuditRoutes = defineRoutes({
  'GET /imported-audits': {
    summary: 'Audits and inspections that others did, the latest first',
    description:
      'As their source gave them, with what our rules come to beside it. They are no part of `GET /audits`, of the league or of ' +
      'any sum. `disagrees`: only those whose given grade or percentage is not the computed one.',
    tag,
    permission,
    query: PageQuery.extend({
      locationId: z.uuid().optional(),
      importId: z.uuid().optional(),
      source: ImportSource.optional(),
      auditType: AuditType.optional(),
      disagrees: z.enum(['true']).optional(),
      from: z.iso.date().optional(),
      to: z.iso.date().optional(),
    }),
    response: page(ImportedAudit),
  },
  'GET /imported-audits/{id}': {
    summary: 'One of them with its answers, its findings and what else its file said',
    tag,
    permission,
    params: IdParams,
    response: WholeImportedAudit,
  },
})
