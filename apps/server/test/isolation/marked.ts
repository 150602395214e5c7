import type pg from 'pg'
import { manifest } from '../../../../db/manifest.ts'

export type Marked = { columns: number; rows: number; documents: number; left: string[] }

/** Words of people, as against ids, hashes, moments, zones and names of kinds. */
const isWording = (text: string) => text.length > 2 && (/^\p{Lu}[^/]*$/u.test(text) || /\p{L} /u.test(text))

/** The same document with the marker in every wording of it. */
function markedDocument(value: unknown, marker: string): unknown {
  if (typeof value === 'string') {
    return isWording(value) && !value.includes(marker) ? `${value.slice(0, 60)} ${marker}` : value
  }
  if (Array.isArray(value)) return value.map((one) => markedDocument(one, marker))
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, markedDocument(one, marker)]))
}

/**
 * Writes the marker into every text that a tenant's tables hold. What a CHECK or a key allows no other word in (states,
 * kinds, zones) is left as it is and named.
 */
export async function markEveryText(rows: pg.Pool, tenantId: string, marker: string): Promise<Marked> {
  const tables = Object.keys(manifest).filter((name) => manifest[name] === 'tenant')
  const { rows: columns } = await rows.query<{ table: string; column: string; isDocument: boolean }>(
    `select n.nspname || '.' || c.relname as table, a.attname as column, a.atttypid = 'jsonb'::regtype as "isDocument"
       from pg_attribute a join pg_class c on c.oid = a.attrelid join pg_namespace n on n.oid = c.relnamespace
      where n.nspname || '.' || c.relname = any ($1) and a.atttypid in ('text'::regtype, 'jsonb'::regtype) and a.attnum > 0 and not a.attisdropped
      order by 1, a.attnum`,
    [tables],
  )
  const marked: Marked = { columns: 0, rows: 0, documents: 0, left: [] }
  const client = await rows.connect()
  try {
    // The feed's triggers note changes for devices of the tenant; here nobody is told.
    await client.query(`set session_replication_role = replica`)
    for (const { table, column, isDocument } of columns) {
      if (isDocument) {
        marked.documents += await markDocuments(client, { table, column, tenantId, marker })
        continue
      }
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

type Where = { table: string; column: string; tenantId: string; marker: string }

async function markDocuments(client: pg.PoolClient, { table, column, tenantId, marker }: Where): Promise<number> {
  const { rows } = await client.query<{ document: unknown; text: string }>(
    `select distinct ${column} as document, ${column}::text as text from ${table} where tenant_id = $1 and ${column} is not null`,
    [tenantId],
  )
  let count = 0
  for (const { document, text } of rows) {
    const words = JSON.stringify(markedDocument(document, marker))
    if (!words.includes(marker)) continue
    await client.query(`update ${table} set ${column} = $3 where tenant_id = $1 and ${column}::text = $2`, [
      ...[tenantId, text, words],
    ])
    count++
  }
  return count
}
