import { defineRoutes, IdParams, PageQuery, page, StreamBody } from '@opsflow/platform/route'
import { z } from 'zod'
import { AuditImport, AuditImportSummary, Encoding, ImportPlace, MOST_BYTES, RefusedRow } from './audit-import.ts'
import { InspectionMapping } from './inspection-columns.ts'

const tag = 'audit-imports'
const permission = 'imports.run'

export const importRoutes = defineRoutes({
  'POST /audit-imports': {
    summary: 'Send a file of audits or inspections',
    description:
      'A CSV of inspections (Chicago, New York City, or any with a date and a place), an export of SafetyCulture (one or a list; ' +
      'in a ZIP with its photos, each called by its `media_id`), or audits in our own format; at most 256 MiB, a JSON 24 MiB. It is looked through in the background: ask until its state is ' +
      '`previewed`. Nothing is imported before `POST /audit-imports/{id}/runs`.',
    tag,
    permission,
    callers: ['member'],
    query: z.strictObject({ fileName: z.string().trim().min(1).max(300) }),
    accepts: { type: 'application/octet-stream', maxBytes: MOST_BYTES, streamed: true },
    body: StreamBody,
    response: AuditImport,
    status: 201,
    refusals: ['imports.file_empty', 'imports.file_unknown', 'imports.file_too_large', 'imports.too_many_open'],
  },
  'GET /audit-imports': {
    summary: 'Imports of audits, newest first',
    tag,
    permission,
    query: PageQuery,
    response: page(AuditImportSummary),
  },
  'GET /audit-imports/{id}': {
    summary: 'One import: what its file holds, and how far it is',
    tag,
    permission,
    params: IdParams,
    response: AuditImport,
  },
  'PUT /audit-imports/{id}/reading': {
    summary: 'Read the file otherwise: its encoding, and what its columns mean',
    description: 'It is looked through again. `mapping` null: guessed from the header.',
    tag,
    permission,
    callers: ['member'],
    params: IdParams,
    body: z.strictObject({ encoding: Encoding, mapping: InspectionMapping.nullable() }),
    response: AuditImport,
    refusals: ['imports.not_previewed', 'imports.column_missing'],
  },
  'GET /audit-imports/{id}/places': {
    summary: 'The places of the file, those with the most rows first',
    description: 'proposed: one of ours may be it and nobody has said so · placed: somebody has · open: neither.',
    tag,
    permission,
    params: IdParams,
    query: PageQuery.extend({
      show: z.enum(['all', 'proposed', 'placed', 'open']).default('all'),
      q: z.string().trim().min(1).max(100).optional(),
    }),
    response: page(ImportPlace).extend({
      counts: z.object({ all: z.int(), proposed: z.int(), placed: z.int(), rowsPlaced: z.int() }),
    }),
  },
  'PUT /audit-imports/{id}/places': {
    summary: 'Say which of our locations a place is; null: none',
    description: 'It is remembered for the next file of the same source.',
    tag,
    permission,
    callers: ['member'],
    params: IdParams,
    body: z.strictObject({
      items: z
        .array(z.strictObject({ placeId: z.uuid(), locationId: z.uuid().nullable() }))
        .min(1)
        .max(200),
    }),
    response: z.object({ items: z.array(ImportPlace) }),
    refusals: ['imports.not_previewed'],
  },
  'POST /audit-imports/{id}/runs': {
    summary: 'Import what the file holds of our places',
    description:
      'In the background, row by row once: what was cut off goes on where it stopped, and running it again changes nothing. ' +
      '`makeTemplates`: a SafetyCulture template becomes a draft (needs checklists.manage); one that is here already is left as it is.',
    tag,
    permission,
    callers: ['member'],
    params: IdParams,
    body: z.strictObject({ makeTemplates: z.boolean() }),
    response: AuditImport,
    status: 202,
    refusals: ['imports.not_previewed', 'imports.columns_missing', 'imports.nothing_to_do'],
  },
  'POST /audit-imports/{id}/cancellations': {
    summary: 'Stop an import, or let go of a file',
    description: 'What was imported stays. The file is forgotten; sent again, it goes on with what is not here yet.',
    tag,
    permission,
    callers: ['member'],
    params: IdParams,
    response: AuditImport,
    refusals: ['imports.ended'],
  },
  'GET /audit-imports/{id}/errors': {
    summary: 'Rows that are not taken, by row; the first 10,000',
    tag,
    permission,
    params: IdParams,
    query: PageQuery,
    response: page(RefusedRow),
  },
  'GET /audit-imports/{id}/refused.csv': {
    summary: 'The same rows as they were, with why: to be mended and sent again',
    tag,
    permission,
    params: IdParams,
    produces: 'text/csv',
    response: z.string(),
  },
})
