import type { ReadTx, Tx } from '@opsflow/platform/server/tenant'
import { uuid7 } from '@opsflow/platform/server/uuid7'
import {
  assess,
  type Excursion,
  milliText,
  reconcile,
  type SensorReading,
  type StoredExcursion,
  unwatched,
} from '../index.ts'
import type { ReadValue } from '../records.ts'
import { excursionRow, isAlarmed } from './apply-changes.ts'
import { asSensorReading } from './judge.ts'
import { clearAlarm, raiseAlarm } from './raise-alarm.ts'
import { disproveExcursions, excursionsSince, keepExcursions } from './store-excursions.ts'
import type { LogRow } from './store-readings.ts'
import type { WatchedSensor, WatchedUnit } from './store-watched-units.ts'

/** How far back a product filter still feels a reading: five time constants leave less than 1 %. */
const FILTER_MEMORY = 5

/**
 * Late readings are judged against history at their time: the readings around them are folded again, and what that
 * changes about the excursions on record is written down, found late. Nobody is woken for what is over; what turns out
 * to be still going on is an alarm like any other.
 */
export async function reassessHistory(
  tx: Tx,
  unit: WatchedUnit,
  sensor: WatchedSensor,
  lateAt: readonly number[],
  wakes: boolean,
) {
  const earliest = lateAt.reduce((a, b) => Math.min(a, b))
  const latest = lateAt.reduce((a, b) => Math.max(a, b))
  const stored = await excursionsSince(tx, sensor.id, earliest)
  const memory = FILTER_MEMORY * unit.rule.alarmAt(earliest).filterMs
  const from = Math.min(earliest, ...stored.map(({ startedAt }) => startedAt)) - memory
  const history = await foldAgain(tx, unit, sensor, stored, { from, settlesAfter: latest + memory })

  const touched = (excursion: { startedAt: number; endedAt: number | null }) =>
    (excursion.endedAt ?? Number.POSITIVE_INFINITY) >= earliest && excursion.startedAt <= history.until
  const replayed = history.excursions.filter(touched)
  const { add, amend, unsupported } = reconcile(stored.filter(touched), replayed)
  const found = add.map((excursion) => ({ id: uuid7(excursion.startedAt), excursion }))
  await disproveExcursions(tx, unsupported)
  // Ended ones first: a sensor has one open excursion at a time.
  const rows = [
    ...amend.map(({ id, excursion }) => excursionRow(id, unit, sensor, excursion, false)),
    ...found.map(({ id, excursion }) => excursionRow(id, unit, sensor, excursion, true)),
  ].sort((a, b) => Number(a.excursion.endedAt === null) - Number(b.excursion.endedAt === null))
  await keepExcursions(tx, rows)

  if (!history.reachesNow) return
  const { state } = history
  sensor.state = { ...state, silence: sensor.state.silence, watchedSince: sensor.state.watchedSince }
  if (state.excursion === null) sensor.excursionId = null
  else sensor.excursionId = idOfOpen(rows, stored, state.excursion)
  if (wakes) await alarmForWhatStands(tx, unit, sensor)
}

type History = {
  state: ReturnType<typeof unwatched>
  excursions: Excursion[]
  until: number
  /** False when the fold came to rest before the latest reading: what is known now stands. */
  reachesNow: boolean
}

const CHUNK = 5_000

async function foldAgain(
  tx: ReadTx,
  unit: WatchedUnit,
  sensor: WatchedSensor,
  stored: readonly StoredExcursion[],
  span: { from: number; settlesAfter: number },
): Promise<History> {
  const excursions: Excursion[] = []
  let state = unwatched()
  const isStoredOpenAt = (at: number) =>
    stored.some(({ startedAt, endedAt }) => startedAt <= at && (endedAt ?? at) >= at)
  for await (const reading of readingsFrom(tx, sensor.id, span.from)) {
    if (reading.at > span.settlesAfter && state.excursion === null && !isStoredOpenAt(reading.at)) {
      return { state, excursions, until: reading.at, reachesNow: false }
    }
    const assessed = assess(unit.rule.alarmAt, state, reading)
    state = assessed.state
    for (const change of assessed.changes) if (change.kind === 'recovered') excursions.push(change.excursion)
  }
  if (state.excursion) excursions.push(state.excursion)
  return { state, excursions, until: Number.POSITIVE_INFINITY, reachesNow: true }
}

type Cursor = { at: string; receivedAt: string; id: string }

async function* readingsFrom(tx: ReadTx, sensorId: string, from: number): AsyncGenerator<SensorReading> {
  let after: Cursor = {
    at: new Date(from - 1).toISOString(),
    receivedAt: '2000-01-01T00:00:00Z',
    id: 'ffffffff-ffff-ffff-ffff-ffffffffffff',
  }
  for (;;) {
    const rows = await tx.query<Cursor & Pick<LogRow, 'unit' | 'milli' | 'fault'>>(
      `select id, measured_at as at, received_at as "receivedAt", value_unit as unit, value_milli as milli, fault
         from temperature_logs
        where tenant_id = (select app.tenant()) and sensor_id = $1 and measured_at >= $2
          and (measured_at, received_at, id) > ($2::timestamptz, $3::timestamptz, $4::uuid)
        order by measured_at, received_at, id limit ${CHUNK}`,
      [sensorId, after.at, after.receivedAt, after.id],
    )
    for (const row of rows) {
      const { unit, milli, fault } = row
      yield asSensorReading({
        measuredAt: Date.parse(row.at),
        receivedAt: Date.parse(row.receivedAt),
        unit,
        milli,
        fault,
      })
    }
    const last = rows.at(-1)
    if (!last || rows.length < CHUNK) return
    after = last
  }
}

const idOfOpen = (
  rows: readonly { id: string; excursion: Excursion }[],
  stored: readonly StoredExcursion[],
  open: Excursion,
): string | null =>
  rows.find(({ excursion }) => excursion.startedAt === open.startedAt)?.id ??
  stored.find(({ endedAt, side }) => endedAt === null && side === open.side)?.id ??
  null

async function alarmForWhatStands(tx: Tx, unit: WatchedUnit, sensor: WatchedSensor) {
  const { excursion, fault, lastMeasuredAt } = sensor.state
  const learnedAt = Date.now()
  if (excursion?.alarmedAt != null) {
    const { alarmedAt: at } = excursion
    const value: ReadValue = { ...excursion.extreme, text: milliText(excursion.extreme.milli) }
    await raiseAlarm(tx, { unit, sensor, kind: 'limit', at, learnedAt, excursionId: sensor.excursionId, value })
  } else if (!unit.sensors.some(isAlarmed)) await clearAlarm(tx, unit, 'limit', null, lastMeasuredAt ?? learnedAt)
  if (fault === null) await clearAlarm(tx, unit, 'fault', sensor.id, lastMeasuredAt ?? learnedAt)
}
