import { openTask } from '@opsflow/capabilities/tasks/server'
import type { Moment } from '@opsflow/platform/moment'
import type { Tx } from '@opsflow/platform/server/tenant'
import { uuid7 } from '@opsflow/platform/server/uuid7'
import { correctiveActionChanged } from '../facts.ts'
import { DUE_MINUTES } from '../foresee.ts'
import type { ReadValue } from '../records.ts'
import { giveTask } from './store-alarms.ts'
import { appendStep, giveActionTask, insertAction, readAction } from './store-corrective-actions.ts'
import type { WatchedUnit } from './store-watched-units.ts'

export type Deviation = {
  /** What opens it by hand says which it will be; see correctiveActionIdOf. */
  id?: string
  alarmId?: string
  log?: { id: string; measuredAt: string }
  value: ReadValue | null
  when: Moment
  by?: string | null
}

export const actionCause = (actionId: string) => ({ kind: 'temperature.corrective_action', id: actionId })

/** A breach that people have to answer: the corrective action and its urgent task, in the transaction of the breach. */
export async function openCorrectiveAction(tx: Tx, unit: WatchedUnit, deviation: Deviation): Promise<string> {
  const { alarmId = null, log = null, value, when, by = null } = deviation
  const openedAt = when.at
  const at = Date.parse(openedAt)
  const id = deviation.id ?? uuid7(at)
  const dueAt = new Date(at + DUE_MINUTES * 60_000).toISOString()
  const { locationId } = unit
  await insertAction(tx, { id, locationId, unitId: unit.id, alarmId, log, openedAt, dueAt })
  await appendStep(tx, { locationId, actionId: id, step: 'opened', by, when, ...(log ? { log } : {}) })
  const taskId = await openTask(tx, {
    locationId,
    unitId: unit.id,
    title: `${unit.shown.name}${value ? ` reads ${shown(value)}` : ' is outside its limits'}: act, then record what you did`,
    taskType: 'corrective',
    priority: 'urgent',
    cause: actionCause(id),
    dueAt,
    createdAt: openedAt,
  })
  await giveActionTask(tx, id, taskId)
  if (alarmId) await giveTask(tx, alarmId, taskId)
  const opened = await readAction(tx, id)
  if (opened) await tx.emit(correctiveActionChanged, opened)
  return id
}

const shown = ({ text, unit }: ReadValue) => `${text.replace('-', '−')} °${unit}`
