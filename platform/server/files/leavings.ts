import { systemActor } from '../../actor.ts'
import { eachAlone } from '../in-turns.ts'
import type { Database, ReadTx, Tx } from '../tenant.ts'
import { type FileStorage, keptKey } from './storage.ts'
import { countKept } from './store.ts'
import {
  type AcrossTenants,
  customersWithLeavings,
  forgetGone,
  insertLeavings,
  isFile,
  lockLeaving,
  setGone,
  takeLeavings,
} from './store-leavings.ts'

/** Nobody names these bytes any more, as of this transaction. They go later, unless somebody does again. */
export async function leaveBytes(tx: Tx, hashes: readonly string[], bytes: number, at: number): Promise<void> {
  await insertLeavings(tx, hashes, at)
  await countKept(tx, -bytes, -1)
}

/**
 * For whoever names bytes they have just stored, in the transaction that names them: they do not leave, and what was
 * removed meanwhile is written again.
 */
export async function holdBytes(
  tx: Tx,
  storage: Pick<FileStorage, 'put'>,
  kept: readonly { sha256: string; bytes: Uint8Array }[],
): Promise<void> {
  const leaving = await takeLeavings(
    tx,
    kept.map(({ sha256 }) => sha256),
  )
  for (const { sha256, bytes } of kept) {
    if (leaving.some((one) => one.sha256 === sha256)) await storage.put(keptKey(tx.actor.tenantId, sha256), bytes)
  }
}

/** Bytes stay so long after the last who named them, and what tells of them so long after they went. */
const STAY_MS = 24 * 3_600_000

type Parts = {
  database: Pick<Database, 'write'>
  storage: Pick<FileStorage, 'remove'>
  /** Beside files of records: does anything else name bytes of this hash? */
  isUsed: (tx: ReadTx, sha256: string) => Promise<boolean>
}

/**
 * Removes bytes that nothing names. Whoever is killed between the bytes and the row removes them once more, which
 * changes nothing.
 */
export async function removeLeavings({ database, storage, isUsed }: Parts, relay: AcrossTenants, now = Date.now()) {
  const due = { left: now - STAY_MS, gone: now - STAY_MS }
  await eachAlone(await customersWithLeavings(relay, due), async ({ tenantId, organizationId }) => {
    const actor = systemActor(tenantId, organizationId, 'file-sweep')
    const removeOne = async (tx: Tx) => {
      const sha256 = await lockLeaving(tx, due.left)
      if (sha256 === undefined) return false
      if ((await isFile(tx, sha256)) || (await isUsed(tx, sha256))) await takeLeavings(tx, [sha256])
      else {
        await storage.remove(keptKey(tenantId, sha256))
        await setGone(tx, sha256, now)
      }
      return true
    }
    while (await database.write(actor, removeOne));
    await database.write(actor, (tx) => forgetGone(tx, due.gone))
  })
}
