import type { TaskStatus } from '@opsflow/capabilities/tasks'
import type { ReadTx, Tx } from '@opsflow/platform/server/tenant'
import type { HourMean, SlowDrift } from '../index.ts'

export type SensorHours = { sensorId: string; hours: HourMean[] }

/** What each sensor of the unit read, hour by hour, since then and since the unit's last drift was over. */
export async function sensorHours(tx: ReadTx, unitId: string, since: number): Promise<SensorHours[]> {
  return tx.query<SensorHours>(
    `select h.id as "sensorId",
            jsonb_agg(jsonb_build_object('hour', (extract(epoch from h.hour) * 1000)::bigint,
                                         'milliCelsius', h.sum_milli_c / h.readings)) as hours
       from temperature_hours h
       join sensors s on s.tenant_id = h.tenant_id and s.id = h.id and s.retired_at is null
      where h.tenant_id = (select app.tenant()) and h.unit_id = $1 and h.hour >= $2
        and h.hour >= coalesce((select max(d.ended_at) from slow_drifts d
                                 where d.tenant_id = h.tenant_id and d.unit_id = h.unit_id), h.hour)
      group by h.id`,
    [unitId, new Date(since).toISOString()],
  )
}

export type OpenSlowDrift = SlowDrift & { id: string; sensorId: string; taskStatus: TaskStatus }

export async function openSlowDrift(tx: ReadTx, unitId: string): Promise<OpenSlowDrift | undefined> {
  const [open] = await tx.query<OpenSlowDrift>(
    `select d.id, d.sensor_id as "sensorId", d.usual_milli_c as "usualMilliCelsius",
            d.typical_milli_c as "typicalMilliCelsius", d.noticed_at as "noticedAt", d.task_id as "taskId",
            t.status as "taskStatus"
       from slow_drifts d join tasks t on t.tenant_id = d.tenant_id and t.id = d.task_id
      where d.tenant_id = (select app.tenant()) and d.unit_id = $1 and d.ended_at is null`,
    [unitId],
  )
  return open && { ...open, noticedAt: new Date(open.noticedAt).toISOString() }
}

export type NewSlowDrift = SlowDrift & { id: string; locationId: string; unitId: string; sensorId: string }

export async function insertSlowDrift(tx: Tx, drift: NewSlowDrift) {
  await tx.query(
    `insert into slow_drifts (id, location_id, unit_id, sensor_id, usual_milli_c, typical_milli_c, noticed_at, task_id)
     values ($1, $2, $3, $4, $5, $6, $7, $8)`,
    [
      drift.id,
      drift.locationId,
      drift.unitId,
      drift.sensorId,
      drift.usualMilliCelsius,
      drift.typicalMilliCelsius,
      drift.noticedAt,
      drift.taskId,
    ],
  )
}

export async function keepSlowDrift(tx: Tx, id: string, typicalMilliCelsius: number, endedAt: string | null) {
  await tx.query(
    `update slow_drifts set typical_milli_c = $2, ended_at = greatest(noticed_at, $3::timestamptz)
      where tenant_id = (select app.tenant()) and id = $1`,
    [id, typicalMilliCelsius, endedAt],
  )
}

/** What the board shows of it, and when the unit is looked at again. */
export async function showSlowDrift(tx: Tx, unitId: string, drift: SlowDrift | null, dueAt: string) {
  await tx.query(
    `update unit_states set slow_drift = $2::jsonb, drift_due_at = $3
      where tenant_id = (select app.tenant()) and id = $1`,
    [unitId, drift === null ? null : JSON.stringify(drift), dueAt],
  )
}
