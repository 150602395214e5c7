import type { Actor } from '@opsflow/platform/actor'
import type { Moment } from '@opsflow/platform/moment'
import type { Statement } from '@opsflow/platform/server/batch'
import type { ReadTx, Tx } from '@opsflow/platform/server/tenant'
import { rowsFor, Where } from '@opsflow/platform/server/where'
import type { NewTask, Task } from '../task.ts'
import { hasStatusSql, isLateSql, openSql, statusSql } from './status-sql.ts'

/** Plain columns: a small JSON object in each row costs the database more than the row. Steps are few, and rarely any. */
const TASK_COLUMNS = `
  t.id, t.location_id as "locationId", t.title, t.said, t.description, t.task_type as "taskType", t.priority,
  ${statusSql('t')} as status, t.status as state,
  t.assigned_to as "assignedId", n.assigned as "assignedName",
  coalesce(t.assigned_role, t.assigned_role_id::text) as "roleId", r.name as "roleName",
  t.cause_kind as "causeKind", t.cause_id as "causeId", t.unit_id as "unitId", u.name as "unitName",
  t.due_at as "dueAt", t.missed_at as "missedAt", t.estimate_minutes as "estimateMinutes",
  case when t.step_count > 0 then (
    select json_agg(json_build_object('id', s.step_id, 'text', s.text, 'tickedAt', s.ticked_at,
                      'tickedBy', case when s.ticked_by is not null then json_build_object('id', s.ticked_by, 'name', sm.name) end)
                    order by s.position, s.step_id)
      from task_steps s left join members sm on sm.tenant_id = s.tenant_id and sm.id = s.ticked_by
     where s.tenant_id = t.tenant_id and s.task_id = t.id and s.removed_at is null) end as steps,
  case when ${isLateSql('t')} then (
    select json_build_object('at', x.excused_at, 'reason', x.reason,
             'by', case when x.excused_by is not null then json_build_object('id', x.excused_by, 'name', xm.name) end)
      from task_excuses x left join members xm on xm.tenant_id = x.tenant_id and xm.id = x.excused_by
     where x.tenant_id = t.tenant_id and x.task_id = t.id and x.taken_back_at is null
       and x.due_at is not distinct from t.due_at) end as excuse,
  t.comment_count as "commentCount", t.watchers, t.created_at as "createdAt", t.created_by as "creatorId",
  n.created as "creatorName", t.started_at as "startedAt", t.completed_at as "completedAt",
  t.completed_by as "completedId", n.completed as "completedName",
  t.changed_at as "changedAt", t.changed_by as "changedBy", t.changed_received_at as "receivedAt",
  t.time_quality as "timeQuality", t.kiosk_id as "kioskId", k.name as "kioskName"`

type Joined = 'assignedTo' | 'assignedRole' | 'cause' | 'unit' | 'steps' | 'createdBy' | 'completedBy' | 'kiosk'
export type TaskRow = Omit<Task, Joined> & {
  assignedId: string | null
  assignedName: string
  roleId: string | null
  roleName: string | null
  causeKind: string
  causeId: string
  unitId: string | null
  unitName: string
  steps: Task['steps'] | null
  creatorId: string | null
  creatorName: string
  completedId: string | null
  completedName: string
  kioskId: string | null
  kioskName: string
}

export function taskOf(row: TaskRow): Task {
  const { assignedId, assignedName, roleId, roleName, causeKind, causeId, unitId, unitName, ...more } = row
  const { creatorId, creatorName, completedId, completedName, kioskId, kioskName, ...plain } = more
  return {
    ...plain,
    assignedTo: named(assignedId, assignedName),
    assignedRole: roleId === null ? null : { id: roleId, name: roleName },
    cause: { kind: causeKind, id: causeId },
    unit: named(unitId, unitName),
    steps: row.steps ?? [],
    createdBy: named(creatorId, creatorName),
    completedBy: named(completedId, completedName),
    kiosk: named(kioskId, kioskName),
  }
}

