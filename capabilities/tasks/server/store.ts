import type { Actor } from '@opsflow/platform/actor'
import type { Statement } from '@opsflow/platform/server/batch'
import type { ReadTx, Tx } from '@opsflow/platform/server/tenant'
import { rowsFor, Where } from '@opsflow/platform/server/where'
import type { NewTask, Task, TaskStatus } from '../task.ts'

export const TASK_COLUMNS = `
  t.id, t.location_id as "locationId", t.title, t.task_type as "taskType", t.priority, t.status,
  case when t.assigned_to is not null then jsonb_build_object('id', t.assigned_to, 'name', a.name) end as "assignedTo",
  jsonb_build_object('kind', t.cause_kind, 'id', t.cause_id) as cause,
  t.due_at as "dueAt", t.created_at as "createdAt", t.started_at as "startedAt", t.completed_at as "completedAt",
  case when t.completed_by is not null then jsonb_build_object('id', t.completed_by, 'name', c.name) end as "completedBy",
  case when t.kiosk_id is not null then jsonb_build_object('id', t.kiosk_id, 'name', k.name) end as kiosk`

export const TASK_TABLES = `
  tasks t left join members a on a.tenant_id = t.tenant_id and a.id = t.assigned_to
          left join members c on c.tenant_id = t.tenant_id and c.id = t.completed_by
          left join kiosks k on k.tenant_id = t.tenant_id and k.id = t.kiosk_id`

export type TaskFilter = {
  status?: TaskStatus | 'open' | undefined
  locationId?: string | null | undefined
  assignedTo?: string | undefined
  afterId?: string | undefined
}

/** Newest first, with one more than `limit` at least when there are more. */
export function listTasks({ tenantId }: Actor, filter: TaskFilter, limit: number): Statement {
  const where = new Where('t.tenant_id', tenantId)
    .andIf(filter.status === 'open', `t.status in ('todo', 'in_progress', 'overdue')`)
    .and('t.status = ?', filter.status === 'open' ? null : filter.status)
    .and('t.location_id = ?', filter.locationId)
    .and('t.assigned_to = ?', filter.assignedTo)
    .and('t.id < ?', filter.afterId)
  const sql = `select ${TASK_COLUMNS} from ${TASK_TABLES} where ${where} order by t.id desc limit ${rowsFor(limit)}`
  return { sql, params: where.params }
}

export const ONE_TASK = `select ${TASK_COLUMNS} from ${TASK_TABLES} where t.tenant_id = (select app.tenant()) and t.id = $1`

export async function readTask(tx: ReadTx, id: string): Promise<Task | undefined> {
  return (await tx.query<Task>(ONE_TASK, [id]))[0]
}

export async function lockTask(tx: Tx, id: string): Promise<Task | undefined> {
  return (await tx.query<Task>(`${ONE_TASK} for no key update of t`, [id]))[0]
}

export async function lockTaskOf(tx: Tx, cause: NewTask['cause']): Promise<Task | undefined> {
  const [task] = await tx.query<Task>(
    `select ${TASK_COLUMNS} from ${TASK_TABLES}
      where t.tenant_id = (select app.tenant()) and t.cause_kind = $1 and t.cause_id = $2 for no key update of t`,
    [cause.kind, cause.id],
  )
  return task
}

/** Undefined when the cause has its task already. */
export async function insertTask(tx: Tx, task: NewTask): Promise<string | undefined> {
  const [inserted] = await tx.query<{ id: string }>(
    `insert into tasks (location_id, title, task_type, priority, cause_kind, cause_id, due_at, created_at)
     values ($1, $2, $3, $4, $5, $6, $7, coalesce($8::timestamptz, now()))
     on conflict (tenant_id, cause_kind, cause_id) do nothing returning id`,
    [
      task.locationId,
      task.title,
      task.taskType,
      task.priority,
      task.cause.kind,
      task.cause.id,
      task.dueAt ?? null,
      task.createdAt ?? null,
    ],
  )
  return inserted?.id
}

export async function setStatus(tx: Tx, id: string, status: TaskStatus, by: string | null, at: string | null) {
  await tx.query(
    `update tasks set status = $2,
            started_at = case when $2 = 'todo' then null when $2 = 'in_progress' then coalesce($4::timestamptz, now()) else started_at end,
            completed_at = case when $2 = 'completed' then coalesce($4::timestamptz, now()) end,
            completed_by = case when $2 = 'completed' then $3::uuid end,
            kiosk_id = $5
      where tenant_id = (select app.tenant()) and id = $1`,
    [id, status, by, at, tx.actor.kioskId ?? null],
  )
}
