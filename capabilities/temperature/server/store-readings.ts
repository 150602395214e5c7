import type { RecordedTimeQuality } from '@opsflow/platform/moment'
import type { Tx } from '@opsflow/platform/server/tenant'
import { type ReadingSource, toMilliCelsius } from '../index.ts'
import type { TemperatureUnit } from '../value.ts'
import type { WatchedSensor, WatchedUnit } from './store-watched-units.ts'

/** Where a batch of readings comes from: the same for all of them. */
export type Provenance = {
  source: ReadingSource
  deviceId?: string | null
  importId?: string | null
  recordedBy?: string | null
  /** The shared tablet it was typed on. */
  kioskId?: string | null
  timeQuality?: 'device' | RecordedTimeQuality
  note?: string
  probe?: string | null
  correctsId?: string | null
}

/** A judged reading, ready to be a row of temperature_logs. */
export type LogRow = {
  id: string
  locationId: string
  unitId: string
  sensorId: string | null
  measuredAt: number
  receivedAt: number
  text: string
  unit: TemperatureUnit
  /** Null when the sensor reported a fault. */
  milli: number | null
  fault: string | null
  isCompliant: boolean | null
  limitId: string | null
  ruleEdition: string | null
  policyId: string | null
  seq: number | null
  flags: string[]
  /** Something may already be known of this sensor at this time. */
  isOld: boolean
}

const iso = (at: number) => new Date(at).toISOString()

/** One statement for the whole batch. Answers the ids that are new; a row that is known already is not among them. */
export async function insertLogs(tx: Tx, rows: readonly LogRow[], from: Provenance): Promise<Set<string>> {
  if (rows.length === 0) return new Set()
  const inserted = await tx.query<{ id: string }>(INSERT_LOGS, [
    rows.map(({ id }) => id),
    rows.map(({ locationId }) => locationId),
    rows.map(({ unitId }) => unitId),
    rows.map(({ sensorId }) => sensorId),
    rows.map(({ measuredAt }) => iso(measuredAt)),
    rows.map(({ receivedAt }) => iso(receivedAt)),
    rows.map(({ text }) => text),
    rows.map(({ unit }) => unit),
    rows.map(({ milli }) => milli),
    rows.map(({ fault }) => fault),
    rows.map(({ isCompliant }) => isCompliant),
    rows.map(({ limitId }) => limitId),
    rows.map(({ ruleEdition }) => ruleEdition),
    rows.map(({ policyId }) => policyId),
    rows.map(({ seq }) => seq),
    rows.map(({ flags }) => flags.join(',')),
    rows.map(({ isOld }) => isOld),
    from.source,
    from.deviceId ?? null,
    from.importId ?? null,
    from.recordedBy ?? null,
    from.timeQuality ?? 'device',
    from.note ?? '',
    from.probe ?? null,
    from.correctsId ?? null,
    from.kioskId ?? null,
  ])
  return new Set(inserted.map(({ id }) => id))
}

// The tenant is named once for the statement: the column's default would verify the context for every row.
// Another value of the same sensor at the same time is kept, and says so.
const INSERT_LOGS = `
  insert into temperature_logs (tenant_id, id, location_id, unit_id, sensor_id, measured_at, received_at, value_text, value_unit,
    value_milli, fault, is_compliant, limit_id, rule_edition, policy_id, device_seq, flags, source, device_id, import_id,
    recorded_by, time_quality, note, probe, corrects_id, kiosk_id)
  select (select app.tenant()), n.id, n.location_id, n.unit_id, n.sensor_id, n.measured_at, n.received_at, n.value_text, n.value_unit,
         n.value_milli, n.fault, n.is_compliant, n.limit_id, n.rule_edition, n.policy_id, n.device_seq,
         case when n.is_old and exists (select from temperature_logs l
                                         where l.tenant_id = (select app.tenant()) and l.sensor_id = n.sensor_id
                                           and l.measured_at = n.measured_at)
              then array_append(array_remove(string_to_array(n.flags, ','), 'conflict'), 'conflict')
              else string_to_array(n.flags, ',') end,
         $18, $19::uuid, $20::uuid, $21::uuid, $22, $23, $24, $25::uuid, $26::uuid
    from unnest($1::uuid[], $2::uuid[], $3::uuid[], $4::uuid[], $5::timestamptz[], $6::timestamptz[], $7::text[],
                $8::text[], $9::int[], $10::text[], $11::boolean[], $12::text[], $13::text[], $14::uuid[], $15::bigint[],
                $16::text[], $17::boolean[])
      as n (id, location_id, unit_id, sensor_id, measured_at, received_at, value_text, value_unit, value_milli, fault,
            is_compliant, limit_id, rule_edition, policy_id, device_seq, flags, is_old)
  on conflict do nothing
  returning id`

