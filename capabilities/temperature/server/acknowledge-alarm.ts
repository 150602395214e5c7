import { justNow, type Moment } from '@opsflow/platform/moment'
import { notFound, refuse } from '@opsflow/platform/refusal'
import { recordEvent } from '@opsflow/platform/server/events'
import type { Ran } from '@opsflow/platform/server/sync/registry'
import type { Tx } from '@opsflow/platform/server/tenant'
import { alarmAcknowledged, correctiveActionChanged } from '../facts.ts'
import type { Alarm } from '../records.ts'
import { memberId, requireAt } from './may.ts'
import { acknowledge, lockAlarm, readAlarm } from './store-alarms.ts'
import { appendStep, readAction } from './store-corrective-actions.ts'

/** Someone looks after it. The first to say so is on record; saying it again changes nothing. */
export async function acknowledgeAlarm(tx: Tx, id: string, note: string, when = justNow()): Promise<Alarm> {
  const alarm = await lockForAcknowledgement(tx, id)
  if (alarm.acknowledgedAt !== null) return alarm
  if (alarm.closedAt !== null)
    refuse('conflict', 'temperature.alarm_closed', { detail: 'This alarm is closed already.' })
  await acknowledge(tx, id, memberId(tx.actor), when)
  const acknowledged = (await readAlarm(tx, id)) ?? notFound()
  await tx.emit(alarmAcknowledged, acknowledged)
  await noteOnAction(tx, acknowledged, note, when, 'applied')
  return acknowledged
}

/** The same, done offline. Whoever came second looked after it too: it is kept in the history, or in the trail. */
export async function bringAcknowledgement(tx: Tx, id: string, note: string, when: Moment): Promise<Ran | undefined> {
  const alarm = await lockForAcknowledgement(tx, id)
  if (alarm.acknowledgedAt === null && alarm.closedAt === null) {
    await acknowledgeAlarm(tx, id, note, when)
    return undefined
  }
  if (alarm.correctiveActionId) await noteOnAction(tx, alarm, note, when, 'superseded')
  else {
    const { id: subjectId, locationId } = alarm
    const after = { note, at: when.at, timeQuality: when.quality }
    await recordEvent(tx, { name: 'temperature.alarm_acknowledged_too', subjectId, locationId, after })
  }
  return alarm.acknowledgedAt === null
    ? { outcome: 'superseded', code: 'temperature.alarm_closed', detail: 'The alarm was closed by then.' }
    : {
        outcome: 'superseded',
        code: 'temperature.acknowledged_already',
        detail: 'Someone was looking after it already.',
      }
}

async function lockForAcknowledgement(tx: Tx, id: string): Promise<Alarm> {
  const alarm = (await lockAlarm(tx, id)) ?? notFound()
  requireAt(tx.actor, 'temperature.acknowledge', alarm.locationId)
  return alarm
}

async function noteOnAction(tx: Tx, alarm: Alarm, note: string, when: Moment, outcome: 'applied' | 'superseded') {
  if (!alarm.correctiveActionId) return
  const { locationId, correctiveActionId: actionId } = alarm
  await appendStep(tx, { locationId, actionId, step: 'acknowledged', by: memberId(tx.actor), when, outcome, note })
  const action = await readAction(tx, actionId)
  if (action) await tx.emit(correctiveActionChanged, action)
}
