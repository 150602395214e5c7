import { openTask } from '@opsflow/capabilities/tasks/server'
import type { Tx } from '@opsflow/platform/server/tenant'
import { uuid7 } from '@opsflow/platform/server/uuid7'
import { correctiveActionChanged } from '../facts.ts'
import type { ReadValue } from '../records.ts'
import { giveTask } from './store-alarms.ts'
import { appendStep, giveActionTask, insertAction, readAction } from './store-corrective-actions.ts'
import type { WatchedUnit } from './store-watched-units.ts'

/** How long until someone should have answered a deviation. */
const DUE_MINUTES = 30

export type Deviation = {
  alarmId?: string
  log?: { id: string; measuredAt: string }
  value: ReadValue | null
  at: number
  by?: string | null
}

export const actionCause = (actionId: string) => ({ kind: 'temperature.corrective_action', id: actionId })

/** A breach that people have to answer: the corrective action and its urgent task, in the transaction of the breach. */
export async function openCorrectiveAction(tx: Tx, unit: WatchedUnit, deviation: Deviation): Promise<string> {
  const { alarmId = null, log = null, value, at, by = null } = deviation
  const id = uuid7(at)
  const openedAt = new Date(at).toISOString()
  const dueAt = new Date(at + DUE_MINUTES * 60_000).toISOString()
  const { locationId } = unit
  await insertAction(tx, { id, locationId, unitId: unit.id, alarmId, log, openedAt, dueAt })
  await appendStep(tx, { locationId, actionId: id, step: 'opened', by, at: openedAt, ...(log ? { log } : {}) })
  const taskId = await openTask(tx, {
    locationId,
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
