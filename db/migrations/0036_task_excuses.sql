-- Why a task is overdue, or was missed: said by a manager. It speaks of the time it was due by then: a task that gets
-- another time has no excuse for that one yet. What is taken back stays on record.
set local lock_timeout = '5s';

create table task_excuses (
  tenant_id uuid not null default app.tenant(),
  id uuid not null default uuidv7(),
  location_id uuid not null,
  task_id uuid not null,
  due_at timestamptz,
  reason text not null check (length(reason) between 1 and 1000),
  excused_by uuid, -- null: not by a person we know
  excused_at timestamptz not null default now(),
  taken_back_by uuid,
  taken_back_at timestamptz,
  primary key (tenant_id, id),
  foreign key (tenant_id, location_id) references locations (tenant_id, id),
  foreign key (tenant_id, task_id) references tasks (tenant_id, id),
  foreign key (tenant_id, excused_by) references members (tenant_id, id),
  foreign key (tenant_id, taken_back_by) references members (tenant_id, id)
);
-- One stands at a time.
create unique index task_excuses_standing on task_excuses (tenant_id, task_id) where taken_back_at is null;
select app.fence('task_excuses', updatable => array['taken_back_by', 'taken_back_at']);
select app.feed('task_excuses', 'task', id_column => 'task_id', is_part => true);
-- A matter of a missed task is over once it is excused.
select app.open_to('opsflow_relay', 'task_excuses', array['tenant_id', 'id', 'task_id', 'due_at', 'taken_back_at']);
