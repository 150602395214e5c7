import { openTask, withdrawTaskOf } from '@opsflow/capabilities/tasks/server'
import { justNow } from '@opsflow/platform/moment'
import type { Tx } from '@opsflow/platform/server/tenant'
import { uuid7 } from '@opsflow/platform/server/uuid7'
import { alarmCleared, alarmClosed, alarmRaised } from '../facts.ts'
import type { AlarmKind, ReadValue } from '../records.ts'
import { openCorrectiveAction } from './open-corrective-action.ts'
import { endStandingAlarm, foremostAlarm, giveTask, insertAlarm, readAlarm } from './store-alarms.ts'
import type { WatchedSensor, WatchedUnit } from './store-watched-units.ts'

export type Raise = {
  unit: WatchedUnit
  sensor: WatchedSensor
  kind: AlarmKind
  /** When the condition was met, by the readings' own time. */
  at: number
  /** When we came to know. */
  learnedAt: number
  excursionId: string | null
  value: ReadValue | null
}

export const alarmCause = (alarmId: string) => ({ kind: 'temperature.alarm', id: alarmId })

/**
 * An alarm, its corrective action and its task are in one transaction on purpose: one without the other must not be
 * representable. One that stands already stays the only one.
 */
export async function raiseAlarm(tx: Tx, raise: Raise) {
  const { unit, sensor, kind, value, excursionId } = raise
  const alarm = {
    id: uuid7(raise.learnedAt),
    locationId: unit.locationId,
    unitId: unit.id,
    sensorId: sensor.id,
    kind,
    excursionId,
    raisedAt: new Date(raise.at).toISOString(),
    createdAt: new Date(raise.learnedAt).toISOString(),
    value,
  }
  if (!(await insertAlarm(tx, alarm))) return
  const when = justNow(new Date(raise.learnedAt))
  if (kind === 'limit') await openCorrectiveAction(tx, unit, { alarmId: alarm.id, value, when })
  else await giveTask(tx, alarm.id, await openTask(tx, attend(raise, alarm.id)))
  unit.shown = { ...unit.shown, alarmId: await foremostAlarm(tx, unit.id) }
  const raised = await readAlarm(tx, alarm.id)
  if (raised) await tx.emit(alarmRaised, raised)
}

const attend = ({ unit, sensor, kind, learnedAt }: Raise, alarmId: string) => ({
  locationId: unit.locationId,
  unitId: unit.id,
  title:
    kind === 'fault'
      ? `${unit.shown.name}: ${sensor.name} reports a fault. Check the probe and its cable.`
      : `${unit.shown.name}: ${sensor.name} is silent. Check the unit by hand, then battery and gateway.`,
  taskType: 'maintenance' as const,
  priority: 'high' as const,
  cause: alarmCause(alarmId),
  dueAt: new Date(learnedAt + 60 * 60_000).toISOString(),
  createdAt: new Date(learnedAt).toISOString(),
})

/**
 * The condition is over by itself. Too warm stays open until its corrective action is closed; a fault or a silence that
 * went away owes nobody anything, and its task is withdrawn unless someone has begun.
 */
export async function clearAlarm(tx: Tx, unit: WatchedUnit, kind: AlarmKind, sensorId: string | null, at: number) {
  const closes = kind !== 'limit'
  const id = await endStandingAlarm(tx, unit.id, kind, sensorId, new Date(at).toISOString(), closes)
  if (!id) return
  if (closes) await withdrawTaskOf(tx, alarmCause(id))
  unit.shown = { ...unit.shown, alarmId: await foremostAlarm(tx, unit.id) }
  const alarm = await readAlarm(tx, id)
  if (!alarm) return
  await tx.emit(alarmCleared, alarm)
  if (closes) await tx.emit(alarmClosed, alarm)
}
