-- Tasks: work for someone, with what made it necessary.
set local lock_timeout = '5s';

create table tasks (
  tenant_id uuid not null default app.tenant(),
  id uuid not null default uuidv7(),
  location_id uuid not null,
  title text not null check (length(title) between 1 and 300),
  task_type text not null check (task_type in ('prep', 'cleaning', 'inventory', 'maintenance', 'corrective', 'other')),
  priority text not null default 'medium' check (priority in ('low', 'medium', 'high', 'urgent')),
  status text not null default 'todo'
    check (status in ('todo', 'in_progress', 'completed', 'overdue', 'missed', 'cancelled')),
  assigned_to uuid,
  cause_kind text not null check (length(cause_kind) between 1 and 100),
  cause_id uuid not null,
  due_at timestamptz,
  created_at timestamptz not null default now(),
  started_at timestamptz,
  completed_at timestamptz,
  completed_by uuid,
  primary key (tenant_id, id),
  unique (tenant_id, cause_kind, cause_id), -- once per cause, however often it is reported
  foreign key (tenant_id, location_id) references locations (tenant_id, id),
  foreign key (tenant_id, assigned_to) references members (tenant_id, id),
  foreign key (tenant_id, completed_by) references members (tenant_id, id),
  check ((status = 'completed') = (completed_at is not null))
);
create index tasks_open on tasks (tenant_id, location_id, due_at, id) where status in ('todo', 'in_progress', 'overdue');
create index tasks_recent on tasks (tenant_id, id desc);
select app.fence('tasks', updatable => array['status', 'assigned_to', 'started_at', 'completed_at', 'completed_by', 'due_at']);
