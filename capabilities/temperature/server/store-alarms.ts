import type { Actor } from '@opsflow/platform/actor'
import type { Moment } from '@opsflow/platform/moment'
import type { Statement } from '@opsflow/platform/server/batch'
import type { ReadTx, Tx } from '@opsflow/platform/server/tenant'
import { rowsFor, Where } from '@opsflow/platform/server/where'
import type { Alarm, AlarmKind, ReadValue } from '../records.ts'

export const ALARM_COLUMNS = `
  a.id, a.unit_id as "unitId", u.name as "unitName", a.location_id as "locationId", a.sensor_id as "sensorId", a.kind,
  a.raised_at as "raisedAt", a.acknowledged_at as "acknowledgedAt",
  case when a.acknowledged_by is not null then jsonb_build_object('id', a.acknowledged_by, 'name', m.name) end as "acknowledgedBy",
  a.acknowledged_received_at as "acknowledgedReceivedAt", a.acknowledged_time_quality as "acknowledgedTimeQuality",
  a.cleared_at as "clearedAt", a.closed_at as "closedAt", a.excursion_id as "excursionId",
  c.id as "correctiveActionId", a.task_id as "taskId",
  case when a.value_text is not null
       then jsonb_build_object('text', a.value_text, 'unit', a.value_unit, 'milli', a.value_milli) end as value`

export const ALARM_TABLES = `
  alarms a join units u on u.tenant_id = a.tenant_id and u.id = a.unit_id
           left join members m on m.tenant_id = a.tenant_id and m.id = a.acknowledged_by
           left join corrective_actions c on c.tenant_id = a.tenant_id and c.alarm_id = a.id`

export type AlarmFilter = {
  open: boolean
  locationId?: string | null | undefined
  unitId?: string | undefined
  after?: readonly [raisedAt: string, id: string] | null | undefined
}

/** Newest first, with one more than `limit` at least when there are more. */
export function listAlarms(
  { tenantId }: Actor,
  { open, locationId, unitId, after }: AlarmFilter,
  limit: number,
): Statement {
  const where = new Where('a.tenant_id', tenantId)
    .andIf(open, 'a.closed_at is null')
    .and('a.location_id = ?', locationId)
    .and('a.unit_id = ?', unitId)
    .and('(a.raised_at, a.id) < (?, ?)', after?.[0], after?.[1])
  const sql = `select ${ALARM_COLUMNS} from ${ALARM_TABLES} where ${where}
                order by a.raised_at desc, a.id desc limit ${rowsFor(limit)}`
  return { sql, params: where.params }
}

export const ONE_ALARM = `select ${ALARM_COLUMNS} from ${ALARM_TABLES} where a.tenant_id = (select app.tenant()) and a.id = $1`

export async function readAlarm(tx: ReadTx, id: string): Promise<Alarm | undefined> {
  return (await tx.query<Alarm>(ONE_ALARM, [id]))[0]
}

export async function lockAlarm(tx: Tx, id: string): Promise<Alarm | undefined> {
  return (await tx.query<Alarm>(`${ONE_ALARM} for no key update of a`, [id]))[0]
}

export type NewAlarm = {
  id: string
  locationId: string
  unitId: string
  sensorId: string | null
  kind: AlarmKind
  excursionId: string | null
  raisedAt: string
  createdAt: string
  value: ReadValue | null
}

/** False when one of this kind stands already. */
export async function insertAlarm(tx: Tx, alarm: NewAlarm): Promise<boolean> {
  const inserted = await tx.query(
    `insert into alarms (id, location_id, unit_id, sensor_id, kind, excursion_id, raised_at, created_at, value_text, value_unit, value_milli)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11) on conflict do nothing returning id`,
    [
      alarm.id,
      alarm.locationId,
      alarm.unitId,
      alarm.sensorId,
      alarm.kind,
      alarm.excursionId,
      alarm.raisedAt,
      alarm.createdAt,
      alarm.value?.text ?? null,
      alarm.value?.unit ?? null,
      alarm.value?.milli ?? null,
    ],
  )
  return inserted.length === 1
}

export async function giveTask(tx: Tx, alarmId: string, taskId: string) {
  await tx.query(`update alarms set task_id = $2 where tenant_id = (select app.tenant()) and id = $1`, [
    alarmId,
    taskId,
  ])
}

/** The standing alarm of this kind ends; it is closed with it when nobody owes anything for it. */
export async function endStandingAlarm(
  tx: Tx,
  unitId: string,
  kind: AlarmKind,
  sensorId: string | null,
  at: string,
  closes: boolean,
): Promise<string | undefined> {
  const [ended] = await tx.query<{ id: string }>(
    `update alarms set cleared_at = greatest($4::timestamptz, raised_at),
            closed_at = case when $5 then coalesce(closed_at, greatest($4::timestamptz, raised_at)) else closed_at end
      where tenant_id = (select app.tenant()) and unit_id = $1 and kind = $2 and cleared_at is null
        and ($3::uuid is null or sensor_id = $3)
     returning id`,
    [unitId, kind, sensorId, at, closes],
  )
  return ended?.id
}

export async function acknowledge(tx: Tx, id: string, by: string | null, when: Moment) {
  await tx.query(
    `update alarms set acknowledged_at = $3, acknowledged_by = $2, acknowledged_received_at = $4,
            acknowledged_time_quality = $5
      where tenant_id = (select app.tenant()) and id = $1 and acknowledged_at is null`,
    [id, by, when.at, when.receivedAt, when.quality],
  )
}

export async function closeAlarm(tx: Tx, id: string, at: string) {
  await tx.query(
    `update alarms set closed_at = $2 where tenant_id = (select app.tenant()) and id = $1 and closed_at is null`,
    [id, at],
  )
}

/** What the board should point to: of the alarms still standing, a limit before a fault before a silence. */
export async function foremostAlarm(tx: ReadTx, unitId: string): Promise<string | null> {
  const [alarm] = await tx.query<{ id: string }>(
    `select id from alarms where tenant_id = (select app.tenant()) and unit_id = $1 and cleared_at is null
      order by array_position(array['limit', 'fault', 'silent'], kind), raised_at, id limit 1`,
    [unitId],
  )
  return alarm?.id ?? null
}
