import type { ReadTx } from '@opsflow/platform/server/tenant'
import type { LedgerState, PublicHead } from '../history.ts'

type Standing = Omit<LedgerState, 'mayExportAll'>

export async function stateOf(tx: ReadTx): Promise<Standing> {
  const [state] = await tx.query<Standing>(
    `select l.log_id as "logId", coalesce(l.size, 0)::float8 as size, h.note as head,
            (select count(*)::int from ledger_unsealed where tenant_id = (select tenant from app.context)) as unsealed,
            array(select verifier from ledger_keys order by n) as keys,
            array(select distinct source from ledger_forms order by source) as kinds
       from (select 1) one
       left join ledger_logs l on l.tenant_id = (select tenant from app.context)
       left join ledger_heads h on h.tenant_id = l.tenant_id and h.size = l.size`,
  )
  return state as Standing
}

export async function changesSince(tx: ReadTx, since: string | undefined): Promise<{ size: number; changes: number }> {
  const [row] = await tx.query<{ size: number; changes: number }>(
    `select l.size::float8 as size,
            (l.size - coalesce((select min(leaf) from ledger_events e where e.tenant_id = l.tenant_id and e.at >= $1::timestamptz), l.size))::float8 as changes
       from ledger_logs l where l.tenant_id = (select tenant from app.context)`,
    [since ?? '-infinity'],
  )
  return row ?? { size: 0, changes: 0 }
}

/** What opsflow_auth's pool can do here: it sees heads, and of whose log they are. */
export type AcrossTenants = { query: (sql: string, params?: unknown[]) => Promise<{ rows: unknown[] }> }

export async function publicHead(auth: AcrossTenants, logId: string): Promise<PublicHead | undefined> {
  const { rows } = await auth.query(
    `select l.log_id as "logId", h.note as head, array(select verifier from ledger_keys order by n) as keys
       from ledger_logs l join ledger_heads h on h.tenant_id = l.tenant_id and h.size = l.size where l.log_id = $1`,
    [logId],
  )
  return rows[0] as PublicHead | undefined
}

export async function isPlace(tx: ReadTx, locationId: string): Promise<boolean> {
  const found = await tx.query(
    'select 1 from locations where tenant_id = (select tenant from app.context) and id = $1',
    [locationId],
  )
  return found.length > 0
}
