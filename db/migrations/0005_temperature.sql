-- Temperature: units, sensors, readings, excursions, alarms, corrective actions, imports.
set local lock_timeout = '5s';

create table units (
  tenant_id uuid not null default app.tenant(),
  id uuid not null default uuidv7(),
  location_id uuid not null,
  name text not null check (length(name) between 1 and 120),
  kind text not null check (kind in ('walk_in_cooler', 'reach_in', 'prep_rail', 'walk_in_freezer', 'freezer', 'hot_hold',
                                     'hot_line', 'dish_machine', 'receiving', 'other')),
  position int not null default 0,
  created_at timestamptz not null default now(),
  created_by uuid,
  retired_at timestamptz,
  primary key (tenant_id, id),
  foreign key (tenant_id, location_id) references locations (tenant_id, id),
  foreign key (tenant_id, created_by) references members (tenant_id, id)
);
create index units_location on units (tenant_id, location_id, position, id);
create unique index units_name on units (tenant_id, location_id, name) where retired_at is null;
select app.fence('units', updatable => array['name', 'position', 'retired_at']);

-- How a unit is judged and when it wakes someone, from an instant on. A change is a new row; the past keeps its own.
create table unit_policies (
  tenant_id uuid not null default app.tenant(),
  id uuid not null default uuidv7(),
  location_id uuid not null,
  unit_id uuid not null,
  starts_at timestamptz not null,
  policy jsonb not null, -- UnitPolicyInput of capabilities/temperature/unit-policy.ts
  reason text not null default '' check (length(reason) <= 500),
  created_at timestamptz not null default now(),
  created_by uuid,
  primary key (tenant_id, id),
  foreign key (tenant_id, unit_id) references units (tenant_id, id),
  foreign key (tenant_id, location_id) references locations (tenant_id, id),
  foreign key (tenant_id, created_by) references members (tenant_id, id)
);
create index unit_policies_unit on unit_policies (tenant_id, unit_id, starts_at desc, id desc);
select app.fence('unit_policies');

create table sensors (
  tenant_id uuid not null default app.tenant(),
  id uuid not null default uuidv7(),
  location_id uuid not null,
  unit_id uuid not null,
  name text not null check (length(name) between 1 and 120),
  external_id text check (length(external_id) between 1 and 200), -- the gateway's name for it, a DevEUI, a MAC
  channel text not null default '' check (length(channel) <= 60), -- which value of a multi-channel payload
  model text not null default '' check (length(model) <= 120), -- names the payload decoder
  cadence_seconds int default 600 check (cadence_seconds between 10 and 86400), -- null: only imported, owes nobody a reading
  created_at timestamptz not null default now(),
  retired_at timestamptz,
  primary key (tenant_id, id),
  foreign key (tenant_id, unit_id) references units (tenant_id, id),
  foreign key (tenant_id, location_id) references locations (tenant_id, id)
);
create unique index sensors_external on sensors (tenant_id, external_id, channel) where retired_at is null;
create index sensors_unit on sensors (tenant_id, unit_id);
select app.fence('sensors', updatable => array['name', 'unit_id', 'external_id', 'channel', 'model', 'cadence_seconds', 'retired_at']);

-- What the assessment of a sensor's readings knows so far, and when its silence becomes news. Locked while it is judged.
create table sensor_states (
  tenant_id uuid not null default app.tenant(),
  id uuid not null, -- the sensor
  location_id uuid not null,
  state jsonb not null, -- WatchState of capabilities/temperature/assess.ts
  excursion_id uuid, -- the row of the state's open excursion
  last_seq bigint, -- the highest number the device gave a reading
  last_measured_at timestamptz,
  last_received_at timestamptz,
  silence_due_at timestamptz,
  primary key (tenant_id, id),
  foreign key (tenant_id, id) references sensors (tenant_id, id),
  foreign key (tenant_id, location_id) references locations (tenant_id, id)
) with (fillfactor = 80);
create index sensor_states_silence on sensor_states (silence_due_at) where silence_due_at is not null;
select app.fence('sensor_states', updatable => array['location_id', 'state', 'excursion_id', 'last_seq', 'last_measured_at', 'last_received_at', 'silence_due_at']);
select app.open_to('opsflow_relay', 'sensor_states', array['tenant_id', 'id', 'location_id', 'silence_due_at']);

