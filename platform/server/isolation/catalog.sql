-- What the catalog must look like for tenants to stay apart. Every row is a mistake: the rule it breaks, and where.
-- $1 is db/manifest.ts: {"schema.table": "tenant" | "global" | "system"}. Run with search_path = pg_catalog.
with
runtime as (
  select r.oid, r.rolname as name from pg_roles r where r.rolname in ('opsflow_app', 'opsflow_auth', 'opsflow_relay', 'opsflow_sealer')
),
-- The only functions that run with their owner's rights, and the only roles that may call each.
may_define (signature, callers) as (
  values ('app.tenant()', array['opsflow_app']),
         ('app.actor()', array['opsflow_app']),
         ('app.locations()', array['opsflow_app']),
         ('app.context_in_doubt(text)', array['opsflow_app']),
         ('app.announce(uuid,uuid,jsonb)', array['opsflow_app']),
         ('app.lock_scopes(uuid[])', array['opsflow_app']),
         ('app.sync_epoch()', array['opsflow_app']),
         ('app.renew_sync_epoch()', array['opsflow_app']),
         ('app.flush_feed()', array[]::text[]),
         ('app.retire_from_feed(uuid,text,uuid[],bigint[])', array['opsflow_relay']),
         ('app.trim_feed(integer)', array['opsflow_relay']),
         ('app.ensure_month(date)', array['opsflow_relay'])
),
-- Whose policies let a role look across tenants, and always all of one table: identity, the relay, the sealer, never the app.
may_cross (name) as (values ('opsflow_auth'), ('opsflow_relay'), ('opsflow_sealer')),
-- The tables that app.announce, app.ledger_forget and the triggers of feed and log write with their owner's rights, and those they look at.
feed (name, command) as (values ('public.scopes', '*'), ('public.facts', '*'), ('public.sync_changes', '*'), ('public.locations', 'r'),
                                ('public.ledger_unsealed', '*'), ('public.ledger_events', 'r'), ('public.ledger_events', 'w'),
                                ('public.ledger_logs', 'r')),
