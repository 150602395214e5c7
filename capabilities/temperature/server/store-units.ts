import type { Actor } from '@opsflow/platform/actor'
import type { Statement } from '@opsflow/platform/server/batch'
import type { ReadTx, Tx } from '@opsflow/platform/server/tenant'
import { rowsFor, Where } from '@opsflow/platform/server/where'
import type { RulesOf } from '../editions.ts'
import type { UnitState } from '../records.ts'
import type { Sensor, Unit } from '../routes.ts'
import type { UnitKind } from '../unit.ts'
import type { UnitPolicyInput } from '../unit-policy.ts'
import type { TemperatureUnit } from '../value.ts'
import { newSensorState, UNIT_STATE } from './store-watched-units.ts'

const POLICY = `p.policy || jsonb_build_object('id', p.id, 'startsAt', p.starts_at, 'reason', p.reason, 'createdAt', p.created_at)`

export const UNIT_COLUMNS = `
  u.id, u.location_id as "locationId", u.name, u.kind, u.position, u.created_at as "createdAt", u.retired_at as "retiredAt",
  ${UNIT_STATE} as state,
  (select ${POLICY} from unit_policies p
    where p.tenant_id = u.tenant_id and p.unit_id = u.id and p.starts_at <= now()
    order by p.starts_at desc, p.id desc limit 1) as policy`

export const UNIT_TABLES = 'units u join unit_states us on us.tenant_id = u.tenant_id and us.id = u.id'

export type UnitFilter = {
  locationId?: string | undefined
  state: 'active' | 'retired' | 'any'
  after?: readonly [position: string, id: string] | null | undefined
}

/** In their order in the kitchen, with one more than `limit` at least when there are more. */
export function listUnits({ tenantId }: Actor, { locationId, state, after }: UnitFilter, limit: number): Statement {
  const where = new Where('u.tenant_id', tenantId)
    .and('u.location_id = ?', locationId)
    .andIf(state === 'active', 'u.retired_at is null')
    .andIf(state === 'retired', 'u.retired_at is not null')
    .and('(u.position, u.id) > (?, ?)', after?.[0], after?.[1])
  const sql = `select ${UNIT_COLUMNS} from ${UNIT_TABLES} where ${where} order by u.position, u.id limit ${rowsFor(limit)}`
  return { sql, params: where.params }
}

export const ONE_UNIT = `select ${UNIT_COLUMNS} from ${UNIT_TABLES} where u.tenant_id = (select app.tenant()) and u.id = $1`

/** For a board: the states alone, of a location or of all, as plain columns: a hundred JSON objects cost more. */
export function unitStates({ tenantId }: Actor, locationId: string | null): Statement {
  const where = new Where('u.tenant_id', tenantId).and('u.location_id = ?', locationId)
  const sql = `
    select u.id as "unitId", u.location_id as "locationId", u.name, u.kind, us.status, us.value_text as text,
           us.value_unit as unit, us.value_milli as milli, us.is_compliant as "isCompliant", us.measured_at as "measuredAt",
           us.received_at as "receivedAt", us.source, us.limit_text as "limitText", us.excursion_id as "excursionId",
           us.alarm_id as "alarmId", us.slow_drift as "slowDrift"
      from ${UNIT_TABLES}
     where ${where} and u.retired_at is null
     order by u.position, u.id`
  return { sql, params: where.params }
}

export type UnitStateRow = Omit<UnitState, 'value'> & { text: string; unit: TemperatureUnit; milli: number | null }

export const unitStateOf = ({ text, unit, milli, ...row }: UnitStateRow): UnitState => ({
  ...row,
  value: milli === null ? null : { text, unit, milli },
  measuredAt: inMillis(row.measuredAt),
  receivedAt: inMillis(row.receivedAt),
})

/** Written as facts write it, so that the same row is the same text. */
const inMillis = (instant: string | null) => (instant === null ? null : new Date(instant).toISOString())

export const LIST_POLICIES = `
  select ${POLICY} as policy from unit_policies p
   where p.tenant_id = (select app.tenant()) and p.unit_id = $1 order by p.starts_at desc, p.id desc`