export const named = (id: string | null, name: string) => (id === null ? null : { id, name })

/**
 * Names, looked up only where a row has an id: each table that is looked into verifies the context, and most tasks are for
 * whoever is on. OFFSET 0 keeps the planner from making plain joins of them, which look into every table.
 */
const nameOf = (table: 'kiosks' | 'units' | 'roles', id: string, as: string) => `
  left join lateral (select x.name from ${table} x where ${id} is not null and x.tenant_id = t.tenant_id and x.id = ${id} offset 0) ${as} on true`
const TASK_TABLES = `
  tasks t
  left join lateral (
    select max(m.name) filter (where m.id = t.assigned_to) as assigned, max(m.name) filter (where m.id = t.created_by) as created,
           max(m.name) filter (where m.id = t.completed_by) as completed
      from members m
     where coalesce(t.assigned_to, t.created_by, t.completed_by) is not null and m.tenant_id = t.tenant_id
       and m.id = any (array[t.assigned_to, t.created_by, t.completed_by]) offset 0) n on true
  ${nameOf('roles', 't.assigned_role_id', 'r')} ${nameOf('units', 't.unit_id', 'u')} ${nameOf('kiosks', 't.kiosk_id', 'k')}`

export type TaskFilter = {
  status?: Parameters<typeof hasStatusSql>[1] | undefined
  locationId?: string | null | undefined
  /** Locations of this group and all below it. */
  groupId?: string | undefined
  /** Due from this instant up to that one. */
  dueFrom?: string | undefined
  dueUntil?: string | undefined
  /** For this member: by name, or by a role they hold where it is to be done. */
  mine?: string | undefined
  assignedTo?: string | undefined
  /** A built-in role, or the id of one of the organization's own. */
  role?: string | undefined
  watcher?: string | undefined
  taskType?: string | undefined
  priority?: string | undefined
  unitId?: string | undefined
  causeKind?: string | undefined
  /** Only at these, where not all that are seen may be listed. */
  locationIds?: readonly string[] | undefined
  /** In title or description, whatever its case. */
  q?: string | undefined
  sort?: 'newest' | 'due' | undefined
  after?: { id: string; dueAt?: string } | undefined
}

/** With one more than `limit` at least when there are more. */
export function listTasks({ tenantId }: Actor, filter: TaskFilter, limit: number): Statement {
  const { status, role, mine, after, sort = 'newest' } = filter
  const builtIn = role?.startsWith('org:')
  const where = new Where('t.tenant_id', tenantId)
    .andIf(status !== undefined, status ? hasStatusSql('t', status) : '')
    .and('t.location_id = ?', filter.locationId)
    .and('t.location_id = any (?::uuid[])', filter.locationIds)
    .and(`t.location_id in (${BELOW})`, filter.groupId)
    .and('t.due_at >= ?::timestamptz', filter.dueFrom)
    .and('t.due_at < ?::timestamptz', filter.dueUntil)
    .and(`(t.assigned_to = ? or ${HOLDS_ITS_ROLE})`, mine, mine, mine)
    .and('t.assigned_to = ?', filter.assignedTo)
    .and('t.assigned_role = ?', builtIn ? role : undefined)
    .and('t.assigned_role_id = ?', builtIn ? undefined : role)
    .and('t.watchers @> array[?::uuid]', filter.watcher)
    .and('t.task_type = ?', filter.taskType)
    .and('t.priority = ?', filter.priority)
    .and('t.unit_id = ?', filter.unitId)
    .and('t.cause_kind = ?', filter.causeKind)
    .and(`strpos(lower(t.title || ' ' || t.description), lower(?)) > 0`, filter.q)
    .and('t.id < ?', sort === 'newest' ? after?.id : undefined)
    .and(`(${DUE}, t.id) > (?::timestamptz, ?::uuid)`, sort === 'due' ? after?.dueAt : undefined, after?.id)
  const order = sort === 'due' ? `${DUE}, t.id` : 't.id desc'
  const sql = `select ${TASK_COLUMNS} from ${TASK_TABLES} where ${where} order by ${order} limit ${rowsFor(limit)}`
  return { sql, params: where.params }
}

