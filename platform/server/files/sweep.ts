import { systemActor } from '../../actor.ts'
import { Refusal } from '../../refusal.ts'
import { eachAlone } from '../in-turns.ts'
import { type FileParts, keep } from './receive.ts'
import { piecesFolder } from './storage.ts'
import { deleteUpload } from './store.ts'

/** What the relay role's pool can do: it sees across tenants which uploads are due, and nothing else of them. */
type AcrossTenants = { query: (sql: string, params?: unknown[]) => Promise<{ rows: unknown[] }> }
type Due = { tenantId: string; organizationId: string; id: string; isExpired: boolean }

/** An upload whose process ended between its last byte and its keeping is taken up after so long. */
const LEFT_ALONE_MS = 60_000

/** Keeps what has arrived whole and was forgotten, and throws away what nobody finished. */
export async function sweepUploads(parts: FileParts, relay: AcrossTenants, now = Date.now()): Promise<void> {
  await eachAlone(await dueUploads(relay, now), async ({ tenantId, organizationId, id, isExpired }) => {
    const actor = systemActor(tenantId, organizationId, 'file-sweep')
    if (isExpired) {
      await parts.database.write(actor, (tx) => deleteUpload(tx, id))
      await parts.storage.removeAll(piecesFolder(tenantId, id))
    } else {
      await keep(actor, parts, id).catch((error: unknown) => {
        if (!(error instanceof Refusal)) throw error
      })
    }
  })
}

async function dueUploads(relay: AcrossTenants, now: number): Promise<Due[]> {
  const { rows } = await relay.query(
    `select u.tenant_id as "tenantId", l.organization_id as "organizationId", u.id, u.expires_at <= $1 as "isExpired"
       from file_uploads u join locations l on l.tenant_id = u.tenant_id and l.id = u.location_id
      where u.expires_at <= $1 or (u.received = u.size and u.refusal is null and u.touched_at <= $2)
      order by random() limit 200`,
    [new Date(now).toISOString(), new Date(now - LEFT_ALONE_MS).toISOString()],
  )
  return rows as Due[]
}
