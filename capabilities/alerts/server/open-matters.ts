import type { Tx } from '@opsflow/platform/server/tenant'
import type { SubjectKind } from './store-across-tenants.ts'
import { noteOpened, OPEN_FROM } from './store-opening.ts'

/**
 * Subjects that have become matters, each once however often it is found. What ended in the meantime opens nothing; a
 * task that is late once more opens its thread again.
 */
export async function openMatters(tx: Tx, kind: SubjectKind, ids: readonly string[], now: number): Promise<number> {
  const at = new Date(now).toISOString()
  const opened = await tx.query<{ id: string; locationId: string }>(OPEN_FROM[kind], [ids, at])
  if (opened.length > 0) await noteOpened(tx, opened, at)
  return opened.length
}
