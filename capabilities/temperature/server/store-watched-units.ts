import type { ReadTx, Tx } from '@opsflow/platform/server/tenant'
import { statusOf, statusRank, unwatched, type WatchState, type WatchStatus } from '../assess.ts'
import type { UnitState } from '../records.ts'

import { limitText, type UnitPolicy, type UnitRule, unitRule } from '../unit-policy.ts'
import type { TemperatureUnit } from '../value.ts'

/** A sensor and what is known of it so far. */
export type WatchedSensor = {
  id: string
  name: string
  model: string
  cadenceSeconds: number | null
  retired: boolean
  state: WatchState
  excursionId: string | null
  lastSeq: number | null
}

/** A unit with its sensors, how it is judged, and what the board shows of it; locked while it is judged. */
export type WatchedUnit = {
  id: string
  locationId: string
  locationName: string
  timezone: string
  temperatureUnit: TemperatureUnit
  retired: boolean
  sensors: WatchedSensor[]
  rule: UnitRule
  shown: UnitState
  today: DayCounters
}

/** What was read in the business day that goes on now. */
export type DayCounters = { starts: string; readings: number; compliant: number; judged: number }

type Row = {
  id: string
  locationId: string
  locationName: string
  timezone: string
  temperatureUnit: TemperatureUnit
  retired: boolean
  policies: UnitPolicy[]
  sensors: WatchedSensor[]
  shown: UnitState
  today: DayCounters
}

/** Locks the units of these sensors, and these units, in the order of their ids: writers wait, they never deadlock. */
export async function lockUnits(
  tx: Tx,
  sensorIds: readonly string[],
  unitIds: readonly string[],
): Promise<WatchedUnit[]> {
  const locked = await tx.query<{ id: string }>(
    `select us.id from unit_states us
      where us.tenant_id = (select app.tenant())
        and us.id in (select s.unit_id from sensors s where s.tenant_id = (select app.tenant()) and s.id = any ($1::uuid[])
                      union all select unnest($2::uuid[]))
      order by us.id for no key update of us`,
    [sensorIds, unitIds],
  )
  return locked.length === 0
    ? []
    : watchedUnits(
        tx,
        locked.map(({ id }) => id),
      )
}

/** The same, to look at. A second statement on purpose: it sees what the writers waited for have committed. */
export async function watchedUnits(tx: ReadTx, unitIds: readonly string[]): Promise<WatchedUnit[]> {
  const rows = await tx.query<Row>(WATCHED, [unitIds])
  return rows.map(({ policies, ...unit }) => ({ ...unit, rule: ruleOf(policies, unit.timezone) }))
}

const ISO = `'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'`

/** A unit's state as the board shows it, as JSON; needs `units u` and `unit_states us`. */
export const UNIT_STATE = `jsonb_build_object(
  'unitId', u.id, 'locationId', u.location_id, 'name', u.name, 'kind', u.kind, 'status', us.status,
  'value', case when us.value_milli is not null
                then jsonb_build_object('text', us.value_text, 'unit', us.value_unit, 'milli', us.value_milli) end,
  'isCompliant', us.is_compliant, 'measuredAt', to_char(us.measured_at at time zone 'UTC', ${ISO}),
  'receivedAt', to_char(us.received_at at time zone 'UTC', ${ISO}), 'source', us.source,
  'limitText', us.limit_text, 'excursionId', us.excursion_id, 'alarmId', us.alarm_id, 'slowDrift', us.slow_drift)`

/** When the business day that goes on now began at a location `l`. */
export const DAY_STARTS = `((date_trunc('day', (now() at time zone l.timezone) - l.day_starts_at) + l.day_starts_at)
                            at time zone l.timezone)`

const WATCHED = `
  select u.id, u.location_id as "locationId", l.name as "locationName", l.timezone,
         l.temperature_unit as "temperatureUnit", u.retired_at is not null as retired, ${UNIT_STATE} as shown,
         jsonb_build_object('starts', day.starts,
           'readings', case when us.day_starts = day.starts then us.day_readings else 0 end,
           'compliant', case when us.day_starts = day.starts then us.day_compliant else 0 end,
           'judged', case when us.day_starts = day.starts then us.day_judged else 0 end) as today,
         (select coalesce(jsonb_agg(p.policy || jsonb_build_object('id', p.id, 'startsAt', p.starts_at)
                                    order by p.starts_at, p.id), '[]')
            from unit_policies p where p.tenant_id = u.tenant_id and p.unit_id = u.id) as policies,
         (select coalesce(jsonb_agg(jsonb_build_object('id', s.id, 'name', s.name, 'model', s.model,
                   'cadenceSeconds', s.cadence_seconds, 'retired', s.retired_at is not null, 'state', st.state,
                   'excursionId', st.excursion_id, 'lastSeq', st.last_seq) order by s.id), '[]')
            from sensors s join sensor_states st on st.tenant_id = s.tenant_id and st.id = s.id
           where s.tenant_id = u.tenant_id and s.unit_id = u.id) as sensors
    from units u
    join unit_states us on us.tenant_id = u.tenant_id and us.id = u.id
    join locations l on l.tenant_id = u.tenant_id and l.id = u.location_id
    cross join lateral (select ${DAY_STARTS} as starts) day
   where u.tenant_id = (select app.tenant()) and u.id = any ($1::uuid[])
   order by u.id`

/** Versions never change, so what was made of them once holds for good. */
const rules = new Map<string, UnitRule>()

function ruleOf(policies: readonly UnitPolicy[], timezone: string): UnitRule {
  const key = `${timezone} ${policies.map(({ id }) => id).join()}`
  const known = rules.get(key)
  if (known) return known
  if (rules.size >= 5_000) rules.clear()
  const rule = unitRule(policies, timezone)
  rules.set(key, rule)
  return rule
}

/** How the board marks the unit: as its worst sensor, or as a reading by hand that broke the limit. */
export function standing(unit: WatchedUnit, now: number): Pick<UnitState, 'status' | 'excursionId' | 'limitText'> {
  const active = unit.sensors.filter(({ retired }) => !retired)
  const byHand = unit.shown.source === 'typed' || unit.shown.source === 'probe'
  const statuses = active.map(statusOfSensor)
  if (byHand && unit.shown.value !== null) statuses.push(unit.shown.isCompliant === false ? 'alarm' : 'ok')
  const worst = statuses.sort((a, b) => statusRank(a) - statusRank(b))
  const open = active
    .filter(({ excursionId }) => excursionId !== null)
    .sort((a, b) => statusRank(statusOfSensor(a)) - statusRank(statusOfSensor(b)))
  return {
    status: worst.find((status) => status !== 'no_data') ?? 'no_data',
    excursionId: open[0]?.excursionId ?? null,
    // Judged in the unit read, so shown in it: a reading in °C stands beside the limit printed in °C.
    limitText: limitText(unit.rule.limitsAt(now), unit.shown.value?.unit ?? unit.temperatureUnit),
  }
}

/** What was only imported is history: it can be outside, but nobody is woken by it. */
function statusOfSensor({ state, cadenceSeconds }: WatchedSensor): WatchStatus {
  if (cadenceSeconds !== null) return statusOf(state)
  if (state.excursion !== null) return 'drifting'
  return state.lastMeasuredAt === null ? 'no_data' : 'ok'
}

export const newSensorState = (createdAt: number, cadenceSeconds: number | null) =>
  unwatched(cadenceSeconds === null ? null : createdAt)
