import type { ReadTx } from '@opsflow/platform/server/tenant'
import type { TemperatureLog } from '../readings.ts'

/** A correction is of the moment it corrects: said again here, so that other months are not looked into. */
const CORRECTED_BY = `
  (select c.id from temperature_logs c where c.tenant_id = l.tenant_id and c.corrects_id = l.id
      and c.measured_at >= l.measured_at - interval '1 second' and c.measured_at <= l.measured_at + interval '1 second'
    limit 1)`

export const LOG_COLUMNS = `
  l.id, l.unit_id as "unitId", u.name as "unitName", l.location_id as "locationId", l.sensor_id as "sensorId",
  l.measured_at as "measuredAt", l.received_at as "receivedAt", l.source,
  case when l.value_milli is not null
       then jsonb_build_object('text', l.value_text, 'unit', l.value_unit, 'milli', l.value_milli) end as value,
  l.fault, l.is_compliant as "isCompliant", l.limit_id as "limitId", l.rule_edition as "ruleEdition",
  l.policy_id as "policyId", l.flags, l.note, l.probe,
  case when l.recorded_by is not null then jsonb_build_object('id', l.recorded_by, 'name', m.name) end as "recordedBy",
  case when l.kiosk_id is not null then jsonb_build_object('id', l.kiosk_id, 'name', k.name) end as kiosk,
  l.device_id as "deviceId", l.import_id as "importId", l.time_quality as "timeQuality", l.corrects_id as "correctsId",
  ${CORRECTED_BY} as "correctedById"`

export const LOG_TABLES = `
  temperature_logs l join units u on u.tenant_id = l.tenant_id and u.id = l.unit_id
                     left join members m on m.tenant_id = l.tenant_id and m.id = l.recorded_by
                     left join kiosks k on k.tenant_id = l.tenant_id and k.id = l.kiosk_id`

export const ONE_LOG = `
  select ${LOG_COLUMNS},
         (select a.id from corrective_actions a where a.tenant_id = l.tenant_id and a.temperature_log_id = l.id) as "correctiveActionId"
    from ${LOG_TABLES} where l.tenant_id = (select app.tenant()) and l.id = $1`

export async function readLog(tx: ReadTx, id: string) {
  return (await tx.query<TemperatureLog & { correctiveActionId: string | null }>(ONE_LOG, [id]))[0]
}

/**
 * Parameters: unit, location, from, to, compliant, source, cursor (measured_at, id), how many. The newest of each unit
 * come from its own index, so that a list of a whole organization does not read its whole history.
 */
export const LIST_LOGS = `
  select ${LOG_COLUMNS}
    from units u
    cross join lateral (
      select * from temperature_logs r
       where r.tenant_id = u.tenant_id and r.unit_id = u.id
         and r.measured_at >= coalesce($3::timestamptz, '2000-01-01')
         and r.measured_at < coalesce($4::timestamptz, 'infinity')
         and ($5::boolean is null or r.is_compliant = $5) and ($6::text is null or r.source = $6)
         and ($7::timestamptz is null or (r.measured_at <= $7 and (r.measured_at, r.id) < ($7, $8::uuid)))
       order by r.measured_at desc, r.id desc limit $9) l
    left join members m on m.tenant_id = l.tenant_id and m.id = l.recorded_by
    left join kiosks k on k.tenant_id = l.tenant_id and k.id = l.kiosk_id
   where u.tenant_id = (select app.tenant()) and ($1::uuid is null or u.id = $1) and ($2::uuid is null or u.location_id = $2)
   order by l.measured_at desc, l.id desc limit $9`
