import { type Actor, demand } from '@opsflow/platform/actor'
import { notFound, refuse } from '@opsflow/platform/refusal'
import { recordEvent } from '@opsflow/platform/server/events'
import { drawLogo } from '@opsflow/platform/server/files/draw-logo'
import { holdBytes, leaveBytes } from '@opsflow/platform/server/files/leavings'
import type { FileParts } from '@opsflow/platform/server/files/receive'
import { keptKey } from '@opsflow/platform/server/files/storage'
import { countKept, demandRoom } from '@opsflow/platform/server/files/store'
import { logoInUse, type StoredLogo } from '@opsflow/platform/server/paper/logo'
import type { ReadTx, Tx } from '@opsflow/platform/server/tenant'
import type { Logo } from '../logo.ts'
import { forgetOldLogos, insertLogo, logoById, logoOfHash, putInUse } from './store-logos.ts'

/** So many that were taken away can be had back. */
const MOST_KEPT = 10

export type LogoParts = Pick<FileParts, 'storage' | 'database' | 'quotaBytes'>

/** Drawn anew, counted to the organization's room, and in use from now on. */
export async function addLogo(actor: Actor, files: LogoParts, bytes: Uint8Array): Promise<Logo> {
  demand(actor, 'organization.manage')
  await files.database.read(actor, (tx) => demandRoom(tx, files.quotaBytes, bytes.length))
  const drawn = await drawLogo(Buffer.from(bytes))
  const sha256 = drawn.sha256.toString('hex')
  await files.storage.put(keptKey(actor.tenantId, sha256), drawn.png)
  return files.database.write(actor, async (tx) => {
    await demandRoom(tx, files.quotaBytes, drawn.png.length)
    await holdBytes(tx, files.storage, [{ sha256, bytes: drawn.png }])
    if (await insertLogo(tx, drawn)) await countKept(tx, drawn.png.length, 1)
    const logo = (await logoOfHash(tx, drawn.sha256)) ?? notFound()
    await change(tx, logo.id)
    const old = await forgetOldLogos(tx, MOST_KEPT)
    for (const one of old) await leaveBytes(tx, [one.sha256], one.size, Date.now())
    return shown(logo)
  })
}

export async function chooseLogo(tx: Tx, id: string | null): Promise<{ logo: Logo | null }> {
  demand(tx.actor, 'organization.manage')
  if (id !== null && !(await logoById(tx, id))) {
    const message = 'There is no such logo. Send it by POST /organization-logos.'
    refuse('invalid', 'people.logo_unknown', {
      detail: message,
      errors: [{ path: 'body.id', code: 'people.logo_unknown', message }],
    })
  }
  await change(tx, id)
  return { logo: await logoShown(tx) }
}

async function change(tx: Tx, id: string | null) {
  const before = await logoInUse(tx)
  if ((before?.id ?? null) === id) return
  await putInUse(tx, id)
  const [was, is] = [{ logo: before?.id ?? null }, { logo: id }]
  await recordEvent(tx, { name: 'people.logo_changed', subjectId: tx.actor.organizationId, before: was, after: is })
}

export async function logoShown(tx: ReadTx): Promise<Logo | null> {
  const logo = await logoInUse(tx)
  return logo ? shown(logo) : null
}

const shown = ({ sha256: _, size: __, ...logo }: StoredLogo): Logo => logo