-- Built-in operators that must not be declared leakproof to make a search fast: they run on rows nobody may see.
leaky_operators (name) as (
  values ('ts_match_vq'), ('ts_match_qv'), ('texticlike'), ('textlike'), ('textregexeq'), ('texticregexeq'),
         ('jsonb_contains'), ('arraycontains'), ('arrayoverlap'), ('numeric_eq'), ('numeric_ge'), ('numeric_le'), ('enum_eq')
),
-- Columns that name a row and have no foreign key, each with its reason; a new one is either given a key led by
-- tenant_id or listed here. Row-level security alone decides whether what they name can be seen.
loose_reference (name, why) as (
  values ('checklist_answers.entry_id', 'minted by the device, lives inside the checklist'),
         ('checklist_answers.item_id', 'a question inside a version''s document'),
         ('findings.entry_id', 'minted by the device, lives inside the checklist'),
         ('findings.item_id', 'a question inside a version''s document'),
         ('task_steps.step_id', 'a step inside the task''s own document'),
         ('events.subject_id', 'any kind of row, also one that is gone'),
         ('matters.subject_id', 'any kind of row'),
         ('papers.subject_id', 'any kind of row'),
         ('evidence.owner_id', 'any kind of row'),
         ('evidence.file_id', 'told before the file arrives'),
         ('tasks.cause_id', 'any kind of row'),
         ('haccp_plans.in_force_id', 'written in turn with the revision it names'),
         ('ledger_unsealed.location_id', 'any place, also one that is gone; written by app.ledger''s triggers only'),
         ('ledger_events.location_id', 'any place, also one that is gone; written by the sealer only'),
         ('ledger_logs.log_id', 'the log''s own name'),
         ('facts.organization_id', 'the relay''s outbox, written by app.announce only'),
         ('facts.scope_id', 'the relay''s outbox, written by app.announce only'),
         ('sync_changes.entity_id', 'the feed, written by its triggers only'),
         ('sync_changes.scope_id', 'the feed, written by its triggers only'),
         ('excursions.policy_id', 'bulk: written from the unit''s own state'),
         ('sensor_states.excursion_id', 'bulk: written from the sensor''s own state'),
         ('unit_states.alarm_id', 'bulk: written from the unit''s own state'),
         ('unit_states.excursion_id', 'bulk: written from the unit''s own state'),
         ('unit_states.sensor_id', 'bulk: written from the unit''s own state'),
         ('temperature_logs.corrects_id', 'bulk: 2.2 billion a month'),
         ('temperature_logs.device_id', 'bulk: 2.2 billion a month'),
         ('temperature_logs.import_id', 'bulk: 2.2 billion a month'),
         ('temperature_logs.kiosk_id', 'bulk: 2.2 billion a month'),
         ('temperature_logs.policy_id', 'bulk: 2.2 billion a month'),
         ('temperature_logs.sensor_id', 'bulk: 2.2 billion a month')
),
our_schema as (
  select n.oid, n.nspname as name from pg_namespace n where n.nspname !~ '^pg_' and n.nspname <> 'information_schema'
),
relation as (
  select c.oid, c.relkind as kind, c.relispartition as is_partition, c.relrowsecurity as is_fenced, c.reloptions as options,
         c.relforcerowsecurity as is_forced, c.relacl as acl, c.relowner as owner, s.name as schema,
         s.name || '.' || c.relname as name
    from pg_class c join our_schema s on s.oid = c.relnamespace
),
manifest as (select key as name, value as holds from jsonb_each_text($1::jsonb)),
base_table as (
  select r.*, m.holds from relation r left join manifest m on m.name = r.name where r.kind in ('r', 'p') and not r.is_partition
),
tenant_table as (select * from base_table where holds = 'tenant'),
partition_root as (
  select r.oid, r.name, (select t.name from tenant_table t where t.oid = pg_partition_root(r.oid)) as root
    from relation r where r.is_partition and r.kind in ('r', 'p')
),
tenant_column as (
  select t.oid, a.attnum, a.attnotnull as is_required, format_type(a.atttypid, a.atttypmod) as type,
         pg_get_expr(d.adbin, d.adrelid) as default_value
    from tenant_table t join pg_attribute a on a.attrelid = t.oid and a.attname = 'tenant_id' and not a.attisdropped
    left join pg_attrdef d on d.adrelid = t.oid and d.adnum = a.attnum
),
located_table as (
  select t.* from tenant_table t
   where exists (select from pg_attribute a where a.attrelid = t.oid and a.attname = 'location_id' and a.attnotnull and not a.attisdropped)
),
policy as (
  select t.oid as table_oid, t.name as table_name, p.polname as name, p.polcmd as command, p.polpermissive as is_permissive,
         array(select coalesce(r.rolname, 'public') from unnest(p.polroles) o left join pg_roles r on r.oid = o order by 1)::text[] as roles,
         pg_get_expr(p.polqual, p.polrelid) as reads, pg_get_expr(p.polwithcheck, p.polrelid) as writes
    from tenant_table t join pg_policy p on p.polrelid = t.oid
),
granted as (
  select r.oid, r.name, r.kind, r.is_partition, case a.grantee when 0 then 'public' else pg_get_userbyid(a.grantee) end as grantee, a.privilege_type as privilege
    from relation r cross join lateral aclexplode(r.acl) a where a.grantee <> r.owner
),
column_granted as (
  select r.oid, r.name, r.kind, r.is_partition, c.attname as column_name, c.attnum,
         case a.grantee when 0 then 'public' else pg_get_userbyid(a.grantee) end as grantee, a.privilege_type as privilege
    from relation r join pg_attribute c on c.attrelid = r.oid cross join lateral aclexplode(c.attacl) a where a.grantee <> r.owner
),
reachable as (
  select oid, name, kind, is_partition, grantee, privilege from granted
  union select oid, name, kind, is_partition, grantee, privilege from column_granted
),
function as (
  select p.oid, p.oid::regprocedure::text as signature, p.prosecdef as is_definer, p.proleakproof as is_leakproof, p.proconfig as settings,
         p.proowner as owner, p.proacl as acl, s.name as schema,
         -- What app.feed and app.ledger stamp on a table: called by its triggers, by nobody else.
         s.name = 'app' and p.proname ~ '^(feed|ledger)_' and p.prorettype = 'trigger'::regtype as is_feed_trigger
    from pg_proc p join our_schema s on s.oid = p.pronamespace
),
-- The two shapes a fence has; both compute the context once for a statement (InitPlan), not once for each row.
tenant_shape (expression) as (values ('(tenant_id = ( SELECT context.tenant
   FROM app.context))')),
