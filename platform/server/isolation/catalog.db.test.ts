import pg from 'pg'
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest'
import { manifest } from '../../../db/manifest.ts'
import { type TestDatabase, testDatabase } from '../postgres/for-tests.ts'
import { tenancyMistakes } from './catalog.ts'

let database: TestDatabase
let admin: pg.Client

beforeAll(async () => {
  database = await testDatabase()
  admin = new pg.Client(database.admin)
  await admin.connect()
})
afterAll(async () => {
  await admin.end()
  await database.drop()
})

test('the catalog keeps tenants apart', async () => {
  expect(await tenancyMistakes(admin), 'docs/isolation.md says what a new table needs').toEqual([])
})

/** Each rule with a mistake someone could make, and where the catalog must point. */
const PLANTED: { rule: string; at: string; plant: string; manifest?: Record<string, string> }[] = [
  { rule: 'role: has power beyond its grants', at: 'opsflow_app', plant: 'alter role opsflow_app bypassrls' },
  { rule: 'role: has power beyond its grants', at: 'opsflow_owner', plant: 'alter role opsflow_owner superuser' },
  {
    rule: 'role: is a member of another',
    at: 'opsflow_app in opsflow_owner',
    plant: 'grant opsflow_owner to opsflow_app',
  },
  {
    rule: 'role: owns an object',
    at: 'opsflow_app owns table public.units',
    plant: 'alter table units owner to opsflow_app',
  },
  {
    rule: 'role: may create in a schema',
    at: 'opsflow_app in public',
    plant: 'grant create on schema public to opsflow_app',
  },
  {
    rule: 'role: may make temporary tables',
    at: 'opsflow_relay',
    plant: `do $$ begin execute format('grant temp on database %I to opsflow_relay', current_database()); end $$`,
  },
  {
    rule: 'role: enters a schema that is not for it',
    at: 'opsflow_app in sec',
    plant: 'grant usage on schema sec to opsflow_app',
  },
  {
    rule: 'role: enters a schema that is not for it',
    at: 'opsflow_relay in auth',
    plant: 'grant usage on schema auth to opsflow_relay',
  },
  {
    rule: 'role: everyone has a privilege',
    at: 'schema public',
    plant: 'grant create on schema public to public',
  },
  { rule: 'role: everyone has a privilege', at: 'SELECT on public.units', plant: 'grant select on units to public' },

  { rule: 'manifest: table is not listed', at: 'public.forgotten', plant: 'create table forgotten (id int)' },
  { rule: 'manifest: no such table', at: 'public.tasks', plant: 'drop table tasks cascade' },
  {
    rule: 'manifest: unknown word',
    at: 'public.units: mine',
    plant: 'select 1',
    manifest: { ...manifest, 'public.units': 'mine' },
  },
  {
    rule: 'manifest: system table is open',
    at: 'sec.context_keys to opsflow_auth',
    plant: 'grant select (inner_pad) on sec.context_keys to opsflow_auth',
  },
  {
    rule: 'manifest: system table is open',
    at: 'auth.sessions to opsflow_app',
    plant: 'grant select on auth.sessions to opsflow_app',
  },
  {
    rule: 'manifest: global table is writable',
    at: 'public.countries by opsflow_app',
    plant: 'create table countries (code text primary key); grant select, insert on countries to opsflow_app',
    manifest: { ...manifest, 'public.countries': 'global' },
  },

  { rule: 'tenant_id: missing', at: 'public.notes', ...newTable('id uuid primary key') },
  { rule: 'tenant_id: may be null', at: 'public.notes', ...newTable('tenant_id uuid default app.tenant(), id uuid') },
  { rule: 'tenant_id: is not a uuid', at: 'public.notes', ...newTable('tenant_id text not null, id uuid') },
  { rule: 'tenant_id: does not default to the context', at: 'public.notes', ...newTable('tenant_id uuid not null') },

  {
    rule: 'fence: row-level security is off',
    at: 'public.units',
    plant: 'alter table units disable row level security',
  },
  {
    rule: 'fence: row-level security is not forced',
    at: 'public.units',
    plant: 'alter table units no force row level security',
  },
  { rule: 'fence: no tenant policy', at: 'public.units', plant: 'drop policy tenant on units' },
  { rule: 'fence: no tenant policy', at: 'public.units', plant: 'alter policy tenant on units using (true)' },
  {
    rule: 'fence: no tenant policy',
    at: 'public.units',
    plant: 'alter policy tenant on units with check (tenant_id is not null)',
  },
  { rule: 'fence: no tenant policy', at: 'public.units', plant: 'alter policy tenant on units to opsflow_owner' },
  {
    rule: 'fence: another policy lets rows through',
    at: 'shared on public.units',
    plant: 'create policy shared on units for select using (true)',
  },
  {
    rule: 'fence: another policy lets rows through',
    at: 'across_opsflow_app on public.units',
    plant: `select app.open_to('opsflow_app', 'units', array['name'])`,
  },
  { rule: 'fence: no location policy', at: 'public.units', plant: 'drop policy location on units' },
  {
    rule: 'fence: no location policy',
    at: 'public.units',
    plant: `alter policy location on units with check (true)`,
  },
  {
    rule: 'fence: no location policy',
    at: 'public.units',
    plant: `drop policy location on units;
      create policy location on units for all to opsflow_app using (coalesce(location_id = any ((select app.locations())::uuid[]), true))`,
  },
  {
    rule: 'fence: locations are not limited to themselves',
    at: 'r of public.locations',
    plant: 'drop policy location_read on locations',
  },
  {
    rule: 'fence: computes the context for each row',
    at: 'tenant on public.units',
    plant: 'alter policy tenant on units using (tenant_id = app.tenant())',
  },

  {
    rule: 'partition: row-level security is off or not forced',
    at: 'public.temperature_logs_209901',
    plant: newPartition(),
  },
  {
    rule: 'partition: open by itself',
    at: 'public.temperature_logs_209901 to opsflow_app',
    plant: `${newPartition()}; grant select on temperature_logs_209901 to opsflow_app`,
  },
  {
    rule: 'partition: belongs to no tenant table',
    at: 'public.ledger_1',
    plant:
      'create table ledger (id int) partition by list (id); create table ledger_1 partition of ledger for values in (1)',
  },

  {
    rule: 'grant: whole table instead of columns',
    at: 'SELECT on public.units to opsflow_app',
    plant: 'grant select on units to opsflow_app',
  },
  {
    rule: 'grant: not subject to row-level security',
    at: 'TRUNCATE on public.units to opsflow_app',
    plant: 'grant truncate on units to opsflow_app',
  },
  {
    rule: 'grant: not subject to row-level security',
    at: 'REFERENCES on public.units to opsflow_app',
    plant: 'grant references (id) on units to opsflow_app',
  },
  {
    rule: 'grant: a row may change its tenant or its name',
    at: 'tenant_id of public.units by opsflow_app',
    plant: 'grant update (tenant_id) on units to opsflow_app',
  },
  {
    rule: 'grant: the feed is written by app.announce only',
    at: 'UPDATE on public.scopes to opsflow_app',
    plant: 'grant update (version) on scopes to opsflow_app',
  },
  {
    rule: 'fence: another policy lets rows through',
    at: 'announce on public.units',
    plant: 'create policy announce on units to opsflow_owner using (true)',
  },
  {
    rule: 'grant: sequence tells how much all tenants write',
    at: 'public.ticket_numbers to opsflow_app',
    plant: 'create sequence ticket_numbers; grant usage on sequence ticket_numbers to opsflow_app',
  },

  {
    rule: 'key: unique beyond one tenant',
    at: 'public.units_name_everywhere',
    plant: 'create unique index units_name_everywhere on units (name)',
  },
  {
    rule: 'key: unique beyond one tenant',
    at: 'public.units_id_first',
    plant: 'create unique index units_id_first on units (id, tenant_id)',
  },
  {
    rule: 'key: unique beyond one tenant',
    at: 'public.hours_apart',
    plant: `alter table units add constraint units_apart exclude using btree (name with =);
      alter index units_apart rename to hours_apart`,
  },
  {
    rule: 'key: primary key does not begin with tenant_id',
    at: 'public.notes',
    ...newTable('tenant_id uuid not null default app.tenant(), id uuid primary key'),
  },
  {
    rule: 'key: reference without tenant_id',
    at: 'loose of public.units',
    plant: `create unique index on units (id); alter table units add constraint loose_target unique (id);
      alter table units add constraint loose foreign key (id) references units (id)`,
  },
  {
    rule: 'key: reference without tenant_id',
    at: 'crossed of public.units',
    plant: `alter table units add constraint crossed foreign key (id, location_id) references locations (tenant_id, id)`,
  },
  {
    rule: 'key: names a row without a foreign key',
    at: 'unit_id of public.sensors',
    plant: `do $$ begin execute (select string_agg(format('alter table sensors drop constraint %I', conname), '; ') from pg_constraint k
      where k.conrelid = 'sensors'::regclass and k.contype = 'f'
        and (select attnum from pg_attribute where attrelid = 'sensors'::regclass and attname = 'unit_id') = any (k.conkey)); end $$`,
  },

  {
    rule: "view: sees with its owner's eyes",
    at: 'public.all_units by opsflow_app',
    plant: 'create view all_units as select * from units; grant select on all_units to opsflow_app',
  },
  {
    rule: 'view: cannot be fenced',
    at: 'public.unit_counts by opsflow_app',
    plant: 'create materialized view unit_counts as select 1 as n; grant select on unit_counts to opsflow_app',
  },
  {
    rule: 'view: rewrite rule on a table',
    at: 'copy on public.units',
    plant: 'create rule copy as on insert to units do also nothing',
  },

  {
    rule: "function: runs with its owner's rights",
    at: 'public.peek()',
    plant: newFunction('security definer set search_path = pg_catalog, pg_temp'),
  },
  {
    rule: 'function: called by a role it is not for',
    at: 'app.ensure_month(date) by opsflow_app',
    plant: 'grant execute on function app.ensure_month to opsflow_app',
  },
  { rule: 'function: called by a role it is not for', at: 'public.peek() by public', plant: newFunction('') },
  {
    rule: 'function: called by a role it is not for',
    at: 'app.feed_tasks() by opsflow_app',
    plant: 'grant execute on function app.feed_tasks to opsflow_app',
  },
  {
    rule: "function: runs with its owner's rights",
    at: 'app.feed_peek()',
    plant: `create function app.feed_peek() returns int language sql security definer set search_path = pg_catalog, pg_temp as 'select 1'`,
  },
  {
    rule: 'fence: another policy lets rows through',
    at: 'announce on public.locations',
    plant: 'drop policy announce on locations; create policy announce on locations to opsflow_owner using (true)',
  },
  {
    rule: 'function: search path is not pinned',
    at: 'app.tenant()',
    plant: 'alter function app.tenant() reset search_path',
  },
  {
    rule: 'function: search path is not pinned',
    at: 'app.tenant()',
    plant: 'alter function app.tenant() set search_path = public, pg_catalog',
  },
  { rule: 'function: declared leakproof', at: 'public.peek()', plant: newFunction('leakproof') },
  {
    rule: 'function: built-in operator declared leakproof',
    at: 'ts_match_vq(tsvector,tsquery)',
    plant: 'alter function ts_match_vq(tsvector, tsquery) leakproof',
  },
  {
    rule: 'extension: not known to be safe',
    at: 'planted',
    plant: `insert into pg_extension select 99999, 'planted', extowner, extnamespace, false, '1', null, null from pg_extension`,
  },
]

