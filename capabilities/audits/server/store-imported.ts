import type { Actor } from '@opsflow/platform/actor'
import type { Statement } from '@opsflow/platform/server/batch'
import type { ReadTx, Tx } from '@opsflow/platform/server/tenant'
import { Where } from '@opsflow/platform/server/where'
import type { ComputedBeside, GivenAudit, WholeImportedAudit } from '../imported.ts'

const IMPORTED = `
  a.id, a.location_id as "locationId", a.source, a.source_id as "sourceId", a.place, a.name, a.audit_type as "auditType",
  to_char(a.audit_date, 'YYYY-MM-DD') as "auditDate", a.completed_at as "completedAt", a.stated_by as "statedBy", a.result,
  a.given_score as score, a.given_max as max, a.given_percent as percent, a.given_grade as grade, a.computed,
  (select count(*)::int from imported_findings f where f.tenant_id = a.tenant_id and f.audit_id = a.id) as "findingCount",
  encode(a.digest, 'hex') as digest, a.imported_at as "importedAt",
  case when m.id is not null then json_build_object('id', m.id, 'name', m.name) end as "importedBy",
  json_build_object('importId', i.id, 'name', i.file_name, 'sha256', coalesce(encode(i.sha256, 'hex'), '')) as file`
const TABLES = `
  imported_audits a
  join audit_imports i on i.tenant_id = a.tenant_id and i.id = a.import_id
  left join members m on m.tenant_id = i.tenant_id and m.id = i.created_by`

export type ImportedFilter = {
  locationId?: string | undefined
  importId?: string | undefined
  source?: string | undefined
  auditType?: string | undefined
  disagrees?: string | undefined
  from?: string | undefined
  to?: string | undefined
  after?: readonly [auditDate: string, id: string] | null | undefined
}

const whereOf = ({ tenantId }: Pick<Actor, 'tenantId'>, filter: ImportedFilter) =>
  new Where('a.tenant_id', tenantId)
    .and('a.location_id = ?', filter.locationId)
    .and('a.import_id = ?', filter.importId)
    .and('a.source = ?', filter.source)
    .and('a.audit_type = ?', filter.auditType)
    .and('a.audit_date >= ?', filter.from)
    .and('a.audit_date <= ?', filter.to)
    .and('(a.audit_date, a.id) < (?, ?)', filter.after?.[0], filter.after?.[1])
    .andIf(filter.disagrees === 'true', 'a.disagrees')

export function listImported(actor: Actor, filter: ImportedFilter, rows: number): Statement {
  const where = whereOf(actor, filter)
  const sql = `select ${IMPORTED} from ${TABLES} where ${where} order by a.audit_date desc, a.id desc limit ${rows}`
  return { sql, params: where.params }
}

const WHOLE = `
  ${IMPORTED}, a.answers, a.columns,
  coalesce((select json_agg(json_build_object('code', f.code, 'text', f.text, 'isCritical', f.is_critical) order by f.position, f.id)
              from imported_findings f where f.tenant_id = a.tenant_id and f.audit_id = a.id), '[]') as findings,
  coalesce((select json_agg(json_build_object('answer', p.answer, 'fileId', p.file_id, 'sha256', encode(p.sha256, 'hex'), 'keptAt', p.kept_at)
                            order by p.answer, p.id)
              from imported_photos p where p.tenant_id = a.tenant_id and p.audit_id = a.id), '[]') as photos`

export function wholeImported(
  actor: Actor,
  filter: ImportedFilter & { ids?: readonly string[] },
  rows: number,
): Statement {
  const where = whereOf(actor, filter).and('a.id = any (?::uuid[])', filter.ids)
  const sql = `select ${WHOLE} from ${TABLES} where ${where} order by a.audit_date desc, a.id desc limit ${rows}`
  return { sql, params: where.params }
}

export async function readImported(tx: ReadTx, id: string): Promise<WholeImportedAudit | undefined> {
  const { sql, params = [] } = wholeImported(tx.actor, { ids: [id] }, 1)
  return (await tx.query<WholeImportedAudit>(sql, params))[0]
}

/** `id` follows from its source; `digest` is of what is kept of it, beside other columns of its file. */
export type NewImported = {
  id: string
  locationId: string
  given: GivenAudit
  computed: ComputedBeside
  digest: Buffer
}

/** made: it is new · same: it is here already · other: here already, and said otherwise then. */
export type ImportOutcome = 'made' | 'same' | 'other'

