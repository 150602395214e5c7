-- What an audit found and who puts it right: one finding a failing answer, with every step on record.
set local lock_timeout = '5s';

create table findings (
  tenant_id uuid not null default app.tenant(),
  id uuid not null, -- follows from its answer's: a device knows it too
  location_id uuid not null,
  audit_id uuid not null,
  checklist_id uuid not null,
  template_id uuid not null,
  version int not null,
  item_id uuid not null,
  entry_id uuid,
  answer_id uuid not null,
  label text not null check (length(label) between 1 and 600), -- as it was asked
  scored_as text check (length(scored_as) between 1 and 40), -- what it is under a public scheme
  severity text not null check (severity in ('critical', 'major', 'minor')),
  due_at timestamptz not null,
  due_day date, -- due through this day of the location's calendar, where days were counted
  task_id uuid not null, -- whose it is, and who is told when it is late, is the task's
  repeats_id uuid, -- the finding of an earlier visit that it is again
  times int not null default 1 check (times > 0),
  state text not null default 'open' check (state in ('open', 'fixed', 'verified', 'repeated', 'withdrawn')),
  opened_at timestamptz not null,
  opened_by uuid,
  fixed_at timestamptz,
  ended_at timestamptz,
  resolved_at timestamptz, -- found in order at a later visit
  primary key (tenant_id, id),
  unique (tenant_id, location_id, id),
  foreign key (tenant_id, location_id) references locations (tenant_id, id),
  foreign key (tenant_id, audit_id) references audits (tenant_id, id),
  foreign key (tenant_id, location_id, checklist_id) references checklists (tenant_id, location_id, id),
  foreign key (tenant_id, template_id, version) references checklist_template_versions (tenant_id, template_id, version),
  foreign key (tenant_id, answer_id) references checklist_answers (tenant_id, id),
  foreign key (tenant_id, task_id) references tasks (tenant_id, id),
  foreign key (tenant_id, repeats_id) references findings (tenant_id, id),
  foreign key (tenant_id, opened_by) references members (tenant_id, id)
);
create index findings_open on findings (tenant_id, location_id, due_at, id) where state in ('open', 'fixed');
create index findings_due on findings (tenant_id, due_at, id);
create index findings_recent on findings (tenant_id, opened_at desc, id desc);
-- What the next visit asks about.
create index findings_unresolved on findings (tenant_id, location_id, template_id)
  where resolved_at is null and state not in ('repeated', 'withdrawn');
create index findings_of_checklist on findings (tenant_id, checklist_id);
create index findings_of_task on findings (tenant_id, task_id);
select app.fence('findings', updatable => array['state', 'fixed_at', 'ended_at', 'resolved_at']);
select app.feed('findings', 'finding');

-- Each step as it was recorded, appended. What came too late to count is history.
create table finding_steps (
  tenant_id uuid not null default app.tenant(),
  id uuid not null, -- minted where it was done
  location_id uuid not null,
  finding_id uuid not null,
  step text not null check (step in ('opened', 'fixed', 'sent_back', 'verified', 'repeated', 'resolved', 'withdrawn')),
  outcome text not null default 'applied' check (outcome in ('applied', 'superseded')),
  note text not null default '' check (length(note) <= 2000),
  cause text check (length(cause) between 1 and 40),
  cost_micro bigint check (cost_micro >= 0),
  currency text check (currency ~ '^[A-Z]{3}$'),
  checklist_id uuid, -- the later visit that found it again, or in order
  recorded_by uuid,
  kiosk_id uuid,
  signature text check (signature in ('pin', 'offline')),
  recorded_at timestamptz not null,
  received_at timestamptz not null default now(),
  time_quality text not null check (time_quality in ('server', 'exact', 'corrected', 'doubtful')),
  primary key (tenant_id, id),
  foreign key (tenant_id, location_id) references locations (tenant_id, id),
  foreign key (tenant_id, location_id, finding_id) references findings (tenant_id, location_id, id),
  foreign key (tenant_id, location_id, checklist_id) references checklists (tenant_id, location_id, id),
  foreign key (tenant_id, recorded_by) references members (tenant_id, id),
  foreign key (tenant_id, kiosk_id) references kiosks (tenant_id, id),
  check ((cost_micro is null) = (currency is null))
);
create index finding_steps_of on finding_steps (tenant_id, finding_id, recorded_at, id);
select app.fence('finding_steps');
select app.feed('finding_steps', 'finding', id_column => 'finding_id', is_part => true);

-- A task that a finding takes over is done where the finding is, and by the finding's time.
grant update (task_type) on tasks to opsflow_app;
