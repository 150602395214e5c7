import type pg from 'pg'
import { withClient } from '../tenant.ts'

/** As opsflow_sealer, which sees every tenant's changes and can add to logs what it cannot take out of them again. */

/** Tenants with changes that have no place yet, those that wait longest first. Idle ones cost nothing. */
export async function waitingTenants(pool: pg.Pool): Promise<string[]> {
  const { rows } = await pool.query<{ tenant_id: string }>(
    'select tenant_id from ledger_unsealed group by tenant_id order by min(n)',
  )
  return rows.map(({ tenant_id }) => tenant_id)
}

export const inTransaction = <T>(pool: pg.Pool, work: (client: pg.ClientBase) => Promise<T>): Promise<T> =>
  withClient(pool, async (client) => {
    await client.query('begin')
    try {
      const result = await work(client)
      await client.query('commit')
      return result
    } catch (error) {
      await client.query('rollback')
      throw error
    }
  })

export type Log = { logId: string; size: number; edge: Buffer[]; lastHead: Buffer | null; lastAt: string | null }

/** The log of a tenant, for as long as the transaction; null: another sealer has it. */
export async function takeLog(client: pg.ClientBase, tenantId: string): Promise<Log | null> {
  const { rows: locked } = await client.query<{ held: boolean }>(
    `select pg_try_advisory_xact_lock(hashtextextended('opsflow.ledger:' || $1, 0)) as held`,
    [tenantId],
  )
  if (!locked[0]?.held) return null
  await client.query(
    'insert into ledger_logs (tenant_id, log_id) values ($1, gen_random_uuid()) on conflict do nothing',
    [tenantId],
  )
  const { rows } = await client.query<Log>(
    `select l.log_id as "logId", l.size::float8 as size, l.edge, l.last_head as "lastHead",
            (select to_char(h.at at time zone 'UTC', ${MICROSECONDS}) from ledger_heads h
              where h.tenant_id = l.tenant_id order by h.size desc limit 1) as "lastAt"
       from ledger_logs l where l.tenant_id = $1`,
    [tenantId],
  )
  return rows[0] ?? null
}

const MICROSECONDS = `'YYYY-MM-DD"T"HH24:MI:SS.US"Z"'`

export type Leaf = { leaf: number; hash: Buffer }

/**
 * Gives the next changes their places. Not where a counter stands but what has no place yet is asked for: what commits
 * late gets a later place, and nothing can be passed over.
 */
export async function placeNext(client: pg.ClientBase, tenantId: string, from: number, most: number): Promise<Leaf[]> {
  const { rows } = await client.query<{ leaf: number; hash: Buffer }>(
    `with taken as (
       delete from ledger_unsealed u using (select n from ledger_unsealed where tenant_id = $1 order by n limit $3) next
        where u.tenant_id = $1 and u.n = next.n returning u.*
     ), placed as (
       insert into ledger_events (tenant_id, leaf, id, location_id, source, row_key, op, form, before, after, actor, said, at, nonce, rows, leaf_hash)
       select tenant_id, $2::bigint + row_number() over (order by n) - 1, id, location_id, source, row_key, op, form, before, after, actor,
              said, at, nonce, rows,
              sha256('\\x00'::bytea || app.ledger_leaf(source, location_id,
                       app.ledger_body(id, row_key, op, form, before, after, actor, said, at, rows)))
         from taken returning leaf, leaf_hash
     )
     select leaf::float8 as leaf, leaf_hash as hash from placed order by leaf`,
    [tenantId, from, most],
  )
  return rows
}

export async function now(client: pg.ClientBase): Promise<string> {
  const { rows } = await client.query<{ now: string }>(
    `select to_char(clock_timestamp() at time zone 'UTC', ${MICROSECONDS}) as now`,
  )
  return rows[0]?.now ?? ''
}

export type Sealed = {
  size: number
  edge: readonly Uint8Array[]
  at: string
  note: string
  hash: Uint8Array
  nodes: { level: number; place: number; root: Uint8Array }[]
}

export async function keepHead(client: pg.ClientBase, tenantId: string, sealed: Sealed) {
  const { size, edge, at, note, hash, nodes } = sealed
  await client.query('insert into ledger_heads (tenant_id, size, at, note) values ($1, $2, $3, $4)', [
    ...[tenantId, size, at, note],
  ])
  await client.query(
    `insert into ledger_nodes (tenant_id, level, place, hash)
     select $1, level, place, hash from unnest($2::int[], $3::bigint[], $4::bytea[]) n (level, place, hash)`,
    [
      ...[tenantId, nodes.map(({ level }) => level), nodes.map(({ place }) => place)],
      nodes.map(({ root }) => Buffer.from(root)),
    ],
  )
  await client.query('update ledger_logs set size = $2, edge = $3, last_head = $4 where tenant_id = $1', [
    ...[tenantId, size, edge.map((root) => Buffer.from(root)), Buffer.from(hash)],
  ])
}

export async function keyInForce(pool: pg.Pool): Promise<string | undefined> {
  const { rows } = await pool.query<{ verifier: string }>('select verifier from ledger_keys order by n desc limit 1')
  return rows[0]?.verifier
}

/** The last heads of logs that are ahead of what was published of them. */
export async function headsToPublish(pool: pg.Pool, everyMinutes: number) {
  const { rows } = await pool.query<{ tenantId: string; logId: string; size: number; day: string; note: string }>(
    `select l.tenant_id as "tenantId", l.log_id as "logId", h.size::float8 as size, h.note,
            to_char(h.at at time zone 'UTC', 'YYYY-MM-DD') as day
       from ledger_logs l join ledger_heads h on h.tenant_id = l.tenant_id and h.size = l.size
      where l.published_size < l.size and l.published_at < now() - make_interval(mins => $1) limit 200`,
    [everyMinutes],
  )
  return rows
}

export async function notePublished(pool: pg.Pool, tenantId: string, size: number) {
  await pool.query('update ledger_logs set published_size = $2, published_at = now() where tenant_id = $1', [
    ...[tenantId, size],
  ])
}
