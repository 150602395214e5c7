import { MOST_PLACES } from '../../sync.ts'
import type { ReadTx } from '../tenant.ts'

export type Head = { epoch: string; isCurrent: boolean; lastMid: number }

export async function readHead(tx: ReadTx, clientId: string): Promise<Head> {
  const [head] = await tx.query<Head>(
    `select e.epoch, e.is_current as "isCurrent", coalesce(c.last_mid, 0) as "lastMid"
       from app.sync_epoch() e left join sync_clients c on c.tenant_id = (select app.tenant()) and c.id = $1`,
    [clientId],
  )
  if (!head) throw new Error('no epoch')
  return head
}

export type Scope = { id: string; version: number; horizon: number }

/**
 * The open locations the reader may see, with how far each has come: as many as a device holds, those it follows first,
 * then the oldest; and how many there are in all.
 */
export async function readScopes(tx: ReadTx, follow: readonly string[]): Promise<{ scopes: Scope[]; places: number }> {
  const read = await tx.query<Scope & { places: number }>(
    `with theirs as (
       select id, count(*) over () as places from locations
        where tenant_id = (select app.tenant()) and organization_id = $1 and closed_at is null
        order by array_position($2::uuid[], id) nulls last, id limit ${MOST_PLACES})
     select l.id, l.places::int, coalesce(s.version, 0) as version, coalesce(s.horizon, 0) as horizon
       from theirs l left join scopes s on s.tenant_id = (select app.tenant()) and s.id = l.id order by l.id`,
    [tx.actor.organizationId, follow],
  )
  return { scopes: read.map(({ places: _, ...scope }) => scope), places: read[0]?.places ?? 0 }
}

export type Noted = { scope: string; entity: string; id: string; version: number; isGone: boolean }

/** Where to read on in a scope; what had gone by `filledFrom` is of no interest to a copy that never had it. */
export type Behind = { scope: string; after: number; filledFrom: number }

/**
 * Of each scope at least `limit` changes when there are so many; what one transaction changed stays together.
 */
export async function readChanges(tx: ReadTx, behind: readonly Behind[], limit: number): Promise<Noted[]> {
  return tx.query<Noted>(
    `select c.scope_id as scope, c.entity, c.entity_id as id, c.version, c.op = 'gone' as "isGone"
       from unnest($1::uuid[], $2::bigint[], $3::bigint[]) with ordinality as w (scope, after, filled_from, n)
      cross join lateral (
        select * from sync_changes s
         where s.tenant_id = (select app.tenant()) and s.scope_id = w.scope and s.version > w.after
           and (s.op <> 'gone' or s.version > w.filled_from)
         order by s.version fetch first ${limit} rows with ties) c
      order by w.n, c.version`,
    [behind.map(({ scope }) => scope), behind.map(({ after }) => after), behind.map(({ filledFrom }) => filledFrom)],
  )
}

/** Everything a complete copy of the scope holds. */
export async function readHeld(tx: ReadTx, scope: string): Promise<Noted[]> {
  return tx.query<Noted>(
    `select scope_id as scope, entity, entity_id as id, version, false as "isGone" from sync_changes
      where tenant_id = (select app.tenant()) and scope_id = $1 and op <> 'gone'`,
    [scope],
  )
}

export const RENEW_EPOCH = 'select app.renew_sync_epoch()'
