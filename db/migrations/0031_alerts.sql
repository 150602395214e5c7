-- What is late, failed or unacknowledged: one matter a subject, one thread a matter, who was told of it and how.
set local lock_timeout = '5s';

-- Who is told of a kind of matter at a node of the organization's tree; where nothing stands, the default holds.
create table alert_policies (
  tenant_id uuid not null default app.tenant(),
  id uuid not null default uuidv7(),
  organization_id uuid not null,
  group_id uuid,
  place_id uuid, -- a location; with neither, the whole organization
  kind text not null check (length(kind) between 1 and 40),
  severity text not null check (severity in ('critical', 'normal')),
  policy jsonb not null,
  revision int not null default 1 check (revision > 0), -- of two who edit at once, the second is told
  changed_by uuid,
  changed_at timestamptz not null default now(),
  primary key (tenant_id, id),
  unique nulls not distinct (tenant_id, organization_id, kind, severity, group_id, place_id),
  foreign key (tenant_id, organization_id) references organizations (tenant_id, id),
  foreign key (tenant_id, organization_id, group_id) references location_groups (tenant_id, organization_id, id),
  foreign key (tenant_id, place_id) references locations (tenant_id, id),
  foreign key (tenant_id, changed_by) references members (tenant_id, id),
  check (num_nonnulls(group_id, place_id) <= 1)
);
select app.fence('alert_policies', updatable => array['policy', 'revision', 'changed_by', 'changed_at'], deletable => true);

-- How someone wants to be told. No row: by every way, at every hour.
create table notice_preferences (
  tenant_id uuid not null default app.tenant(),
  member_id uuid not null,
  zone text check (length(zone) between 1 and 60), -- their own, which their quiet hours are in; null: each location's
  quiet_from text check (quiet_from ~ '^[0-2]\d:[0-5]\d$'),
  quiet_to text check (quiet_to ~ '^[0-2]\d:[0-5]\d$'),
  by_push boolean not null,
  by_email boolean not null,
  muted text[] not null check (cardinality(muted) <= 20), -- kinds that stay in the inbox
  changed_at timestamptz not null default now(),
  primary key (tenant_id, member_id),
  foreign key (tenant_id, member_id) references members (tenant_id, id),
  check ((quiet_from is null) = (quiet_to is null))
);
select app.fence('notice_preferences', updatable => array['zone', 'quiet_from', 'quiet_to', 'by_push', 'by_email', 'muted', 'changed_at']);

create table matters (
  tenant_id uuid not null default app.tenant(),
  id uuid not null default uuidv7(),
  location_id uuid not null,
  kind text not null check (kind in ('temperature', 'sensor', 'failed', 'checklist', 'task', 'set_aside')),
  severity text not null check (severity in ('critical', 'normal')),
  subject_kind text not null check (subject_kind in ('checklist', 'task', 'alarm', 'mutation')),
  subject_id uuid not null,
  name text not null check (length(name) between 1 and 300), -- of its subject, as it was called then
  since timestamptz not null, -- from when it was owed, by the subject's own time
  assignee_id uuid, -- whose it is, where it is someone's
  role text check (length(role) between 1 and 60), -- or a role's; with neither, whoever is on
  opened_at timestamptz not null,
  step int not null default -1,
  stepped_at timestamptz not null,
  acknowledged_at timestamptz,
  acknowledged_by uuid,
  returns_at timestamptz, -- until then the acknowledgement holds
  next_at timestamptz, -- when the job looks again
  closed_at timestamptz,
  closed_because text check (closed_because in ('done', 'in_time', 'over', 'missed', 'by_hand')),
  closed_by uuid,
  primary key (tenant_id, id),
  unique (tenant_id, subject_kind, subject_id), -- one subject is one matter, however often it is found
  unique (tenant_id, location_id, id),
  foreign key (tenant_id, location_id) references locations (tenant_id, id),
  foreign key (tenant_id, assignee_id) references members (tenant_id, id),
  foreign key (tenant_id, acknowledged_by) references members (tenant_id, id),
  foreign key (tenant_id, closed_by) references members (tenant_id, id),
  check ((closed_at is null) = (closed_because is null))
);
create index matters_due on matters (next_at) where closed_at is null and next_at is not null;
create index matters_open on matters (tenant_id, location_id, opened_at desc, id) where closed_at is null;
create index matters_recent on matters (tenant_id, opened_at desc, id desc);
select app.fence('matters', updatable => array['severity', 'name', 'since', 'assignee_id', 'role', 'opened_at', 'step', 'stepped_at',
                                                'acknowledged_at', 'acknowledged_by', 'returns_at', 'next_at', 'closed_at',
                                                'closed_because', 'closed_by']);
select app.feed('matters', 'matter');
select app.open_to('opsflow_relay', 'matters',
                   array['tenant_id', 'id', 'location_id', 'kind', 'subject_kind', 'subject_id', 'since', 'acknowledged_at', 'next_at',
                         'closed_at', 'opened_at']);

