import type pg from 'pg'
import { manifest } from '../../../../db/manifest.ts'

export type Marked = { columns: number; rows: number; left: string[] }

/**
 * Writes the marker into every text that a tenant's tables hold. What a CHECK or a key allows no other word in (states,
 * kinds, zones) is left as it is and named.
 */
export async function markEveryText(rows: pg.Pool, tenantId: string, marker: string): Promise<Marked> {
  const tables = Object.keys(manifest).filter((name) => manifest[name] === 'tenant')
  const { rows: columns } = await rows.query<{ table: string; column: string }>(
    `select n.nspname || '.' || c.relname as table, a.attname as column
       from pg_attribute a join pg_class c on c.oid = a.attrelid join pg_namespace n on n.oid = c.relnamespace
      where n.nspname || '.' || c.relname = any ($1) and a.atttypid = 'text'::regtype and a.attnum > 0 and not a.attisdropped
      order by 1, a.attnum`,
    [tables],
  )
  const marked: Marked = { columns: 0, rows: 0, left: [] }
  const client = await rows.connect()
  try {
    // The feed's triggers note changes for devices of the tenant; here nobody is told.
    await client.query(`set session_replication_role = replica`)
    for (const { table, column } of columns) {
      // A zone that no clock knows stops jobs, and a setting of the database is no word of a customer.
      if (/zone/.test(column)) {
        marked.left.push(`${table.replace('public.', '')}.${column}`)
        continue
      }
      const change = `update ${table} set ${column} = left(${column}, 60) || ' ' || $2
        where tenant_id = $1 and ${column} is not null and ${column} <> '' and ${column} not ilike '%' || $2 || '%'`
      const here = await client.query(change, [tenantId, marker]).then(
        ({ rowCount }) => rowCount ?? 0,
        () => null,
      )
      if (here === null) marked.left.push(`${table.replace('public.', '')}.${column}`)
      else if (here > 0) {
        marked.columns++
        marked.rows += here
      }
    }
  } finally {
    await client.query(`set session_replication_role = origin`)
    client.release()
  }
  return marked
}
