import type { ReadTx, Tx } from '../tenant.ts'

/** What the relay role's pool can do: it sees across tenants where bytes are to go, and nothing else of them. */
export type AcrossTenants = { query: (sql: string, params?: unknown[]) => Promise<{ rows: unknown[] }> }

export const insertLeavings = (tx: Tx, hashes: readonly string[], at: number) =>
  tx.query(
    `insert into file_leavings (sha256, organization_id, left_at) select distinct decode(h, 'hex'), $2::uuid, $3::timestamptz from unnest($1::text[]) h
     on conflict (tenant_id, sha256) do update set left_at = excluded.left_at, gone_at = null`,
    [hashes, tx.actor.organizationId, new Date(at).toISOString()],
  )

/** Waits for whoever removes them just now. */
export const takeLeavings = (tx: Tx, hashes: readonly string[]) =>
  tx.query<{ sha256: string }>(
    `delete from file_leavings where tenant_id = (select app.tenant()) and sha256 in (select decode(h, 'hex') from unnest($1::text[]) h)
     returning encode(sha256, 'hex') as sha256`,
    [hashes],
  )

export async function customersWithLeavings(
  relay: AcrossTenants,
  due: { left: number; gone: number },
): Promise<{ tenantId: string; organizationId: string }[]> {
  const { rows } = await relay.query(
    `select tenant_id as "tenantId", organization_id as "organizationId" from file_leavings
      where (gone_at is null and left_at <= $1) or gone_at <= $2 group by 1, 2 order by random() limit 200`,
    [new Date(due.left).toISOString(), new Date(due.gone).toISOString()],
  )
  return rows as { tenantId: string; organizationId: string }[]
}

/** One that is due, held until COMMIT; not one that somebody else removes. */
export async function lockLeaving(tx: Tx, leftBy: number): Promise<string | undefined> {
  const [row] = await tx.query<{ sha256: string }>(
    `select encode(sha256, 'hex') as sha256 from file_leavings
      where tenant_id = (select app.tenant()) and gone_at is null and left_at <= $1
      order by left_at, sha256 limit 1 for update skip locked`,
    [new Date(leftBy).toISOString()],
  )
  return row?.sha256
}

export const setGone = (tx: Tx, sha256: string, at: number) =>
  tx.query(
    `update file_leavings set gone_at = $2 where tenant_id = (select app.tenant()) and sha256 = decode($1, 'hex')`,
    [sha256, new Date(at).toISOString()],
  )

export const forgetGone = (tx: Tx, goneBy: number) =>
  tx.query('delete from file_leavings where tenant_id = (select app.tenant()) and gone_at <= $1', [
    new Date(goneBy).toISOString(),
  ])

/** Is it a file of a record, or its thumbnail? */
export async function isFile(tx: ReadTx, sha256: string): Promise<boolean> {
  const rows = await tx.query(
    `select from files where tenant_id = (select app.tenant())
        and (stored_sha256 = decode($1, 'hex') or thumbnail_sha256 = decode($1, 'hex')) limit 1`,
    [sha256],
  )
  return rows.length > 0
}
