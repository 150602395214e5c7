import type { Actor } from '@opsflow/platform/actor'
import type { Moment } from '@opsflow/platform/moment'
import type { Statement } from '@opsflow/platform/server/batch'
import type { ReadTx, Tx } from '@opsflow/platform/server/tenant'
import { rowsFor, Where } from '@opsflow/platform/server/where'
import type { NewTask, Task, TaskAttempt, TaskStatus } from '../task.ts'

/** Plain columns: a small JSON object in each row costs the database more than the row. */
export const TASK_COLUMNS = `
  t.id, t.location_id as "locationId", t.title, t.task_type as "taskType", t.priority, t.status,
  t.assigned_to as "assignedId", a.name as "assignedName", t.cause_kind as "causeKind", t.cause_id as "causeId",
  t.due_at as "dueAt", t.created_at as "createdAt", t.started_at as "startedAt", t.completed_at as "completedAt",
  t.completed_by as "completedId", c.name as "completedName", t.changed_at as "changedAt",
  t.changed_received_at as "receivedAt", t.time_quality as "timeQuality", t.kiosk_id as "kioskId", k.name as "kioskName"`

export type TaskRow = Omit<Task, 'assignedTo' | 'cause' | 'completedBy' | 'kiosk'> & {
  assignedId: string | null
  assignedName: string
  causeKind: string
  causeId: string
  completedId: string | null
  completedName: string
  kioskId: string | null
  kioskName: string
}

export const taskOf = (row: TaskRow): Task => ({
  id: row.id,
  locationId: row.locationId,
  title: row.title,
  taskType: row.taskType,
  priority: row.priority,
  status: row.status,
  assignedTo: named(row.assignedId, row.assignedName),
  cause: { kind: row.causeKind, id: row.causeId },
  dueAt: row.dueAt,
  createdAt: row.createdAt,
  startedAt: row.startedAt,
  completedAt: row.completedAt,
  completedBy: named(row.completedId, row.completedName),
  changedAt: row.changedAt,
  receivedAt: row.receivedAt,
  timeQuality: row.timeQuality,
  kiosk: named(row.kioskId, row.kioskName),
})

const named = (id: string | null, name: string) => (id === null ? null : { id, name })

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

export async function readTasks(tx: ReadTx, ids: readonly string[]): Promise<Task[]> {
  const rows = await tx.query<TaskRow>(
    `select ${TASK_COLUMNS} from ${TASK_TABLES} where t.tenant_id = (select app.tenant()) and t.id = any ($1::uuid[])`,
    [ids],
  )
  return rows.map(taskOf)
}

/** Of these the ones on which nothing is to be done any more. */
export async function endedTasks(tx: ReadTx, ids: readonly string[]): Promise<string[]> {
  const rows = await tx.query<{ id: string }>(
    `select id from tasks where tenant_id = (select app.tenant()) and id = any ($1::uuid[])
        and status not in ('todo', 'in_progress', 'overdue')`,
    [ids],
  )
  return rows.map(({ id }) => id)
}

export async function readTask(tx: ReadTx, id: string): Promise<Task | undefined> {
  return (await tx.query<TaskRow>(ONE_TASK, [id])).map(taskOf)[0]
}

export async function lockTask(tx: Tx, id: string): Promise<Task | undefined> {
  return (await tx.query<TaskRow>(`${ONE_TASK} for no key update of t`, [id])).map(taskOf)[0]
}

export async function lockTaskOf(tx: Tx, cause: NewTask['cause']): Promise<Task | undefined> {
  const rows = await tx.query<TaskRow>(
    `select ${TASK_COLUMNS} from ${TASK_TABLES}
      where t.tenant_id = (select app.tenant()) and t.cause_kind = $1 and t.cause_id = $2 for no key update of t`,
    [cause.kind, cause.id],
  )
  return rows.map(taskOf)[0]
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

export async function setStatus(tx: Tx, id: string, status: TaskStatus, by: string | null, when: Moment) {
  await tx.query(
    `update tasks set status = $2,
            started_at = case when $2 = 'todo' then null when $2 = 'in_progress' then $4::timestamptz else started_at end,
            completed_at = case when $2 = 'completed' then $4::timestamptz end,
            completed_by = case when $2 = 'completed' then $3::uuid end,
            kiosk_id = $5, changed_at = $4, changed_received_at = $6, time_quality = $7
      where tenant_id = (select app.tenant()) and id = $1`,
    [id, status, by, when.at, tx.actor.kioskId ?? null, when.receivedAt, when.quality],
  )
}

/** One change of its status as someone made it, whether it counted or came too late. */
export async function noteAttempt(
  tx: Tx,
  task: Pick<Task, 'id' | 'locationId'>,
  attempt: Pick<TaskAttempt, 'status' | 'outcome'> & { by: string | null },
  when: Moment,
) {
  await tx.query(
    `insert into task_attempts (location_id, task_id, status, outcome, made_by, kiosk_id, made_at, received_at, time_quality)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9)`,
    [
      task.locationId,
      task.id,
      attempt.status,
      attempt.outcome,
      attempt.by,
      tx.actor.kioskId ?? null,
      when.at,
      when.receivedAt,
      when.quality,
    ],
  )
}

type AttemptRow = Omit<TaskAttempt, 'by' | 'kiosk'> & {
  byId: string | null
  byName: string
  kioskId: string | null
  kioskName: string
}

const ATTEMPTS = `
  select a.id, a.task_id as "taskId", a.status, a.outcome, a.made_at as at, a.received_at as "receivedAt",
         a.time_quality as "timeQuality", a.made_by as "byId", m.name as "byName", a.kiosk_id as "kioskId",
         k.name as "kioskName"
    from task_attempts a left join members m on m.tenant_id = a.tenant_id and m.id = a.made_by
                         left join kiosks k on k.tenant_id = a.tenant_id and k.id = a.kiosk_id
   where a.tenant_id = (select app.tenant()) and a.task_id = $1 order by a.made_at, a.id limit 200`

/** What was tried with it, in the order in which it was done. */
export async function readAttempts(tx: ReadTx, taskId: string): Promise<TaskAttempt[]> {
  const rows = await tx.query<AttemptRow>(ATTEMPTS, [taskId])
  return rows.map(({ byId, byName, kioskId, kioskName, ...row }) => ({
    ...row,
    by: named(byId, byName),
    kiosk: named(kioskId, kioskName),
  }))
}
