import type { ReadTx, Tx } from '@opsflow/platform/server/tenant'
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

/** Parameters: unit, location, from, to (overlapping), open, alarmed, cursor (started_at, id), how many. */
export const LIST_EXCURSIONS = `
  select ${EXCURSION_COLUMNS} from excursions e join units u on u.tenant_id = e.tenant_id and u.id = e.unit_id
   where e.tenant_id = (select app.tenant()) and ($1::uuid is null or e.unit_id = $1)
     and ($2::uuid is null or e.location_id = $2) and e.disproved_at is null
     and ($3::timestamptz is null or e.ended_at is null or e.ended_at >= $3)
     and ($4::timestamptz is null or e.started_at < $4)
     and ($5::boolean is null or (e.ended_at is null) = $5) and ($6::boolean is null or (e.alarmed_at is not null) = $6)
     and ($7::timestamptz is null or (e.started_at, e.id) < ($7, $8::uuid))
   order by e.started_at desc, e.id desc limit $9`
