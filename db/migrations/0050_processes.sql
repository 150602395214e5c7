-- What a kitchen does to a food by the clock, each step of it as it was done, and the thermometers it is read with.
set local lock_timeout = '5s';

create table probes (
  tenant_id uuid not null default app.tenant(),
  id uuid not null default uuidv7(),
  location_id uuid not null,
  name text not null check (length(name) between 1 and 60),
  serial text not null default '' check (length(serial) <= 60),
  every_days int not null check (every_days between 1 and 366), -- how often it is calibrated
  created_at timestamptz not null default now(),
  retired_at timestamptz,
  primary key (tenant_id, id),
  unique (tenant_id, location_id, id),
  foreign key (tenant_id, location_id) references locations (tenant_id, id)
);
create unique index probes_by_name on probes (tenant_id, location_id, lower(name)) where retired_at is null;
select app.fence('probes', updatable => array['name', 'serial', 'every_days', 'retired_at']);
select app.feed('probes', 'probe');

-- Append-only: a probe that was off is off for what was read with it before the next one.
create table probe_calibrations (
  tenant_id uuid not null default app.tenant(),
  id uuid not null default uuidv7(), -- minted where it was done
  location_id uuid not null,
  probe_id uuid not null,
  method text not null check (method in ('ice', 'boiling')),
  altitude_metres int not null check (altitude_metres between -430 and 5500),
  value_text text not null check (length(value_text) between 1 and 24),
  value_unit text not null check (value_unit in ('F', 'C')),
  value_milli int not null,
  expected_milli int not null, -- what a right thermometer shows there
  passed boolean not null,
  note text not null default '' check (length(note) <= 1000),
  calibrated_at timestamptz not null,
  calibrated_by uuid,
  kiosk_id uuid,
  received_at timestamptz not null default now(),
  time_quality text not null check (time_quality in ('server', 'exact', 'corrected', 'doubtful')),
  primary key (tenant_id, id),
  foreign key (tenant_id, location_id) references locations (tenant_id, id),
  foreign key (tenant_id, location_id, probe_id) references probes (tenant_id, location_id, id),
  foreign key (tenant_id, calibrated_by) references members (tenant_id, id),
  foreign key (tenant_id, kiosk_id) references kiosks (tenant_id, id)
);
create index probe_calibrations_of on probe_calibrations (tenant_id, probe_id, calibrated_at desc);
select app.fence('probe_calibrations');
select app.feed('probe_calibrations', 'probe', id_column => 'probe_id', is_part => true);

create table processes (
  tenant_id uuid not null default app.tenant(),
  id uuid not null default uuidv7(), -- minted where it was begun
  location_id uuid not null,
  kind text not null check (kind in ('cooling', 'reheating', 'hot_holding', 'cooking', 'time_control', 'thawing', 'date_mark')),
  plan jsonb not null, -- what of it decides how it is judged
  product text not null check (length(product) between 1 and 120),
  batch text not null default '' check (length(batch) <= 60),
  amount text not null default '' check (length(amount) <= 60),
  edition text not null check (length(edition) between 1 and 40), -- the rule book that held when it began
  began_at timestamptz not null,
  began_by uuid,
  kiosk_id uuid,
  received_at timestamptz not null default now(),
  time_quality text not null check (time_quality in ('server', 'exact', 'corrected', 'doubtful')),
  -- What its steps have made of it; each of these follows from them.
  state text not null check (state in ('running', 'finished', 'verified')),
  result text not null check (result in ('running', 'passed', 'failed', 'stopped')),
  failure text check (length(failure) between 1 and 60),
  disposition text check (length(disposition) between 1 and 20),
  finished_at timestamptz,
  finished_by uuid,
  needs_verification boolean not null default false,
  verified_at timestamptz,
  verified_by uuid,
  next_ask text check (length(next_ask) between 1 and 40),
  next_at timestamptz,
  asked int not null default 0, -- tasks it has asked for
  primary key (tenant_id, id),
  unique (tenant_id, location_id, id),
  foreign key (tenant_id, location_id) references locations (tenant_id, id),
  foreign key (tenant_id, began_by) references members (tenant_id, id),
  foreign key (tenant_id, finished_by) references members (tenant_id, id),
  foreign key (tenant_id, verified_by) references members (tenant_id, id),
  foreign key (tenant_id, kiosk_id) references kiosks (tenant_id, id),
  check ((state = 'running') = (finished_at is null)),
  check ((state = 'verified') = (verified_at is not null)),
  check ((next_ask is null) = (next_at is null))
);
create index processes_running on processes (tenant_id, location_id, began_at desc, id desc) where state = 'running';
create index processes_of_location on processes (tenant_id, location_id, began_at desc, id desc);
create index processes_recent on processes (tenant_id, began_at desc, id desc);
select app.fence('processes', updatable => array['state', 'result', 'failure', 'disposition', 'finished_at', 'finished_by',
                                                  'needs_verification', 'verified_at', 'verified_by', 'next_ask', 'next_at', 'asked']);
select app.feed('processes', 'process');

-- Append-only: a correction is another step that names the first.
create table process_steps (
  tenant_id uuid not null default app.tenant(),
  id uuid not null default uuidv7(), -- minted where it was done
  location_id uuid not null,
  process_id uuid not null,
  step text not null check (step in ('finish', 'reading', 'reheat', 'correction', 'froze', 'thawed', 'returned', 'verification')),
  done_at timestamptz not null,
  done_by uuid,
  kiosk_id uuid,
  received_at timestamptz not null default now(),
  time_quality text not null check (time_quality in ('server', 'exact', 'corrected', 'doubtful')),
  outcome text not null check (outcome in ('applied', 'superseded')),
  value_text text check (length(value_text) between 1 and 24),
  value_unit text check (value_unit in ('F', 'C')),
  value_milli int,
  held_into text not null default 'food' check (held_into in ('food', 'water')),
  held_seconds int check (held_seconds between 0 and 86400),
  probe_id uuid,
  probe_standing text check (probe_standing in ('current', 'overdue', 'failed', 'never')),
  corrects_id uuid,
  disposition text check (length(disposition) between 1 and 20),
  signature text check (signature in ('pin', 'offline')),
  note text not null default '' check (length(note) <= 1000),
  primary key (tenant_id, id),
  foreign key (tenant_id, location_id) references locations (tenant_id, id),
  foreign key (tenant_id, location_id, process_id) references processes (tenant_id, location_id, id),
  foreign key (tenant_id, location_id, probe_id) references probes (tenant_id, location_id, id),
  foreign key (tenant_id, corrects_id) references process_steps (tenant_id, id),
  foreign key (tenant_id, done_by) references members (tenant_id, id),
  foreign key (tenant_id, kiosk_id) references kiosks (tenant_id, id),
  check (num_nulls(value_text, value_unit, value_milli) in (0, 3)),
  check (step not in ('reading', 'reheat', 'correction') or value_milli is not null),
  check ((probe_id is null) = (probe_standing is null))
);
create index process_steps_of on process_steps (tenant_id, process_id, done_at, id);
select app.fence('process_steps');
select app.feed('process_steps', 'process', id_column => 'process_id', is_part => true);
