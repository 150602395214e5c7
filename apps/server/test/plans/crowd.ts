import { RowFactory, tenantTables } from '@opsflow/platform/server/isolation/rows'
import type pg from 'pg'

type Column = { name: string; type: string; isWord: boolean }

/** How often each row is there again: the more it is written and read in the product, the oftener. */
const TIMES = 40
const OFTEN = 300
const BUSY = ['temperature_logs', 'tasks', 'checklists', 'checklist_answers', 'events', 'sync_changes']

/**
 * Makes a crowd of what one customer has: each of its rows again at itself and at other customers, with ids and times
 * of their own, so that the planner has something to choose between. Of what it has nothing of, others have something.
 * Ids follow from the rows', references keep within their customer, and are not checked meanwhile.
 */
export async function crowd(admin: pg.Client, tenantId: string, customers: number) {
  const factory = await RowFactory.open(admin)
  const another = await factory.plantTenant()
  const lacking = new Set<string>()
  for (const table of tenantTables) {
    if ((await admin.query(`select from ${table} where tenant_id = $1 limit 1`, [tenantId])).rowCount) continue
    lacking.add(table)
    await factory.plant(another, table)
  }
  await admin.query('begin')
  await admin.query('set local session_replication_role = replica')
  for (const table of tenantTables) {
    const { rows: columns } = await admin.query<Column>(COLUMNS, [table])
    const names = columns.map(({ name }) => `"${name}"`).join(', ')
    const copies = (whose: 'own' | 'other') => columns.map((column) => written(column, whose)).join(', ')
    const model = `(select * from ${table} where tenant_id = $1 order by 1, 2 limit 5) r`
    const times = `generate_series(1, ${BUSY.includes(table.replace('public.', '')) ? OFTEN : TIMES}) times(nth)`
    const whose = lacking.has(table) ? another.tenantId : tenantId
    await admin.query(
      `insert into ${table} (${names}) select ${copies('other')} from ${model}, generate_series(1, ${customers}) customers(nth), ${times}
       on conflict do nothing`,
      [whose],
    )
    await admin.query(
      `insert into ${table} (${names}) select ${copies('own')} from ${model}, ${times} on conflict do nothing`,
      [tenantId],
    )
  }
  await admin.query('commit')
  await admin.query('vacuum analyze')
  await forgetOrder(admin)
}

/** In which order rows happen to lie differs from run to run: the planner is told that they lie in none. */
async function forgetOrder(admin: pg.Client) {
  const CORRELATION = 3 // STATISTIC_KIND_CORRELATION of pg_statistic.h
  for (const slot of [1, 2, 3, 4, 5]) {
    await admin.query(`update pg_statistic set stanumbers${slot} = '{0}' where stakind${slot} = ${CORRELATION}`)
  }
}

/** Of the same number are a row and what it belongs to; places are few, and each has many of everything. */
function written({ name, type, isWord }: Column, whose: 'own' | 'other'): string {
  const value = `r."${name}"`
  if (name === 'tenant_id') return whose === 'own' ? value : `md5('customer' || customers.nth)::uuid`
  const customer = whose === 'own' ? '' : ` || '/' || customers.nth`
  if (type === 'uuid' && FEW.includes(name)) return whose === 'own' ? value : `md5(${value}::text${customer})::uuid`
  if (type === 'uuid') return `md5(${value}::text${customer} || '#' || times.nth)::uuid`
  if (isWord) return `${value} || times.nth`
  if (type === 'timestamp with time zone') return `${value} - times.nth * interval '6 hours'`
  if (type === 'date') return `${value} - times.nth % 60`
  return value
}
const FEW = ['organization_id', 'location_id', 'scope_id', 'group_id', 'template_id', 'schedule_id']

/** A word is free text that no two rows may have alike. */
const COLUMNS = `
  select a.attname::text as name, format_type(a.atttypid, a.atttypmod) as type,
         a.atttypid = 'text'::regtype
           and exists (select from pg_index i where i.indrelid = a.attrelid and i.indisunique and a.attnum = any (i.indkey::int2[]))
           and not exists (select from pg_constraint k where k.conrelid = a.attrelid and k.contype = 'c'
                            and a.attnum = any (k.conkey) and pg_get_constraintdef(k.oid) ~ 'ARRAY|~') as "isWord"
    from pg_attribute a
   where a.attrelid = $1::regclass and a.attnum > 0 and not a.attisdropped and a.attgenerated = ''
   order by a.attnum`
