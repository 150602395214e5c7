import type { Actor } from '@opsflow/platform/actor'
import type { Statement } from '@opsflow/platform/server/batch'
import type { ReadTx, Tx } from '@opsflow/platform/server/tenant'
import { rowsFor, Where } from '@opsflow/platform/server/where'
import type { Excursion, StoredExcursion } from '../index.ts'

export type ExcursionRow = {
  id: string
  locationId: string
  unitId: string
  sensorId: string | null
  policyId: string | null
  excursion: Excursion
  foundLate: boolean
}

const iso = (at: number | null) => (at === null ? null : new Date(at).toISOString())

/** New ones and how known ones went on, in one statement. */
export async function keepExcursions(tx: Tx, rows: readonly ExcursionRow[]) {
  if (rows.length === 0) return
  await tx.query(
    `insert into excursions as e (tenant_id, id, location_id, unit_id, sensor_id, policy_id, side, started_at, alarmed_at, ended_at,
                                  peak_milli, peak_unit, found_late)
     select (select app.tenant()), n.* from unnest($1::uuid[], $2::uuid[], $3::uuid[], $4::uuid[], $5::uuid[], $6::text[], $7::timestamptz[],
                          $8::timestamptz[], $9::timestamptz[], $10::int[], $11::text[], $12::boolean[]) n
     on conflict (tenant_id, id) do update set started_at = excluded.started_at, alarmed_at = excluded.alarmed_at,
            ended_at = excluded.ended_at, peak_milli = excluded.peak_milli, peak_unit = excluded.peak_unit`,
    [
      rows.map(({ id }) => id),
      rows.map(({ locationId }) => locationId),
      rows.map(({ unitId }) => unitId),
      rows.map(({ sensorId }) => sensorId),
      rows.map(({ policyId }) => policyId),
      rows.map(({ excursion }) => excursion.side),
      rows.map(({ excursion }) => iso(excursion.startedAt)),
      rows.map(({ excursion }) => iso(excursion.alarmedAt)),
      rows.map(({ excursion }) => iso(excursion.endedAt)),
      rows.map(({ excursion }) => excursion.extreme.milli),
      rows.map(({ excursion }) => excursion.extreme.unit),
      rows.map(({ foundLate }) => foundLate),
    ],
  )
}

/** The sensor's excursions that were not over yet at an instant. */
export async function excursionsSince(tx: ReadTx, sensorId: string, at: number): Promise<StoredExcursion[]> {
  const rows = await tx.query<{
    id: string
    side: 'above' | 'below'
    startedAt: string
    alarmedAt: string | null
    endedAt: string | null
  }>(
    `select id, side, started_at as "startedAt", alarmed_at as "alarmedAt", ended_at as "endedAt" from excursions
      where tenant_id = (select app.tenant()) and sensor_id = $1 and (ended_at is null or ended_at >= $2)
        and disproved_at is null
      order by started_at, id`,
    [sensorId, iso(at)],
  )
  const ms = (instant: string | null) => (instant === null ? null : Date.parse(instant))
  return rows.map((row) => ({
    id: row.id,
    side: row.side,
    startedAt: Date.parse(row.startedAt),
    alarmedAt: ms(row.alarmedAt),
    endedAt: ms(row.endedAt),
  }))
}

/** Readings that came later show none of these. They stay on record: people may have acted on them. */
export async function disproveExcursions(tx: Tx, ids: readonly string[]) {
  if (ids.length === 0) return
  await tx.query(
    `update excursions set disproved_at = now(), ended_at = coalesce(ended_at, started_at)
      where tenant_id = (select app.tenant()) and id = any ($1::uuid[])`,
    [ids],
  )
}

export const EXCURSION_COLUMNS = `
  e.id, e.unit_id as "unitId", u.name as "unitName", e.location_id as "locationId", e.sensor_id as "sensorId", e.side,
  e.started_at as "startedAt", e.alarmed_at as "alarmedAt", e.ended_at as "endedAt",
  case when e.peak_milli is not null then jsonb_build_object('milli', e.peak_milli, 'unit', e.peak_unit) end as peak,
  e.found_late as "foundLate",
  (select a.id from alarms a where a.tenant_id = e.tenant_id and a.excursion_id = e.id) as "alarmId"`

export type ExcursionFilter = {
  unitId?: string | undefined
  locationId?: string | undefined
  /** What overlaps this time. */
  from?: string | undefined
  to?: string | undefined
  open?: boolean | undefined
  alarmed?: boolean | undefined
  after?: readonly [startedAt: string, id: string] | null | undefined
}

/** Newest first, with one more than `limit` at least when there are more. */
export function listExcursions({ tenantId }: Actor, filter: ExcursionFilter, limit: number): Statement {
  const { unitId, locationId, from, to, open, alarmed, after } = filter
  const where = new Where('e.tenant_id', tenantId)
    .and('e.disproved_at is null')
    .and('e.unit_id = ?', unitId)
    .and('e.location_id = ?', locationId)
    .and('(e.ended_at is null or e.ended_at >= ?)', from)
    .and('e.started_at < ?', to)
    .andIf(open === true, 'e.ended_at is null')
    .andIf(open === false, 'e.ended_at is not null')
    .andIf(alarmed === true, 'e.alarmed_at is not null')
    .andIf(alarmed === false, 'e.alarmed_at is null')
    .and('(e.started_at, e.id) < (?, ?)', after?.[0], after?.[1])
  const sql = `select ${EXCURSION_COLUMNS} from excursions e join units u on u.tenant_id = e.tenant_id and u.id = e.unit_id
                where ${where} order by e.started_at desc, e.id desc limit ${rowsFor(limit)}`
  return { sql, params: where.params }
}
