-- A reading, and everything else about a unit, lies where its unit lies. One reference to both instead of one to each.
set local lock_timeout = '5s';

-- Validates a constraint for a migration. The owner is fenced too and sees no tenant's rows, so the check of a reference
-- would fail, or in a partition find nothing to check: the fences of both sides are off for its owner meanwhile.
create function app.validate(target regclass, constraint_name text) returns void
  language plpgsql set search_path = pg_catalog, public, pg_temp
as $$
declare
  forced regclass[] := array(
    select c.oid from pg_class c
     where c.relforcerowsecurity
       and (c.oid in (select relid from pg_partition_tree(target)) or c.oid = target
            or c.oid = (select confrelid from pg_constraint where conrelid = target and conname = constraint_name)));
  fenced regclass;
begin
  foreach fenced in array forced loop
    execute format('alter table %s no force row level security', fenced);
  end loop;
  execute format('alter table %s validate constraint %I', target, constraint_name);
  foreach fenced in array forced loop
    execute format('alter table %s force row level security', fenced);
  end loop;
end $$;
revoke all on function app.validate(regclass, text) from public;

-- squawk-ignore require-concurrent-index-creation -- one row a refrigerator
create unique index units_place on units (tenant_id, id, location_id);
-- squawk-ignore require-concurrent-index-creation
create unique index sensors_place on sensors (tenant_id, id, location_id);

alter table unit_policies drop constraint unit_policies_tenant_id_unit_id_fkey,
  drop constraint unit_policies_tenant_id_location_id_fkey,
  add constraint unit_policies_place foreign key (tenant_id, unit_id, location_id)
    references units (tenant_id, id, location_id) not valid;
alter table sensors drop constraint sensors_tenant_id_unit_id_fkey,
  drop constraint sensors_tenant_id_location_id_fkey,
  add constraint sensors_place foreign key (tenant_id, unit_id, location_id)
    references units (tenant_id, id, location_id) not valid;
alter table temperature_logs drop constraint temperature_logs_tenant_id_unit_id_fkey,
  drop constraint temperature_logs_tenant_id_location_id_fkey,
  add constraint temperature_logs_place foreign key (tenant_id, unit_id, location_id)
    references units (tenant_id, id, location_id) not valid;
alter table temperature_hours drop constraint temperature_hours_tenant_id_unit_id_fkey,
  drop constraint temperature_hours_tenant_id_location_id_fkey,
  add constraint temperature_hours_place foreign key (tenant_id, unit_id, location_id)
    references units (tenant_id, id, location_id) not valid;
alter table excursions drop constraint excursions_tenant_id_unit_id_fkey,
  drop constraint excursions_tenant_id_location_id_fkey,
  add constraint excursions_place foreign key (tenant_id, unit_id, location_id)
    references units (tenant_id, id, location_id) not valid;
alter table alarms drop constraint alarms_tenant_id_unit_id_fkey,
  drop constraint alarms_tenant_id_location_id_fkey,
  add constraint alarms_place foreign key (tenant_id, unit_id, location_id)
    references units (tenant_id, id, location_id) not valid;
alter table corrective_actions drop constraint corrective_actions_tenant_id_unit_id_fkey,
  drop constraint corrective_actions_tenant_id_location_id_fkey,
  add constraint corrective_actions_place foreign key (tenant_id, unit_id, location_id)
    references units (tenant_id, id, location_id) not valid;
alter table imports drop constraint imports_tenant_id_unit_id_fkey,
  drop constraint imports_tenant_id_location_id_fkey,
  add constraint imports_place foreign key (tenant_id, unit_id, location_id)
    references units (tenant_id, id, location_id) not valid;
alter table unit_states drop constraint unit_states_tenant_id_id_fkey,
  drop constraint unit_states_tenant_id_location_id_fkey,
  add constraint unit_states_place foreign key (tenant_id, id, location_id)
    references units (tenant_id, id, location_id) not valid;
alter table sensor_states drop constraint sensor_states_tenant_id_id_fkey,
  drop constraint sensor_states_tenant_id_location_id_fkey,
  add constraint sensor_states_place foreign key (tenant_id, id, location_id)
    references sensors (tenant_id, id, location_id) not valid;

-- No release has rows here yet, so validating in the same transaction blocks nobody.
select app.validate('unit_policies', 'unit_policies_place');
select app.validate('sensors', 'sensors_place');
select app.validate('temperature_logs', 'temperature_logs_place');
select app.validate('temperature_hours', 'temperature_hours_place');
select app.validate('excursions', 'excursions_place');
select app.validate('alarms', 'alarms_place');
select app.validate('corrective_actions', 'corrective_actions_place');
select app.validate('imports', 'imports_place');
select app.validate('unit_states', 'unit_states_place');
select app.validate('sensor_states', 'sensor_states_place');

-- A unit that holds less cold than it used to, day after day: noticed as maintenance, long before it is an alarm.
create table slow_drifts (
  tenant_id uuid not null default app.tenant(),
  id uuid not null default uuidv7(),
  location_id uuid not null,
  unit_id uuid not null,
  sensor_id uuid not null,
  usual_milli_c int not null, -- what its quiet hours showed before
  typical_milli_c int not null, -- what they show now
  noticed_at timestamptz not null,
  task_id uuid,
  ended_at timestamptz check (ended_at >= noticed_at),
  primary key (tenant_id, id),
  foreign key (tenant_id, unit_id, location_id) references units (tenant_id, id, location_id),
  foreign key (tenant_id, sensor_id) references sensors (tenant_id, id),
  foreign key (tenant_id, task_id) references tasks (tenant_id, id)
);
create unique index slow_drifts_open on slow_drifts (tenant_id, unit_id) where ended_at is null;
create index slow_drifts_unit on slow_drifts (tenant_id, unit_id, noticed_at desc);
select app.fence('slow_drifts', updatable => array['typical_milli_c', 'task_id', 'ended_at']);

alter table unit_states
  add column slow_drift jsonb, -- SlowDrift of capabilities/temperature/records.ts, while one is open
  add column drift_due_at timestamptz not null default now(); -- when its days are looked at next
-- squawk-ignore require-concurrent-index-creation
create index unit_states_drift on unit_states (drift_due_at);
grant select (slow_drift, drift_due_at), insert (slow_drift, drift_due_at), update (slow_drift, drift_due_at)
  on unit_states to opsflow_app;
select app.open_to('opsflow_relay', 'unit_states', array['tenant_id', 'id', 'location_id', 'drift_due_at']);