/** Which of these device numbers a sensor has used for the same value within a day: the device repeats itself. */
export async function knownSequences(tx: Tx, rows: readonly LogRow[]): Promise<Set<string>> {
  if (rows.length === 0) return new Set()
  const known = await tx.query<{ id: string }>(
    `select n.id from unnest($1::uuid[], $2::uuid[], $3::bigint[], $4::timestamptz[], $5::int[], $6::text[], $7::text[])
              as n (id, sensor_id, seq, measured_at, milli, unit, fault)
      where exists (select from temperature_logs l
                     where l.tenant_id = (select app.tenant()) and l.sensor_id = n.sensor_id and l.device_seq = n.seq
                       and l.measured_at between n.measured_at - interval '1 day' and n.measured_at + interval '1 day'
                       and l.value_milli is not distinct from n.milli and l.value_unit = n.unit
                       and l.fault is not distinct from n.fault)`,
    [
      rows.map(({ id }) => id),
      rows.map(({ sensorId }) => sensorId),
      rows.map(({ seq }) => seq),
      rows.map(({ measuredAt }) => iso(measuredAt)),
      rows.map(({ milli }) => milli),
      rows.map(({ unit }) => unit),
      rows.map(({ fault }) => fault),
    ],
  )
  return new Set(known.map(({ id }) => id))
}

const HOUR = 3_600_000

type Hour = {
  id: string
  row: LogRow
  hour: number
  readings: number
  compliant: number
  judged: number
  min: number
  max: number
  sum: number
}

/** Rollups kept by the write: one statement, however many hours the batch touches. */
export async function addToHours(tx: Tx, rows: readonly LogRow[]) {
  const hours = [...hoursOf(rows).values()]
  if (hours.length === 0) return
  await tx.query(ADD_TO_HOURS, [
    hours.map(({ id }) => id),
    hours.map(({ row }) => row.locationId),
    hours.map(({ row }) => row.unitId),
    hours.map(({ hour }) => iso(hour)),
    hours.map(({ readings }) => readings),
    hours.map(({ compliant }) => compliant),
    hours.map(({ judged }) => judged),
    hours.map(({ min }) => min),
    hours.map(({ max }) => max),
    hours.map(({ sum }) => sum),
  ])
}

function hoursOf(rows: readonly LogRow[]): Map<string, Hour> {
  const hours = new Map<string, Hour>()
  for (const row of rows) {
    if (row.milli === null) continue
    const hour = Math.floor(row.measuredAt / HOUR) * HOUR
    const id = row.sensorId ?? row.unitId
    const key = `${id}${hour}`
    const celsius = toMilliCelsius({ unit: row.unit, milli: row.milli })
    const known = hours.get(key) ?? {
      id,
      row,
      hour,
      readings: 0,
      compliant: 0,
      judged: 0,
      min: celsius,
      max: celsius,
      sum: 0,
    }
    known.readings++
    if (row.isCompliant !== null) known.judged++
    if (row.isCompliant === true) known.compliant++
    known.min = Math.min(known.min, celsius)
    known.max = Math.max(known.max, celsius)
    known.sum += celsius
    hours.set(key, known)
  }
  return hours
}

const ADD_TO_HOURS = `
  insert into temperature_hours as h (tenant_id, id, location_id, unit_id, hour, readings, compliant, judged, min_milli_c, max_milli_c, sum_milli_c)
  select (select app.tenant()), n.* from unnest($1::uuid[], $2::uuid[], $3::uuid[], $4::timestamptz[], $5::int[], $6::int[],
                       $7::int[], $8::int[], $9::int[], $10::bigint[]) n
  on conflict (tenant_id, id, hour) do update set
    readings = h.readings + excluded.readings, compliant = h.compliant + excluded.compliant,
    judged = h.judged + excluded.judged, min_milli_c = least(h.min_milli_c, excluded.min_milli_c),
    max_milli_c = greatest(h.max_milli_c, excluded.max_milli_c), sum_milli_c = h.sum_milli_c + excluded.sum_milli_c`

