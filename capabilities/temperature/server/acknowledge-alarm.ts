import { notFound, refuse } from '@opsflow/platform/refusal'
import type { Tx } from '@opsflow/platform/server/tenant'
import { alarmAcknowledged, correctiveActionChanged } from '../facts.ts'
import type { Alarm } from '../records.ts'
import { memberId, requireAt } from './may.ts'
import { acknowledge, lockAlarm, readAlarm } from './store-alarms.ts'
import { appendStep, readAction } from './store-corrective-actions.ts'

/** Someone looks after it. The first to say so is on record; saying it again changes nothing. */
export async function acknowledgeAlarm(tx: Tx, id: string, note: string, at = new Date()): Promise<Alarm> {
  const alarm = (await lockAlarm(tx, id)) ?? notFound()
  requireAt(tx.actor, 'temperature.acknowledge', alarm.locationId)
  if (alarm.acknowledgedAt !== null) return alarm
  if (alarm.closedAt !== null)
    refuse('conflict', 'temperature.alarm_closed', { detail: 'This alarm is closed already.' })
  await acknowledge(tx, id, memberId(tx.actor), at.toISOString())
  const acknowledged = (await readAlarm(tx, id)) ?? notFound()
  await tx.emit(alarmAcknowledged, acknowledged)
  await noteOnAction(tx, acknowledged, note, at)
  return acknowledged
}

async function noteOnAction(tx: Tx, alarm: Alarm, note: string, at: Date) {
  if (!alarm.correctiveActionId) return
  await appendStep(tx, {
    locationId: alarm.locationId,
    actionId: alarm.correctiveActionId,
    step: 'acknowledged',
    by: memberId(tx.actor),
    at: at.toISOString(),
    note,
  })
  const action = await readAction(tx, alarm.correctiveActionId)
  if (action) await tx.emit(correctiveActionChanged, action)
}
