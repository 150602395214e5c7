import type { ReadTx } from '../tenant.ts'

/** What an export of the evidence log is made of, read as a tenant in one moment of the database. */

export type Scope = { source: string | null; locationId: string | null }

export type Form = { source: string; form: number; columns: string[]; content: string; key: string; inBatches: boolean }

/** Text comes out as it went into the digests. */
export async function readAsDigested(tx: ReadTx) {
  await tx.query(
    `select set_config('timezone', 'UTC', true), set_config('datestyle', 'ISO, MDY', true), set_config('bytea_output', 'hex', true),
            set_config('extra_float_digits', '1', true), set_config('intervalstyle', 'iso_8601', true)`,
  )
}

export async function readLog(tx: ReadTx): Promise<{ logId: string; size: number } | undefined> {
  const [log] = await tx.query<{ logId: string; size: number }>(
    `select log_id as "logId", size::float8 as size from ledger_logs where tenant_id = (select tenant from app.context)`,
  )
  return log
}

export const readKeys = (tx: ReadTx) =>
  tx.query<{ verifier: string; statement: string }>('select verifier, statement from ledger_keys order by n')

/** The last head of each day, and the latest five hundred: each stands for all before it. */
export async function readHeads(tx: ReadTx, after: number): Promise<string[]> {
  const rows = await tx.query<{ note: string }>(
    `select note from (
       select note, size, row_number() over (order by size desc) as back,
              row_number() over (partition by (at at time zone 'UTC')::date order by size desc) as of_day
         from ledger_heads where tenant_id = (select tenant from app.context) and size > $1) h
      where back <= 500 or of_day = 1 order by size`,
    [after],
  )
  return rows.map(({ note }) => note)
}

/** Where the changes since a time begin. */
export async function firstLeafSince(tx: ReadTx, since: string): Promise<number | undefined> {
  const [row] = await tx.query<{ leaf: number | null }>(
    `select min(leaf)::float8 as leaf from ledger_events where tenant_id = (select tenant from app.context) and at >= $1`,
    [since],
  )
  return row?.leaf ?? undefined
}

export async function readNodes(tx: ReadTx, level: number, from: number, to: number): Promise<Buffer[]> {
  const rows = await tx.query<{ hash: Buffer }>(
    level === 0
      ? `select leaf_hash as hash from ledger_events where tenant_id = (select tenant from app.context) and leaf >= $1 and leaf < $2 order by leaf`
      : `select hash from ledger_nodes where tenant_id = (select tenant from app.context) and level = ${level} and place >= $1 and place < $2 order by place`,
    [from, to],
  )
  return rows.map(({ hash }) => hash)
}

const BODY = 'app.ledger_body(id, row_key, op, form, before, after, actor, said, at, rows)'

export type EventLine = {
  id: string
  source: string
  location: string | null
  op: string
  body: string
  nonce: Buffer | null
  rows: string[] | null
}

export const readLeaves = (tx: ReadTx, from: number, to: number) =>
  tx.query<EventLine>(
    `select id, source, location_id as location, op, nonce, rows, ${BODY} as body from ledger_events
      where tenant_id = (select tenant from app.context) and leaf >= $1 and leaf < $2 order by leaf`,
    [from, to],
  )

export const readUnsealed = (tx: ReadTx, { source, locationId }: Scope, after: string | null, most: number) =>
  tx.query<EventLine>(
    `select id, source, location_id as location, op, nonce, rows, ${BODY} as body from ledger_unsealed
      where tenant_id = (select tenant from app.context) and ($1::text is null or source = $1) and ($2::uuid is null or location_id = $2)
        and ($3::uuid is null or id > $3)
      order by id limit $4`,
    [source, locationId, after, most],
  )

export const readBatches = (tx: ReadTx, { locationId }: Scope, source: string, from: number, most: number) =>
  tx.query<EventLine & { leaf: number }>(
    `select leaf::float8 as leaf, id, source, location_id as location, op, nonce, rows, ${BODY} as body from ledger_events
      where tenant_id = (select tenant from app.context) and op = 'batch' and source = $1 and leaf >= $2 and ($3::uuid is null or location_id = $3)
      order by leaf limit $4`,
    [source, from, locationId, most],
  )

/** The head over all that is sealed, and the one of so many changes, if there was one. */
export async function readHeadNotes(tx: ReadTx, older: number | undefined) {
  const [row] = await tx.query<{ note: string; isOlderThere: boolean }>(
    `select h.note, exists (select from ledger_heads o where o.tenant_id = l.tenant_id and o.size = $1) as "isOlderThere"
       from ledger_logs l join ledger_heads h on h.tenant_id = l.tenant_id and h.size = l.size
      where l.tenant_id = (select tenant from app.context)`,
    [older ?? 0],
  )
  return row
}

