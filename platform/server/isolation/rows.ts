import { randomBytes, randomInt, randomUUID } from 'node:crypto'
import pg from 'pg'
import { manifest } from '../../../db/manifest.ts'

export const tenantTables = Object.keys(manifest).filter((name) => manifest[name] === 'tenant')

/** A table as the catalog describes it: what a row needs, and what the runtime role may do with one. */
export type Table = {
  name: string
  primaryKey: string[]
  needs: { column: string; type: string; check: string }[]
  parents: { columns: string[]; table: string; targets: string[] }[]
  /** A column that the runtime role may update; none when rows are only ever appended. */
  updatable: string | null
  isInsertable: boolean
  isDeletable: boolean
  isLocated: boolean
  /** A tenant has one row of it at most. */
  isSingle: boolean
}

export type Row = Record<string, unknown>

/** A tenant with its organization and one location, from which every other row can be made. */
export type PlantedTenant = { tenantId: string; organizationId: string; locationId: string }

/** Columns that may be null, but not all of them at once: what a CHECK over the whole row asks for. */
const ALSO_NEEDED: Record<string, string[]> = {
  'public.temperature_logs': ['value_milli'],
  'public.corrective_actions': ['alarm_id'],
  'public.role_grants': ['role'],
  'public.invitations': ['role'],
  'public.sync_clients': ['member_id'],
  'public.checklist_presences': ['code_end'],
}

/** Makes rows of any tenant table from the catalog alone, as the superuser, whom no fence stops. */
export class RowFactory {
  readonly #admin: pg.Client
  /** No two rows are numbered alike, whoever else makes some. */
  #keys = randomInt(1_000_000_000)
  readonly tables: ReadonlyMap<string, Table>

  private constructor(admin: pg.Client, tables: ReadonlyMap<string, Table>) {
    this.#admin = admin
    this.tables = tables
  }

  static async open(admin: pg.Client): Promise<RowFactory> {
    const { rows } = await admin.query<Table>(DESCRIBE, [tenantTables, JSON.stringify(ALSO_NEEDED)])
    return new RowFactory(admin, new Map(rows.map((table) => [table.name, table])))
  }

  async plantTenant(): Promise<PlantedTenant> {
    const tenantId = randomUUID()
    await this.store('public.tenants', { tenant_id: tenantId, name: 'Planted' })
    const organizationId = randomUUID()
    const organization = { tenant_id: tenantId, id: organizationId, name: 'Planted', slug: 'planted' }
    await this.store('public.organizations', organization)
    const locationId = await this.plantLocation({ tenantId, organizationId })
    return { tenantId, organizationId, locationId }
  }

  async plantLocation({
    tenantId,
    organizationId,
  }: Pick<PlantedTenant, 'tenantId' | 'organizationId'>): Promise<string> {
    const id = randomUUID()
    const place = { name: id, kind: 'cafe', timezone: 'UTC' }
    await this.store('public.locations', { tenant_id: tenantId, id, organization_id: organizationId, ...place })
    return id
  }

  /** A new row with parents of its own, stored. */
  async plant(tenant: PlantedTenant, table: string): Promise<Row> {
    return this.store(table, await this.prepare(tenant, table))
  }

  /** A row that could be stored next: its parents are there, it is not. */
  async prepare(tenant: PlantedTenant, name: string): Promise<Row> {
    const table = this.table(name)
    const row: Row = { tenant_id: tenant.tenantId }
    for (const { column, type, check } of table.needs) {
      const parent = table.parents.find(({ columns }) => columns.includes(column))
      if (column in row) continue
      else if (column === 'organization_id') row[column] = tenant.organizationId
      else if (column === 'location_id' || (name === 'public.sync_changes' && column === 'scope_id'))
        row[column] = tenant.locationId
      else if (parent) Object.assign(row, keysOf(parent, await this.plant(tenant, parent.table)))
      else if (table.primaryKey.includes(column) && /int/.test(type)) row[column] = ++this.#keys
      else row[column] = aValue(type, check)
    }
    return row
  }

