import { refuse } from '../../refusal.ts'
import type { ReadTx, Tx } from '../tenant.ts'
import type { Owner } from './viewer.ts'

export type Client = Owner & { id: string; lastMid: number; drainKeyHash: Buffer }

const COLUMNS = `id, member_id as "memberId", kiosk_id as "kioskId", last_mid as "lastMid", drain_key_hash as "drainKeyHash"`
const CLIENT = `select ${COLUMNS} from sync_clients where tenant_id = (select app.tenant()) and id = $1`

export async function readClient(tx: ReadTx, id: string): Promise<Client | undefined> {
  return (await tx.query<Client>(CLIENT, [id]))[0]
}

/** Made when it is new. One push of a client at a time. */
export async function lockClient(tx: Tx, id: string, owner: Owner, drainKeyHash: Buffer): Promise<Client> {
  await tx.query(
    `insert into sync_clients (id, organization_id, member_id, kiosk_id, drain_key_hash) values ($1, $2, $3, $4, $5)
     on conflict do nothing`,
    [id, tx.actor.organizationId, owner.memberId, owner.kioskId, drainKeyHash],
  )
  const [client] = await tx.query<Client>(`${CLIENT} for no key update`, [id])
  if (!client) throw new Error(`no client ${id}`)
  demandOwner(client, owner)
  return client
}

export function demandOwner(client: Owner, owner: Owner) {
  if (client.memberId === owner.memberId && client.kioskId === owner.kioskId) return
  refuse('conflict', 'sync.not_your_client', { detail: 'This copy belongs to someone else. Begin one of your own.' })
}

export async function noteClient(tx: Tx, id: string, lastMid: number) {
  await tx.query(
    `update sync_clients set last_mid = $2, seen_at = now() where tenant_id = (select app.tenant()) and id = $1`,
    [id, lastMid],
  )
}
