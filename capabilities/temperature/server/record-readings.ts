import { can } from '@opsflow/platform/actor'
import type { Tx } from '@opsflow/platform/server/tenant'
import { unitChanged } from '../facts.ts'
import { lastHeard, silenceMinutes, type TemperaturePermission } from '../index.ts'
import { applyChanges } from './apply-changes.ts'
import {
  flagConflicts,
  fold,
  type Happened,
  inOrder,
  type JudgedReading,
  judgeReadings,
  type NewReading,
  type Outcome,
} from './judge.ts'
import { reassessHistory } from './reassess-history.ts'
import {
  addToHours,
  insertLogs,
  keepSensorStates,
  keepUnitStates,
  knownSequences,
  type LogRow,
  type Provenance,
} from './store-readings.ts'
import { lockUnits, standing, type WatchedSensor, type WatchedUnit } from './store-watched-units.ts'

export type RecordedReading =
  | { status: 'accepted'; id: string; row: LogRow }
  | { status: 'duplicate' }
  | { status: 'rejected'; code: string; message: string }

export type RecordOptions = {
  now?: number
  /** Off for history made in bulk (the demo): rows, excursions and alarms as ever, but nothing is announced. */
  announce?: boolean
}

const PERMISSION: Record<Provenance['source'], TemperaturePermission> = {
  sensor: 'temperature.ingest',
  imported: 'temperature.import',
  typed: 'temperature.record',
  probe: 'temperature.record',
}

/**
 * The one way temperatures enter OpsFlow, whoever sends them: a person, a gateway, a file, a simulator. Each reading
 * is answered by itself. What an actor may not reach is refused like what does not exist.
 * Units are locked, readings judged by the rule of their time, and everything they change is written in this
 * transaction: rows, rollups, states, excursions, alarms with their corrective actions and tasks, facts.
 */
export async function recordReadings(
  loud: Tx,
  readings: readonly NewReading[],
  from: Provenance,
  { now = Date.now(), announce = true }: RecordOptions = {},
): Promise<RecordedReading[]> {
  const tx = announce ? loud : { ...loud, emit: async () => undefined }
  const sensorIds = [...new Set(readings.flatMap(({ sensorId }) => sensorId ?? []))]
  const unitIds = [...new Set(readings.flatMap(({ unitId, sensorId }) => (sensorId ? [] : (unitId ?? []))))]
  const units = (await lockUnits(tx, sensorIds, unitIds)).filter((unit) =>
    can(tx.actor, PERMISSION[from.source], unit.locationId),
  )
  const outcomes = judgeReadings(readings, units, from, now)
  const judged = outcomes.flatMap((outcome) => ('judged' in outcome ? [outcome.judged] : [])).sort(inOrder)
  const repeated = await repeatedByDevice(tx, judged)
  const fresh = judged.filter(({ row }) => !repeated.has(row.id))

  const bySensor = groupBySensor(fresh)
  for (const sensed of bySensor.values()) flagConflicts(sensed)
  const { happened, late } = foldAll(bySensor)
  const inserted = await insertLogs(
    tx,
    fresh.map(({ row }) => row),
    from,
  )
  const isNew = ({ row }: JudgedReading) => inserted.has(row.id)
  const added = fresh.filter(isNew)
  await addToHours(
    tx,
    added.map(({ row }) => row),
  )
  await settle(tx, { added, happened, late: late.filter(isNew), from, now })
  return outcomes.map((outcome) => answer(outcome, inserted))
}

/** A device that sends its numbers in order is never asked about; one that repeats itself is looked up. */
async function repeatedByDevice(tx: Tx, judged: readonly JudgedReading[]): Promise<Set<string>> {
  const suspicious: LogRow[] = []
  const repeated = new Set<string>()
  const seen = new Map<string, number>()
  for (const { row, sensor } of judged) {
    if (row.seq === null || sensor === null) continue
    const key = `${row.sensorId} ${row.seq} ${row.milli} ${row.unit} ${row.fault}`
    if (seen.has(key)) repeated.add(row.id)
    seen.set(key, row.seq)
    if (sensor.lastSeq !== null && row.seq <= sensor.lastSeq) suspicious.push(row)
  }
  for (const { row, sensor } of judged) {
    if (row.seq !== null && sensor !== null) sensor.lastSeq = Math.max(sensor.lastSeq ?? 0, row.seq)
  }
  for (const id of await knownSequences(tx, suspicious)) repeated.add(id)
  return repeated
}

