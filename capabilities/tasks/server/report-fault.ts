import { type Actor, systemActor } from '@opsflow/platform/actor'
import { notFound } from '@opsflow/platform/refusal'
import type { FileParts } from '@opsflow/platform/server/files/receive'
import type { RateLimiter } from '@opsflow/platform/server/http/rate-limit'
import type { Database } from '@opsflow/platform/server/tenant'
import { FAULT_REPORT, type FaultReport } from '../place-code.ts'
import { openTask } from './open-task.ts'
import { type Pool, placeOfCode, type ScannedPlace } from './store-codes.ts'
import { unitAt } from './store-people.ts'

export type FaultParts = {
  /** As opsflow_auth: whoever scans a code has no tenant yet. */
  pool: Pool
  database: Database
  rateLimiter: Pick<RateLimiter, 'report' | 'reportPhoto' | 'link'>
  /** Where pictures of it go. */
  files: FileParts
}

export type From = { ip: string; setHeader: (name: string, value: string) => unknown }

/** All that is told without signing in: what the place is called. */
export async function faultPlace(
  parts: Omit<FaultParts, 'files'>,
  code: string,
  from: From,
): Promise<{ place: string }> {
  await parts.rateLimiter.link(from, from.ip)
  const place = (await placeOfCode(parts.pool, code)) ?? notFound()
  return { place: await calledAs(parts.database, place) }
}

/** What someone without an account says is broken becomes a maintenance task at the code's place. */
export async function reportFault(
  parts: Omit<FaultParts, 'files'>,
  report: FaultReport,
  from: From,
): Promise<{ received: true }> {
  await parts.rateLimiter.report(from, from.ip, report.code)
  const place = (await placeOfCode(parts.pool, report.code)) ?? notFound()
  // A program filled in what nobody sees: it is thanked like everyone, and that is all.
  if (report.website !== '') return { received: true }
  const called = await calledAs(parts.database, place)
  const now = Date.now()
  await parts.database.write(reporterAt(place), (tx) =>
    openTask(tx, {
      locationId: place.locationId,
      title: `${called}: ${firstLine(report.text)}`.slice(0, 300),
      description: report.name ? `${report.text}\n\n— ${report.name}` : report.text,
      taskType: 'maintenance',
      priority: 'high',
      assignedRole: 'org:manager',
      ...(place.unitId && { unitId: place.unitId }),
      cause: { kind: FAULT_REPORT, id: report.reportId },
      dueAt: new Date(now + DUE_HOURS * 3_600_000).toISOString(),
    }),
  )
  return { received: true }
}

/** Someone looks at it within a day, or it is overdue. */
const DUE_HOURS = 24

/** The product itself, at this one location. */
export const reporterAt = ({ tenantId, organizationId, locationId }: ScannedPlace): Actor => ({
  ...systemActor(tenantId, organizationId, 'fault-report'),
  locationIds: new Set([locationId]),
})

async function calledAs(database: Database, place: ScannedPlace): Promise<string> {
  if (place.label) return place.label
  const { unitId, locationId } = place
  if (!unitId) return place.locationName
  return (await database.read(reporterAt(place), (tx) => unitAt(tx, locationId, unitId)))?.name ?? place.locationName
}

const firstLine = (text: string) => {
  const [line = ''] = text.split('\n')
  return line.length > 120 ? `${line.slice(0, 117)}…` : line
}
