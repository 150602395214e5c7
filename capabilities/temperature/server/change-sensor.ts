import { notFound, refuse } from '@opsflow/platform/refusal'
import type { Tx } from '@opsflow/platform/server/tenant'
import { unitChanged } from '../facts.ts'
import type { Sensor } from '../routes.ts'
import { externalIdTaken } from './add-sensor.ts'
import { excursionRow, isAlarmed } from './apply-changes.ts'
import { requireAt } from './may.ts'
import { clearAlarm } from './raise-alarm.ts'
import { silenceDueAt } from './record-readings.ts'
import { keepExcursions } from './store-excursions.ts'
import { keepSensorStates, keepUnitStates } from './store-readings.ts'
import { readSensor, type SensorChange, updateSensor } from './store-units.ts'
import { lockUnits, standing, type WatchedSensor, type WatchedUnit } from './store-watched-units.ts'

/** Renamed, moved within its location, retired. What it reported stays with the unit it reported for. */
export async function changeSensor(tx: Tx, id: string, change: SensorChange): Promise<Sensor> {
  const before = (await readSensor(tx, id)) ?? notFound()
  requireAt(tx.actor, 'temperature.configure', before.locationId)
  const units = await lockUnits(tx, [], [...new Set([before.unitId, change.unitId ?? before.unitId])])
  const from = units.find((unit) => unit.id === before.unitId) ?? notFound()
  const to = units.find((unit) => unit.id === (change.unitId ?? before.unitId)) ?? notFound()
  const sensor = from.sensors.find((one) => one.id === id) ?? notFound()
  if (to.locationId !== from.locationId) {
    refuse('conflict', 'temperature.sensor_leaves_location', {
      detail: 'A sensor stays at its location: retire it here and set it up there.',
    })
  }
  await updateSensor(tx, id, change).catch((error: { code?: string }) => {
    if (error.code === '23505') externalIdTaken()
    throw error
  })
  sensor.cadenceSeconds = change.cadenceSeconds ?? sensor.cadenceSeconds
  if (to !== from || change.retired) await leaveUnit(tx, from, sensor)
  if (change.retired === false && sensor.retired) takeBack(sensor)
  if (change.retired) sensor.retired = true
  await keepSensorStates(tx, [{ sensor, receivedAt: null, silenceDueAt: sensor.retired ? null : silenceDueAt(sensor) }])
  return (await readSensor(tx, id)) ?? notFound()
}

/** It owes its next reading from now on, however long it lay in a drawer. */
function takeBack(sensor: WatchedSensor) {
  sensor.retired = false
  sensor.state = { ...sensor.state, watchedSince: Date.now() }
}

export async function retireSensor(tx: Tx, unit: WatchedUnit, sensor: WatchedSensor) {
  await updateSensor(tx, sensor.id, { retired: true })
  sensor.retired = true
  await leaveUnit(tx, unit, sensor)
  await keepSensorStates(tx, [{ sensor, receivedAt: null, silenceDueAt: null }])
}

/** Nothing is known any more through this sensor: what stood because of it ends here. */
async function leaveUnit(tx: Tx, unit: WatchedUnit, sensor: WatchedSensor) {
  const now = Date.now()
  const { excursion } = sensor.state
  if (excursion && sensor.excursionId) {
    const endedAt = Math.max(excursion.lastOutsideAt, excursion.startedAt)
    await keepExcursions(tx, [excursionRow(sensor.excursionId, unit, sensor, { ...excursion, endedAt }, false)])
  }
  sensor.excursionId = null
  sensor.state = { ...sensor.state, excursion: null, product: null, fault: null, silence: null, watchedSince: now }
  unit.sensors = unit.sensors.filter((other) => other !== sensor)
  if (!unit.sensors.some(isAlarmed)) await clearAlarm(tx, unit, 'limit', null, now)
  await clearAlarm(tx, unit, 'fault', sensor.id, now)
  await clearAlarm(tx, unit, 'silent', sensor.id, now)
  unit.shown = { ...unit.shown, ...standing(unit, now) }
  await keepUnitStates(tx, [unit])
  await tx.emit(unitChanged, unit.shown)
}
