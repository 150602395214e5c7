import type { ReadTx, Tx } from '@opsflow/platform/server/tenant'
import { rowsFor, Where } from '@opsflow/platform/server/where'
import { type NewSchedule, type Schedule, Target, Timing } from '../../schedule.ts'

const COLUMNS = `s.id, s.template_id as "templateId", s.name, s.role, s.timing, s.target, s.revision, s.created_at as "createdAt",
  s.paused_at as "pausedAt", s.ended_at as "endedAt"`

export type NamedSchedule = Schedule & { templateName: string; roleName: string | null }

const NAMED = `
  select ${COLUMNS}, t.name as "templateName", r.name as "roleName"
    from checklist_schedules s
    join checklist_templates t on t.tenant_id = s.tenant_id and t.id = s.template_id
    left join roles r on r.tenant_id = s.tenant_id and r.id::text = s.role`

export type ScheduleFilter = {
  templateId?: string | undefined
  state: 'running' | 'ended' | 'any'
  below?: string | undefined
}

/**
 * What no version of ours has written is shown as a schedule that is never due, to be said anew: its list and its page
 * have to open, for whoever is to mend it.
 */
const legible = <S extends Schedule>(schedule: S): S => {
  const [timing, target] = [Timing.safeParse(schedule.timing), Target.safeParse(schedule.target)]
  return {
    ...schedule,
    timing: timing.success ? timing.data : NEVER,
    target: target.success ? target.data : EVERYWHERE,
  }
}
const NEVER = Timing.parse({
  recurrence: { every: 'day' },
  slots: [{ by: 'clock', at: '09:00' }],
  ...{ from: '2000-01-01', to: '2000-01-01' },
})
const EVERYWHERE = Target.parse({})

export async function listSchedules(tx: ReadTx, { templateId, state, below }: ScheduleFilter, limit: number) {
  const where = new Where('s.tenant_id', tx.actor.tenantId)
    .and('s.organization_id = ?', tx.actor.organizationId)
    .and('s.template_id = ?', templateId)
    .and('(s.ended_at is null) = ?', state === 'any' ? undefined : state === 'running')
    .and('s.id < ?', below)
  const sql = `${NAMED} where ${where} order by s.id desc limit ${rowsFor(limit)}`
  return (await tx.query<NamedSchedule>(sql, where.params)).map(legible)
}

export const readNamedSchedule = async (tx: ReadTx, id: string): Promise<NamedSchedule | undefined> =>
  (
    await tx.query<NamedSchedule>(
      `${NAMED} where s.tenant_id = (select app.tenant()) and s.organization_id = $1 and s.id = $2`,
      [tx.actor.organizationId, id],
    )
  ).map(legible)[0]

const ONE = `select ${COLUMNS} from checklist_schedules s
  where s.tenant_id = (select app.tenant()) and s.organization_id = $1 and s.id = $2`

export const readSchedule = async (tx: ReadTx, id: string): Promise<Schedule | undefined> =>
  (await tx.query<Schedule>(ONE, [tx.actor.organizationId, id])).map(legible)[0]

export const lockSchedule = async (tx: Tx, id: string): Promise<Schedule | undefined> =>
  (await tx.query<Schedule>(`${ONE} for no key update`, [tx.actor.organizationId, id])).map(legible)[0]

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
