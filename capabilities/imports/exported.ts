import { GivenAudit } from '@opsflow/capabilities/audits'
import { z } from 'zod'
import type { ReadRow } from './read-inspection.ts'

export const EXPORT_FORMAT = 'opsflow.audits'
export const EXPORT_VERSION = 1

/** Audits as they leave one organization and come into another: documented, and read again to the same. */
export const AuditExport = z
  .object({
    format: z.literal(EXPORT_FORMAT),
    version: z.literal(EXPORT_VERSION),
    exportedOn: z.iso.date(),
    audits: z.array(GivenAudit),
  })
  .meta({ id: 'AuditExport' })
export type AuditExport = z.infer<typeof AuditExport>
/** One audit of such a file, which anyone may have written. */
export function exportedAudit(said: unknown): ReadRow {
  const read = GivenAudit.safeParse(said)
  if (read.success) return { ok: true, given: read.data }
  const { path = [], message = '' } = read.error.issues[0] ?? {}
  return { ok: false, errors: [{ column: path.join('.').slice(0, 200), code: 'audit_unreadable', message }] }
}
