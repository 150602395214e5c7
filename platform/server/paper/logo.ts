import { type FileStorage, keptKey } from '../files/storage.ts'
import type { PaperLogo } from './paper.ts'
import type { StoredLogo } from './store-logo.ts'

export { logoInUse, type StoredLogo } from './store-logo.ts'

/** The bytes of a logo, to be given out. */
export async function bytesOfLogo(storage: FileStorage, tenantId: string, { sha256, id }: StoredLogo) {
  const bytes = await storage.open(keptKey(tenantId, sha256))
  if (!bytes) throw new Error(`the storage has lost ${sha256} of logo ${id}`)
  return bytes
}

/** What stands at the head of a paper. One whose bytes are lost is left out: a paper without it is better than none. */
export async function printedLogo(
  storage: FileStorage,
  tenantId: string,
  logo: StoredLogo | null,
): Promise<PaperLogo | null> {
  const bytes = logo && (await storage.get(keptKey(tenantId, logo.sha256)))
  if (!logo || !bytes) return null
  const { width, height, vanishesOnLight } = logo
  return { bytes, width, height, needsPlate: vanishesOnLight }
}
