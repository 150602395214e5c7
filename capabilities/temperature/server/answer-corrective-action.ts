import { demandEvidence, nameEvidence } from '@opsflow/capabilities/evidence/server'
import { endTaskOf } from '@opsflow/capabilities/tasks/server'
import { notFound } from '@opsflow/platform/refusal'
import type { Tx } from '@opsflow/platform/server/tenant'
import { alarmClosed, correctiveActionChanged } from '../facts.ts'
import {
  type CorrectiveAction,
  close,
  type ResponseInput,
  recheck,
  respond,
  type TemperaturePermission,
  verify,
} from '../index.ts'
import type { CorrectiveActionRecord } from '../records.ts'
import { memberId, requireAt } from './may.ts'
import { actionCause } from './open-corrective-action.ts'
import type { TypedReading } from './record-by-hand.ts'
import { recordTyped } from './record-by-hand.ts'
import { closeAlarm, readAlarm } from './store-alarms.ts'
import {
  appendStep,
  type CorrectiveActionRow,
  lockAction,
  type NewStep,
  readAction,
  setState,
} from './store-corrective-actions.ts'
import { lockUnits } from './store-watched-units.ts'

/** Cause, action and disposition. */
export async function respondToDeviation(tx: Tx, id: string, input: ResponseInput, at = new Date()) {
  const { row, action, signed } = await take(tx, 'temperature.correct', id, at)
  const { photos, ...said } = input
  const next = respond(action, input, signed)
  const responded = await record(tx, row, next, { step: 'response', ...said }, signed.at)
  const owner = { ownerKind: 'corrective_action' as const, ownerId: id, locationId: row.locationId, at: signed.at }
  await nameEvidence(tx, owner, photos)
  return responded
}

/** The temperature afterwards, recorded as a reading of the unit; it passes only within the limit. */
export async function recheckDeviation(
  tx: Tx,
  id: string,
  input: Omit<TypedReading, 'unitId' | 'id'>,
  at = new Date(),
) {
  const before = (await readAction(tx, id)) ?? notFound()
  await lockUnits(tx, [], [before.unitId])
  const { row, action, signed } = await take(tx, 'temperature.correct', id, at)
  const log = await recordTyped(tx, { ...input, unitId: row.unitId }, at)
  const value = { text: log.row.text, unit: log.row.unit, milli: log.row.milli ?? 0 }
  const judged = { compliant: log.row.isCompliant, limitId: log.row.limitId }
  const next = recheck(action, value, judged, signed)
  const step = {
    step: 'recheck' as const,
    note: input.note ?? '',
    log: { id: log.id, measuredAt: new Date(log.row.measuredAt).toISOString() },
    passed: judged.compliant === true,
  }
  return record(tx, row, next, step, signed.at)
}

/** The unit is within its limit again: the alarm is closed and the task done, all in this transaction. */
export async function closeDeviation(tx: Tx, id: string, note: string, at = new Date()) {
  const { row, action, signed } = await take(tx, 'temperature.correct', id, at)
  const next = close(action, note, signed)
  const closed = await record(tx, row, next, { step: 'closure', note }, signed.at)
  if (row.alarmId) {
    await closeAlarm(tx, row.alarmId, signed.at)
    const alarm = await readAlarm(tx, row.alarmId)
    if (alarm) await tx.emit(alarmClosed, alarm)
  }
  await endTaskOf(tx, actionCause(id), 'completed', signed.at)
  return closed
}

/** Someone who took no part confirms it, with all its photos before them. */
export async function verifyDeviation(tx: Tx, id: string, note: string, at = new Date()) {
  const { row, action, signed } = await take(tx, 'temperature.verify', id, at)
  const next = verify(action, note, signed)
  await demandEvidence(tx, 'corrective_action', id)
  return record(tx, row, next, { step: 'verification', note }, signed.at)
}

async function take(tx: Tx, permission: TemperaturePermission, id: string, at: Date) {
  const { row, action } = (await lockAction(tx, id)) ?? notFound()
  requireAt(tx.actor, permission, row.locationId)
  return { row, action, signed: { by: memberId(tx.actor) ?? '', at: at.toISOString() } }
}

async function record(
  tx: Tx,
  row: CorrectiveActionRow,
  next: CorrectiveAction,
  step: Omit<NewStep, 'actionId' | 'locationId' | 'by' | 'at'>,
  at: string,
): Promise<CorrectiveActionRecord> {
  await appendStep(tx, { ...step, actionId: row.id, locationId: row.locationId, by: memberId(tx.actor), at })
  if (next.status !== row.state) await setState(tx, row.id, next.status, at)
  const changed = (await readAction(tx, row.id)) ?? notFound()
  await tx.emit(correctiveActionChanged, changed)
  return changed
}
