import { GivenAudit } from '@opsflow/capabilities/audits'
import { Instant } from '@opsflow/platform/route'
import { z } from 'zod'

export const EXPORT_FORMAT = 'opsflow.audits'
export const EXPORT_VERSION = 1

/** Audits as they leave one organization and come into another: documented, and read again to the same. */
export const AuditExport = z
  .object({
    format: z.literal(EXPORT_FORMAT),
    version: z.literal(EXPORT_VERSION),
    exportedAt: Instant,
    audits: z.array(GivenAudit),
  })
  .meta({ id: 'AuditExport' })
export type AuditExport = z.infer<typeof AuditExport>