export async function readUnit(tx: ReadTx, id: string): Promise<Unit | undefined> {
  return (await tx.query<Unit>(ONE_UNIT, [id]))[0]
}

export type LocationOfUnits = {
  id: string
  timezone: string
  temperatureUnit: TemperatureUnit
  closed: boolean
} & RulesOf

export async function readLocation(tx: ReadTx, id: string): Promise<LocationOfUnits | undefined> {
  const [location] = await tx.query<LocationOfUnits>(
    `select id, timezone, temperature_unit as "temperatureUnit", jurisdiction, rule_edition as "ruleEdition",
            closed_at is not null as closed
       from locations where tenant_id = (select app.tenant()) and id = $1`,
    [id],
  )
  return location
}

export async function unitsAt(tx: ReadTx, locationId: string): Promise<string[]> {
  const units = await tx.query<{ id: string }>(
    'select id from units where tenant_id = (select app.tenant()) and location_id = $1 and retired_at is null',
    [locationId],
  )
  return units.map(({ id }) => id)
}

export type NewUnit = {
  id: string
  locationId: string
  name: string
  kind: UnitKind
  position: number
  createdBy: string | null
  createdAt: string
  limitText: string
}

/** The unit and its row on the board. False when the location has one of this name. */
export async function insertUnit(tx: Tx, unit: NewUnit): Promise<boolean> {
  const inserted = await tx.query(
    `insert into units (id, location_id, name, kind, position, created_by, created_at) values ($1, $2, $3, $4, $5, $6, $7)
     on conflict (tenant_id, location_id, name) where retired_at is null do nothing returning id`,
    [unit.id, unit.locationId, unit.name, unit.kind, unit.position, unit.createdBy, unit.createdAt],
  )
  if (inserted.length === 0) return false
  await tx.query(`insert into unit_states (id, location_id, status, limit_text) values ($1, $2, 'no_data', $3)`, [
    unit.id,
    unit.locationId,
    unit.limitText,
  ])
  return true
}

export async function updateUnit(
  tx: Tx,
  id: string,
  change: { name?: string | undefined; position?: number | undefined; retired?: boolean | undefined },
) {
  await tx.query(
    `update units set name = coalesce($2, name), position = coalesce($3, position),
            retired_at = case when $4::boolean then coalesce(retired_at, now()) when not $4::boolean then null else retired_at end
      where tenant_id = (select app.tenant()) and id = $1`,
    [id, change.name ?? null, change.position ?? null, change.retired ?? null],
  )
}

export async function insertPolicy(
  tx: Tx,
  policy: {
    id: string
    locationId: string
    unitId: string
    startsAt: string
    input: UnitPolicyInput
    reason: string
    by: string | null
  },
) {
  await tx.query(
    `insert into unit_policies (id, location_id, unit_id, starts_at, policy, reason, created_by)
     values ($1, $2, $3, $4, $5, $6, $7)`,
    [
      policy.id,
      policy.locationId,
      policy.unitId,
      policy.startsAt,
      JSON.stringify(policy.input),
      policy.reason,
      policy.by,
    ],
  )
}

const SENSOR_COLUMNS = `
  s.id, s.location_id as "locationId", s.unit_id as "unitId", s.name, s.external_id as "externalId", s.channel, s.model,
  s.cadence_seconds as "cadenceSeconds", st.last_measured_at as "lastMeasuredAt", st.last_received_at as "lastReceivedAt",
  s.created_at as "createdAt", s.retired_at as "retiredAt"`

const SENSOR_TABLES = 'sensors s join sensor_states st on st.tenant_id = s.tenant_id and st.id = s.id'

export type SensorFilter = {
  locationId?: string | undefined
  unitId?: string | undefined
  state: 'active' | 'retired' | 'any'
  after?: readonly [name: string, id: string] | null | undefined
}