-- What became of it, in order. Being told is in notice_deliveries.
create table matter_events (
  tenant_id uuid not null default app.tenant(),
  id uuid not null default uuidv7(), -- minted where it was done
  location_id uuid not null,
  matter_id uuid not null,
  event text not null check (event in ('opened', 'climbed', 'acknowledged', 'note', 'closed')),
  step int,
  until timestamptz,
  note text not null default '' check (length(note) <= 1000),
  made_by uuid, -- null: the product
  kiosk_id uuid,
  made_at timestamptz not null,
  received_at timestamptz not null default now(),
  time_quality text not null check (time_quality in ('server', 'exact', 'corrected', 'doubtful')),
  primary key (tenant_id, id),
  foreign key (tenant_id, location_id) references locations (tenant_id, id),
  foreign key (tenant_id, location_id, matter_id) references matters (tenant_id, location_id, id),
  foreign key (tenant_id, made_by) references members (tenant_id, id),
  foreign key (tenant_id, kiosk_id) references kiosks (tenant_id, id)
);
create index matter_events_of on matter_events (tenant_id, matter_id, made_at, id);
select app.fence('matter_events');
select app.feed('matter_events', 'matter', id_column => 'matter_id', is_part => true);

-- One person, one matter: one notice, brought up to date by repeats.
create table notices (
  tenant_id uuid not null default app.tenant(),
  id uuid not null default uuidv7(),
  location_id uuid not null,
  matter_id uuid not null,
  member_id uuid not null,
  first_at timestamptz not null,
  last_at timestamptz not null,
  times int not null default 1 check (times > 0),
  round int not null default 1 check (round > 0), -- never begins again, so that nothing is delivered twice
  seen_at timestamptz,
  primary key (tenant_id, id),
  unique (tenant_id, matter_id, member_id),
  foreign key (tenant_id, location_id) references locations (tenant_id, id),
  foreign key (tenant_id, location_id, matter_id) references matters (tenant_id, location_id, id),
  foreign key (tenant_id, member_id) references members (tenant_id, id)
);
create index notices_of_member on notices (tenant_id, member_id, last_at desc);
select app.fence('notices', updatable => array['last_at', 'times', 'round', 'seen_at']);
select app.feed('notices', 'matter', id_column => 'matter_id', is_part => true);

-- Each telling by each way, once. What leaves the product is claimed before it is sent: after a crash nobody knows
-- whether it arrived, and it is not sent again.
create table notice_deliveries (
  tenant_id uuid not null default app.tenant(),
  id uuid not null default uuidv7(),
  location_id uuid not null,
  matter_id uuid not null,
  member_id uuid not null,
  round int not null, -- 0: that it is over
  way text not null check (way in ('push', 'email')),
  breaks_quiet boolean not null,
  is_digested boolean not null default false, -- it went out together with others, as one
  state text not null default 'queued' check (state in ('queued', 'sending', 'sent', 'failed', 'unknown', 'not_needed')),
  tries int not null default 0,
  due_at timestamptz not null,
  changed_at timestamptz not null default now(),
  problem text not null default '' check (length(problem) <= 200),
  primary key (tenant_id, id),
  unique (tenant_id, matter_id, member_id, round, way),
  foreign key (tenant_id, location_id) references locations (tenant_id, id),
  foreign key (tenant_id, location_id, matter_id) references matters (tenant_id, location_id, id),
  foreign key (tenant_id, member_id) references members (tenant_id, id)
);
create index notice_deliveries_due on notice_deliveries (due_at) where state in ('queued', 'sending');
select app.fence('notice_deliveries', updatable => array['state', 'tries', 'due_at', 'is_digested', 'changed_at', 'problem']);
select app.feed('notice_deliveries', 'matter', id_column => 'matter_id', is_part => true);
select app.open_to('opsflow_relay', 'notice_deliveries', array['tenant_id', 'id', 'location_id', 'state', 'due_at']);

-- Where the job looks across tenants for what has become a matter, and for what no longer is one.
grant select (late_at) on checklists to opsflow_relay;
grant select (cause_kind, cause_id, created_at, changed_at) on tasks to opsflow_relay;
grant select (location_id, organization_id) on sync_mutations to opsflow_relay;
select app.open_to('opsflow_relay', 'sync_reviews', array['tenant_id', 'id']);
select app.open_to('opsflow_relay', 'alarms', array['tenant_id', 'id', 'location_id', 'task_id', 'created_at', 'acknowledged_at', 'cleared_at', 'closed_at']);
select app.open_to('opsflow_relay', 'checklist_excuses', array['tenant_id', 'id', 'checklist_id', 'taken_back_at']);
-- squawk-ignore require-concurrent-index-creation
create index checklists_to_be_late on checklists (late_at) where status in ('open', 'in_progress');
-- squawk-ignore require-concurrent-index-creation
create index alarms_standing_since on alarms (created_at) where closed_at is null;
-- squawk-ignore require-concurrent-index-creation
create index tasks_of_failures on tasks (created_at) where cause_kind in ('checklist_answer', 'temperature.corrective_action') and status in ('todo', 'in_progress');
-- squawk-ignore require-concurrent-index-creation
create index sync_mutations_set_aside on sync_mutations (received_at) where outcome = 'quarantined';
