-- Work that was done offline: when it happened beside when it was heard of, how well that is known, and what became of
-- it when it came after others'.
set local lock_timeout = '5s';

-- Not validated, here and below: rows hold the narrower list or are new columns; every row to come is checked.
alter table temperature_logs drop constraint temperature_logs_time_quality_check,
  add constraint temperature_logs_time_quality check (time_quality in ('device', 'server', 'exact', 'corrected', 'doubtful'))
    not valid;

alter table corrective_action_steps
  add column received_at timestamptz, -- null: as it was recorded
  add column time_quality text not null default 'server',
  add column outcome text not null default 'applied', -- superseded: it came when it no longer counted
  add column signature text; -- on a shared tablet
alter table corrective_action_steps
  add constraint corrective_action_steps_time_quality
    check (time_quality in ('server', 'exact', 'corrected', 'doubtful')) not valid,
  add constraint corrective_action_steps_outcome check (outcome in ('applied', 'superseded')) not valid,
  add constraint corrective_action_steps_signature check (signature in ('pin', 'offline')) not valid;
grant select (received_at, time_quality, outcome, signature), insert (received_at, time_quality, outcome, signature)
  on corrective_action_steps to opsflow_app;

alter table alarms add column acknowledged_received_at timestamptz, add column acknowledged_time_quality text;
alter table alarms add constraint alarms_acknowledged_time_quality
  check (acknowledged_time_quality in ('server', 'exact', 'corrected', 'doubtful')) not valid;
grant select (acknowledged_received_at, acknowledged_time_quality), insert (acknowledged_received_at, acknowledged_time_quality),
  update (acknowledged_received_at, acknowledged_time_quality) on alarms to opsflow_app;

alter table tasks add column changed_at timestamptz, -- its status, as it was done
  add column changed_received_at timestamptz, add column time_quality text;
alter table tasks add constraint tasks_time_quality
  check (time_quality in ('server', 'exact', 'corrected', 'doubtful')) not valid;
grant select (changed_at, changed_received_at, time_quality), insert (changed_at, changed_received_at, time_quality),
  update (changed_at, changed_received_at, time_quality) on tasks to opsflow_app;

-- Every change of a task's status as it was made. The first completion wins; who came second is here too.
create table task_attempts (
  tenant_id uuid not null default app.tenant(),
  id uuid not null default uuidv7(),
  location_id uuid not null,
  task_id uuid not null,
  status text not null check (status in ('todo', 'in_progress', 'completed', 'overdue', 'missed', 'cancelled')),
  outcome text not null check (outcome in ('applied', 'superseded')),
  made_by uuid, -- null: not by a person
  kiosk_id uuid,
  made_at timestamptz not null,
  received_at timestamptz not null default now(),
  time_quality text not null check (time_quality in ('server', 'exact', 'corrected', 'doubtful')),
  primary key (tenant_id, id),
  foreign key (tenant_id, location_id) references locations (tenant_id, id),
  foreign key (tenant_id, task_id) references tasks (tenant_id, id),
  foreign key (tenant_id, made_by) references members (tenant_id, id),
  foreign key (tenant_id, kiosk_id) references kiosks (tenant_id, id)
);
create index task_attempts_of on task_attempts (tenant_id, task_id, made_at, id);
select app.fence('task_attempts');