function groupBySensor(readings: readonly JudgedReading[]): Map<WatchedSensor, JudgedReading[]> {
  const groups = new Map<WatchedSensor, JudgedReading[]>()
  for (const reading of readings) {
    if (reading.sensor === null) continue
    const group = groups.get(reading.sensor)
    if (group) group.push(reading)
    else groups.set(reading.sensor, [reading])
  }
  return groups
}

function foldAll(bySensor: Map<WatchedSensor, JudgedReading[]>) {
  const happened: Happened[] = []
  const late: JudgedReading[] = []
  for (const [sensor, readings] of bySensor) {
    const unit = (readings[0] as JudgedReading).unit
    const folded = fold(unit, sensor, readings)
    happened.push(...folded.happened)
    late.push(...folded.late)
  }
  return { happened, late }
}

type Batch = {
  added: readonly JudgedReading[]
  happened: readonly Happened[]
  late: readonly JudgedReading[]
  from: Provenance
  now: number
}

/** Everything that follows from the new rows. */
async function settle(tx: Tx, { added, happened, late, from, now }: Batch) {
  if (added.length === 0) return
  const units = [...new Set(added.map(({ unit }) => unit))]
  const sensors = new Map(added.flatMap(({ sensor, unit }) => (sensor ? [[sensor, unit] as const] : [])))
  const wakes = from.source !== 'imported'
  await applyChanges(tx, happened, wakes)
  for (const [sensor, unit] of sensors) {
    const ofSensor = late.filter((reading) => reading.sensor === sensor).map(({ row }) => row.measuredAt)
    if (ofSensor.length > 0) await reassessHistory(tx, unit, sensor, ofSensor, wakes)
  }
  const receivedAt = new Map(added.map(({ sensor, row }) => [sensor, row.receivedAt]))
  await keepSensorStates(
    tx,
    [...sensors.keys()].map((sensor) => ({
      sensor,
      receivedAt: receivedAt.get(sensor) ?? now,
      silenceDueAt: silenceDueAt(sensor),
    })),
  )
  await showUnits(tx, units, added, from, now)
}

export function silenceDueAt({ state, cadenceSeconds }: WatchedSensor): number | null {
  const heard = lastHeard(state)
  if (cadenceSeconds === null || heard === null || state.silence !== null) return null
  return heard + silenceMinutes(cadenceSeconds / 60) * 60_000
}

/** The board's rows: the latest temperature, and how the unit stands. */
async function showUnits(
  tx: Tx,
  units: readonly WatchedUnit[],
  added: readonly JudgedReading[],
  from: Provenance,
  now: number,
) {
  for (const { unit, row } of added) {
    if (row.milli === null) continue
    countToday(unit, row.measuredAt, row.isCompliant, 1)
    if (isOlder(row, unit)) continue
    unit.shown = {
      ...unit.shown,
      value: { text: row.text, unit: row.unit, milli: row.milli },
      isCompliant: row.isCompliant,
      measuredAt: new Date(row.measuredAt).toISOString(),
      receivedAt: new Date(row.receivedAt).toISOString(),
      source: from.source,
    }
  }
  for (const unit of units) unit.shown = { ...unit.shown, ...standing(unit, now) }
  await keepUnitStates(tx, units)
  for (const unit of units) await tx.emit(unitChanged, unit.shown)
}

/** Counts a reading of the business day that goes on now, or takes back one that was corrected. */
export function countToday({ today }: WatchedUnit, measuredAt: number, isCompliant: boolean | null, by: 1 | -1) {
  if (measuredAt < Date.parse(today.starts)) return
  today.readings += by
  if (isCompliant !== null) today.judged += by
  if (isCompliant === true) today.compliant += by
}

const isOlder = (row: LogRow, { shown }: WatchedUnit) =>
  shown.measuredAt !== null && row.measuredAt < Date.parse(shown.measuredAt)

function answer(outcome: Outcome, inserted: ReadonlySet<string>): RecordedReading {
  if ('rejected' in outcome) return { status: 'rejected', ...outcome.rejected }
  const { row } = outcome.judged
  return inserted.has(row.id) ? { status: 'accepted', id: row.id, row } : { status: 'duplicate' }
}
