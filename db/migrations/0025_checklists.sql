-- Checklists: templates and their versions, schedules, what is to be done, what was answered, who signed.
set local lock_timeout = '5s';

create table checklist_templates (
  tenant_id uuid not null default app.tenant(),
  id uuid not null default uuidv7(),
  organization_id uuid not null,
  name text not null check (length(name) between 1 and 200),
  category text not null check (length(category) between 1 and 40),
  draft jsonb not null,
  revision int not null default 1 check (revision > 0), -- of two who edit at once, the second is told
  published_version int check (published_version > 0),
  is_changed boolean not null default true, -- the draft says something else than the version in use
  library_key text check (length(library_key) between 1 and 100), -- which of our own templates it was made from
  created_by uuid,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  archived_at timestamptz,
  primary key (tenant_id, id),
  unique (tenant_id, organization_id, id),
  foreign key (tenant_id, organization_id) references organizations (tenant_id, id),
  foreign key (tenant_id, created_by) references members (tenant_id, id)
);
create unique index checklist_templates_name on checklist_templates (tenant_id, organization_id, name) where archived_at is null;
select app.fence('checklist_templates', updatable => array['name', 'category', 'draft', 'revision', 'published_version',
                                                            'is_changed', 'updated_at', 'archived_at']);

-- Frozen: what was published, by whom. Going back to an older version publishes its content anew.
create table checklist_template_versions (
  tenant_id uuid not null default app.tenant(),
  id uuid not null default uuidv7(),
  template_id uuid not null,
  version int not null check (version > 0),
  name text not null check (length(name) between 1 and 200),
  category text not null check (length(category) between 1 and 40),
  content jsonb not null,
  note text not null default '' check (length(note) <= 1000),
  published_by uuid,
  published_at timestamptz not null default now(),
  primary key (tenant_id, id),
  unique (tenant_id, template_id, version),
  foreign key (tenant_id, template_id) references checklist_templates (tenant_id, id),
  foreign key (tenant_id, published_by) references members (tenant_id, id)
);
select app.fence('checklist_template_versions');

-- What a location says differently, where the template lets it.
create table checklist_local_changes (
  tenant_id uuid not null default app.tenant(),
  id uuid not null default uuidv7(),
  location_id uuid not null,
  template_id uuid not null,
  changes jsonb not null,
  revision int not null default 1 check (revision > 0),
  changed_by uuid,
  changed_at timestamptz not null default now(),
  primary key (tenant_id, id),
  unique (tenant_id, template_id, location_id),
  foreign key (tenant_id, location_id) references locations (tenant_id, id),
  foreign key (tenant_id, template_id) references checklist_templates (tenant_id, id),
  foreign key (tenant_id, changed_by) references members (tenant_id, id)
);
select app.fence('checklist_local_changes', updatable => array['changes', 'revision', 'changed_by', 'changed_at']);

-- A version as one location uses it: pinned by its checklists, held by its devices, never changed.
create table checklist_forms (
  tenant_id uuid not null default app.tenant(),
  id uuid not null default uuidv7(),
  location_id uuid not null,
  template_id uuid not null,
  version int not null,
  local_revision int not null default 0, -- of the location's own changes; 0: none
  changes jsonb not null default '{}',
  created_at timestamptz not null default now(),
  primary key (tenant_id, id),
  unique (tenant_id, location_id, template_id, version, local_revision),
  unique (tenant_id, location_id, id),
  foreign key (tenant_id, location_id) references locations (tenant_id, id),
  foreign key (tenant_id, template_id, version) references checklist_template_versions (tenant_id, template_id, version)
);
select app.fence('checklist_forms');
select app.feed('checklist_forms', 'checklist_form');

create table checklist_schedules (
  tenant_id uuid not null default app.tenant(),
  id uuid not null default uuidv7(),
  organization_id uuid not null,
  template_id uuid not null,
  name text not null check (length(name) between 1 and 200),
  role text check (length(role) between 1 and 60),
  timing jsonb not null,
  target jsonb not null,
  revision int not null default 1 check (revision > 0),
  created_by uuid,
  created_at timestamptz not null default now(),
  changed_at timestamptz not null default now(),
  paused_at timestamptz,
  ended_at timestamptz,
  primary key (tenant_id, id),
  foreign key (tenant_id, organization_id) references organizations (tenant_id, id),
  foreign key (tenant_id, organization_id, template_id) references checklist_templates (tenant_id, organization_id, id),
  foreign key (tenant_id, created_by) references members (tenant_id, id)
);
create index checklist_schedules_running on checklist_schedules (tenant_id, organization_id) where ended_at is null;
select app.fence('checklist_schedules', updatable => array['name', 'role', 'timing', 'target', 'revision', 'changed_at',
                                                            'paused_at', 'ended_at']);

-- How far a location's checklists have been made. What lies before is never made again, nor changed.
create table checklist_progress (
  tenant_id uuid not null default app.tenant(),
  id uuid not null, -- the location
  location_id uuid not null,
  made_until timestamptz not null,
  primary key (tenant_id, id),
  foreign key (tenant_id, location_id) references locations (tenant_id, id)
);
select app.fence('checklist_progress', updatable => array['made_until']);