-- What the board shows of a unit now.
create table unit_states (
  tenant_id uuid not null default app.tenant(),
  id uuid not null, -- the unit
  location_id uuid not null,
  status text not null check (status in ('ok', 'drifting', 'alarm', 'fault', 'silent', 'no_data')),
  value_text text,
  value_unit text check (value_unit in ('F', 'C')),
  value_milli int,
  is_compliant boolean,
  measured_at timestamptz,
  received_at timestamptz,
  source text check (source in ('sensor', 'probe', 'typed', 'imported')),
  sensor_id uuid,
  excursion_id uuid,
  alarm_id uuid,
  limit_text text not null default '',
  updated_at timestamptz not null default now(),
  primary key (tenant_id, id),
  foreign key (tenant_id, id) references units (tenant_id, id),
  foreign key (tenant_id, location_id) references locations (tenant_id, id)
) with (fillfactor = 80);
create index unit_states_location on unit_states (tenant_id, location_id);
select app.fence('unit_states', updatable => array['location_id', 'status', 'value_text', 'value_unit', 'value_milli',
  'is_compliant', 'measured_at', 'received_at', 'source', 'sensor_id', 'excursion_id', 'alarm_id', 'limit_text', 'updated_at']);

-- One measured value with its provenance. Never changed: a correction is a new row that names the old one.
create table temperature_logs (
  tenant_id uuid not null default app.tenant(),
  id uuid not null default uuidv7(),
  location_id uuid not null,
  unit_id uuid not null,
  sensor_id uuid,
  measured_at timestamptz not null check (measured_at >= '2000-01-01'),
  received_at timestamptz not null default now(),
  source text not null check (source in ('sensor', 'probe', 'typed', 'imported')),
  value_text text not null check (length(value_text) between 1 and 40),
  value_unit text not null check (value_unit in ('F', 'C')),
  value_milli int check (value_milli between case value_unit when 'F' then -148000 else -100000 end
                                         and case value_unit when 'F' then 752000 else 400000 end),
  fault text, -- why value_text is not a temperature: power_on, not_a_number, out_of_range …
  is_compliant boolean, -- computed here, never supplied; null when no limit applies or the value is a fault
  limit_id text,
  rule_edition text,
  policy_id uuid,
  device_seq bigint,
  device_id uuid,
  recorded_by uuid,
  import_id uuid,
  clock_offset_ms int,
  time_quality text not null default 'device' check (time_quality in ('device', 'server', 'corrected', 'doubtful')),
  flags text[] not null default '{}', -- late, conflict, back_dated, future, offline
  note text not null default '' check (length(note) <= 2000),
  probe text check (length(probe) <= 60), -- the thermometer in the hand
  corrects_id uuid,
  primary key (tenant_id, id, measured_at),
  check ((value_milli is null) = (fault is not null)),
  foreign key (tenant_id, unit_id) references units (tenant_id, id),
  foreign key (tenant_id, location_id) references locations (tenant_id, id),
  foreign key (tenant_id, recorded_by) references members (tenant_id, id)
) partition by range (measured_at);
create index temperature_logs_unit on temperature_logs (tenant_id, unit_id, measured_at desc, id desc);
-- A retry is the same sensor, time and value; another value at the same time is kept and flagged.
create unique index temperature_logs_once on temperature_logs (tenant_id, sensor_id, measured_at, value_milli, value_unit, fault)
  nulls not distinct where sensor_id is not null;
create index temperature_logs_corrections on temperature_logs (tenant_id, corrects_id) where corrects_id is not null;
create index temperature_logs_seq on temperature_logs (tenant_id, sensor_id, device_seq) where device_seq is not null;
select app.fence('temperature_logs');

-- Months come into being before their first reading; children carry the fence and no grants of their own.
create function app.ensure_month(day date) returns void
  language plpgsql security definer set search_path = pg_catalog, public, pg_temp
as $$
declare
  first date := date_trunc('month', day);
  child text := 'temperature_logs_' || to_char(first, 'YYYYMM');
begin
  if first < date '2000-01-01' or first > (now() + interval '4 months')::date then
    raise exception 'no month %', first using errcode = '22003';
  end if;
  if to_regclass('public.' || child) is not null then return; end if;
  perform pg_advisory_xact_lock(hashtext('opsflow.month'), hashtext(child));
  if to_regclass('public.' || child) is not null then return; end if;
  execute format('create table public.%I (like public.temperature_logs including defaults including constraints)', child);
  execute format('alter table public.%I enable row level security', child);
  execute format('alter table public.%I force row level security', child);
  execute format('revoke all on public.%I from public', child);
  execute format('alter table public.temperature_logs attach partition public.%I for values from (%L) to (%L)',
                 child, first::timestamp at time zone 'UTC', (first + interval '1 month')::timestamp at time zone 'UTC');
end $$;
revoke all on function app.ensure_month(date) from public;
grant execute on function app.ensure_month(date) to opsflow_relay;
select app.ensure_month((date_trunc('month', now()) + make_interval(months => m))::date) from generate_series(-3, 3) m;

