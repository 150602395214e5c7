import type { GivenPlace } from '@opsflow/capabilities/audits'
import type { Actor } from '@opsflow/platform/actor'
import type { Statement } from '@opsflow/platform/server/batch'
import type { ReadTx, Tx } from '@opsflow/platform/server/tenant'
import { rowsFor, Where } from '@opsflow/platform/server/where'
import type { ImportPlace } from '../audit-import.ts'
import type { Match, OurPlace } from '../place-match.ts'

export type KeptError = { row: number; column: string; code: string; message: string; cells: readonly string[] }

export async function insertErrors(tx: Tx, importId: string, errors: readonly KeptError[]) {
  if (errors.length === 0) return
  await tx.query(
    `insert into audit_import_errors (import_id, row_number, column_name, code, message, cells)
     select $1, e.* from unnest($2::int[], $3::text[], $4::text[], $5::text[], $6::jsonb[]) e
     on conflict do nothing`,
    [
      importId,
      errors.map(({ row }) => row),
      errors.map(({ column }) => column.slice(0, 200)),
      errors.map(({ code }) => code),
      errors.map(({ message }) => message.slice(0, 1000)),
      errors.map(({ cells }) => JSON.stringify(cells)),
    ],
  )
}

/** Parameters: import, cursor (row, column, code), how many. */
export const LIST_ERRORS = `
  select row_number as row, column_name as "column", code, message from audit_import_errors
   where tenant_id = (select app.tenant()) and import_id = $1
     and ($2::int is null or (row_number, column_name, code) > ($2, $3::text, $4::text))
   order by row_number, column_name, code limit $5`

export type RefusedCells = { row: number; messages: string[]; cells: string[] }

export const refusedRows = (tx: ReadTx, importId: string) =>
  tx.query<RefusedCells>(
    `select row_number as row, array_agg(case when column_name = '' then message else column_name || ': ' || message end
                                         order by column_name, code) as messages,
            (array_agg(cells order by column_name, code))[1] as cells
       from audit_import_errors where tenant_id = (select app.tenant()) and import_id = $1
      group by row_number order by row_number`,
    [importId],
  )

export type FoundPlace = { source: string; place: GivenPlace; rows: number; match: Match | null }

/** Kept with what is remembered of them from earlier files. */
export async function insertPlaces(tx: Tx, importId: string, places: readonly FoundPlace[]) {
  if (places.length === 0) return
  await tx.query(
    `insert into audit_import_places (import_id, source, place_key, name, licence, address, row_count, proposed_id, proposed_by, located_id)
     select $1, g.source, g.place_key, g.name, g.licence, g.address, g.row_count, g.proposed_id, g.proposed_by, k.location_id
       from unnest($2::text[], $3::text[], $4::text[], $5::text[], $6::text[], $7::int[], $8::uuid[], $9::text[])
         as g (source, place_key, name, licence, address, row_count, proposed_id, proposed_by)
       left join known_places k on k.tenant_id = (select app.tenant()) and k.source = g.source and k.place_key = g.place_key
     on conflict do nothing`,
    [
      importId,
      places.map(({ source }) => source),
      places.map(({ place }) => place.key),
      places.map(({ place }) => place.name),
      places.map(({ place }) => place.licence),
      places.map(({ place }) => place.address),
      places.map(({ rows }) => rows),
      places.map(({ match }) => match?.locationId ?? null),
      places.map(({ match }) => match?.reason ?? null),
    ],
  )
}

export const ourPlaces = (tx: ReadTx): Promise<OurPlace[]> =>
  tx.query<OurPlace>(
    `select id, name, code, address, attributes from locations
      where tenant_id = (select app.tenant()) and organization_id = $1 and closed_at is null`,
    [tx.actor.organizationId],
  )

const PLACE = `
  p.id, p.source, p.name, p.licence, p.address, p.row_count as rows, p.located_id as "locationId",
  case when p.proposed_id is not null then json_build_object('locationId', p.proposed_id, 'by', p.proposed_by) end as proposed`

export type PlaceFilter = {
  show: 'all' | 'proposed' | 'placed' | 'open'
  q?: string | undefined
  after: readonly [rows: string, id: string] | null
}

