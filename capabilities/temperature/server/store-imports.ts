import type { Actor } from '@opsflow/platform/actor'
import type { Statement } from '@opsflow/platform/server/batch'
import type { ReadTx, Tx } from '@opsflow/platform/server/tenant'
import { rowsFor, Where } from '@opsflow/platform/server/where'
import type { ColumnMapping, RowError } from '../index.ts'
import type { Import } from '../routes.ts'

const IMPORT_COLUMNS = `
  i.id, i.unit_id as "unitId", u.name as "unitName", i.location_id as "locationId", i.sensor_id as "sensorId",
  i.file_name as "fileName", i.state, i.rows_total as "rowsTotal", i.rows_done as "rowsDone",
  i.rows_accepted as "rowsAccepted", i.rows_duplicate as "rowsDuplicate", i.rows_rejected as "rowsRejected",
  i.created_at as "createdAt", i.finished_at as "finishedAt"`

const IMPORT_TABLES = 'imports i join units u on u.tenant_id = i.tenant_id and u.id = i.unit_id'

export type ImportFilter = {
  locationId?: string | undefined
  after?: readonly [createdAt: string, id: string] | null | undefined
}

/** Newest first, with one more than `limit` at least when there are more. */
export function listImports({ tenantId }: Actor, { locationId, after }: ImportFilter, limit: number): Statement {
  const where = new Where('i.tenant_id', tenantId)
    .and('i.location_id = ?', locationId)
    .and('(i.created_at, i.id) < (?, ?)', after?.[0], after?.[1])
  const sql = `select ${IMPORT_COLUMNS} from ${IMPORT_TABLES} where ${where}
                order by i.created_at desc, i.id desc limit ${rowsFor(limit)}`
  return { sql, params: where.params }
}

export const ONE_IMPORT = `select ${IMPORT_COLUMNS} from ${IMPORT_TABLES} where i.tenant_id = (select app.tenant()) and i.id = $1`

/** Parameters: import, cursor (row, column), how many. */
export const LIST_ERRORS = `
  select row_number as row, column_name as "column", code, message from import_errors
   where tenant_id = (select app.tenant()) and import_id = $1 and ($2::int is null or (row_number, column_name) > ($2, $3::text))
   order by row_number, column_name limit $4`

export async function readImport(tx: ReadTx, id: string): Promise<Import | undefined> {
  return (await tx.query<Import>(ONE_IMPORT, [id]))[0]
}

export type LockedImport = Import & { mapping: ColumnMapping | null; columns: string[] }

export async function lockImport(tx: Tx, id: string): Promise<LockedImport | undefined> {
  const [row] = await tx.query<LockedImport>(
    `select ${IMPORT_COLUMNS}, i.mapping, i.columns from ${IMPORT_TABLES}
      where i.tenant_id = (select app.tenant()) and i.id = $1 for no key update of i`,
    [id],
  )
  return row
}

export type ImportToRun = LockedImport & { content: Buffer | null; timezone: string }

export async function readImportToRun(tx: ReadTx, id: string): Promise<ImportToRun | undefined> {
  const [row] = await tx.query<ImportToRun>(
    `select ${IMPORT_COLUMNS}, i.mapping, i.columns, i.content, l.timezone
       from ${IMPORT_TABLES} join locations l on l.tenant_id = i.tenant_id and l.id = i.location_id
      where i.tenant_id = (select app.tenant()) and i.id = $1`,
    [id],
  )
  return row
}

export type NewImport = {
  id: string
  locationId: string
  unitId: string
  sensorId: string
  fileName: string
  content: Uint8Array
  sha256: Buffer
  columns: readonly string[]
  rowsTotal: number
  by: string | null
}

export async function insertImport(tx: Tx, one: NewImport) {
  await tx.query(
    `insert into imports (id, location_id, unit_id, sensor_id, file_name, content, content_sha256, columns, rows_total, created_by)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)`,
    [
      one.id,
      one.locationId,
      one.unitId,
      one.sensorId,
      one.fileName,
      Buffer.from(one.content),
      one.sha256,
      one.columns,
      one.rowsTotal,
      one.by,
    ],
  )
}

export async function startImport(tx: Tx, id: string, mapping: ColumnMapping) {
  await tx.query(
    `update imports set state = 'running', mapping = $2, attempts = 0 where tenant_id = (select app.tenant()) and id = $1`,
    [id, JSON.stringify(mapping)],
  )
}

/** Counted before it is begun. Undefined: it does not run. */
export const countAttempt = async (tx: Tx, id: string): Promise<number | undefined> =>
  (
    await tx.query<{ attempts: number }>(
      `update imports set attempts = attempts + 1
        where tenant_id = (select app.tenant()) and id = $1 and state = 'running' returning attempts`,
      [id],
    )
  )[0]?.attempts

/** It was ended from without, and did nothing wrong. */
export const giveAttemptBack = (tx: Tx, id: string) =>
  tx.query(
    `update imports set attempts = greatest(attempts - 1, 0) where tenant_id = (select app.tenant()) and id = $1`,
    [id],
  )

/** Set aside, until someone has it tried again. */
export const pauseImport = (tx: Tx, id: string) =>
  tx.query(`update imports set state = 'paused' where tenant_id = (select app.tenant()) and id = $1`, [id])

export async function failImport(tx: Tx, id: string) {
  await tx.query(
    `update imports set state = 'failed', finished_at = now()
      where tenant_id = (select app.tenant()) and id = $1 and state = 'running'`,
    [id],
  )
}

export type Progress = { done: number; accepted: number; duplicate: number; rejected: number }

/** Moves on with the batch, in its transaction. With the last row the file itself is let go. */
export async function moveImport(tx: Tx, id: string, { done, accepted, duplicate, rejected }: Progress) {
  await tx.query(
    `update imports set attempts = 0, rows_done = rows_done + $2, rows_accepted = rows_accepted + $3,
            rows_duplicate = rows_duplicate + $4, rows_rejected = rows_rejected + $5,
            state = case when rows_done + $2 >= rows_total then 'done' else state end,
            finished_at = case when rows_done + $2 >= rows_total then now() end,
            content = case when rows_done + $2 >= rows_total then null else content end
      where tenant_id = (select app.tenant()) and id = $1`,
    [id, done, accepted, duplicate, rejected],
  )
}

export async function insertErrors(
  tx: Tx,
  importId: string,
  locationId: string,
  errors: readonly (Omit<RowError, 'code'> & { row: number; code: string })[],
) {
  if (errors.length === 0) return
  await tx.query(
    `insert into import_errors (import_id, location_id, row_number, column_name, code, message)
     select $1, $2, n.* from unnest($3::int[], $4::text[], $5::text[], $6::text[]) n
     on conflict (tenant_id, import_id, row_number, column_name) do nothing`,
    [
      importId,
      locationId,
      errors.map(({ row }) => row),
      errors.map(({ column }) => column.slice(0, 200)),
      errors.map(({ code }) => code),
      errors.map(({ message }) => message),
    ],
  )
}
