import type { Actor } from '@opsflow/platform/actor'
import type { Statement } from '@opsflow/platform/server/batch'
import type { ReadTx, Tx } from '@opsflow/platform/server/tenant'
import { rowsFor, Where } from '@opsflow/platform/server/where'
import type { NewSchedule, Schedule } from '../../schedule.ts'

const COLUMNS = `id, template_id as "templateId", name, role, timing, target, revision, created_at as "createdAt",
  paused_at as "pausedAt", ended_at as "endedAt"`

export function listSchedules(
  { tenantId, organizationId }: Actor,
  filter: { templateId?: string | undefined; state: 'running' | 'any'; below?: string | undefined },
  limit: number,
): Statement {
  const where = new Where('tenant_id', tenantId)
    .and('organization_id = ?', organizationId)
    .and('template_id = ?', filter.templateId)
    .and('(ended_at is null) = ?', filter.state === 'running' ? true : undefined)
    .and('id < ?', filter.below)
  const sql = `select ${COLUMNS} from checklist_schedules where ${where} order by id desc limit ${rowsFor(limit)}`
  return { sql, params: where.params }
}

const ONE = `select ${COLUMNS} from checklist_schedules
  where tenant_id = (select app.tenant()) and organization_id = $1 and id = $2`

export const readSchedule = async (tx: ReadTx, id: string): Promise<Schedule | undefined> =>
  (await tx.query<Schedule>(ONE, [tx.actor.organizationId, id]))[0]

export const lockSchedule = async (tx: Tx, id: string): Promise<Schedule | undefined> =>
  (await tx.query<Schedule>(`${ONE} for no key update`, [tx.actor.organizationId, id]))[0]

export const isPublished = async (tx: ReadTx, templateId: string): Promise<boolean> =>
  (
    await tx.query(
      `select from checklist_templates where tenant_id = (select app.tenant()) and organization_id = $1 and id = $2
          and published_version is not null and archived_at is null`,
      [tx.actor.organizationId, templateId],
    )
  ).length > 0

/** A role of the organization's own. */
export const isRole = async (tx: ReadTx, id: string): Promise<boolean> =>
  (
    await tx.query(
      `select from roles where tenant_id = (select app.tenant()) and organization_id = $1 and id = $2 and archived_at is null`,
      [tx.actor.organizationId, id],
    )
  ).length > 0

/** Names of these locations, of those that the caller sees. */
export const namesOf = (tx: ReadTx, ids: readonly string[]) =>
  tx.query<{ id: string; name: string }>(
    `select id, name from locations where tenant_id = (select app.tenant()) and organization_id = $1 and id = any ($2::uuid[])
      order by name, id`,
    [tx.actor.organizationId, ids],
  )

export async function insertSchedule(tx: Tx, { templateId, name, role, timing, target }: NewSchedule): Promise<string> {
  const [row] = await tx.query<{ id: string }>(
    `insert into checklist_schedules (organization_id, template_id, name, role, timing, target, created_by)
     values ($1, $2, $3, $4, $5, $6, $7) returning id`,
    [
      ...[tx.actor.organizationId, templateId, name, role, JSON.stringify(timing), JSON.stringify(target)],
      tx.actor.kind === 'member' ? tx.actor.id : null,
    ],
  )
  if (!row) throw new Error('a schedule was not stored')
  return row.id
}

export const storeSchedule = (tx: Tx, { id, name, role, timing, target, pausedAt, endedAt }: Schedule) =>
  tx.query(
    `update checklist_schedules
        set name = $2, role = $3, timing = $4, target = $5, paused_at = $6, ended_at = $7, revision = revision + 1, changed_at = clock_timestamp()
      where tenant_id = (select app.tenant()) and id = $1`,
    [id, name, role, JSON.stringify(timing), JSON.stringify(target), pausedAt, endedAt],
  )