export function listPlaces(
  { tenantId }: Actor,
  importId: string,
  { show, q, after }: PlaceFilter,
  limit: number,
): Statement {
  const where = new Where('p.tenant_id', tenantId)
    .and('p.import_id = ?', importId)
    .and(`position(lower(?) in lower(p.name || ' ' || p.licence || ' ' || p.address)) > 0`, q || undefined)
    .andIf(show === 'placed', 'p.located_id is not null')
    .andIf(show === 'proposed', 'p.located_id is null and p.proposed_id is not null')
    .andIf(show === 'open', 'p.located_id is null and p.proposed_id is null')
    .and('(p.row_count < ? or (p.row_count = ? and p.id > ?))', after?.[0], after?.[0], after?.[1])
  const sql = `select ${PLACE} from audit_import_places p where ${where} order by p.row_count desc, p.id limit ${rowsFor(limit)}`
  return { sql, params: where.params }
}

export const COUNT_PLACES = `
  select count(*)::int as all, count(*) filter (where located_id is null and proposed_id is not null)::int as proposed,
         count(located_id)::int as placed, coalesce(sum(row_count) filter (where located_id is not null), 0)::int as "rowsPlaced"
    from audit_import_places where tenant_id = (select app.tenant()) and import_id = $1`

export const readPlaces = (tx: ReadTx, importId: string, ids: readonly string[]) =>
  tx.query<ImportPlace>(
    `select ${PLACE} from audit_import_places p
      where p.tenant_id = (select app.tenant()) and p.import_id = $1 and p.id = any ($2::uuid[]) order by p.row_count desc, p.id`,
    [importId, ids],
  )

export const storePlaces = (
  tx: Tx,
  importId: string,
  ids: readonly string[],
  locationIds: readonly (string | null)[],
) =>
  tx.query(
    `update audit_import_places p set located_id = g.location_id from unnest($2::uuid[], $3::uuid[]) as g (id, location_id)
      where p.tenant_id = (select app.tenant()) and p.import_id = $1 and p.id = g.id`,
    [importId, ids, locationIds],
  )

/** What holds for the next file too. As the system: what was remembered may be of a place the caller cannot see. */
export async function rememberPlaces(tx: Tx, importId: string, ids: readonly string[], by: string | null) {
  await tx.query(
    `insert into known_places (location_id, source, place_key, said_by)
     select located_id, source, place_key, $3 from audit_import_places
      where tenant_id = (select app.tenant()) and import_id = $1 and id = any ($2::uuid[]) and located_id is not null
     on conflict (tenant_id, source, place_key)
     do update set location_id = excluded.location_id, said_by = excluded.said_by, said_at = now()`,
    [importId, ids, by],
  )
  await tx.query(
    `delete from known_places k using audit_import_places p
      where k.tenant_id = (select app.tenant()) and p.tenant_id = k.tenant_id and p.import_id = $1 and p.id = any ($2::uuid[])
        and p.located_id is null and k.source = p.source and k.place_key = p.place_key`,
    [importId, ids],
  )
}

export type Placed = { id: string; source: string; key: string; locationId: string }

export const placedPlaces = (tx: ReadTx, importId: string): Promise<Placed[]> =>
  tx.query<Placed>(
    `select id, source, place_key as key, located_id as "locationId" from audit_import_places
      where tenant_id = (select app.tenant()) and import_id = $1 and located_id is not null`,
    [importId],
  )

export const knownLocations = async (tx: ReadTx, ids: readonly string[]): Promise<ReadonlySet<string>> =>
  new Set(
    (
      await tx.query<{ id: string }>(
        'select id from locations where tenant_id = (select app.tenant()) and organization_id = $1 and id = any ($2::uuid[])',
        [tx.actor.organizationId, ids],
      )
    ).map(({ id }) => id),
  )

export const madeTemplates = async (
  tx: ReadTx,
  source: string,
  ids: readonly string[],
): Promise<ReadonlyMap<string, string>> =>
  new Map(
    (
      await tx.query<{ sourceId: string; templateId: string }>(
        `select source_id as "sourceId", template_id as "templateId" from imported_templates
          where tenant_id = (select app.tenant()) and source = $1 and source_id = any ($2::text[])`,
        [source, ids],
      )
    ).map(({ sourceId, templateId }) => [sourceId, templateId]),
  )

export const insertTemplate = (
  tx: Tx,
  one: { source: string; sourceId: string; templateId: string; importId: string; leftOut: unknown },
) =>
  tx.query(
    'insert into imported_templates (source, source_id, template_id, import_id, left_out) values ($1, $2, $3, $4, $5)',
    [one.source, one.sourceId, one.templateId, one.importId, JSON.stringify(one.leftOut)],
  )
