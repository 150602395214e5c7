-- Tasks people make: who should, until when, with which steps, what was said, and how each came to be as it is.
set local lock_timeout = '5s';

alter table tasks
  add column description text not null default '',
  add column assigned_role text, -- whoever holds it at the location; nobody named at all: whoever is on
  add column assigned_role_id uuid,
  add column estimate_minutes int,
  add column unit_id uuid,
  add column missed_at timestamptz, -- from then on it is no longer to be done, only on record that it was not
  add column created_by uuid,
  add column changed_by uuid, -- its status, last
  add column step_count int not null default 0,
  add column comment_count int not null default 0,
  add column watchers uuid[] not null default '{}';
-- Not validated, here and below: the columns are new; every row to come is checked.
alter table tasks
  add constraint tasks_description check (length(description) <= 4000) not valid,
  add constraint tasks_assigned_role check (assigned_role in ('org:admin', 'org:manager', 'org:member')) not valid,
  add constraint tasks_assigned_once check (num_nonnulls(assigned_to, assigned_role, assigned_role_id) <= 1) not valid,
  add constraint tasks_estimate check (estimate_minutes between 1 and 10080) not valid,
  add constraint tasks_counts check (step_count between 0 and 50 and comment_count >= 0) not valid,
  add constraint tasks_watchers check (cardinality(watchers) <= 100) not valid,
  -- Overdue and missed are what the clock makes of it, and are stored by nobody.
  add constraint tasks_state check (status in ('todo', 'in_progress', 'completed', 'cancelled')) not valid,
  add constraint tasks_role foreign key (tenant_id, assigned_role_id) references roles (tenant_id, id) not valid,
  add constraint tasks_unit foreign key (tenant_id, location_id, unit_id) references units (tenant_id, location_id, id) not valid,
  add constraint tasks_created_by foreign key (tenant_id, created_by) references members (tenant_id, id) not valid,
  add constraint tasks_changed_by foreign key (tenant_id, changed_by) references members (tenant_id, id) not valid;
grant select (description, assigned_role, assigned_role_id, estimate_minutes, unit_id, missed_at, created_by, changed_by,
              step_count, comment_count, watchers),
  insert (description, assigned_role, assigned_role_id, estimate_minutes, unit_id, missed_at, created_by, changed_by,
          step_count, comment_count, watchers),
  update (title, task_type, priority, description, assigned_role, assigned_role_id, estimate_minutes, unit_id, missed_at,
          changed_by, step_count, comment_count, watchers) on tasks to opsflow_app;
-- Jobs look across tenants for what has become due.
select app.open_to('opsflow_relay', 'tasks', array['tenant_id', 'id', 'location_id', 'status', 'due_at', 'missed_at']);
-- squawk-ignore require-concurrent-index-creation
create index tasks_due on tasks (due_at) where status in ('todo', 'in_progress') and due_at is not null;
-- squawk-ignore require-concurrent-index-creation
create index tasks_of_unit on tasks (tenant_id, unit_id, id desc) where unit_id is not null;

-- A simple list inside a task. A step that is taken off the list stays on record with its tick.
create table task_steps (
  tenant_id uuid not null default app.tenant(),
  id uuid not null default uuidv7(),
  location_id uuid not null,
  task_id uuid not null,
  step_id uuid not null, -- minted where the list was written: the same wherever the task is shown
  position int not null,
  text text not null check (length(text) between 1 and 300),
  ticked_at timestamptz,
  ticked_by uuid,
  kiosk_id uuid,
  removed_at timestamptz,
  primary key (tenant_id, id),
  unique (tenant_id, task_id, step_id),
  foreign key (tenant_id, location_id) references locations (tenant_id, id),
  foreign key (tenant_id, task_id) references tasks (tenant_id, id),
  foreign key (tenant_id, ticked_by) references members (tenant_id, id),
  foreign key (tenant_id, kiosk_id) references kiosks (tenant_id, id)
);
select app.fence('task_steps', updatable => array['position', 'text', 'ticked_at', 'ticked_by', 'kiosk_id', 'removed_at']);
select app.feed('task_steps', 'task', id_column => 'task_id', is_part => true);

create table task_comments (
  tenant_id uuid not null default app.tenant(),
  id uuid not null default uuidv7(), -- minted where it was written
  location_id uuid not null,
  task_id uuid not null,
  text text not null check (length(text) between 1 and 4000),
  made_by uuid, -- null: not by a person we know
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
create index task_comments_of on task_comments (tenant_id, task_id, made_at, id);
select app.fence('task_comments');
select app.feed('task_comments', 'task_comment');

-- Every change of a field as it was made: what it was and what it became, as text people can read.
create table task_changes (
  tenant_id uuid not null default app.tenant(),
  id uuid not null default uuidv7(),
  location_id uuid not null,
  task_id uuid not null,
  field text not null check (length(field) between 1 and 40),
  before text check (length(before) <= 20000),
  after text check (length(after) <= 20000),
  outcome text not null check (outcome in ('applied', 'superseded')),
  made_by uuid,
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
create index task_changes_of on task_changes (tenant_id, task_id, made_at, id);
select app.fence('task_changes');