/** By name, with one more than `limit` at least when there are more. */
export function listSensors({ tenantId }: Actor, filter: SensorFilter, limit: number): Statement {
  const { locationId, unitId, state, after } = filter
  const where = new Where('s.tenant_id', tenantId)
    .and('s.location_id = ?', locationId)
    .and('s.unit_id = ?', unitId)
    .andIf(state === 'active', 's.retired_at is null')
    .andIf(state === 'retired', 's.retired_at is not null')
    .and('(s.name, s.id) > (?, ?)', after?.[0], after?.[1])
  const sql = `select ${SENSOR_COLUMNS} from ${SENSOR_TABLES} where ${where} order by s.name, s.id limit ${rowsFor(limit)}`
  return { sql, params: where.params }
}

export async function readSensor(tx: ReadTx, id: string): Promise<Sensor | undefined> {
  const [sensor] = await tx.query<Sensor>(
    `select ${SENSOR_COLUMNS} from ${SENSOR_TABLES} where s.tenant_id = (select app.tenant()) and s.id = $1`,
    [id],
  )
  return sensor
}

export type NewSensor = {
  id: string
  locationId: string
  unitId: string
  name: string
  externalId: string | null
  channel: string
  model: string
  cadenceSeconds: number | null
  createdAt: number
  silenceDueAt: number | null
}

/** The sensor and what is known of it: nothing yet. False when its external id is taken. */
export async function insertSensor(tx: Tx, sensor: NewSensor): Promise<boolean> {
  const createdAt = new Date(sensor.createdAt).toISOString()
  const inserted = await tx.query(
    `insert into sensors (id, location_id, unit_id, name, external_id, channel, model, cadence_seconds, created_at)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9)
     on conflict (tenant_id, external_id, channel) where retired_at is null do nothing returning id`,
    [
      sensor.id,
      sensor.locationId,
      sensor.unitId,
      sensor.name,
      sensor.externalId,
      sensor.channel,
      sensor.model,
      sensor.cadenceSeconds,
      createdAt,
    ],
  )
  if (inserted.length === 0) return false
  await tx.query(`insert into sensor_states (id, location_id, state, silence_due_at) values ($1, $2, $3, $4)`, [
    sensor.id,
    sensor.locationId,
    JSON.stringify(newSensorState(sensor.createdAt, sensor.cadenceSeconds)),
    sensor.silenceDueAt === null ? null : new Date(sensor.silenceDueAt).toISOString(),
  ])
  return true
}

export type SensorChange = {
  name?: string | undefined
  unitId?: string | undefined
  externalId?: string | null | undefined
  channel?: string | undefined
  model?: string | undefined
  cadenceSeconds?: number | undefined
  retired?: boolean | undefined
}

export async function updateSensor(tx: Tx, id: string, change: SensorChange) {
  await tx.query(
    `update sensors set name = coalesce($2, name), unit_id = coalesce($3, unit_id),
            external_id = case when $4::boolean then $5 else external_id end, channel = coalesce($6, channel),
            model = coalesce($7, model), cadence_seconds = coalesce($8, cadence_seconds),
            retired_at = case when $9::boolean then coalesce(retired_at, now()) when not $9::boolean then null else retired_at end
      where tenant_id = (select app.tenant()) and id = $1`,
    [
      id,
      change.name ?? null,
      change.unitId ?? null,
      change.externalId !== undefined,
      change.externalId ?? null,
      change.channel ?? null,
      change.model ?? null,
      change.cadenceSeconds ?? null,
      change.retired ?? null,
    ],
  )
}

/** Sensors by what a gateway calls them. */
export async function sensorsByExternalId(tx: ReadTx, externalIds: readonly string[]) {
  return tx.query<{ id: string; externalId: string; channel: string; model: string }>(
    `select id, external_id as "externalId", channel, model from sensors
      where tenant_id = (select app.tenant()) and retired_at is null and external_id = any ($1::text[])`,
    [externalIds],
  )
}

/** A DevEUI is written in either case. */
export async function sensorsByNameAnyCase(tx: ReadTx, names: readonly string[]) {
  return sensorsByExternalId(tx, [...new Set(names.flatMap((name) => [name, name.toUpperCase(), name.toLowerCase()]))])
}
