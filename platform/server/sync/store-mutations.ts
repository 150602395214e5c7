import { Refusal, refuse } from '../../refusal.ts'
import type { MutationResult } from '../../sync.ts'
import type { ReadTx, Tx } from '../tenant.ts'
import type { Client } from './store-clients.ts'
import type { Taken } from './take-up.ts'

export type LoggedMutation = {
  taken: Pick<Taken, 'sent' | 'doer' | 'memberId' | 'kioskId'>
  locationId: string | null
  result: MutationResult
}

/** What became of those that came before, by uid; from this client or from another one of the same owner. */
export async function knownMutations(
  tx: ReadTx,
  client: Client,
  uids: readonly string[],
): Promise<Map<string, MutationResult>> {
  const rows = await tx.query<MutationResult & { isOwn: boolean }>(
    `select m.mid, m.id as uid, m.outcome, m.code, m.detail, m.errors, m.occurred_at as "occurredAt",
            m.time_quality as "timeQuality",
            c.member_id is not distinct from $2 and c.kiosk_id is not distinct from $3 as "isOwn"
       from sync_mutations m join sync_clients c on c.tenant_id = m.tenant_id and c.id = m.client_id
      where m.tenant_id = (select app.tenant()) and m.id = any ($1::uuid[])`,
    [uids, client.memberId, client.kioskId],
  )
  if (rows.some(({ isOwn }) => !isOwn)) {
    refuse('conflict', 'sync.client_forked', { detail: 'Someone else has sent this work. Go on as a new client.' })
  }
  return new Map(
    rows.map(({ isOwn: _, ...result }) => [result.uid, { ...result, occurredAt: inMillis(result.occurredAt) }]),
  )
}

/** Where the latest work of this client is that still waits for a manager. */
export async function undecidedPlace(tx: ReadTx, clientId: string): Promise<Aside> {
  const [latest] = await tx.query<NonNullable<Aside>>(
    `select q.location_id as "locationId" from sync_mutations q
      where q.tenant_id = (select app.tenant()) and q.client_id = $1 and q.outcome = 'quarantined'
        and not exists (select from sync_reviews r where r.tenant_id = q.tenant_id and r.id = q.id)
      order by q.mid desc limit 1`,
    [clientId],
  )
  return latest
}

/** Work of the same client that was set aside and is not decided about; undefined when there is none. */
export type Aside = { locationId: string | null } | undefined

/** As it was answered the first time. */
const inMillis = (instant: string) => new Date(instant).toISOString()

export async function logMutations(tx: Tx, client: Client, mutations: readonly LoggedMutation[]): Promise<void> {
  if (mutations.length === 0) return
  const lines = mutations.map(({ taken: { sent, doer, memberId, kioskId }, locationId, result }) => ({
    id: sent.uid,
    mid: sent.mid,
    location_id: locationId,
    member_id: memberId,
    kiosk_id: kioskId,
    name: sent.name,
    version: sent.version,
    args: sent.args,
    device: sent.device,
    proved: doer instanceof Refusal ? null : doer.proved,
    occurred_at: result.occurredAt,
    time_quality: result.timeQuality,
    outcome: result.outcome,
    code: result.code,
    detail: result.detail,
    errors: result.errors,
  }))
  try {
    await tx.query(LOG, [client.id, tx.actor.organizationId, JSON.stringify(lines, withoutSignature)])
  } catch (error) {
    // Another copy of the device sends the same at this moment; next time it will be known.
    if ((error as { code?: string }).code !== '23505') throw error
    refuse('unavailable', 'sync.busy', { detail: 'Another copy of this device is sending.', retryAfterSeconds: 1 })
  }
}

/** A PIN proves who did it and is kept nowhere. */
const withoutSignature = (key: string, value: unknown) => (key === 'signature' ? undefined : value)

/** Whoever and whatever a device names need not exist. */
const LOG = `
  insert into sync_mutations (tenant_id, client_id, organization_id, id, mid, location_id, member_id, kiosk_id, name, version,
                              args, device, proved, occurred_at, time_quality, outcome, code, detail, errors)
  select (select app.tenant()), $1, $2, x.id, x.mid,
         (select l.id from locations l where l.tenant_id = (select app.tenant()) and l.id = x.location_id),
         (select m.id from members m where m.tenant_id = (select app.tenant()) and m.id = x.member_id),
         x.kiosk_id, x.name, x.version, x.args, x.device, x.proved, x.occurred_at, x.time_quality, x.outcome, x.code, x.detail, x.errors
    from jsonb_to_recordset($3) as x (id uuid, mid bigint, location_id uuid, member_id uuid, kiosk_id uuid, name text,
           version int, args jsonb, device jsonb, proved text, occurred_at timestamptz, time_quality text, outcome text, code text,
           detail text, errors jsonb)`
