import { evidenceOf, nameEvidence } from '@opsflow/capabilities/evidence/server'
import { notFound } from '@opsflow/platform/refusal'
import { drawPicture, insertPicture } from '@opsflow/platform/server/files/keep-picture'
import type { ReadTx } from '@opsflow/platform/server/tenant'
import { uuid7 } from '@opsflow/platform/server/uuid7'
import { FAULT_REPORT } from '../place-code.ts'
import type { Task } from '../task.ts'
import { type FaultParts, type From, reporterAt } from './report-fault.ts'
import { lockTaskOf, readTaskOf } from './store.ts'
import { placeOfCode } from './store-codes.ts'

/** Whoever reported it stands before it; later nobody adds anything to it without an account. */
const WITHIN_MS = 3_600_000

/**
 * A picture of what was reported a moment ago, from the same page: one to a report. Nothing of it, or of the task, is ever
 * shown to whoever sent it.
 */
export async function photoOfFault(
  parts: FaultParts,
  { code, reportId }: { code: string; reportId: string },
  bytes: Uint8Array,
  from: From,
): Promise<{ received: true }> {
  await parts.rateLimiter.reportPhoto(from, from.ip, code)
  const place = (await placeOfCode(parts.pool, code)) ?? notFound()
  const actor = reporterAt(place)
  const cause = { kind: FAULT_REPORT, id: reportId }
  const isOfPlace = (task: Task | undefined): task is Task =>
    task?.locationId === place.locationId && Date.now() - Date.parse(task.createdAt) < WITHIN_MS
  const reported = await parts.database.read(actor, async (tx) => {
    const task = await readTaskOf(tx, cause)
    return isOfPlace(task) ? { hasPhoto: await hasPhoto(tx, task) } : undefined
  })
  if (!reported) return notFound()
  if (reported.hasPhoto) return { received: true }
  const picture = await drawPicture(parts.files, actor, Buffer.from(bytes))
  await parts.database.write(actor, async (tx) => {
    const task = await lockTaskOf(tx, cause)
    if (!isOfPlace(task) || (await hasPhoto(tx, task))) return
    const file = { id: uuid7(), locationId: task.locationId, at: new Date().toISOString() }
    await insertPicture(tx, parts.files, file, picture)
    const owner = { ownerKind: 'task' as const, ownerId: task.id, locationId: task.locationId, at: file.at }
    await nameEvidence(tx, owner, [{ id: file.id, sha256: picture.sha256 }])
  })
  return { received: true }
}

/** From outside: staff's own photos have a name. */
const hasPhoto = async (tx: ReadTx, { id }: Task): Promise<boolean> =>
  (await evidenceOf(tx, 'task', id)).some(({ namedBy, kiosk }) => namedBy === null && kiosk === null)