/** What a correction replaced no longer counts: the hour is summed again from what stands. */
export async function sumHourAgain(tx: Tx, unitId: string, measuredAt: number) {
  const hour = iso(Math.floor(measuredAt / HOUR) * HOUR)
  await tx.query(
    `update temperature_hours h set readings = n.readings, compliant = n.compliant, judged = n.judged,
            min_milli_c = n.min, max_milli_c = n.max, sum_milli_c = n.sum
       from (select count(*)::int as readings, (count(*) filter (where is_compliant))::int as compliant,
                    count(is_compliant)::int as judged, min(c) as min, max(c) as max, sum(c) as sum
               from (select is_compliant, case value_unit when 'C' then value_milli
                                               else round((value_milli - 32000) * 5 / 9.0)::int end as c
                       from temperature_logs l
                      where l.tenant_id = (select app.tenant()) and l.unit_id = $1 and l.sensor_id is null
                        and l.value_milli is not null
                        and l.measured_at >= $2 and l.measured_at < $2::timestamptz + interval '1 hour'
                        and not exists (select from temperature_logs c
                                         where c.tenant_id = l.tenant_id and c.corrects_id = l.id and c.measured_at >= $2
                                           and c.measured_at < $2::timestamptz + interval '1 hour')) r) n
      where h.tenant_id = (select app.tenant()) and h.id = $1 and h.hour = $2 and n.readings > 0`,
    [unitId, hour],
  )
}

/** What is known of these sensors now, in one statement. */
export async function keepSensorStates(
  tx: Tx,
  sensors: readonly { sensor: WatchedSensor; receivedAt: number | null; silenceDueAt: number | null }[],
) {
  if (sensors.length === 0) return
  await tx.query(
    `update sensor_states s set state = n.state, excursion_id = n.excursion_id, last_seq = n.last_seq,
            last_measured_at = n.last_measured_at, last_received_at = greatest(s.last_received_at, n.last_received_at),
            silence_due_at = n.silence_due_at
       from unnest($1::uuid[], $2::jsonb[], $3::uuid[], $4::bigint[], $5::timestamptz[], $6::timestamptz[], $7::timestamptz[])
              as n (id, state, excursion_id, last_seq, last_measured_at, last_received_at, silence_due_at)
      where s.tenant_id = (select app.tenant()) and s.id = n.id`,
    [
      sensors.map(({ sensor }) => sensor.id),
      sensors.map(({ sensor }) => JSON.stringify(sensor.state)),
      sensors.map(({ sensor }) => sensor.excursionId),
      sensors.map(({ sensor }) => sensor.lastSeq),
      sensors.map(({ sensor }) => (sensor.state.lastMeasuredAt === null ? null : iso(sensor.state.lastMeasuredAt))),
      sensors.map(({ receivedAt }) => (receivedAt === null ? null : iso(receivedAt))),
      sensors.map(({ silenceDueAt }) => (silenceDueAt === null ? null : iso(silenceDueAt))),
    ],
  )
}

/** What the board shows of these units now, in one statement. */
export async function keepUnitStates(tx: Tx, units: readonly WatchedUnit[]) {
  if (units.length === 0) return
  const shown = units.map((unit) => unit.shown)
  await tx.query(
    `update unit_states s set status = n.status, value_text = n.value_text, value_unit = n.value_unit,
            value_milli = n.value_milli, is_compliant = n.is_compliant, measured_at = n.measured_at,
            received_at = n.received_at, source = n.source, limit_text = n.limit_text, excursion_id = n.excursion_id,
            alarm_id = n.alarm_id, day_starts = n.day_starts, day_readings = n.day_readings,
            day_compliant = n.day_compliant, day_judged = n.day_judged, updated_at = now()
       from unnest($1::uuid[], $2::text[], $3::text[], $4::text[], $5::int[], $6::boolean[], $7::timestamptz[],
                   $8::timestamptz[], $9::text[], $10::text[], $11::uuid[], $12::uuid[], $13::timestamptz[], $14::int[],
                   $15::int[], $16::int[])
              as n (id, status, value_text, value_unit, value_milli, is_compliant, measured_at, received_at, source,
                    limit_text, excursion_id, alarm_id, day_starts, day_readings, day_compliant, day_judged)
      where s.tenant_id = (select app.tenant()) and s.id = n.id`,
    [
      shown.map(({ unitId }) => unitId),
      shown.map(({ status }) => status),
      shown.map(({ value }) => value?.text ?? null),
      shown.map(({ value }) => value?.unit ?? null),
      shown.map(({ value }) => value?.milli ?? null),
      shown.map(({ isCompliant }) => isCompliant),
      shown.map(({ measuredAt }) => measuredAt),
      shown.map(({ receivedAt }) => receivedAt),
      shown.map(({ source }) => source),
      shown.map(({ limitText }) => limitText),
      shown.map(({ excursionId }) => excursionId),
      shown.map(({ alarmId }) => alarmId),
      units.map(({ today }) => today.starts),
      units.map(({ today }) => today.readings),
      units.map(({ today }) => today.compliant),
      units.map(({ today }) => today.judged),
    ],
  )
}