location_shape (column_name, expression) as (
  select c, format('COALESCE((%s = ANY (( SELECT context.locations
   FROM app.context)::uuid[])), true)', c) from unnest(array['location_id', 'id']) c
)

-- Roles
select 'role: has power beyond its grants' as rule, r.rolname::text as object
  from pg_roles r where r.rolname in (select name from runtime union select 'opsflow_owner')
   and (r.rolsuper or r.rolbypassrls or r.rolcreaterole or r.rolcreatedb or r.rolreplication)
union all select 'role: is a member of another', format('%s in %s', u.name, pg_get_userbyid(m.roleid)) from runtime u join pg_auth_members m on m.member = u.oid
union all select 'role: owns an object', format('%s owns %s', u.name, pg_describe_object(d.classid, d.objid, 0))
  from runtime u join pg_shdepend d on d.refobjid = u.oid and d.refclassid = 'pg_authid'::regclass and d.deptype = 'o'
  where d.dbid in (0, (select oid from pg_database where datname = current_database()))
union all select 'role: may create in a schema', format('%s in %s', u.name, s.name) from runtime u, our_schema s where has_schema_privilege(u.oid, s.oid, 'CREATE')
union all select 'role: may make temporary tables', u.name from runtime u where has_database_privilege(u.oid, current_database(), 'TEMP')
union all select 'role: enters a schema that is not for it', format('%s in %s', u.name, s.name) from runtime u, our_schema s
  where has_schema_privilege(u.oid, s.oid, 'USAGE') and (s.name = 'sec' or (s.name = 'auth' and u.name <> 'opsflow_auth'))
union all select 'role: everyone has a privilege', 'schema ' || s.name from our_schema s join pg_namespace n on n.oid = s.oid cross join lateral aclexplode(n.nspacl) a where a.grantee = 0
union all select 'role: everyone has a privilege', format('%s on %s', privilege, name) from reachable where grantee = 'public'

-- Manifest
union all select 'manifest: table is not listed', name from base_table where holds is null
union all select 'manifest: no such table', m.name from manifest m where not exists (select from base_table t where t.name = m.name)
union all select 'manifest: unknown word', format('%s: %s', name, holds) from manifest where holds not in ('tenant', 'global', 'system')
union all select 'manifest: system table is open', format('%s to %s', t.name, g.grantee) from base_table t join reachable g on g.oid = t.oid
  where t.holds = 'system' and (g.grantee in ('opsflow_app', 'opsflow_relay', 'opsflow_sealer') or t.schema = 'sec')
union all select 'manifest: global table is writable', format('%s by %s', t.name, g.grantee) from base_table t join reachable g on g.oid = t.oid
  where t.holds = 'global' and g.privilege <> 'SELECT' and g.grantee in (select name from runtime)

