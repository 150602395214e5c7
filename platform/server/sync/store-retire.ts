import type pg from 'pg'
import type { ReadTx } from '../tenant.ts'

/** As opsflow_relay, which sees across tenants what it needs for jobs. */
export type Pool = Pick<pg.Pool, 'query'>

const AT_ONCE = 500

export async function listOrganizations(pool: Pool): Promise<{ tenantId: string; organizationId: string }[]> {
  const { rows } = await pool.query<{ tenantId: string; organizationId: string }>(
    'select tenant_id as "tenantId", min(id::text)::uuid as "organizationId" from organizations group by 1',
  )
  return rows
}

export type Unchanged = { scope: string; id: string; version: number }

/** Rows on devices that nobody has changed for so many days, from one on. */
export async function readUnchanged(tx: ReadTx, entity: string, days: number, after: Unchanged | undefined) {
  return tx.query<Unchanged>(
    `select scope_id as scope, entity_id as id, version from sync_changes
      where tenant_id = (select app.tenant()) and entity = $1 and op = 'changed' and at < now() - make_interval(days => $2)
        and ($3::uuid is null or (scope_id, entity_id) > ($3, $4::uuid))
      order by scope_id, entity_id limit ${AT_ONCE}`,
    [entity, days, after?.scope ?? null, after?.id ?? null],
  )
}

/** Unless they were changed since they were looked at. */
export async function retire(pool: Pool, tenantId: string, entity: string, rows: readonly Unchanged[]) {
  const columns = [rows.map(({ id }) => id), rows.map(({ version }) => version)]
  await pool.query('select app.retire_from_feed($1, $2, $3, $4)', [tenantId, entity, ...columns])
}

export async function trim(pool: Pool, keptDays: number) {
  await pool.query('select app.trim_feed($1)', [keptDays])
}

export async function forgetMutations(pool: Pool, days: number) {
  await pool.query(
    `delete from sync_mutations where received_at < now() - make_interval(days => $1) and outcome <> 'quarantined'`,
    [days],
  )
}