/** Keeps those that are new, in one statement; nothing that is here already is touched. Each id once in a call. */
export async function insertImported(
  tx: Tx,
  importId: string,
  audits: readonly NewImported[],
): Promise<Map<string, ImportOutcome>> {
  if (audits.length === 0) return new Map()
  const of = <T>(value: (audit: NewImported) => T) => audits.map(value)
  const rows = await tx.query<{ id: string; made: boolean; known: Buffer | null }>(
    `with given as (
       select * from unnest($2::uuid[], $3::uuid[], $4::text[], $5::text[], $6::text[], $7::text[], $8::date[], $9::timestamptz[],
                            $10::text[], $11::jsonb[], $12::text[], $13::float8[], $14::float8[], $15::float8[], $16::text[],
                            $17::jsonb[], $18::boolean[], $19::jsonb[], $20::jsonb[], $21::bytea[])
         as g (id, location_id, source, source_id, name, audit_type, audit_date, completed_at, stated_by, place, result,
               given_score, given_max, given_percent, given_grade, computed, disagrees, answers, columns, digest)
     ), made as (
       insert into imported_audits (id, location_id, import_id, source, source_id, name, audit_type, audit_date, completed_at,
              stated_by, place, result, given_score, given_max, given_percent, given_grade, computed, disagrees, answers, columns, digest)
       select id, location_id, $1, source, source_id, name, audit_type, audit_date, completed_at, stated_by, place, result,
              given_score, given_max, given_percent, given_grade, computed, disagrees, answers, columns, digest from given
       on conflict (tenant_id, id) do nothing
       returning id
     )
     select g.id, m.id is not null as made, k.digest as known
       from given g left join made m on m.id = g.id
       left join imported_audits k on k.tenant_id = (select app.tenant()) and k.id = g.id`,
    [
      importId,
      of(({ id }) => id),
      of(({ locationId }) => locationId),
      of(({ given }) => given.source),
      of(({ given }) => given.sourceId),
      of(({ given }) => given.name),
      of(({ given }) => given.auditType),
      of(({ given }) => given.auditDate),
      of(({ given }) => given.completedAt),
      of(({ given }) => given.statedBy),
      of(({ given }) => JSON.stringify(given.place)),
      of(({ given }) => given.result),
      of(({ given }) => given.score),
      of(({ given }) => given.max),
      of(({ given }) => given.percent),
      of(({ given }) => given.grade),
      of(({ computed }) => JSON.stringify(computed)),
      of(({ computed }) => computed.disagrees),
      of(({ given }) => JSON.stringify(given.answers)),
      of(({ given }) => JSON.stringify(given.columns)),
      of(({ digest }) => digest),
    ],
  )
  const digests = new Map(audits.map(({ id, digest }) => [id, digest]))
  return new Map(
    rows.map(({ id, made, known }) => [
      id,
      made ? 'made' : known && digests.get(id)?.equals(known) === false ? 'other' : 'same',
    ]),
  )
}

export type NewImportedFinding = {
  id: string
  locationId: string
  auditId: string
  position: number
  code: string
  text: string
  isCritical: boolean | null
}

/** Answers how many were not here yet. */
export async function insertImportedFindings(
  tx: Tx,
  findings: readonly NewImportedFinding[],
): Promise<ReadonlySet<string>> {
  if (findings.length === 0) return new Set()
  const of = <T>(value: (finding: NewImportedFinding) => T) => findings.map(value)
  // Of an audit that lies at another place than this row says, the row is no part: the first to come in said where it was.
  const rows = await tx.query<{ id: string }>(
    `insert into imported_findings (id, location_id, audit_id, position, code, text, is_critical)
     select g.id, a.location_id, g.audit_id, g.position, g.code, g.text, g.is_critical
       from unnest($1::uuid[], $2::uuid[], $3::int[], $4::text[], $5::text[], $6::boolean[])
         as g (id, audit_id, position, code, text, is_critical)
       join imported_audits a on a.tenant_id = (select app.tenant()) and a.id = g.audit_id
     on conflict (tenant_id, id) do nothing
     returning id`,
    [
      of(({ id }) => id),
      of(({ auditId }) => auditId),
      of(({ position }) => position),
      of(({ code }) => code),
      of(({ text }) => text),
      of(({ isCritical }) => isCritical),
    ],
  )
  return new Set(rows.map(({ id }) => id))
}

/** Of these, the audits that were done here. */
export const doneHere = async (tx: ReadTx, ids: readonly string[]): Promise<ReadonlySet<string>> =>
  new Set(
    (
      await tx.query<{ id: string }>(
        'select id from audits where tenant_id = (select app.tenant()) and id = any ($1::uuid[])',
        [ids],
      )
    ).map(({ id }) => id),
  )

/** Is it here, there, exactly as it is given now? */
export async function importedAsGiven(
  tx: ReadTx,
  { id, locationId, digest }: Pick<NewImported, 'id' | 'locationId' | 'digest'>,
): Promise<boolean> {
  const rows = await tx.query(
    `select from imported_audits
      where tenant_id = (select app.tenant()) and id = $1 and location_id = $2 and digest = $3`,
    [id, locationId, digest],
  )
  return rows.length > 0
}

export const keptPhotos = async (tx: ReadTx, auditId: string): Promise<string[]> =>
  (
    await tx.query<{ id: string }>(
      'select id from imported_photos where tenant_id = (select app.tenant()) and audit_id = $1',
      [auditId],
    )
  ).map(({ id }) => id)

/** Its file has the same id, and is here already. */
export const insertImportedPhoto = (
  tx: Tx,
  photo: {
    id: string
    locationId: string
    auditId: string
    importId: string
    answer: number
    mediaId: string
    sha256: string
  },
) =>
  tx.query(
    `insert into imported_photos (id, location_id, audit_id, import_id, file_id, answer, media_id, sha256)
     values ($1, $2, $3, $4, $1, $5, $6, decode($7, 'hex'))`,
    [photo.id, photo.locationId, photo.auditId, photo.importId, photo.answer, photo.mediaId, photo.sha256],
  )
