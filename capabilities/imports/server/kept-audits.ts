import type { Actor } from '@opsflow/platform/actor'
import type { Database } from '@opsflow/platform/server/tenant'
import type { AuditImport } from '../audit-import.ts'
import { auditsOf, type JsonAudits, jsonAudits, textOf } from './file-rows.ts'
import { KeptReader } from './pack/kept-reader.ts'
import { looksPacked, openPack, type Pack } from './pack/open-pack.ts'
import { CHUNK_BYTES } from './receive.ts'
import { chunkOf } from './store-imports.ts'

/** The audits of a kept file that is a JSON, or a ZIP of JSONs with their photos beside them. Whoever asked closes `pack`. */
export async function keptAudits(
  database: Database,
  actor: Actor,
  { id, encoding, bytes }: Pick<AuditImport, 'id' | 'encoding' | 'bytes'>,
  onBytes?: (bytes: number) => void,
): Promise<JsonAudits & { pack: Pack | null }> {
  const piece = async (n: number) => (await chunkOf(database, actor, id, n)) ?? Buffer.alloc(0)
  if (!looksPacked(await piece(0)))
    return {
      ...(await jsonAudits(textOf(database, actor, { id, encoding: encoding ?? 'utf-8' }, onBytes))),
      pack: null,
    }
  const pack = await openPack(new KeptReader(CHUNK_BYTES, piece), bytes)
  try {
    return { ...auditsOf(await pack.exports()), pack }
  } catch (error) {
    pack.close()
    throw error
  }
}
