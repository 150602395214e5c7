import type { Tx } from '@opsflow/platform/server/tenant'

export type Settled = {
  id: string
  locationId: string
  kind: string
  severity: string
  openedAt: string
  /** Why it is over; null: it is not. */
  because: string | null
  by: string | null
  /** Someone looks after it, as its subject says. */
  begunAt: string | null
  begunBy: string | null
}

/** Under their locks, as their subjects stand now. */
export async function lockSettled(tx: Tx, ids: readonly string[], at: string): Promise<Settled[]> {
  const locked = await tx.query<{ id: string }>(
    `select id from matters where tenant_id = (select app.tenant()) and id = any ($1::uuid[]) and closed_at is null
      order by id for no key update skip locked`,
    [ids],
  )
  if (locked.length === 0) return []
  return tx.query<Settled>(
    `select m.id, m.location_id as "locationId", m.kind, m.severity, m.opened_at as "openedAt",
            case when c.status in ('completed', 'empty') then case when c.completed_at <= c.late_at then 'in_time' else 'done' end
                 when c.status = 'withdrawn' or (c.status = 'missed' and x.id is not null) then 'over'
                 when c.status = 'missed' and (m.acknowledged_at is not null or c.missed_at <= $2::timestamptz - interval '12 hours') then 'missed'
                 when t.status = 'completed' then case when t.completed_at <= t.due_at and m.kind = 'task' then 'in_time' else 'done' end
                 when t.status = 'cancelled' or (m.kind = 'task' and (t.due_at > $2 or t.due_at is null)) then 'over'
                 when t.missed_at <= $2 and y.id is not null then 'over'
                 when t.missed_at <= $2 and (m.acknowledged_at is not null or t.missed_at <= $2::timestamptz - interval '12 hours') then 'missed'
                 when a.cleared_at is not null then 'over'
                 when a.closed_at is not null or r.id is not null then 'done' end as because,
            coalesce(c.completed_by, t.completed_by, r.decided_by, x.excused_by, y.excused_by) as by,
            case when m.acknowledged_at is null then
              coalesce(case when t.status = 'in_progress' then coalesce(t.changed_at, t.started_at) end, a.acknowledged_at) end as "begunAt",
            coalesce(case when t.status = 'in_progress' then t.changed_by end, a.acknowledged_by) as "begunBy"
       from matters m
       left join checklists c on m.subject_kind = 'checklist' and c.tenant_id = m.tenant_id and c.id = m.subject_id
       left join checklist_excuses x on x.tenant_id = c.tenant_id and x.checklist_id = c.id and x.taken_back_at is null
       left join tasks t on m.subject_kind = 'task' and t.tenant_id = m.tenant_id and t.id = m.subject_id
       left join task_excuses y on y.tenant_id = t.tenant_id and y.task_id = t.id and y.taken_back_at is null
                               and y.due_at is not distinct from t.due_at
       left join alarms a on m.subject_kind = 'alarm' and a.tenant_id = m.tenant_id and a.id = m.subject_id
       left join sync_reviews r on m.subject_kind = 'mutation' and r.tenant_id = m.tenant_id and r.id = m.subject_id
      where m.tenant_id = (select app.tenant()) and m.id = any ($1::uuid[])`,
    [locked.map(({ id }) => id), at],
  )
}

export const closeSettled = (tx: Tx, over: readonly (Settled & { because: string })[], at: string) =>
  tx.query(
    `update matters m set closed_at = $4, closed_because = o.because, closed_by = o.by, next_at = null
       from unnest($1::uuid[], $2::text[], $3::uuid[]) o (id, because, by)
      where m.tenant_id = (select app.tenant()) and m.id = o.id`,
    [over.map(({ id }) => id), over.map(({ because }) => because), over.map(({ by }) => by), at],
  )

export const noteClosed = (tx: Tx, over: readonly Settled[], at: string) =>
  tx.query(
    `insert into matter_events (location_id, matter_id, event, made_by, made_at, time_quality)
     select location_id, id, 'closed', by, $4, 'server' from unnest($1::uuid[], $2::uuid[], $3::uuid[]) o (id, location_id, by)`,
    [over.map(({ id }) => id), over.map(({ locationId }) => locationId), over.map(({ by }) => by), at],
  )

/** What has not left yet need not; a push that has is replaced. */
export async function noteOver(tx: Tx, ids: readonly string[], at: string) {
  await tx.query(
    `update notice_deliveries set state = 'not_needed', changed_at = $2
      where tenant_id = (select app.tenant()) and matter_id = any ($1::uuid[]) and state = 'queued'`,
    [ids, at],
  )
  await tx.query(
    `insert into notice_deliveries (location_id, matter_id, member_id, round, way, breaks_quiet, due_at, changed_at)
     select distinct location_id, matter_id, member_id, 0, 'push', false, $2::timestamptz, $2::timestamptz from notice_deliveries
      where tenant_id = (select app.tenant()) and matter_id = any ($1::uuid[]) and way = 'push' and round > 0 and not is_digested
        and state in ('sent', 'sending', 'unknown')
     on conflict (tenant_id, matter_id, member_id, round, way) do update set state = 'queued', tries = 0, due_at = excluded.due_at`,
    [ids, at],
  )
}

export async function saveBegun(tx: Tx, one: Settled & { begunAt: string }, until: string) {
  await tx.query(
    `update matters set acknowledged_at = $2, acknowledged_by = $3, returns_at = $4, next_at = $4
      where tenant_id = (select app.tenant()) and id = $1`,
    [one.id, one.begunAt, one.begunBy, until],
  )
  await tx.query(
    `insert into matter_events (location_id, matter_id, event, until, made_by, made_at, time_quality)
     values ($1, $2, 'acknowledged', $3, $4, $5, 'server')`,
    [one.locationId, one.id, until, one.begunBy, one.begunAt],
  )
}
