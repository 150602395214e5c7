import type { FileParts } from '@opsflow/platform/server/files/receive'
import type { RateLimiter } from '@opsflow/platform/server/http/rate-limit'
import type { PaperRegister } from '@opsflow/platform/server/paper/register'
import type { Database, ReadTx } from '@opsflow/platform/server/tenant'
import type { Pool } from './store-links.ts'

/** What the database keeps of a secret: enough to recognise it, nothing to use. */
export type Digest = (secret: string) => Buffer

/** The ids of all who may do it at a location. Who holds which role is told from outside. */
export type WhoMay = (
  tx: ReadTx,
  permission: 'reports.share' | 'evidence.read',
  locationId: string,
) => Promise<ReadonlySet<string>>

export type ReportParts = {
  /** As opsflow_auth: whoever follows a link has no tenant yet. */
  pool: Pool
  database: Database
  rateLimiter: Pick<RateLimiter, 'link'>
  digest: Digest
  papers: PaperRegister
  mailIsOn: boolean
  storage: FileParts['storage']
}
