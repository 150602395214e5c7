import type { Tx } from '@opsflow/platform/server/tenant'
import type { SubjectKind } from './store-across-tenants.ts'

const COLUMNS = `location_id, kind, severity, subject_kind, subject_id, name, said, since, assignee_id, role, opened_at, stepped_at, next_at`

const opening = (subject: string) => `
  insert into matters as m (${COLUMNS})
  select s.location_id, s.kind, s.severity, s.subject_kind, s.subject_id, left(s.name, 300), s.said, s.since, s.assignee_id, s.role,
         $2::timestamptz, $2::timestamptz, $2::timestamptz from (${subject}) s
  on conflict (tenant_id, subject_kind, subject_id) do update
     set severity = excluded.severity, name = excluded.name, said = excluded.said, since = excluded.since, assignee_id = excluded.assignee_id,
         role = excluded.role, opened_at = excluded.opened_at, step = -1, stepped_at = excluded.stepped_at,
         acknowledged_at = null, acknowledged_by = null, returns_at = null, next_at = excluded.next_at,
         closed_at = null, closed_because = null, closed_by = null
   where m.closed_at is not null and m.subject_kind = 'task'
  returning m.id, m.location_id as "locationId"`

export const OPEN_FROM: Record<SubjectKind, string> = {
  checklist: opening(`
    select c.location_id, 'checklist' as kind, 'normal' as severity, 'checklist' as subject_kind, c.id as subject_id, v.name, null::jsonb as said,
           coalesce(c.due_at, c.late_at) as since, c.started_by as assignee_id, c.role
      from checklists c join checklist_forms f on f.tenant_id = c.tenant_id and f.id = c.form_id
      join checklist_template_versions v on v.tenant_id = f.tenant_id and v.template_id = f.template_id and v.version = f.version
     where c.tenant_id = (select app.tenant()) and c.id = any ($1::uuid[]) and c.status in ('open', 'in_progress') and c.late_at <= $2`),
  task: opening(`
    select t.location_id, case when t.cause_kind in ('checklist_answer', 'temperature.corrective_action') then 'failed' else 'task' end as kind,
           case when t.priority = 'urgent' or t.cause_kind = 'temperature.corrective_action' then 'critical' else 'normal' end as severity,
           'task' as subject_kind, t.id as subject_id, t.title as name, t.said,
           case when t.due_at <= $2 then t.due_at else t.created_at end as since, t.assigned_to as assignee_id,
           coalesce(t.assigned_role, t.assigned_role_id::text) as role
      from tasks t
     where t.tenant_id = (select app.tenant()) and t.id = any ($1::uuid[]) and t.status in ('todo', 'in_progress')
       and (t.due_at <= $2 or t.cause_kind in ('checklist_answer', 'temperature.corrective_action')) and (t.missed_at is null or t.missed_at > $2)`),
  alarm: opening(`
    select a.location_id, case when a.kind = 'limit' then 'temperature' else 'sensor' end as kind,
           case when a.kind = 'limit' then 'critical' else 'normal' end as severity, 'alarm' as subject_kind, a.id as subject_id,
           u.name, null::jsonb as said, a.raised_at as since, null::uuid as assignee_id, null::text as role
      from alarms a join units u on u.tenant_id = a.tenant_id and u.id = a.unit_id
     where a.tenant_id = (select app.tenant()) and a.id = any ($1::uuid[]) and a.cleared_at is null and a.closed_at is null and a.created_at <= $2`),
  mutation: opening(`
    select s.location_id, 'set_aside' as kind, 'normal' as severity, 'mutation' as subject_kind, s.id as subject_id, s.name, null::jsonb as said,
           s.received_at as since, s.member_id as assignee_id, null::text as role
      from sync_mutations s
     where s.tenant_id = (select app.tenant()) and s.id = any ($1::uuid[]) and s.outcome = 'quarantined' and s.location_id is not null
       and not exists (select from sync_reviews r where r.tenant_id = s.tenant_id and r.id = s.id) and s.received_at <= $2`),
}

export const noteOpened = (tx: Tx, opened: readonly { id: string; locationId: string }[], at: string) =>
  tx.query(
    `insert into matter_events (location_id, matter_id, event, made_at, time_quality)
     select location_id, id, 'opened', $3, 'server' from unnest($1::uuid[], $2::uuid[]) o (id, location_id)`,
    [opened.map(({ id }) => id), opened.map(({ locationId }) => locationId), at],
  )
