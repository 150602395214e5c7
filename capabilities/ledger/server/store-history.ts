import type { ReadTx } from '@opsflow/platform/server/tenant'
import { PARTS } from './parts.ts'

export type Row = { source: string; key: string }

/** The record's own row and those of its parts, and of theirs. What was taken out of a record is not found by it any more. */
export async function rowsOf(tx: ReadTx, kind: string, id: string): Promise<Row[]> {
  const rows: Row[] = [{ source: kind, key: id }]
  const look = async (source: string, ids: readonly string[]) => {
    for (const { table, by, where = 'true' } of PARTS[source] ?? []) {
      const found = await tx.query<{ id: string }>(
        `select id from ${table} where tenant_id = (select tenant from app.context) and ${by} = any ($1) and ${where}`,
        [ids],
      )
      rows.push(...found.map((row) => ({ source: table, key: row.id })))
      if (found.length > 0)
        await look(
          table,
          found.map((row) => row.id),
        )
    }
  }
  await look(kind, [id])
  return rows
}

/** A change, and where it happened; row security shows no place that the caller may not see. */
export type Line = {
  id: string
  kind: string
  recordId: string
  leaf: number | null
  op: 'insert' | 'update' | 'delete' | 'batch' | 'adopt' | 'forget' | 'retire'
  actor: string
  doing: string | null
  at: string
  before: string | null
  after: string | null
  locationId: string | null
  head: { size: number; at: string } | null
}

type Read = Omit<Line, 'at' | 'head'> & { at: Date | string; headSize: number | null; headAt: Date | string | null }

const LINE = `e.id, e.source as kind, e.row_key as "recordId", e.location_id as "locationId", e.op, e.actor, e.said as doing, e.at,
  encode(e.before, 'hex') as before, encode(e.after, 'hex') as after`
/** The first head that holds it. */
const HEAD = `left join lateral (select size, at from ledger_heads h where h.tenant_id = e.tenant_id and h.size > e.leaf order by h.size limit 1) h on true`

const lineOf = ({ at, headSize, headAt, ...line }: Read): Line => ({
  ...line,
  at: new Date(at).toISOString(),
  head: headSize === null || headAt === null ? null : { size: headSize, at: new Date(headAt).toISOString() },
})

/** The last so many changes of these rows, the first one first. */
export async function linesOf(tx: ReadTx, rows: readonly Row[], most: number): Promise<Line[]> {
  const lines = await tx.query<Read>(
    `with asked as materialized (select source, key from unnest($1::text[], $2::text[]) a (source, key))
     select * from (select * from (
       select e.leaf::float8 as leaf, ${LINE}, h.size::float8 as "headSize", h.at as "headAt"
         from asked a join ledger_events e on e.source = a.source and e.row_key = a.key ${HEAD}
        where e.tenant_id = (select tenant from app.context)
       union all
       select null, ${LINE}, null, null from asked a join ledger_unsealed e on e.source = a.source and e.row_key = a.key
        where e.tenant_id = (select tenant from app.context)) x
      order by leaf desc nulls first, id desc limit $3) y order by leaf nulls last, id`,
    [rows.map(({ source }) => source), rows.map(({ key }) => key), most],
  )
  return lines.map(lineOf)
}

/** The batch a reading came in. */
export async function batchesOf(tx: ReadTx, kind: string, id: string): Promise<Line[]> {
  const lines = await tx.query<Read>(
    `select * from (
       select e.leaf::float8 as leaf, ${LINE}, h.size::float8 as "headSize", h.at as "headAt" from ledger_events e ${HEAD}
        where e.tenant_id = (select tenant from app.context) and e.source = $1 and e.op = 'batch' and $2::uuid = any (e.rows)
       union all
       select null, ${LINE}, null, null from ledger_unsealed e
        where e.tenant_id = (select tenant from app.context) and e.source = $1 and e.op = 'batch' and $2::uuid = any (e.rows)) x`,
    [kind, id],
  )
  return lines.map(lineOf)
}

/** What people, tablets, keys, gateways and places are called, by their ids. */
export async function namesOf(tx: ReadTx, ids: readonly string[]): Promise<Map<string, string>> {
  const named = ['members', 'kiosks', 'api_keys', 'devices', 'locations'].map(
    (table) => `select id, name from ${table} where tenant_id = (select tenant from app.context) and id = any ($1)`,
  )
  const rows = await tx.query<{ id: string; name: string }>(named.join(' union all '), [ids])
  return new Map(rows.map(({ id, name }) => [id, name]))
}
