import { uuid7 } from '@opsflow/platform/server/uuid7'
import {
  assess,
  type Change,
  type FaultCode,
  type Instant,
  type SensorReading,
  sense,
  type TemperatureUnit,
  timeProblem,
} from '../index.ts'
import type { LogRow, Provenance } from './store-readings.ts'
import type { WatchedSensor, WatchedUnit } from './store-watched-units.ts'

/** One value as it came in: of a sensor, or of a unit read by hand. */
export type NewReading = {
  id?: string
  sensorId?: string
  unitId?: string
  sent: string | number | null
  unit: TemperatureUnit
  measuredAt: Instant
  receivedAt?: Instant
  /** The device's own number for it. */
  seq?: number | null
  flags?: string[]
}

export type Rejection = { code: string; message: string }
export type JudgedReading = { index: number; row: LogRow; unit: WatchedUnit; sensor: WatchedSensor | null }
export type Outcome = { judged: JudgedReading } | { rejected: Rejection }

const UNKNOWN: Rejection = {
  code: 'temperature.sensor_unknown',
  message: 'No active sensor or unit of this id, at a location that is yours to report for.',
}

const TIME_MESSAGES: Record<string, string> = {
  'temperature.measured_in_future': 'The time of the reading lies more than 10 minutes ahead.',
  'temperature.measured_too_long_ago': 'The time of the reading lies before the year 2000.',
}

/** What each reading is: a value judged by the limits of its time, a fault of the sensor, or something to refuse. */
export function judgeReadings(
  readings: readonly NewReading[],
  units: readonly WatchedUnit[],
  from: Provenance,
  now: Instant,
): Outcome[] {
  const bySensor = new Map(
    units.flatMap((unit) => unit.sensors.map((sensor) => [sensor.id, { unit, sensor }] as const)),
  )
  const byUnit = new Map(units.map((unit) => [unit.id, { unit, sensor: null }] as const))
  return readings.map((reading, index) => {
    const place = reading.sensorId ? bySensor.get(reading.sensorId) : byUnit.get(reading.unitId ?? '')
    if (!place || place.unit.retired || place.sensor?.retired) return { rejected: UNKNOWN }
    return judgeReading(reading, index, place.unit, place.sensor, from, now)
  })
}

function judgeReading(
  reading: NewReading,
  index: number,
  unit: WatchedUnit,
  sensor: WatchedSensor | null,
  from: Provenance,
  now: Instant,
): Outcome {
  const wrongTime = timeProblem(reading.measuredAt, now)
  if (wrongTime) return { rejected: { code: wrongTime, message: TIME_MESSAGES[wrongTime] ?? '' } }
  const isDs18b20 = sensor !== null && /ds18b20/i.test(sensor.model)
  const sensed = sense(reading.sent, reading.unit, { source: from.source, unitKind: unit.shown.kind, isDs18b20 })
  if ('ok' in sensed) return { rejected: { code: sensed.code, message: sensed.message } }
  const value = 'value' in sensed ? sensed.value : null
  const judged = value ? unit.rule.judge(value, reading.measuredAt) : null
  const receivedAt = reading.receivedAt ?? now
  const last = sensor?.state.lastMeasuredAt ?? null
  const isOld = last !== null && reading.measuredAt <= last
  const isLate = isOld && reading.measuredAt !== last && from.source === 'sensor'
  const row: LogRow = {
    id: reading.id ?? uuid7(receivedAt),
    locationId: unit.locationId,
    unitId: unit.id,
    sensorId: sensor?.id ?? null,
    measuredAt: reading.measuredAt,
    receivedAt,
    text: 'fault' in sensed ? sensed.text.slice(0, 40) : sensed.value.text,
    unit: reading.unit,
    milli: value?.milli ?? null,
    fault: 'fault' in sensed ? sensed.fault : null,
    isCompliant: judged?.compliant ?? null,
    limitId: judged?.limitId ?? null,
    ruleEdition: judged?.edition ?? null,
    policyId: judged?.policyId ?? null,
    seq: reading.seq ?? null,
    flags: [...(reading.flags ?? []), ...(isLate ? ['late'] : [])],
    isOld,
  }
  return { judged: { index, row, unit, sensor } }
}

/** In order of time; of two at one instant the one that came first. */
export const inOrder = (a: JudgedReading, b: JudgedReading) => a.row.measuredAt - b.row.measuredAt || a.index - b.index

/** Two values of one sensor at one instant in one batch: both are kept, the later one says so. */
export function flagConflicts(readings: readonly JudgedReading[]) {
  let previous: JudgedReading | undefined
  for (const reading of readings) {
    if (
      previous &&
      previous.row.sensorId === reading.row.sensorId &&
      previous.row.measuredAt === reading.row.measuredAt &&
      (previous.row.milli !== reading.row.milli || previous.row.unit !== reading.row.unit) &&
      !reading.row.flags.includes('conflict')
    ) {
      reading.row.flags.push('conflict')
    }
    previous = reading
  }
}

export type Happened = {
  unit: WatchedUnit
  sensor: WatchedSensor
  change: Change
  row: LogRow
  /** The row of the excursion it is about, once that is known. */
  excursionId?: string
}

type Assessable = Pick<LogRow, 'measuredAt' | 'receivedAt' | 'unit' | 'milli' | 'fault'>

export const asSensorReading = ({ measuredAt: at, receivedAt, unit, milli, fault }: Assessable): SensorReading =>
  milli === null ? { at, receivedAt, fault: fault as FaultCode } : { at, receivedAt, unit, milli }

/** Folds the readings of one sensor into its state, and tells what happened. Late ones are left for the replay. */
export function fold(unit: WatchedUnit, sensor: WatchedSensor, readings: readonly JudgedReading[]) {
  const happened: Happened[] = []
  const late: JudgedReading[] = []
  for (const reading of readings) {
    const assessed = assess(unit.rule.alarmAt, sensor.state, asSensorReading(reading.row))
    if (assessed.isLate) late.push(reading)
    sensor.state = assessed.state
    for (const change of assessed.changes) happened.push({ unit, sensor, change, row: reading.row })
  }
  return { happened, late }
}
