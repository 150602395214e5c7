import { demandEvidence, nameEvidence } from '@opsflow/capabilities/evidence/server'
import { endTaskOf } from '@opsflow/capabilities/tasks/server'
import { justNow, type Moment } from '@opsflow/platform/moment'
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
import type { CorrectiveActionRecord, SignedBy } from '../records.ts'
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
export async function respondToDeviation(tx: Tx, id: string, input: ResponseInput, when = justNow()) {
  const { row, action, signed } = await take(tx, 'temperature.correct', id, when)
  const { photos, ...said } = input
  const next = respond(action, input, signed)
  const responded = await record(tx, row, next, { step: 'response', ...said }, when)
  const owner = { ownerKind: 'corrective_action' as const, ownerId: id, locationId: row.locationId, at: signed.at }
  await nameEvidence(tx, owner, photos)
  return responded
}

/** The temperature afterwards, recorded as a reading of the unit; it passes only within the limit. */
export async function recheckDeviation(tx: Tx, id: string, input: Omit<TypedReading, 'unitId'>, when = justNow()) {
  const before = (await readAction(tx, id)) ?? notFound()
  await lockUnits(tx, [], [before.unitId])
  const { row, action, signed } = await take(tx, 'temperature.correct', id, when)
  const log = await recordTyped(tx, { ...input, unitId: row.unitId }, when)
  const value = { text: log.row.text, unit: log.row.unit, milli: log.row.milli ?? 0 }
  const judged = { compliant: log.row.isCompliant, limitId: log.row.limitId }
  const next = recheck(action, value, judged, signed)
  const step = {
    step: 'recheck' as const,
    note: input.note ?? '',
    log: { id: log.id, measuredAt: new Date(log.row.measuredAt).toISOString() },
    passed: judged.compliant === true,
  }
  return record(tx, row, next, step, when)
}

/** The unit is within its limit again: the alarm is closed and the task done, all in this transaction. */
export async function closeDeviation(
  tx: Tx,
  id: string,
  note: string,
  when = justNow(),
  signature: SignedBy | null = null,
) {
  const { row, action, signed } = await take(tx, 'temperature.correct', id, when)
  const next = close(action, note, signed)
  const closed = await record(tx, row, next, { step: 'closure', note, signature }, when)
  if (row.alarmId) {
    await closeAlarm(tx, row.alarmId, signed.at)
    const alarm = await readAlarm(tx, row.alarmId)
    if (alarm) await tx.emit(alarmClosed, alarm)
  }
  await endTaskOf(tx, actionCause(id), 'completed', when)
  return closed
}

/** Someone who took no part confirms it, with all its photos before them. */
export async function verifyDeviation(
  tx: Tx,
  id: string,
  note: string,
  when = justNow(),
  signature: SignedBy | null = null,
) {
  const { row, action, signed } = await take(tx, 'temperature.verify', id, when)
  const next = verify(action, note, signed)
  await demandEvidence(tx, 'corrective_action', id)
  return record(tx, row, next, { step: 'verification', note, signature }, when)
}

/** Locked, for someone who may do this there. */
export async function take(tx: Tx, permission: TemperaturePermission, id: string, { at }: Moment) {
  const { row, action } = (await lockAction(tx, id)) ?? notFound()
  requireAt(tx.actor, permission, row.locationId)
  return { row, action, signed: { by: memberId(tx.actor) ?? '', at } }
}

async function record(
  tx: Tx,
  row: CorrectiveActionRow,
  next: CorrectiveAction,
  step: Omit<NewStep, 'actionId' | 'locationId' | 'by' | 'when'>,
  when: Moment,
): Promise<CorrectiveActionRecord> {
  await appendStep(tx, { ...step, actionId: row.id, locationId: row.locationId, by: memberId(tx.actor), when })
  if (next.status !== row.state) await setState(tx, row.id, next.status, when.at)
  const changed = (await readAction(tx, row.id)) ?? notFound()
  await tx.emit(correctiveActionChanged, changed)
  return changed
}