const BELOW = `
  select l.id from locations l where l.tenant_id = (select app.tenant()) and l.group_id in (
    with recursive below as (
      select g.id from location_groups g where g.tenant_id = (select app.tenant()) and g.id = ?
      union all
      select g.id from location_groups g join below b on g.parent_id = b.id where g.tenant_id = (select app.tenant()))
    select id from below)`
/** What has no time comes last. */
const DUE = `coalesce(t.due_at, 'infinity')`
const KEPT = 'g.tenant_id = (select app.tenant()) and g.member_id = ? and g.revoked_at is null'
const KEY = 'coalesce(g.role, g.role_id::text)'
/** The member holds its role where it is to be done: for everything, there, or at a group above. */
const HOLDS_ITS_ROLE = `(
  coalesce(t.assigned_role, t.assigned_role_id::text) in (
    select ${KEY} from role_grants g where ${KEPT} and num_nonnulls(g.location_id, g.group_id) = 0)
  or (coalesce(t.assigned_role, t.assigned_role_id::text), t.location_id) in (
    with recursive held (key, group_id, location_id) as (
      select ${KEY}, g.group_id, g.location_id from role_grants g where ${KEPT}
      union
      select h.key, c.id, null from held h
        join location_groups c on c.tenant_id = (select app.tenant()) and c.parent_id = h.group_id and c.archived_at is null)
    select h.key, l.id from held h join locations l on l.tenant_id = (select app.tenant())
       and (l.id = h.location_id or l.group_id = h.group_id)))`

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
    `select t.id from tasks t where t.tenant_id = (select app.tenant()) and t.id = any ($1::uuid[])
        and (not (${openSql('t')}) or t.missed_at <= now())`,
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

export async function readTaskOf(tx: ReadTx, cause: NewTask['cause']): Promise<Task | undefined> {
  const rows = await tx.query<TaskRow>(
    `select ${TASK_COLUMNS} from ${TASK_TABLES} where t.tenant_id = (select app.tenant()) and t.cause_kind = $1 and t.cause_id = $2`,
    [cause.kind, cause.id],
  )
  return rows.map(taskOf)[0]
}

export type TaskToInsert = Omit<NewTask, 'assignedRole' | 'steps'> & {
  id?: string | undefined
  role: { builtIn: string | null; own: string | null }
  createdBy?: string | null
  stepCount: number
}

/** Many at once, without steps. Those whose cause, or id, has its task already are left out. */
export async function insertTasks(tx: Tx, tasks: readonly TaskToInsert[]): Promise<string[]> {
  const inserted = await tx.query<{ id: string }>(
    `insert into tasks (id, location_id, title, said, description, task_type, priority, assigned_to, assigned_role,
                        assigned_role_id, cause_kind, cause_id, due_at, step_count, created_at)
     select t.id, t."locationId", t.title, t.said, coalesce(t.description, ''), t."taskType", t.priority, t."assignedTo",
            t.role ->> 'builtIn', (t.role ->> 'own')::uuid, t.cause ->> 'kind', (t.cause ->> 'id')::uuid, t."dueAt", 0,
            coalesce(t."createdAt", now())
       from jsonb_to_recordset($1) t (id uuid, "locationId" uuid, title text, said jsonb, description text, "taskType" text,
              priority text, "assignedTo" uuid, role jsonb, cause jsonb, "dueAt" timestamptz, "createdAt" timestamptz)
     on conflict do nothing returning id`,
    [JSON.stringify(tasks)],
  )
  return inserted.map(({ id }) => id)
}