-- Rollups kept by the write: charts of months and dashboards read these, not the readings.
create table temperature_hours (
  tenant_id uuid not null default app.tenant(),
  id uuid not null, -- the sensor, or the unit for readings by hand
  location_id uuid not null,
  unit_id uuid not null,
  hour timestamptz not null,
  readings int not null,
  compliant int not null,
  judged int not null,
  min_milli_c int not null,
  max_milli_c int not null,
  sum_milli_c bigint not null,
  primary key (tenant_id, id, hour),
  foreign key (tenant_id, unit_id) references units (tenant_id, id),
  foreign key (tenant_id, location_id) references locations (tenant_id, id)
) with (fillfactor = 80);
create index temperature_hours_unit on temperature_hours (tenant_id, unit_id, hour);
create index temperature_hours_location on temperature_hours (tenant_id, location_id, hour);
select app.fence('temperature_hours', updatable => array['readings', 'compliant', 'judged', 'min_milli_c', 'max_milli_c', 'sum_milli_c']);

-- A period outside a limit. Announced when alarmed_at is set; found_late when learned from readings that came after.
create table excursions (
  tenant_id uuid not null default app.tenant(),
  id uuid not null default uuidv7(),
  location_id uuid not null,
  unit_id uuid not null,
  sensor_id uuid,
  policy_id uuid,
  side text not null check (side in ('above', 'below')),
  started_at timestamptz not null,
  alarmed_at timestamptz,
  ended_at timestamptz,
  peak_milli int,
  peak_unit text check (peak_unit in ('F', 'C')),
  limit_id text,
  rule_edition text,
  found_late boolean not null default false,
  disproved_at timestamptz, -- readings that came later show none; it stays on record, people acted on it
  created_at timestamptz not null default now(),
  primary key (tenant_id, id),
  foreign key (tenant_id, unit_id) references units (tenant_id, id),
  foreign key (tenant_id, location_id) references locations (tenant_id, id),
  foreign key (tenant_id, sensor_id) references sensors (tenant_id, id),
  check (ended_at is null or ended_at >= started_at)
);
create unique index excursions_open on excursions (tenant_id, unit_id, sensor_id) nulls not distinct where ended_at is null;
create index excursions_unit on excursions (tenant_id, unit_id, started_at desc, id desc);
create index excursions_location on excursions (tenant_id, location_id, started_at desc, id desc);
select app.fence('excursions', updatable => array['started_at', 'alarmed_at', 'ended_at', 'peak_milli', 'peak_unit', 'disproved_at']);

create table alarms (
  tenant_id uuid not null default app.tenant(),
  id uuid not null default uuidv7(),
  location_id uuid not null,
  unit_id uuid not null,
  sensor_id uuid,
  kind text not null check (kind in ('limit', 'fault', 'silent')),
  excursion_id uuid,
  raised_at timestamptz not null, -- when the condition was met, by the readings' time
  created_at timestamptz not null default now(),
  value_text text,
  value_unit text check (value_unit in ('F', 'C')),
  value_milli int,
  acknowledged_at timestamptz,
  acknowledged_by uuid,
  cleared_at timestamptz, -- the condition is over; the work may not be
  closed_at timestamptz,
  task_id uuid,
  primary key (tenant_id, id),
  foreign key (tenant_id, unit_id) references units (tenant_id, id),
  foreign key (tenant_id, location_id) references locations (tenant_id, id),
  foreign key (tenant_id, sensor_id) references sensors (tenant_id, id),
  foreign key (tenant_id, excursion_id) references excursions (tenant_id, id),
  foreign key (tenant_id, acknowledged_by) references members (tenant_id, id),
  foreign key (tenant_id, task_id) references tasks (tenant_id, id)
);
-- A unit is too warm once, however many probes say so; a fault and a silence are each sensor's own.
create unique index alarms_standing on alarms (tenant_id, unit_id, kind, (case when kind <> 'limit' then sensor_id end))
  nulls not distinct where cleared_at is null;
create unique index alarms_excursion on alarms (tenant_id, excursion_id) where excursion_id is not null;
create index alarms_open on alarms (tenant_id, location_id, raised_at desc, id desc) where closed_at is null;
create index alarms_recent on alarms (tenant_id, raised_at desc, id desc);
select app.fence('alarms', updatable => array['acknowledged_at', 'acknowledged_by', 'cleared_at', 'closed_at', 'task_id']);