/** Changes by their places, in order. */
export const readEvents = (tx: ReadTx, leaves: readonly number[]) =>
  tx.query<EventLine & { leaf: number; key: string }>(
    `select leaf::float8 as leaf, row_key as key, id, source, location_id as location, op, nonce, rows, ${BODY} as body from ledger_events
      where tenant_id = (select tenant from app.context) and leaf = any ($1) order by leaf`,
    [leaves],
  )

/** Of these rows, those with a change that has no place yet. */
export async function readWaiting(tx: ReadTx, source: string, keys: readonly string[]): Promise<Set<string>> {
  const rows = await tx.query<{ key: string }>(
    `select distinct row_key as key from ledger_unsealed
      where tenant_id = (select tenant from app.context) and source = $1 and row_key = any ($2)`,
    [source, keys],
  )
  return new Set(rows.map(({ key }) => key))
}

export async function readForms(tx: ReadTx): Promise<Form[]> {
  return tx.query<Form>(
    `select source, form, columns, content, key_columns[1] as key, in_batches as "inBatches" from ledger_forms order by source, form desc`,
  )
}

const quoted = (name: string) => `"${name.replaceAll('"', '""')}"`

/** A row's text as each form it may have been recorded in saw it: what the trigger hashed. */
const contentOf = (forms: readonly Form[], form: string) =>
  `case ${form} ${forms.map(({ form: n, content }) => `when ${n} then ${content}`).join(' ')} end`

/** Which rows of a table may belong to a place; whether one does, its last event says: where rows may move, none do. */
const atPlace = (source: string, columns: readonly string[]) =>
  source === 'locations' ? 't.id' : columns.includes('location_id') ? 't.location_id' : 'null::uuid'

export type Row = { key: string; nonce: Buffer | null; content: string; leaf: number | null; known: boolean }

/** Rows as they stand, each with what its last event needs to be checked; a thousand at a time, by their keys. */
export async function readRows(
  tx: ReadTx,
  forms: readonly Form[],
  { locationId }: Scope,
  after: string | null,
  keys?: readonly string[],
) {
  const [latest] = forms
  if (!latest) return []
  const column = `t.${quoted(latest.key)}`
  return tx.query<Row>(
    `select ${column}::text as key, last.nonce, last.leaf::float8 as leaf, last.form is not null as known,
            ${contentOf(forms, `coalesce(last.form, ${latest.form})`)} as content
       from ${quoted(latest.source)} t
       left join lateral (
         select * from (
           (select nonce, form, location_id, null::bigint as leaf, 0 as back from ledger_unsealed u
             where u.tenant_id = t.tenant_id and u.source = $1 and u.row_key = ${column}::text order by u.id desc limit 1)
           union all
           (select nonce, form, location_id, leaf, 1 from ledger_events e
             where e.tenant_id = t.tenant_id and e.source = $1 and e.row_key = ${column}::text order by e.leaf desc limit 1)
         ) l order by back limit 1
       ) last on true
      where t.tenant_id = (select tenant from app.context) and ($2::uuid is null or ${atPlace(latest.source, latest.columns)} = $2 and (last.form is null or last.location_id = $2))
        and ($3::uuid is null or ${column} > $3) and ($4::uuid[] is null or ${column} = any ($4))
      order by ${column} limit 1000`,
    [latest.source, locationId, after, keys ?? null],
  )
}

/** The rows of a batch that are still there. */
export async function readBatch(tx: ReadTx, form: Form, ids: readonly string[]): Promise<Map<string, string>> {
  const rows = await tx.query<{ id: string; content: string }>(
    `select t.id, ${contentOf([form], String(form.form))} as content from ${quoted(form.source)} t
      where t.tenant_id = (select tenant from app.context) and t.id = any ($1)`,
    [ids],
  )
  return new Map(rows.map(({ id, content }) => [id, content]))
}

/** Rows of a batched table that no batch names: nobody but who went round the log could have put them there. */
export async function strayRows(
  tx: ReadTx,
  form: Form,
  { locationId }: Scope,
): Promise<{ id: string; content: string }[]> {
  return tx.query(
    `with named as materialized (
       select unnest(rows) as id from ledger_events where tenant_id = (select tenant from app.context) and source = $1 and op = 'batch'
       union all
       select unnest(rows) from ledger_unsealed where tenant_id = (select tenant from app.context) and source = $1 and op = 'batch')
     select t.id, ${contentOf([form], String(form.form))} as content from ${quoted(form.source)} t
      where t.tenant_id = (select tenant from app.context) and ($2::uuid is null or t.location_id = $2)
        and not exists (select from named n where n.id = t.id)`,
    [form.source, locationId],
  )
}
