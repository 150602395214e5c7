-- Schedules whose occurrences are still to be made, and locations whose next day is: what the job looks for.
set local lock_timeout = '5s';

alter table checklist_schedules add column made_at timestamptz; -- made in full as of its last change; null: not yet
grant select (made_at), insert (made_at), update (made_at) on checklist_schedules to opsflow_app;
select app.open_to('opsflow_relay', 'checklist_schedules',
                   array['tenant_id', 'id', 'organization_id', 'changed_at', 'made_at', 'ended_at', 'paused_at']);
select app.open_to('opsflow_relay', 'checklist_progress', array['tenant_id', 'id', 'made_until']);
select app.open_to('opsflow_relay', 'checklists', array['tenant_id', 'id', 'location_id', 'status', 'missed_at']);
-- squawk-ignore require-concurrent-index-creation
create index checklists_to_miss on checklists (missed_at) where status in ('open', 'in_progress');

-- A task's unit lies at the task's location: held against every row, whichever tenant's. Its owner is fenced like everyone else.
alter table tasks no force row level security;
alter table units no force row level security;
alter table tasks validate constraint tasks_unit;
alter table tasks force row level security;
alter table units force row level security;