/** Of these, the ones that are open, locked. */
export async function lockOpenTasks(tx: Tx, ids: readonly string[]): Promise<string[]> {
  const rows = await tx.query<{ id: string }>(
    `select id from tasks t where tenant_id = (select app.tenant()) and id = any ($1::uuid[]) and ${openSql('t')}
      order by id for no key update`,
    [ids],
  )
  return rows.map(({ id }) => id)
}

/** Undefined when the cause, or the id, has its task already. */
export async function insertTask(tx: Tx, task: TaskToInsert): Promise<string | undefined> {
  const [inserted] = await tx.query<{ id: string }>(
    `insert into tasks (id, location_id, title, description, task_type, priority, assigned_to, assigned_role,
                        assigned_role_id, cause_kind, cause_id, unit_id, due_at, missed_at, estimate_minutes, step_count,
                        created_by, created_at, said)
     values (coalesce($1, uuidv7()), $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17,
             coalesce($18::timestamptz, now()), $19)
     on conflict do nothing returning id`,
    [
      task.id ?? null,
      task.locationId,
      task.title,
      task.description ?? '',
      task.taskType,
      task.priority,
      task.assignedTo ?? null,
      task.role.builtIn,
      task.role.own,
      task.cause.kind,
      task.cause.id,
      task.unitId ?? null,
      task.dueAt ?? null,
      task.missedAt ?? null,
      task.estimateMinutes ?? null,
      task.stepCount,
      task.createdBy ?? null,
      task.createdAt ?? null,
      task.said ? JSON.stringify(task.said) : null,
    ],
  )
  return inserted?.id
}

/** Its fields as they are now. Steps have their own table. */
export async function saveFields(tx: Tx, task: Task, role: TaskToInsert['role']) {
  await tx.query(
    `update tasks set title = $2, said = case when title = $2 then said end, description = $3, task_type = $4, priority = $5, assigned_to = $6, assigned_role = $7,
            assigned_role_id = $8, unit_id = $9, due_at = $10, missed_at = $11, estimate_minutes = $12, step_count = $13
      where tenant_id = (select app.tenant()) and id = $1`,
    [
      task.id,
      task.title,
      task.description,
      task.taskType,
      task.priority,
      task.assignedTo?.id ?? null,
      role.builtIn,
      role.own,
      task.unit?.id ?? null,
      task.dueAt,
      task.missedAt,
      task.estimateMinutes,
      task.steps.length,
    ],
  )
}

export async function saveState(tx: Tx, task: Task, when: Moment) {
  await tx.query(
    `update tasks set status = $2, started_at = $3, completed_at = $4, completed_by = $5, due_at = $6, missed_at = $7,
            kiosk_id = $8, changed_at = $9, changed_by = $10, changed_received_at = $11, time_quality = $12
      where tenant_id = (select app.tenant()) and id = $1`,
    [
      task.id,
      task.state,
      task.startedAt,
      task.completedAt,
      task.completedBy?.id ?? null,
      task.dueAt,
      task.missedAt,
      tx.actor.kioskId ?? null,
      when.at,
      task.changedBy,
      when.receivedAt,
      when.quality,
    ],
  )
}

/** They are done where their cause is. */
export const saveTied = (tx: Tx, tied: readonly { id: string; dueAt: string }[]) =>
  tx.query(
    `update tasks t set task_type = 'corrective', due_at = n."dueAt"
       from jsonb_to_recordset($1) n (id uuid, "dueAt" timestamptz)
      where t.tenant_id = (select app.tenant()) and t.id = n.id`,
    [JSON.stringify(tied)],
  )

export const saveWatchers = (tx: Tx, { id, watchers }: Task) =>
  tx.query('update tasks set watchers = $2::uuid[] where tenant_id = (select app.tenant()) and id = $1', [id, watchers])

export const countComment = (tx: Tx, taskId: string) =>
  tx.query('update tasks set comment_count = comment_count + 1 where tenant_id = (select app.tenant()) and id = $1', [
    taskId,
  ])
