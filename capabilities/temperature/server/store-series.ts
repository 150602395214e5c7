import type { ReadTx } from '@opsflow/platform/server/tenant'
import type { ReadValue } from '../records.ts'
import type { TemperatureUnit } from '../value.ts'

export async function countReadings(tx: ReadTx, unitId: string, from: string, to: string): Promise<number> {
  const [row] = await tx.query<{ readings: number }>(
    `select coalesce(sum(readings), 0)::int as readings from temperature_hours
      where tenant_id = (select app.tenant()) and unit_id = $1 and hour >= $2 and hour < $3`,
    [unitId, from, to],
  )
  return row?.readings ?? 0
}

/** Values of a sensor in order of time; of two at one instant the first that came. Faults are gaps. */
export async function readPoints(tx: ReadTx, sensorId: string, from: string, to: string) {
  return tx.query<{ at: number; milli: number; unit: TemperatureUnit }>(
    `select (extract(epoch from measured_at) * 1000)::float8 as at, value_milli as milli, value_unit as unit
       from temperature_logs
      where tenant_id = (select app.tenant()) and sensor_id = $1 and measured_at >= $2 and measured_at < $3
        and value_milli is not null and not ('conflict' = any (flags))
      order by measured_at`,
    [sensorId, from, to],
  )
}

export async function readHours(tx: ReadTx, unitId: string, from: string, to: string) {
  return tx.query<{ id: string; at: number; mean: number; min: number; max: number }>(
    `select id, (extract(epoch from hour) * 1000)::float8 as at, (sum_milli_c / readings)::int as mean,
            min_milli_c as min, max_milli_c as max
       from temperature_hours
      where tenant_id = (select app.tenant()) and unit_id = $1 and hour >= $2 and hour < $3 order by hour`,
    [unitId, from, to],
  )
}

/** Readings by hand, as they stand: a corrected one is shown by its correction, which is of the same moment. */
export async function readMarks(tx: ReadTx, unitId: string, from: string, to: string) {
  return tx.query<{ id: string; measuredAt: string; value: ReadValue; isCompliant: boolean | null; by: string | null }>(
    `select l.id, l.measured_at as "measuredAt", l.is_compliant as "isCompliant", m.name as by,
            jsonb_build_object('text', l.value_text, 'unit', l.value_unit, 'milli', l.value_milli) as value
       from temperature_logs l left join members m on m.tenant_id = l.tenant_id and m.id = l.recorded_by
      where l.tenant_id = (select app.tenant()) and l.unit_id = $1 and l.sensor_id is null and l.value_milli is not null
        and l.measured_at >= $2 and l.measured_at < $3
        and not exists (select from temperature_logs c where c.tenant_id = l.tenant_id and c.corrects_id = l.id
                           and c.measured_at >= $2 and c.measured_at < $3)
      order by l.measured_at desc limit 2000`,
    [unitId, from, to],
  )
}