-- Tenant column
union all select 'tenant_id: missing', t.name from tenant_table t where not exists (select from tenant_column c where c.oid = t.oid)
union all select 'tenant_id: may be null', t.name from tenant_table t join tenant_column c on c.oid = t.oid where not c.is_required
union all select 'tenant_id: is not a uuid', t.name from tenant_table t join tenant_column c on c.oid = t.oid where c.type <> 'uuid'
union all select 'tenant_id: does not default to the context', t.name from tenant_table t join tenant_column c on c.oid = t.oid
  where c.default_value is distinct from 'app.tenant()'

-- Fence
union all select 'fence: row-level security is off', name from tenant_table where not is_fenced
union all select 'fence: row-level security is not forced', name from tenant_table where not is_forced
union all select 'fence: no tenant policy', t.name from tenant_table t where not exists (
  select from policy p, tenant_shape s where p.table_oid = t.oid and p.name = 'tenant' and p.is_permissive and p.command = '*'
   and p.roles = array['opsflow_app', 'opsflow_owner'] and p.reads = s.expression and p.writes = s.expression)
union all select 'fence: another policy lets rows through', format('%s on %s', p.name, p.table_name) from policy p
  where p.is_permissive and p.name <> 'tenant'
    and not (p.name = 'across_' || p.roles[1] and cardinality(p.roles) = 1 and p.roles[1] in (select name from may_cross))
    and not (p.name in ('announce', 'forget') and p.roles = array['opsflow_owner'] and (p.table_name, p.command::text) in (select name, command from feed))
union all select 'fence: no location policy', t.name from located_table t where not exists (
  select from policy p, location_shape s where p.table_oid = t.oid and not p.is_permissive and p.command = '*' and p.roles = array['opsflow_app']
   and s.column_name = 'location_id' and p.reads = s.expression and p.writes = s.expression)
union all select 'fence: locations are not limited to themselves', format('%s of public.locations', c) from unnest(array['r', 'w']) c where not exists (
  select from policy p, location_shape s where p.table_name = 'public.locations' and not p.is_permissive and p.command = c::"char" and p.roles = array['opsflow_app']
   and s.column_name = 'id' and p.reads = s.expression)
union all select 'fence: computes the context for each row', format('%s on %s', p.name, p.table_name) from policy p
  where coalesce(p.reads, '') || coalesce(p.writes, '') ~ '(?<!SELECT )\m(app\.\w+|current_setting)\('

-- Partitions: reached through their table only
union all select 'partition: belongs to no tenant table', name from partition_root where root is null
union all select 'partition: row-level security is off or not forced', r.name from relation r join partition_root p on p.oid = r.oid where not (r.is_fenced and r.is_forced)
union all select 'partition: open by itself', format('%s to %s', name, grantee) from reachable where is_partition and kind in ('r', 'p')

-- Grants
union all select 'grant: whole table instead of columns', format('%s on %s to %s', g.privilege, g.name, g.grantee) from granted g join tenant_table t on t.oid = g.oid
  where g.privilege in ('SELECT', 'INSERT', 'UPDATE')
union all select 'grant: not subject to row-level security', format('%s on %s to %s', privilege, name, grantee) from reachable
  where privilege in ('TRUNCATE', 'REFERENCES', 'TRIGGER', 'MAINTAIN') and kind in ('r', 'p', 'v', 'm', 'f')
union all select 'grant: a row may change its tenant or its name', format('%s of %s by %s', g.column_name, g.name, g.grantee) from column_granted g
  join tenant_table t on t.oid = g.oid where g.privilege = 'UPDATE' and g.column_name in ('tenant_id', 'id')
union all select 'grant: the feed is written by app.announce only', format('%s on %s to %s', r.privilege, r.name, r.grantee) from reachable r
  where r.name in (select name from feed where command = '*') and r.privilege in ('INSERT', 'UPDATE', 'DELETE') and r.grantee = 'opsflow_app'
union all select 'grant: sequence tells how much all tenants write', format('%s to %s', name, grantee) from reachable where kind = 'S'

