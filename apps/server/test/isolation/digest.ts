import type pg from 'pg'
import { manifest } from '../../../../db/manifest.ts'

const TABLES = Object.keys(manifest).filter((name) => manifest[name] === 'tenant')

/** When a credential or a device was last heard of is noted beside a request, whatever becomes of it. */
const NOTED = ['last_used_at', 'last_seen_at', 'seen_at']

export type Digests = Map<string, string>

/** What every table of the tenants holds: how many rows, and a sum over all of their text. */
export async function digestsOf(rows: pg.Pool, tenantIds: readonly string[]): Promise<Digests> {
  const each = TABLES.map(
    (table) =>
      `select '${table}' as name, count(*) || ' ' || coalesce(sum(hashtextextended((to_jsonb(t) - '{${NOTED}}'::text[])::text, 0)), 0) as digest
         from ${table} t where tenant_id = any ($1)`,
  )
  const found = await rows.query<{ name: string; digest: string }>(each.join(' union all '), [tenantIds])
  return new Map(found.rows.map(({ name, digest }) => [name, digest]))
}

export const changedTables = (before: Digests, after: Digests): string[] =>
  [...after].filter(([name, digest]) => before.get(name) !== digest).map(([name]) => name)

/** Every id there is of a tenant's things. */
export async function idsOf(rows: pg.Pool, tenantId: string): Promise<string[]> {
  const { rows: tables } = await rows.query<{ name: string }>(
    `select n.nspname || '.' || c.relname as name from pg_class c join pg_namespace n on n.oid = c.relnamespace
       join pg_attribute a on a.attrelid = c.oid and a.attname = 'id' and a.atttypid = 'uuid'::regtype
      where n.nspname || '.' || c.relname = any ($1)`,
    [TABLES],
  )
  const each = tables.map(({ name }) => `select id from ${name} where tenant_id = $1`)
  const found = await rows.query<{ id: string }>(each.join(' union '), [tenantId])
  return found.rows.map(({ id }) => id)
}

type Found = { table: string; locationId: string | null; tenantId: string }

/** Which table an id is of, found by looking; the things of a kind are the rows of one table. */
export class Whereabouts {
  readonly #rows: pg.Pool
  readonly #find: string

  private constructor(rows: pg.Pool, find: string) {
    this.#rows = rows
    this.#find = find
  }

  static async open(rows: pg.Pool): Promise<Whereabouts> {
    const { rows: tables } = await rows.query<{ name: string; located: boolean }>(
      `select n.nspname || '.' || c.relname as name,
              exists (select from pg_attribute a where a.attrelid = c.oid and a.attname = 'location_id' and a.attnotnull) as located
         from pg_class c join pg_namespace n on n.oid = c.relnamespace
         join pg_attribute a on a.attrelid = c.oid and a.attname = 'id' and a.atttypid = 'uuid'::regtype
        where n.nspname || '.' || c.relname = any ($1) order by c.relname`,
      [TABLES],
    )
    // Facts and the feed repeat the ids of what they tell of.
    const each = tables
      .filter(({ name }) => !/\.(facts|events|sync_\w+|notices|notice_deliveries)$/.test(name))
      .map(
        ({ name, located }) =>
          `select '${name}' as "table", ${name === 'public.locations' ? 'id' : located ? 'location_id' : 'null::uuid'} as "locationId", tenant_id as "tenantId" from ${name} where id = $1`,
      )
    return new Whereabouts(rows, each.join(' union all '))
  }

  async of(id: string): Promise<Found | undefined> {
    return (await this.#rows.query<Found>(this.#find, [id])).rows[0]
  }

  /** A thing of the same kind that belongs to someone else. */
  async likeIn(tenantId: string, id: string): Promise<string | undefined> {
    const found = /^[0-9a-f]{8}-[0-9a-f-]{27}$/i.test(id) ? await this.of(id) : undefined
    if (!found) return undefined
    const { rows } = await this.#rows.query<{ id: string }>(
      `select id from ${found.table} where tenant_id = $1 order by id limit 1`,
      [tenantId],
    )
    return rows[0]?.id
  }
}