-- Cause, action, disposition, re-check within the limit, closure, verification by another person.
create table corrective_actions (
  tenant_id uuid not null default app.tenant(),
  id uuid not null default uuidv7(),
  location_id uuid not null,
  unit_id uuid not null,
  alarm_id uuid,
  temperature_log_id uuid,
  temperature_log_measured_at timestamptz,
  task_id uuid,
  state text not null default 'opened' check (state in ('opened', 'responded', 'rechecked', 'closed', 'verified')),
  opened_at timestamptz not null default now(),
  due_at timestamptz not null,
  closed_at timestamptz,
  verified_at timestamptz,
  primary key (tenant_id, id),
  foreign key (tenant_id, unit_id) references units (tenant_id, id),
  foreign key (tenant_id, location_id) references locations (tenant_id, id),
  foreign key (tenant_id, alarm_id) references alarms (tenant_id, id),
  foreign key (tenant_id, task_id) references tasks (tenant_id, id),
  foreign key (tenant_id, temperature_log_id, temperature_log_measured_at)
    references temperature_logs (tenant_id, id, measured_at),
  check (alarm_id is not null or temperature_log_id is not null)
);
create unique index corrective_actions_alarm on corrective_actions (tenant_id, alarm_id) where alarm_id is not null;
create unique index corrective_actions_log on corrective_actions (tenant_id, temperature_log_id) where temperature_log_id is not null;
create index corrective_actions_open on corrective_actions (tenant_id, location_id, due_at, id) where state <> 'verified';
create index corrective_actions_recent on corrective_actions (tenant_id, opened_at desc, id desc);
select app.fence('corrective_actions', updatable => array['state', 'task_id', 'closed_at', 'verified_at']);

-- Each step as it was recorded, appended; a correction is another step.
create table corrective_action_steps (
  tenant_id uuid not null default app.tenant(),
  id uuid not null default uuidv7(),
  location_id uuid not null,
  corrective_action_id uuid not null,
  step text not null check (step in ('opened', 'acknowledged', 'response', 'recheck', 'closure', 'verification', 'correction')),
  recorded_by uuid,
  recorded_at timestamptz not null default now(),
  cause text,
  action text,
  disposition text,
  note text not null default '' check (length(note) <= 4000),
  temperature_log_id uuid,
  temperature_log_measured_at timestamptz,
  passed boolean,
  primary key (tenant_id, id),
  foreign key (tenant_id, corrective_action_id) references corrective_actions (tenant_id, id),
  foreign key (tenant_id, location_id) references locations (tenant_id, id),
  foreign key (tenant_id, recorded_by) references members (tenant_id, id),
  foreign key (tenant_id, temperature_log_id, temperature_log_measured_at)
    references temperature_logs (tenant_id, id, measured_at)
);
create index corrective_action_steps_of on corrective_action_steps (tenant_id, corrective_action_id, recorded_at, id);
-- Removing a reading, as a demo is removed, asks whether a step refers to it.
create index corrective_action_steps_log on corrective_action_steps (tenant_id, temperature_log_id)
  where temperature_log_id is not null;
select app.fence('corrective_action_steps');

-- A CSV file, kept whole until its last row is in, so that an import resumes where it stopped.
create table imports (
  tenant_id uuid not null default app.tenant(),
  id uuid not null default uuidv7(),
  location_id uuid not null,
  unit_id uuid not null,
  sensor_id uuid,
  file_name text not null check (length(file_name) between 1 and 300),
  content bytea check (length(content) <= 33554432), -- null once its last row is in
  content_sha256 bytea not null check (length(content_sha256) = 32),
  columns text[] not null,
  mapping jsonb, -- ColumnMapping of capabilities/temperature/csv-columns.ts
  state text not null default 'previewed' check (state in ('previewed', 'running', 'paused', 'done', 'failed')),
  rows_total int not null check (rows_total >= 0),
  rows_done int not null default 0,
  rows_accepted int not null default 0,
  rows_duplicate int not null default 0,
  rows_rejected int not null default 0,
  created_by uuid,
  created_at timestamptz not null default now(),
  finished_at timestamptz,
  primary key (tenant_id, id),
  foreign key (tenant_id, location_id) references locations (tenant_id, id),
  foreign key (tenant_id, unit_id) references units (tenant_id, id),
  foreign key (tenant_id, sensor_id) references sensors (tenant_id, id),
  foreign key (tenant_id, created_by) references members (tenant_id, id)
);
create index imports_recent on imports (tenant_id, created_at desc, id desc);
select app.fence('imports', updatable => array['content', 'sensor_id', 'mapping', 'state', 'rows_done', 'rows_accepted',
                                               'rows_duplicate', 'rows_rejected', 'finished_at']);
select app.open_to('opsflow_relay', 'imports', array['tenant_id', 'id', 'location_id', 'state']);

create table import_errors (
  tenant_id uuid not null default app.tenant(),
  id uuid not null default uuidv7(),
  location_id uuid not null,
  import_id uuid not null,
  row_number int not null,
  column_name text not null,
  code text not null,
  message text not null,
  primary key (tenant_id, id),
  unique (tenant_id, import_id, row_number, column_name),
  foreign key (tenant_id, import_id) references imports (tenant_id, id),
  foreign key (tenant_id, location_id) references locations (tenant_id, id)
);
select app.fence('import_errors');
