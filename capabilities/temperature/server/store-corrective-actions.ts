import type { Actor } from '@opsflow/platform/actor'
import type { Moment } from '@opsflow/platform/moment'
import type { Statement } from '@opsflow/platform/server/batch'
import type { ReadTx, Tx } from '@opsflow/platform/server/tenant'
import { rowsFor, Where } from '@opsflow/platform/server/where'
import { type ActionWithHistory, actionOf, recordOf } from '../action-record.ts'
import type { CorrectiveAction, CorrectiveActionStatus } from '../corrective-action.ts'
import type { CorrectiveActionRecord, CorrectiveActionStep, SignedBy } from '../records.ts'

export type CorrectiveActionRow = ActionWithHistory

export const ACTION_COLUMNS = `
  c.id, c.unit_id as "unitId", u.name as "unitName", c.location_id as "locationId", c.alarm_id as "alarmId",
  c.temperature_log_id as "temperatureLogId", c.task_id as "taskId", c.state, c.opened_at as "openedAt",
  c.due_at as "dueAt", c.closed_at as "closedAt", c.verified_at as "verifiedAt",
  (select coalesce(jsonb_agg(jsonb_build_object('step', s.step, 'at', s.recorded_at,
            'receivedAt', coalesce(s.received_at, s.recorded_at), 'timeQuality', s.time_quality, 'outcome', s.outcome,
            'signature', s.signature,
            'by', case when s.recorded_by is not null then jsonb_build_object('id', s.recorded_by, 'name', m.name) end,
            'kiosk', case when s.kiosk_id is not null then jsonb_build_object('id', s.kiosk_id, 'name', k.name) end,
            'note', s.note, 'cause', s.cause, 'action', s.action, 'disposition', s.disposition, 'passed', s.passed,
            'value', case when l.value_milli is not null
                          then jsonb_build_object('text', l.value_text, 'unit', l.value_unit, 'milli', l.value_milli) end)
            order by s.recorded_at, s.id), '[]')
     from corrective_action_steps s
     left join members m on m.tenant_id = s.tenant_id and m.id = s.recorded_by
     left join kiosks k on k.tenant_id = s.tenant_id and k.id = s.kiosk_id
     left join temperature_logs l on l.tenant_id = s.tenant_id and l.id = s.temperature_log_id
                                 and l.measured_at = s.temperature_log_measured_at
    where s.tenant_id = c.tenant_id and s.corrective_action_id = c.id) as history`

export const ACTION_TABLES = `corrective_actions c join units u on u.tenant_id = c.tenant_id and u.id = c.unit_id`

export type ActionFilter = {
  state: CorrectiveActionStatus | 'open' | 'unverified' | 'all'
  locationId?: string | null | undefined
  unitId?: string | undefined
  after?: readonly [openedAt: string, id: string] | null | undefined
}

/** Newest first, with one more than `limit` at least when there are more. */
export function listActions({ tenantId }: Actor, filter: ActionFilter, limit: number): Statement {
  const { state, locationId, unitId, after } = filter
  const isGroup = state === 'open' || state === 'unverified' || state === 'all'
  const where = new Where('c.tenant_id', tenantId)
    .andIf(state === 'open' || state === 'unverified', `c.state <> 'verified'`)
    .andIf(state === 'open', `c.state <> 'closed'`)
    .and('c.state = ?', isGroup ? null : state)
    .and('c.location_id = ?', locationId)
    .and('c.unit_id = ?', unitId)
    .and('(c.opened_at, c.id) < (?, ?)', after?.[0], after?.[1])
  const sql = `select ${ACTION_COLUMNS} from ${ACTION_TABLES} where ${where}
                order by c.opened_at desc, c.id desc limit ${rowsFor(limit)}`
  return { sql, params: where.params }
}

export const ONE_ACTION = `
  select ${ACTION_COLUMNS} from ${ACTION_TABLES} where c.tenant_id = (select app.tenant()) and c.id = $1`

export async function readAction(tx: ReadTx, id: string): Promise<CorrectiveActionRecord | undefined> {
  const [row] = await tx.query<CorrectiveActionRow>(ONE_ACTION, [id])
  return row && recordOf(row)
}

/** Locked for a command, with what the rules ask about. */
export async function lockAction(
  tx: Tx,
  id: string,
): Promise<{ row: CorrectiveActionRow; action: CorrectiveAction } | undefined> {
  const [row] = await tx.query<CorrectiveActionRow>(`${ONE_ACTION} for no key update of c`, [id])
  return row && { row, action: actionOf(row) }
}

export type NewAction = {
  id: string
  locationId: string
  unitId: string
  alarmId: string | null
  log: { id: string; measuredAt: string } | null
  openedAt: string
  dueAt: string
}

export async function insertAction(tx: Tx, action: NewAction) {
  await tx.query(
    `insert into corrective_actions (id, location_id, unit_id, alarm_id, temperature_log_id, temperature_log_measured_at,
                                     opened_at, due_at)
     values ($1, $2, $3, $4, $5, $6, $7, $8)`,
    [
      action.id,
      action.locationId,
      action.unitId,
      action.alarmId,
      action.log?.id ?? null,
      action.log?.measuredAt ?? null,
      action.openedAt,
      action.dueAt,
    ],
  )
}

export async function giveActionTask(tx: Tx, id: string, taskId: string) {
  await tx.query(`update corrective_actions set task_id = $2 where tenant_id = (select app.tenant()) and id = $1`, [
    id,
    taskId,
  ])
}

export async function setState(tx: Tx, id: string, state: CorrectiveActionStatus, at: string) {
  await tx.query(
    `update corrective_actions set state = $2,
            closed_at = case when $2 = 'closed' then $3::timestamptz else closed_at end,
            verified_at = case when $2 = 'verified' then $3::timestamptz else verified_at end
      where tenant_id = (select app.tenant()) and id = $1`,
    [id, state, at],
  )
}

export type NewStep = {
  locationId: string
  actionId: string
  step: CorrectiveActionStep['step']
  by: string | null
  when: Moment
  /** superseded: it came when it no longer counted, and is kept as history. */
  outcome?: 'applied' | 'superseded'
  signature?: SignedBy | null
  note?: string
  cause?: string
  action?: string
  disposition?: string
  log?: { id: string; measuredAt: string }
  passed?: boolean
}

/** Each step as it was recorded. Nothing is changed afterwards; a correction is another step. */
export async function appendStep(tx: Tx, step: NewStep) {
  await tx.query(
    `insert into corrective_action_steps (location_id, corrective_action_id, step, recorded_by, recorded_at, note, cause,
                                          action, disposition, temperature_log_id, temperature_log_measured_at, passed,
                                          kiosk_id, received_at, time_quality, outcome, signature)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17)`,
    [
      step.locationId,
      step.actionId,
      step.step,
      step.by,
      step.when.at,
      step.note ?? '',
      step.cause ?? null,
      step.action ?? null,
      step.disposition ?? null,
      step.log?.id ?? null,
      step.log?.measuredAt ?? null,
      step.passed ?? null,
      tx.actor.kioskId ?? null,
      step.when.receivedAt,
      step.when.quality,
      step.outcome ?? 'applied',
      step.signature ?? null,
    ],
  )
}