create table checklists (
  tenant_id uuid not null default app.tenant(),
  id uuid not null default uuidv7(),
  location_id uuid not null,
  form_id uuid not null,
  schedule_id uuid, -- null: begun by hand
  slot text check (length(slot) between 1 and 40), -- which of its schedule, in local time: 2026-11-27T06:00
  day date not null,
  role text check (length(role) between 1 and 60),
  status text not null default 'open' check (status in ('open', 'in_progress', 'completed', 'empty', 'missed', 'withdrawn')),
  visible_at timestamptz not null,
  due_at timestamptz,
  late_at timestamptz,
  missed_at timestamptz,
  started_at timestamptz,
  started_by uuid,
  completed_at timestamptz,
  completed_by uuid,
  kiosk_id uuid,
  received_at timestamptz,
  time_quality text check (time_quality in ('server', 'exact', 'corrected', 'doubtful')),
  reason text not null default '' check (length(reason) <= 1000),
  created_at timestamptz not null default now(),
  primary key (tenant_id, id),
  unique (tenant_id, schedule_id, location_id, slot), -- each happens once, however often it is made
  unique (tenant_id, location_id, id),
  foreign key (tenant_id, location_id) references locations (tenant_id, id),
  foreign key (tenant_id, location_id, form_id) references checklist_forms (tenant_id, location_id, id),
  foreign key (tenant_id, schedule_id) references checklist_schedules (tenant_id, id),
  foreign key (tenant_id, started_by) references members (tenant_id, id),
  foreign key (tenant_id, completed_by) references members (tenant_id, id),
  foreign key (tenant_id, kiosk_id) references kiosks (tenant_id, id),
  check ((schedule_id is null) = (slot is null)),
  check ((status in ('completed', 'empty')) = (completed_at is not null))
);
create index checklists_of_day on checklists (tenant_id, location_id, day, due_at, id);
create index checklists_unfinished on checklists (tenant_id, location_id, missed_at) where status in ('open', 'in_progress');
create index checklists_of_schedule on checklists (tenant_id, schedule_id, visible_at) where status = 'open';
select app.fence('checklists', updatable => array['form_id', 'role', 'status', 'visible_at', 'due_at', 'late_at', 'missed_at',
                                                   'started_at', 'started_by', 'completed_at', 'completed_by', 'kiosk_id',
                                                   'received_at', 'time_quality', 'reason']);
select app.feed('checklists', 'checklist');

-- As they were given. Nothing is overwritten: the latest of a place counts, the others are its history.
create table checklist_answers (
  tenant_id uuid not null default app.tenant(),
  id uuid not null,
  location_id uuid not null,
  checklist_id uuid not null,
  item_id uuid not null,
  entry_id uuid,
  value jsonb,
  outcome text not null check (outcome in ('pass', 'fail', 'recorded', 'not_applicable', 'cleared')),
  note text not null default '' check (length(note) <= 2000),
  photos int not null default 0 check (photos between 0 and 10),
  task_id uuid,
  answered_at timestamptz not null,
  answered_by uuid,
  kiosk_id uuid,
  received_at timestamptz not null default now(),
  time_quality text not null check (time_quality in ('server', 'exact', 'corrected', 'doubtful')),
  primary key (tenant_id, id),
  foreign key (tenant_id, location_id) references locations (tenant_id, id),
  foreign key (tenant_id, location_id, checklist_id) references checklists (tenant_id, location_id, id),
  foreign key (tenant_id, task_id) references tasks (tenant_id, id),
  foreign key (tenant_id, answered_by) references members (tenant_id, id),
  foreign key (tenant_id, kiosk_id) references kiosks (tenant_id, id)
);
create index checklist_answers_of on checklist_answers (tenant_id, checklist_id, answered_at, id);
create index checklist_answers_of_item on checklist_answers (tenant_id, location_id, item_id, answered_at desc);
select app.fence('checklist_answers');
select app.feed('checklist_answers', 'checklist_answer');

create table checklist_sign_offs (
  tenant_id uuid not null default app.tenant(),
  id uuid not null,
  location_id uuid not null,
  checklist_id uuid not null,
  meaning text not null check (meaning in ('performed', 'verified', 'rejected')),
  note text not null default '' check (length(note) <= 1000),
  digest bytea not null check (octet_length(digest) = 32),
  signed_by uuid,
  signed_at timestamptz not null,
  kiosk_id uuid,
  signature text not null check (signature in ('session', 'pin', 'offline')),
  received_at timestamptz not null default now(),
  time_quality text not null check (time_quality in ('server', 'exact', 'corrected', 'doubtful')),
  primary key (tenant_id, id),
  foreign key (tenant_id, location_id) references locations (tenant_id, id),
  foreign key (tenant_id, location_id, checklist_id) references checklists (tenant_id, location_id, id),
  foreign key (tenant_id, signed_by) references members (tenant_id, id),
  foreign key (tenant_id, kiosk_id) references kiosks (tenant_id, id)
);
create index checklist_sign_offs_of on checklist_sign_offs (tenant_id, checklist_id, signed_at);
select app.fence('checklist_sign_offs');
select app.feed('checklist_sign_offs', 'checklist', id_column => 'checklist_id', is_part => true);
