import type { Actor } from '@opsflow/platform/actor'
import type { Statement } from '@opsflow/platform/server/batch'
import type { Database, ReadTx, Tx } from '@opsflow/platform/server/tenant'
import { rowsFor, Where } from '@opsflow/platform/server/where'
import type { AuditImport, Encoding, ImportKind, Look } from '../audit-import.ts'
import type { InspectionMapping } from '../inspection-columns.ts'

const COLUMNS = `
  i.id, i.file_name as "fileName", i.bytes::float8 as bytes, encode(i.sha256, 'hex') as sha256, i.state, i.kind, i.encoding,
  i.bytes_read::float8 as "bytesRead",
  json_build_object('total', i.rows_total, 'done', i.rows_done, 'accepted', i.rows_accepted, 'duplicate', i.rows_duplicate,
    'differing', i.rows_differing, 'unplaced', i.rows_unplaced, 'refused', i.rows_refused) as rows,
  json_build_object(
    'kept', (select count(*)::int from imported_photos p where p.tenant_id = i.tenant_id and p.import_id = i.id),
    'refused', (select count(*)::int from audit_import_errors e where e.tenant_id = i.tenant_id and e.import_id = i.id
                   and e.code in ('photo_unreadable', 'photo_no_room'))) as photos,
  i.failure, i.created_at as "createdAt", i.finished_at as "finishedAt",
  case when m.id is not null then json_build_object('id', m.id, 'name', m.name) end as "createdBy"`
const TABLES = 'audit_imports i left join members m on m.tenant_id = i.tenant_id and m.id = i.created_by'

export function listImports(
  { tenantId, organizationId }: Actor,
  after: readonly [createdAt: string, id: string] | null,
  limit: number,
): Statement {
  const where = new Where('i.tenant_id', tenantId)
    .and('i.organization_id = ?', organizationId)
    .and('(i.created_at, i.id) < (?, ?)', after?.[0], after?.[1])
  const sql = `select ${COLUMNS} from ${TABLES} where ${where} order by i.created_at desc, i.id desc limit ${rowsFor(limit)}`
  return { sql, params: where.params }
}

const ONE = `select ${COLUMNS}, i.look, i.mapping from ${TABLES}
  where i.tenant_id = (select app.tenant()) and i.organization_id = $1 and i.id = $2`

/** With the mapping it is read by. */
export type KeptImport = AuditImport & { mapping: InspectionMapping | null }

export const readImport = async (tx: ReadTx, id: string): Promise<KeptImport | undefined> =>
  (await tx.query<KeptImport>(ONE, [tx.actor.organizationId, id]))[0]

export const lockImport = async (tx: Tx, id: string): Promise<KeptImport | undefined> =>
  (await tx.query<KeptImport>(`${ONE} for no key update of i`, [tx.actor.organizationId, id]))[0]

/** Imports of the organization that hold a file. */
export const openImports = async (tx: ReadTx): Promise<number> =>
  (
    await tx.query<{ open: number }>(
      `select count(*)::int as open from audit_imports where tenant_id = (select app.tenant()) and organization_id = $1
          and state in ('receiving', 'reading', 'previewed', 'running')`,
      [tx.actor.organizationId],
    )
  )[0]?.open ?? 0

export const insertImport = (tx: Tx, { id, fileName, by }: { id: string; fileName: string; by: string | null }) =>
  tx.query('insert into audit_imports (id, organization_id, file_name, created_by) values ($1, $2, $3, $4)', [
    id,
    tx.actor.organizationId,
    fileName,
    by,
  ])

export const insertChunk = (tx: Tx, importId: string, n: number, bytes: Uint8Array) =>
  tx.query('insert into audit_import_chunks (import_id, n, bytes) values ($1, $2, $3)', [
    importId,
    n,
    Buffer.from(bytes),
  ])

/** One piece of a kept file. Undefined: it has no such piece. */
export async function chunkOf(database: Database, actor: Actor, importId: string, n: number) {
  const [chunk] = await database.readOne<{ bytes: Buffer }>(
    actor,
    'select bytes from audit_import_chunks where tenant_id = (select app.tenant()) and import_id = $1 and n = $2',
    [importId, n],
  )
  return chunk?.bytes
}

export async function* chunksOf(database: Database, actor: Actor, importId: string): AsyncGenerator<Buffer> {
  for (let n = 0; ; n++) {
    const bytes = await chunkOf(database, actor, importId, n)
    if (!bytes) return
    yield bytes
  }
}

const letGoOfFile = (tx: Tx, importId: string) =>
  tx.query('delete from audit_import_chunks where tenant_id = (select app.tenant()) and import_id = $1', [importId])

/** What never arrived, or is no file we know, leaves nothing. */
export async function forgetImport(tx: Tx, id: string) {
  await letGoOfFile(tx, id)
  await tx.query('delete from audit_imports where tenant_id = (select app.tenant()) and id = $1', [id])
}

export type Received = { bytes: number; sha256: Buffer; kind: ImportKind; encoding: Encoding }

export const storeReceived = (tx: Tx, id: string, { bytes, sha256, kind, encoding }: Received) =>
  tx.query(
    `update audit_imports set state = 'reading', bytes = $2, sha256 = $3, kind = $4, encoding = $5
      where tenant_id = (select app.tenant()) and id = $1`,
    [id, bytes, sha256, kind, encoding],
  )

