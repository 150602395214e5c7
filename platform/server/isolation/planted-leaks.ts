/** One way in which someone could, by mistake, let one tenant learn of another in the database. */
export type PlantedLeak = {
  leak: string
  plant: string
  /** Whose cells are tried with it; by default the tasks'. */
  table?: string
  manifest?: Record<string, string>
}

const aTable = (columns: string) => `create table notes (${columns})`
const notes = { 'public.notes': 'tenant' }

/**
 * Mistakes as they are made: in a migration, by hand on a console, or in a hurry. They are applied to a database of the
 * test's own and taken back; the catalog or the matrix must turn red with each.
 */
export const databaseLeaks: readonly PlantedLeak[] = [
  { leak: 'FORCE is dropped', plant: 'alter table tasks no force row level security' },
  { leak: 'row-level security is disabled', plant: 'alter table tasks disable row level security' },
  {
    leak: 'the tenant policy is dropped and another lets all through',
    plant: `drop policy tenant on tasks; create policy tenant on tasks using (true)`,
  },
  {
    leak: 'a second policy for support staff',
    plant: 'create policy support on tasks for select to opsflow_app using (true)',
  },
  { leak: 'a policy for everyone', plant: 'create policy shared on tasks using (true) with check (true)' },
  { leak: 'the tenant policy reads all', plant: 'alter policy tenant on tasks using (true)' },
  { leak: 'the tenant policy takes any row', plant: 'alter policy tenant on tasks with check (true)' },
  {
    leak: 'the tenant policy compares the organization only',
    plant: `alter policy tenant on units using (location_id is not null)`,
    table: 'public.units',
  },
  {
    leak: 'the tenant policy believes a setting',
    plant: `alter policy tenant on tasks using (tenant_id = current_setting('app.tenant', true)::uuid)`,
  },
  {
    leak: 'the tenant policy believes the unsigned part of the context',
    plant: `alter policy tenant on tasks using (tenant_id::text = left(current_setting('app.context', true), 36))`,
  },
  { leak: 'the location policy is dropped', plant: 'drop policy location on units', table: 'public.units' },
  {
    leak: 'the location policy is permissive',
    plant: `drop policy location on units; create policy location on units to opsflow_app using (true)`,
    table: 'public.units',
  },
  {
    leak: 'the location policy takes any row',
    plant: 'alter policy location on units with check (true)',
    table: 'public.units',
  },
  {
    leak: 'the location policy lets a missing list mean everything',
    plant: `alter policy location on units using (true)`,
    table: 'public.units',
  },
  {
    leak: 'locations are not limited to themselves',
    plant: 'drop policy location_read on locations',
    table: 'public.locations',
  },
  {
    leak: 'the runtime role looks across tenants as the relay does',
    plant: `select app.open_to('opsflow_app', 'tasks', array['title'])`,
  },
  {
    leak: 'a view with its owner’s eyes',
    plant: 'create view all_tasks as select * from tasks; grant select on all_tasks to opsflow_app',
  },
  {
    leak: 'a materialized view',
    plant: 'create materialized view task_counts as select 1 as n; grant select on task_counts to opsflow_app',
  },
  {
    leak: 'a partition is granted by itself',
    plant: `do $$ begin execute format('grant select on temperature_logs_%s to opsflow_app', to_char(now(), 'YYYYMM')); end $$`,
    table: 'public.temperature_logs',
  },
  {
    leak: 'a partition without a fence',
    plant: `create table temperature_logs_209901 partition of temperature_logs for values from ('2099-01-01') to ('2099-02-01')`,
  },
  {
    leak: 'a foreign key without tenant',
    plant: `create unique index loose on units (id); alter table units add constraint loose_target unique (id); alter table sensors add constraint loose foreign key (unit_id) references units (id)`,
  },
  {
    leak: 'a foreign key is dropped',
    plant: `do $$ begin execute (select string_agg(format('alter table sensors drop constraint %I', conname), '; ') from pg_constraint where conrelid = 'sensors'::regclass and contype = 'f'); end $$`,
    table: 'public.sensors',
  },
  {
    leak: 'a unique key not led by tenant',
    plant: 'alter table units add constraint one_name unique (name, tenant_id)',
  },
  { leak: 'a unique index over an expression', plant: 'create unique index on units (lower(name))' },
  {
    leak: 'an exclusion that spans tenants',
    plant: `alter table units add constraint apart exclude using btree (name with =)`,
  },
  { leak: 'a definer function with an unpinned search path', plant: 'alter function app.tenant() reset search_path' },
  {
    leak: 'a definer function that counts everyone’s rows',
    plant: `create function count_tasks() returns bigint language sql security definer set search_path = pg_catalog, pg_temp as 'select count(*) from public.tasks'; grant execute on function count_tasks to opsflow_app`,
  },
  {
    leak: 'a function that anyone may call',
    plant: `create function peek() returns int language sql as 'select 1'; grant execute on function peek to public`,
  },
  { leak: 'a leakproof search', plant: 'alter function ts_match_vq(tsvector, tsquery) leakproof' },
  {
    leak: 'ids in sequence',
    plant: 'create sequence task_numbers; grant usage on sequence task_numbers to opsflow_app',
  },
  { leak: 'the tenant of a row may be changed', plant: 'grant update (tenant_id) on tasks to opsflow_app' },
  { leak: 'the id of a row may be changed', plant: 'grant update (id) on tasks to opsflow_app' },
  { leak: 'the whole table is granted', plant: 'grant select, insert, update, delete on tasks to opsflow_app' },
  { leak: 'a table may be emptied', plant: 'grant truncate on tasks to opsflow_app' },
  {
    leak: 'rows may be deleted that never were',
    plant:
      'grant delete on temperature_logs to opsflow_app; create policy all_rows on temperature_logs for delete to opsflow_app using (true)',
    table: 'public.temperature_logs',
  },
  { leak: 'the runtime role is a member of the owner', plant: 'grant opsflow_owner to opsflow_app' },
  { leak: 'the runtime role bypasses row security', plant: 'alter role opsflow_app bypassrls' },
  {
    leak: 'the keys are readable',
    plant: 'grant usage on schema sec to opsflow_app; grant select on sec.context_keys to opsflow_app',
  },
  {
    leak: 'sessions are readable',
    plant: 'grant usage on schema auth to opsflow_app; grant select on auth.sessions to opsflow_app',
  },
  {
    leak: 'a forged context is believed',
    plant: `create or replace view app.context as select left(verified, 36)::uuid as tenant, string_to_array(nullif(split_part(verified, '|', 3), '*'), ',')::uuid[] as locations, split_part(verified, '|', 2) as actor from (select current_setting('app.context', true) as verified) c`,
  },
  {
    leak: 'an expired context is believed',
    plant: `create or replace view app.context as select left(verified, 36)::uuid as tenant, string_to_array(nullif(split_part(verified, '|', 3), '*'), ',')::uuid[] as locations, split_part(verified, '|', 2) as actor
      from (select case when encode(sha256(k.outer_pad || sha256(k.inner_pad || convert_to(current_setting('app.context', true), 'UTF8'))), 'hex') = current_setting('app.seal', true)
        then current_setting('app.context', true) else app.context_in_doubt(current_setting('app.context', true)) end as verified from sec.context_keys k) c`,
  },
  {
    leak: 'no context means no limit',
    plant: `alter policy tenant on tasks using (coalesce(nullif(current_setting('app.context', true), ''), '') = '' or tenant_id = (select tenant from app.context))`,
  },
  {
    leak: 'the list of locations is ignored',
    plant: `create or replace view app.context as select tenant, null::uuid[] as locations, actor from (select left(verified, 36)::uuid as tenant, split_part(verified, '|', 2) as actor
      from (select case when encode(sha256(k.outer_pad || sha256(k.inner_pad || convert_to(current_setting('app.context', true), 'UTF8'))), 'hex') = current_setting('app.seal', true)
        and to_timestamp(split_part(current_setting('app.context', true), '|', 4)::float8) > statement_timestamp()
        then current_setting('app.context', true) else app.context_in_doubt(current_setting('app.context', true)) end as verified from sec.context_keys k) c) d`,
    table: 'public.units',
  },
  { leak: 'a table without tenant', plant: aTable('id uuid primary key'), manifest: notes },
  {
    leak: 'a table whose tenant may be null',
    plant: aTable('tenant_id uuid default app.tenant(), id uuid'),
    manifest: notes,
  },
  {
    leak: 'a table with tenant and without fence',
    plant: aTable('tenant_id uuid not null default app.tenant(), id uuid, primary key (tenant_id, id)'),
    manifest: notes,
  },
  { leak: 'a table nobody listed', plant: aTable('id uuid primary key') },
  {
    leak: 'a table with a fence of its own making',
    plant: `${aTable('tenant_id uuid not null default app.tenant(), id uuid, primary key (tenant_id, id)')}; alter table notes enable row level security; create policy mine on notes using (tenant_id = (select app.tenant()))`,
    manifest: notes,
  },
  { leak: 'a rule copies rows elsewhere', plant: 'create rule copy as on insert to tasks do also nothing' },
  {
    leak: 'the outbox is open to the runtime role',
    plant: 'grant insert (tenant_id, organization_id, scope_id, name, event, room, body) on facts to opsflow_app',
  },
  {
    leak: 'an extension that connects to other databases',
    plant: `insert into pg_extension select 99999, 'dblink', extowner, extnamespace, false, '1', null, null from pg_extension`,
  },
]