function newTable(columns: string) {
  return { plant: `create table notes (${columns})`, manifest: { ...manifest, 'public.notes': 'tenant' } }
}

function newPartition() {
  return `create table temperature_logs_209901 partition of temperature_logs for values from ('2099-01-01') to ('2099-02-01')`
}

function newFunction(traits: string) {
  return `create function peek() returns int language sql ${traits} as 'select 1'`
}

beforeEach(() => admin.query('begin'))
afterEach(() => admin.query('rollback'))

test.each(PLANTED)('a planted mistake is caught — $rule: $at', async ({ rule, at, plant, manifest: listed }) => {
  await admin.query(plant)
  expect(await tenancyMistakes(admin, listed)).toContainEqual({ rule, object: at })
})

test('every rule of the catalog has a planted mistake', async () => {
  const { readFileSync } = await import('node:fs')
  const sql = readFileSync(new URL('./catalog.sql', import.meta.url), 'utf8')
  const rules = [...sql.matchAll(/^(?:union all )?select '((?:[^']|'')+: (?:[^']|'')+)'/gm)].map(([, rule]) =>
    rule?.replaceAll("''", "'"),
  )
  expect(new Set(PLANTED.map(({ rule }) => rule))).toEqual(new Set(rules))
  expect(rules.length).toBeGreaterThan(35)
})
