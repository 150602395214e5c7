import type { Tx } from '@opsflow/platform/server/tenant'
import { uuid7 } from '@opsflow/platform/server/uuid7'
import type { Excursion } from '../index.ts'
import type { Happened } from './judge.ts'
import { clearAlarm, raiseAlarm } from './raise-alarm.ts'
import { type ExcursionRow, keepExcursions } from './store-excursions.ts'
import type { WatchedSensor, WatchedUnit } from './store-watched-units.ts'

/** What the readings meant becomes rows: excursions together, alarms one by one, in the order they happened. */
export async function applyChanges(tx: Tx, happened: readonly Happened[], wakes: boolean) {
  if (happened.length === 0) return
  await keepExcursions(tx, excursionsOf(happened))
  if (!wakes) return
  for (const one of happened) await announce(tx, one)
}

async function announce(tx: Tx, { unit, sensor, change, row, excursionId }: Happened) {
  const { at } = change
  const learnedAt = row.receivedAt
  if (change.kind === 'alarmed') {
    const value = row.milli === null ? null : { text: row.text, unit: row.unit, milli: row.milli }
    await raiseAlarm(tx, { unit, sensor, kind: 'limit', at, learnedAt, excursionId: excursionId ?? null, value })
  }
  if (change.kind === 'fault_persists') {
    await raiseAlarm(tx, { unit, sensor, kind: 'fault', at, learnedAt, excursionId: null, value: null })
  }
  if (change.kind === 'recovered' && change.excursion.alarmedAt !== null && !isOutsideElsewhere(unit, sensor)) {
    await clearAlarm(tx, unit, 'limit', null, at)
  }
  if (change.kind === 'fault_cleared' && change.persisted) await clearAlarm(tx, unit, 'fault', sensor.id, at)
  if (change.kind === 'silence_ended') await clearAlarm(tx, unit, 'silent', sensor.id, at)
}

/** A unit with several probes is too warm until all of them are back. */
const isOutsideElsewhere = (unit: WatchedUnit, sensor: WatchedSensor) =>
  unit.sensors.some((other) => other !== sensor && isAlarmed(other))

export const isAlarmed = ({ state, cadenceSeconds, retired }: WatchedSensor) =>
  !retired && cadenceSeconds !== null && state.excursion?.alarmedAt != null

/** The last word on each excursion the readings touched. `sensor.excursionId` follows: it names the open one. */
function excursionsOf(happened: readonly Happened[]): ExcursionRow[] {
  const rows = new Map<string, ExcursionRow>()
  for (const one of happened) {
    const { unit, sensor, change } = one
    if (!('excursion' in change)) continue
    if (change.kind === 'drifted') sensor.excursionId = uuid7(change.at)
    const id = sensor.excursionId ?? uuid7(change.at)
    one.excursionId = id
    rows.set(id, excursionRow(id, unit, sensor, change.excursion, false))
    if (change.kind === 'recovered') sensor.excursionId = null
  }
  return [...rows.values()]
}

export const excursionRow = (
  id: string,
  unit: WatchedUnit,
  sensor: WatchedSensor,
  excursion: Excursion,
  foundLate: boolean,
): ExcursionRow => ({
  id,
  locationId: unit.locationId,
  unitId: unit.id,
  sensorId: sensor.id,
  policyId: unit.rule.alarmAt(excursion.startedAt).policyId,
  excursion,
  foundLate,
})
