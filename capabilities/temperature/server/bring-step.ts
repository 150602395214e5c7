import type { Moment } from '@opsflow/platform/moment'
import { notFound } from '@opsflow/platform/refusal'
import type { Ran } from '@opsflow/platform/server/sync/registry'
import type { Tx } from '@opsflow/platform/server/tenant'
import { comesTooLate } from '../corrective-action.ts'
import { correctiveActionChanged } from '../facts.ts'
import { correctiveActionIdOf } from '../related-id.ts'
import { take } from './answer-corrective-action.ts'
import { memberId } from './may.ts'
import { recordTyped, type TypedReading, withCorrectiveAction } from './record-by-hand.ts'
import { appendStep, type CorrectiveActionRow, type NewStep, readAction } from './store-corrective-actions.ts'
import { readLog } from './store-logs.ts'
import { lockUnits } from './store-watched-units.ts'

type Late = Omit<NewStep, 'actionId' | 'locationId' | 'by' | 'when' | 'outcome' | 'step'>
type Step = 'response' | 'recheck' | 'closure' | 'verification'

/**
 * A step that was done offline. In time it is the command's, as over HTTP. Too late to count, it changes nothing and
 * stays in the history: who, when, what.
 */
export async function bringStep(
  tx: Tx,
  step: Step,
  id: string,
  when: Moment,
  { inTime, late }: { inTime: () => Promise<unknown>; late: (row: CorrectiveActionRow) => Promise<Late> },
): Promise<Ran | undefined> {
  if (!(await readAction(tx, id)) && (await wasWithinLimits(tx, id))) {
    return {
      outcome: 'superseded',
      code: 'temperature.within_limits',
      detail: 'By the limits of its time there was no deviation.',
    }
  }
  const permission = step === 'verification' ? 'temperature.verify' : 'temperature.correct'
  const { row, action } = await take(tx, permission, id, when)
  if (!comesTooLate(action, step, when.at)) {
    await inTime()
    return undefined
  }
  const { locationId } = row
  await appendStep(tx, {
    step,
    actionId: id,
    locationId,
    by: memberId(tx.actor),
    when,
    outcome: 'superseded',
    ...(await late(row)),
  })
  await tx.emit(correctiveActionChanged, (await readAction(tx, id)) ?? notFound())
  return row.closedAt === null
    ? {
        outcome: 'superseded',
        code: 'temperature.answered_since',
        detail: 'Someone answered it later; that answer stands.',
      }
    : {
        outcome: 'superseded',
        code: 'temperature.action_already_closed',
        detail: 'It was closed by then. What you did is in its history.',
      }
}

/** The device judged by limits that had changed: what it opened does not exist here, and need not. */
async function wasWithinLimits(tx: Tx, id: string) {
  const log = await readLog(tx, correctiveActionIdOf(id))
  return log !== undefined && log.isCompliant !== false
}

/**
 * A re-check that comes too late is a reading all the same. If it was taken after the closure and breaks the limit, it
 * is a deviation of its own.
 */
export async function recheckTooLate(
  tx: Tx,
  row: CorrectiveActionRow,
  reading: Omit<TypedReading, 'unitId'>,
  when: Moment,
): Promise<Late> {
  await lockUnits(tx, [], [row.unitId])
  const log = await recordTyped(tx, { ...reading, unitId: row.unitId }, when)
  const isAfterwards = row.closedAt !== null && Date.parse(when.at) > Date.parse(row.closedAt)
  if (isAfterwards) await withCorrectiveAction(tx, log.id, log.row, when)
  const measuredAt = new Date(log.row.measuredAt).toISOString()
  return { note: reading.note ?? '', log: { id: log.id, measuredAt }, passed: log.row.isCompliant === true }
}