/** As if nobody had looked yet. */
export async function readAnew(tx: Tx, id: string, encoding: Encoding, mapping: InspectionMapping | null) {
  await tx.query('delete from audit_import_errors where tenant_id = (select app.tenant()) and import_id = $1', [id])
  await tx.query('delete from audit_import_places where tenant_id = (select app.tenant()) and import_id = $1', [id])
  await tx.query(
    `update audit_imports set state = 'reading', attempts = 0, failure = null, encoding = $2, mapping = $3, look = null, bytes_read = 0, rows_total = null,
            rows_refused = 0
      where tenant_id = (select app.tenant()) and id = $1`,
    [id, encoding, mapping && JSON.stringify(mapping)],
  )
}

export const storeBytesRead = (tx: Tx, id: string, bytes: number) =>
  tx.query(`update audit_imports set bytes_read = $2 where tenant_id = (select app.tenant()) and id = $1`, [id, bytes])

export const storeLook = (tx: Tx, id: string, look: Look, rowsTotal: number) =>
  tx.query(
    `update audit_imports set state = 'previewed', attempts = 0, look = $2, mapping = $3, rows_total = $4, rows_refused = $5, bytes_read = bytes
      where tenant_id = (select app.tenant()) and id = $1 and state = 'reading'`,
    [id, JSON.stringify(look), look.mapping && JSON.stringify(look.mapping), rowsTotal, look.refused],
  )

/** Counted before it is begun. Undefined: nothing is to be done with it. */
export const countAttempt = async (tx: Tx, id: string): Promise<number | undefined> =>
  (
    await tx.query<{ attempts: number }>(
      `update audit_imports set attempts = attempts + 1
        where tenant_id = (select app.tenant()) and id = $1 and state in ('reading', 'running') returning attempts`,
      [id],
    )
  )[0]?.attempts

/** It was ended from without, and did nothing wrong. */
export const giveAttemptBack = (tx: Tx, id: string) =>
  tx.query(
    `update audit_imports set attempts = greatest(attempts - 1, 0) where tenant_id = (select app.tenant()) and id = $1`,
    [id],
  )

/** Someone decides again whether to import it; the file and what is imported already stay. */
export const backToPreview = (tx: Tx, id: string, failure: string) =>
  tx.query(
    `update audit_imports set state = 'previewed', failure = $2 where tenant_id = (select app.tenant()) and id = $1`,
    [id, failure],
  )

export const startImport = (tx: Tx, id: string) =>
  tx.query(
    `update audit_imports set state = 'running', attempts = 0, failure = null where tenant_id = (select app.tenant()) and id = $1`,
    [id],
  )

export type Moved = { done: number; accepted: number; duplicate: number; differing: number; unplaced: number }

export const moveImport = (tx: Tx, id: string, { done, accepted, duplicate, differing, unplaced }: Moved) =>
  tx.query(
    `update audit_imports set attempts = 0, rows_done = rows_done + $2, rows_accepted = rows_accepted + $3, rows_duplicate = rows_duplicate + $4,
            rows_differing = rows_differing + $5, rows_unplaced = rows_unplaced + $6
      where tenant_id = (select app.tenant()) and id = $1`,
    [id, done, accepted, duplicate, differing, unplaced],
  )

/** Nothing goes on with it; its file is forgotten. */
export async function endImport(
  tx: Tx,
  id: string,
  state: 'done' | 'failed' | 'cancelled',
  failure: string | null = null,
) {
  await tx.query(
    `update audit_imports set state = $2, failure = $3, finished_at = now() where tenant_id = (select app.tenant()) and id = $1`,
    [id, state, failure],
  )
  await letGoOfFile(tx, id)
}

/** What the relay role's pool can do: it sees across tenants which imports there are, and nothing else of them. */
export type AcrossTenants = { query: (sql: string, params?: unknown[]) => Promise<{ rows: unknown[] }> }
export type Whose = { tenantId: string; organizationId: string; id: string }

/** Imports that were at work when their process ended, the least tried first. */
export const cutOffImports = async (relay: AcrossTenants): Promise<Whose[]> =>
  (
    await relay.query(
      `select tenant_id as "tenantId", organization_id as "organizationId", id from audit_imports where state in ('reading', 'running')
        order by attempts, id`,
    )
  ).rows as Whose[]

/** Files that stopped arriving a day ago, or that nobody went on with for a week. */
export const forgottenImports = async (relay: AcrossTenants): Promise<Whose[]> =>
  (
    await relay.query(
      `select tenant_id as "tenantId", organization_id as "organizationId", id from audit_imports
        where (state = 'receiving' and created_at < now() - interval '1 day')
           or (state = 'previewed' and created_at < now() - interval '7 days')
          order by random() limit 100`,
    )
  ).rows as Whose[]

/** Of a JSON the look says whose it is. */
export const storeReceivedKind = (tx: Tx, id: string, kind: ImportKind) =>
  tx.query('update audit_imports set kind = $2 where tenant_id = (select app.tenant()) and id = $1', [id, kind])