-- Keys: a constraint that spans tenants tells one of another's rows
union all select 'key: unique beyond one tenant', i.indexrelid::regclass::text from tenant_table t join pg_index i on i.indrelid = t.oid join tenant_column c on c.oid = t.oid
  where (i.indisunique or i.indisexclusion) and i.indkey[0] <> c.attnum
union all select 'key: unique beyond one tenant', i.indexrelid::regclass::text from partition_root p join pg_index i on i.indrelid = p.oid
  join pg_attribute a on a.attrelid = p.oid and a.attname = 'tenant_id' where (i.indisunique or i.indisexclusion) and i.indkey[0] <> a.attnum
union all select 'key: primary key does not begin with tenant_id', t.name from tenant_table t where not exists (
  select from pg_index i join tenant_column c on c.oid = t.oid where i.indrelid = t.oid and i.indisprimary and i.indkey[0] = c.attnum)
union all select 'key: reference without tenant_id', format('%s of %s', k.conname, t.name) from tenant_table t join pg_constraint k on k.conrelid = t.oid and k.contype = 'f'
  join pg_attribute own on own.attrelid = t.oid and own.attname = 'tenant_id'
  where k.conkey[1] is distinct from own.attnum
     or k.confkey[1] is distinct from (select attnum from pg_attribute a where a.attrelid = k.confrelid and a.attname = 'tenant_id')
union all select 'key: names a row without a foreign key', format('%s of %s', a.attname, t.name) from tenant_table t
  join pg_attribute a on a.attrelid = t.oid and a.attnum > 0 and not a.attisdropped and a.atttypid = 'uuid'::regtype and a.attname ~ '_id$' and a.attname <> 'tenant_id'
  where not exists (select from pg_constraint k where k.conrelid = t.oid and k.contype = 'f' and a.attnum = any (k.conkey))
    and replace(t.name, 'public.', '') || '.' || a.attname not in (select name from loose_reference)

-- Views and the like see with their owner's eyes
union all select 'view: sees with its owner''s eyes', format('%s by %s', r.name, g.grantee) from relation r join reachable g on g.oid = r.oid
  where r.kind = 'v' and r.name <> 'app.context' and not coalesce(r.options && array['security_invoker=true', 'security_invoker=on'], false)
union all select 'view: cannot be fenced', format('%s by %s', r.name, g.grantee) from relation r join reachable g on g.oid = r.oid where r.kind in ('m', 'f')
union all select 'view: rewrite rule on a table', format('%s on %s', w.rulename, r.name) from relation r join pg_rewrite w on w.ev_class = r.oid where r.kind in ('r', 'p')

-- Functions
union all select 'function: runs with its owner''s rights', f.signature from function f where f.is_definer and not f.is_feed_trigger and f.signature not in (select signature from may_define)
union all select 'function: called by a role it is not for', format('%s by %s', f.signature, case a.grantee when 0 then 'public' else pg_get_userbyid(a.grantee) end)
  from function f cross join lateral aclexplode(coalesce(f.acl, acldefault('f', f.owner))) a left join may_define d on d.signature = f.signature
  where a.grantee <> f.owner and (a.grantee = 0 or (f.is_definer and pg_get_userbyid(a.grantee) <> all (coalesce(d.callers, '{}'))))
union all select 'function: search path is not pinned', f.signature from function f
  where f.is_definer and not coalesce(array_to_string(f.settings, ';') ~ 'search_path=pg_catalog, (public, )?pg_temp(;|$)', false)
union all select 'function: declared leakproof', f.signature from function f where f.is_leakproof
union all select 'function: built-in operator declared leakproof', p.oid::regprocedure::text from pg_proc p join leaky_operators l on l.name = p.proname
  where p.proleakproof and p.pronamespace = 'pg_catalog'::regnamespace
union all select 'extension: not known to be safe', e.extname::text from pg_extension e where e.extname <> 'plpgsql'
order by 1, 2