  async store(table: string, row: Row): Promise<Row> {
    const { sql, params } = insertion(table, row)
    return (await this.#admin.query<Row>({ text: `${sql} returning *`, values: params, types: AS_SENT })).rows[0] as Row
  }

  table(name: string): Table {
    const table = this.tables.get(name)
    if (!table) throw new Error(`${name} is listed in db/manifest.ts but not in the database`)
    return table
  }
}

/** Documents stay text: a list read from one would be sent back as an array of PostgreSQL. */
export const AS_SENT: pg.CustomTypesConfig = {
  getTypeParser: (oid: number, format?: 'text' | 'binary') =>
    oid === pg.types.builtins.JSONB ? String : pg.types.getTypeParser(oid, format),
}

export function insertion(table: string, row: Row): { sql: string; params: unknown[] } {
  const columns = Object.keys(row)
  const places = columns.map((_, n) => `$${n + 1}`)
  return {
    sql: `insert into ${table} (${columns.join(', ')}) values (${places.join(', ')})`,
    params: Object.values(row),
  }
}

const keysOf = ({ columns, targets }: Table['parents'][number], parent: Row): Row =>
  Object.fromEntries(columns.map((column, n) => [column, parent[targets[n] as string]]))

/** Any value the column takes: the first word of a closed list, the least number of a range. */
function aValue(type: string, check: string): unknown {
  const word = check.match(/ARRAY\['([^']+)'::text/)?.[1]
  if (word) return word
  const least = check.match(/>= '?(-?\d+)/)?.[1]
  switch (type) {
    case 'uuid':
      return randomUUID()
    case 'text':
      return `w${randomBytes(6).toString('hex')}`
    case 'text[]':
      return ['word']
    case 'bytea':
      return randomBytes(Number(check.match(/length\(\w+\) = (\d+)/)?.[1] ?? 32))
    case 'jsonb':
      return '{}'
    case 'boolean':
      return false
    case 'smallint':
    case 'integer':
    case 'bigint':
      return Number(least ?? 1)
    case 'timestamp with time zone':
      return new Date().toISOString()
    case 'date':
      return new Date().toISOString().slice(0, 10)
    default:
      throw new Error(`No value is known for type ${type}. Teach it to isolation/rows.ts.`)
  }
}

const DESCRIBE = `
  with t as (
    select c.oid, n.nspname || '.' || c.relname as name
      from pg_class c join pg_namespace n on n.oid = c.relnamespace
     where n.nspname || '.' || c.relname = any ($1)),
  col as (
    select a.attrelid as oid, a.attname::text as name, a.attnum, format_type(a.atttypid, a.atttypmod) as type, a.attnotnull as required,
           pg_get_expr(d.adbin, d.adrelid) as default_value
      from t join pg_attribute a on a.attrelid = t.oid and a.attnum > 0 and not a.attisdropped
      left join pg_attrdef d on d.adrelid = a.attrelid and d.adnum = a.attnum)
  select t.name,
    (select array_agg(a.attname::text order by k.n) from pg_index i cross join lateral unnest(i.indkey::int2[]) with ordinality k (attnum, n)
       join pg_attribute a on a.attrelid = t.oid and a.attnum = k.attnum where i.indrelid = t.oid and i.indisprimary) as "primaryKey",
    (select coalesce(jsonb_agg(jsonb_build_object('column', col.name, 'type', col.type, 'check', coalesce(
              (select string_agg(pg_get_constraintdef(k.oid), ' ') from pg_constraint k
                where k.conrelid = t.oid and k.contype = 'c' and k.conkey = array[col.attnum]), '')) order by col.attnum), '[]')
       from col where col.oid = t.oid and col.name <> 'tenant_id'
        and (col.required and (col.default_value is null or col.default_value like '%app.%')
             or $2::jsonb -> t.name ? col.name)) as needs,
    (select coalesce(jsonb_agg(jsonb_build_object('columns', k.own, 'table', k.target, 'targets', k.theirs)), '[]') from (
       select fn.nspname || '.' || f.relname as target,
              array(select a.attname::text from unnest(k.conkey) with ordinality x (n, i) join pg_attribute a on a.attrelid = k.conrelid and a.attnum = x.n order by x.i) as own,
              array(select a.attname::text from unnest(k.confkey) with ordinality x (n, i) join pg_attribute a on a.attrelid = k.confrelid and a.attnum = x.n order by x.i) as theirs
         from pg_constraint k join pg_class f on f.oid = k.confrelid join pg_namespace fn on fn.oid = f.relnamespace
        where k.conrelid = t.oid and k.contype = 'f' and k.conparentid = 0 and cardinality(k.conkey) > 1) k) as parents,
    (select min(col.name) from col where col.oid = t.oid
        and has_column_privilege('opsflow_app', t.oid, col.attnum, 'UPDATE')) as updatable,
    has_any_column_privilege('opsflow_app', t.oid, 'INSERT') as "isInsertable",
    has_table_privilege('opsflow_app', t.oid, 'DELETE') as "isDeletable",
    exists (select from col where col.oid = t.oid and col.required
             and (col.name = 'location_id' or t.name = 'public.sync_changes' and col.name = 'scope_id')) as "isLocated",
    exists (select from pg_index i join col on col.oid = t.oid and col.name = 'tenant_id' and col.attnum = i.indkey[0]
             where i.indrelid = t.oid and i.indisunique and i.indnkeyatts = 1) as "isSingle"
  from t order by t.name`
