import { defineRoutes } from '@opsflow/platform/route'
import { z } from 'zod'
import { AuditExport } from './exported.ts'

const tag = 'audit-exports'
const permission = 'imports.run'
const query = z.strictObject({
  locationId: z.uuid().optional(),
  from: z.iso.date().optional(),
  to: z.iso.date().optional(),
})
const refusals = ['imports.too_many_audits']
const csv = { tag, permission, query, produces: 'text/csv', response: z.string(), refusals } as const

/** Everything of audits: those done here and those that were imported, each saying which it is. */
export const exportRoutes = defineRoutes({
  'GET /audit-exports/audits.csv': { summary: 'Audits, one a row: at most 2,000, never cut', ...csv },
  'GET /audit-exports/answers.csv': { summary: 'What was answered, one a row: of at most 2,000 audits', ...csv },
  'GET /audit-exports/findings.csv': { summary: 'What was found, one a row: of at most 2,000 audits', ...csv },
  'GET /audit-exports/audits.json': {
    summary: 'Audits with answers and findings in our own format: at most 500, never cut',
    description:
      'Read again by `POST /audit-imports`, to the same. An audit done here has the source `opsflow` and is known there by its id; ' +
      'an imported one keeps its own.',
    tag,
    permission,
    query,
    response: AuditExport,
    refusals,
  },
})
