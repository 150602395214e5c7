-- The evidence log: what was changed, by whom and when, as digests that a third party can hold against the records.
-- Decision 0018; the format: docs/evidence-format.md. Written by triggers, sealed by opsflow_sealer, changed by nobody.
set local lock_timeout = '5s';

grant usage on schema public, app to opsflow_sealer;

-- Who is asking, beside for whom: what the log writes down is verified like what a policy lets through.
create or replace view app.context as
  select left(verified, 36)::uuid as tenant,
         string_to_array(nullif(split_part(verified, '|', 3), '*'), ',')::uuid[] as locations, -- null: every location
         split_part(verified, '|', 2) as actor
    from (select case
                   when encode(sha256(k.outer_pad || sha256(k.inner_pad || convert_to(current_setting('app.context', true), 'UTF8'))), 'hex')
                          = current_setting('app.seal', true)
                    and to_timestamp(split_part(current_setting('app.context', true), '|', 4)::float8) > statement_timestamp()
                   then current_setting('app.context', true)
                   else app.context_in_doubt(current_setting('app.context', true))
                 end as verified
            from sec.context_keys k) c;

-- Which columns a digest is made of. A table that gains a column gets another form; what was written before keeps its own.
create table ledger_forms (
  source text not null,
  form int not null check (form > 0),
  columns text[] not null,
  content text not null, -- a row t as text, in SQL
  left_out text[] not null,
  key_columns text[] not null,
  in_batches boolean not null,
  made_at timestamptz not null default now(),
  primary key (source, form)
);
revoke all on ledger_forms from public;
grant select (source, form, columns, content, left_out, key_columns, in_batches, made_at) on ledger_forms to opsflow_app, opsflow_sealer;

-- What committed and has no place in the tree yet. Its order is n: of two changes of one row, the later one waited for
-- the earlier one to commit, and took its number after that.
create sequence ledger_order;
create table ledger_unsealed (
  tenant_id uuid not null default app.tenant(),
  id uuid not null default uuidv7(),
  n bigint not null default nextval('ledger_order'),
  location_id uuid, -- null: it concerns no single location
  source text not null, -- the table
  row_key text not null,
  op text not null check (op in ('insert', 'update', 'delete', 'batch', 'adopt')),
  form int not null,
  before bytea check (length(before) = 32),
  after bytea check (length(after) = 32),
  actor text not null,
  said text, -- what the server says it was doing, and the device's time; null: nothing
  at timestamptz not null default now(),
  nonce bytea check (length(nonce) = 16), -- of the row, or of the batch; null: forgotten, with what it hid
  rows uuid[], -- of a batch, in the order of its digest
  primary key (tenant_id, id)
) with (autovacuum_vacuum_threshold = 5000, autovacuum_vacuum_scale_factor = 0);
create index ledger_unsealed_order on ledger_unsealed (tenant_id, n);
create index ledger_unsealed_of_row on ledger_unsealed (tenant_id, source, row_key);
select app.fence('ledger_unsealed', insertable => false);

-- The leaves of a tenant's tree, in its order. Nothing is ever changed here but a nonce that is forgotten.
create table ledger_events (
  tenant_id uuid not null default app.tenant(),
  leaf bigint not null check (leaf >= 0),
  id uuid not null,
  location_id uuid,
  source text not null,
  row_key text not null,
  op text not null,
  form int not null,
  before bytea,
  after bytea,
  actor text not null,
  said text,
  at timestamptz not null,
  nonce bytea,
  rows uuid[],
  leaf_hash bytea not null check (length(leaf_hash) = 32),
  primary key (tenant_id, leaf)
);
create index ledger_events_of_row on ledger_events (tenant_id, source, row_key, leaf);
create index ledger_events_at on ledger_events (tenant_id, at);
select app.fence('ledger_events', insertable => false);

create table ledger_logs (
  tenant_id uuid not null default app.tenant(),
  log_id uuid not null, -- what the log is called in public
  size bigint not null default 0,
  edge bytea[] not null default '{}', -- roots of the whole trees along the right edge, the largest first
  last_head bytea, -- SHA-256 of the last head
  published_size bigint not null default 0,
  published_at timestamptz not null default '-infinity',
  primary key (tenant_id)
);
create index ledger_logs_to_publish on ledger_logs (tenant_id) where published_size < size;
select app.fence('ledger_logs', insertable => false);
create table ledger_heads (
  tenant_id uuid not null default app.tenant(),
  size bigint not null check (size > 0),
  at timestamptz not null,
  note text not null, -- a signed note (C2SP)
  primary key (tenant_id, size)
);
create index ledger_heads_at on ledger_heads (tenant_id, at);
select app.fence('ledger_heads', insertable => false);
-- Roots of whole trees of 256, 65536 … leaves: no proof has to hash more than a few hundred leaves anew.
create table ledger_nodes (
  tenant_id uuid not null default app.tenant(),
  level int not null,
  place bigint not null,
  hash bytea not null check (length(hash) = 32),
  primary key (tenant_id, level, place)
);
select app.fence('ledger_nodes', insertable => false);
-- Public keys, each but the first vouched for by the one before.
create table ledger_keys (
  n int not null primary key,
  name text not null, -- as a note's signature line says it: name+hash
  verifier text not null, -- a verifier key (C2SP signed note)
  statement text not null,
  since timestamptz not null
);
revoke all on ledger_keys from public;
grant select on ledger_keys to opsflow_app, opsflow_sealer, opsflow_auth;

-- Triggers write with the owner's rights, whoever changed the row.
create policy announce on ledger_unsealed to opsflow_owner using (true) with check (true);
create policy announce on ledger_events for select to opsflow_owner using (true);
-- A place's rows are for those who may see the place.
create policy location_read on ledger_unsealed as restrictive for select to opsflow_app
  using (coalesce(location_id = any ((select locations from app.context)::uuid[]), true));
create policy location_read on ledger_events as restrictive for select to opsflow_app
  using (coalesce(location_id = any ((select locations from app.context)::uuid[]), true));

-- How much everybody writes is nobody's to count.
revoke select (n) on ledger_unsealed from opsflow_app;

select app.open_to('opsflow_sealer', 'ledger_unsealed', array['tenant_id', 'id', 'n', 'location_id', 'source', 'row_key', 'op', 'form',
                   'before', 'after', 'actor', 'said', 'at', 'nonce', 'rows']);
grant delete on ledger_unsealed to opsflow_sealer;
select app.open_to('opsflow_sealer', 'ledger_events', array['tenant_id', 'leaf', 'leaf_hash']);
grant insert (tenant_id, leaf, id, location_id, source, row_key, op, form, before, after, actor, said, at, nonce, rows, leaf_hash)
  on ledger_events to opsflow_sealer;
select app.open_to('opsflow_sealer', 'ledger_logs', array['tenant_id', 'log_id', 'size', 'edge', 'last_head', 'published_size', 'published_at'],
                   updatable => array['size', 'edge', 'last_head', 'published_size', 'published_at']);
grant insert (tenant_id, log_id) on ledger_logs to opsflow_sealer;
select app.open_to('opsflow_sealer', 'ledger_heads', array['tenant_id', 'size', 'at', 'note']);
grant insert (tenant_id, size, at, note) on ledger_heads to opsflow_sealer;
select app.open_to('opsflow_sealer', 'ledger_nodes', array['tenant_id', 'level', 'place', 'hash']);
grant insert (tenant_id, level, place, hash) on ledger_nodes to opsflow_sealer;
-- Heads are public to who knows the log's name; they tell no content.
select app.open_to('opsflow_auth', 'ledger_logs', array['tenant_id', 'log_id', 'size']);
select app.open_to('opsflow_auth', 'ledger_heads', array['tenant_id', 'size', 'at', 'note']);

-- What a leaf says of an event: its kind and place openly, the rest as a digest, so that an export can prove that what it
-- leaves out is of another place or kind. Lines end with a line feed; nothing in them can hold one.
create function app.ledger_body(id uuid, row_key text, op text, form int, before bytea, after bytea, actor text, said text, at timestamptz, rows uuid[])
  returns text language sql immutable
return concat(id, E'\n', to_json(row_key), E'\n', op, E'\n', form, E'\n', coalesce(encode(before, 'hex'), '-'), E'\n',
              coalesce(encode(after, 'hex'), '-'), E'\n', to_json(actor), E'\n', coalesce(to_json(said)::text, '-'), E'\n',
              to_char(at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"'), E'\n',
              coalesce(array_to_string(rows, ','), '-'), E'\n');
create function app.ledger_leaf(source text, location_id uuid, body text) returns bytea language sql immutable
return convert_to(concat(E'opsflow-event/1\n', source, E'\n', coalesce(location_id::text, '-'), E'\n',
                         encode(sha256(convert_to(body, 'UTF8')), 'hex'), E'\n'), 'UTF8');
grant execute on function app.ledger_body(uuid, text, text, int, bytea, bytea, text, text, timestamptz, uuid[]),
                          app.ledger_leaf(text, uuid, text) to opsflow_sealer, opsflow_app;

-- A row as an older form saw it: those columns of it.
create function app.ledger_content(whole jsonb, of_source text, of_form int) returns text
  language plpgsql stable set search_path = pg_catalog, pg_temp
as $$
declare
  form_content text := (select content from public.ledger_forms where source = of_source and form = of_form);
  said text;
begin
  execute format('select %s from jsonb_populate_record(null::public.%I, $1) t', form_content, of_source) into said using whole;
  return said;
end $$;

-- The one stamp of a table whose changes are evidence, as app.fence is of every tenant table. Called again after a column was
-- added: the next form then has it. named_out: what says nothing about the work (when a device was last heard).
-- in_batches: sensor readings; one event for the rows of a statement at a place, of which each can still be proven.
-- What secrets are kept as never leaves with an export; left out too, without being named.
create function app.ledger(target regclass, named_out text[] default '{}', in_batches boolean default false)
  returns void language plpgsql set search_path = pg_catalog, public, pg_temp
as $$
declare
  left_out text[] := named_out || array(select attname::text from pg_attribute where attrelid = target and attnum > 0 and not attisdropped
                                           and attname ~ '(key|pin|token|code|secret)_hash$');
  of_source text := (select relname from pg_class where oid = target);
  writer text := 'app.ledger_' || of_source;
  cols text[] := (select array_agg(attname::text order by attname) from pg_attribute where attrelid = target and attnum > 0
                   and not attisdropped and attname <> 'tenant_id' and attname <> all (left_out));
  keys text[] := (select array_agg(a.attname::text order by k.n) from pg_index i, unnest(i.indkey::int[]) with ordinality k (attnum, n)
                    join pg_attribute a on a.attrelid = target and a.attnum = k.attnum
                   where i.indrelid = target and i.indisprimary and a.attname <> 'tenant_id');
  last public.ledger_forms;
  this_form int;
  place text;
  content text;
  old_content text;
  joined text;
  fresh constant text := 'uuid_send(gen_random_uuid())';
  is_first boolean;
begin
  keys := coalesce(keys, array['tenant_id']); -- the tenant itself
  if in_batches then keys := array['id']; end if;
  select * into last from public.ledger_forms where source = of_source order by form desc limit 1;
  is_first := last is null;
  -- JSON, spelled out by the columns' types: to_jsonb looks each of them up anew for every row, which cost most of an insert.
  content := (select '''{' || string_agg('"' || a.attname || '":'' || coalesce(' || case
                       when format_type(a.atttypid, null) in ('smallint', 'integer', 'bigint', 'boolean') then format('%%1$s.%I::text', a.attname)
                       when format_type(a.atttypid, null) in ('uuid', 'date', 'timestamp with time zone', 'time without time zone')
                         then format('''"'' || %%1$s.%I::text || ''"''', a.attname)
                       else format('to_json(%%1$s.%I)::text', a.attname) end || ', ''null'') || ''', ',' order by a.attname) || '}'''
                from pg_attribute a where a.attrelid = target and a.attname = any (cols));
  if last.columns is not distinct from cols and last.key_columns = keys then
    this_form := last.form;
  else
    this_form := coalesce(last.form, 0) + 1;
    insert into public.ledger_forms values (of_source, this_form, cols, format(content, 't'), left_out, keys, in_batches);
  end if;
  -- What may move to another place belongs to none.
  place := case when 'location_id' = any (cols) and not has_column_privilege('opsflow_app', target, 'location_id', 'update') then '%1$s.location_id' when of_source = 'locations' then '%1$s.id' else 'null::uuid' end;
  joined := (select string_agg('a.' || quote_ident(k) || ' = b.' || quote_ident(k), ' and ')
               from unnest(case when keys = array['tenant_id'] then keys else array['tenant_id'] || keys end) k);
  -- The columns stand in its text: so it is planned once a connection. Its settings make text the same wherever it is made.
  execute format($function$
    create or replace function %1$s() returns trigger language plpgsql security definer
      set search_path = pg_catalog, pg_temp set timezone = 'UTC' set datestyle = 'ISO, MDY' set bytea_output = 'hex' set extra_float_digits = 1 set intervalstyle = 'iso_8601'
    as $body$
    declare
      who text := 'database:' || session_user;
      doing text := nullif(current_setting('app.said', true), '');
    begin
      if session_user = 'opsflow_app' then
        select c.actor into who from app.context c;
      elsif session_user = 'opsflow_owner' and current_setting('app.wiping', true) = 'demo' then
        return null;
      end if;
      if tg_op = 'INSERT' then
        %2$s
      elsif tg_op = 'UPDATE' then
        insert into public.ledger_unsealed (tenant_id, location_id, source, row_key, op, form, before, after, actor, said, nonce)
        select y.tenant_id, y.place, %3$L, y.row_key, 'update', %4$s,
               case when not y.is_known then null when y.known_form = %4$s then sha256(y.nonce || convert_to(y.was, 'UTF8'))
                    else sha256(y.nonce || convert_to(app.ledger_content(to_jsonb(y.whole), %3$L, y.known_form), 'UTF8')) end,
               sha256(y.nonce || convert_to(y.now_is, 'UTF8')), who, doing, y.nonce
          from (select x.*, k.nonce is not null as is_known, k.form as known_form, coalesce(k.nonce, %5$s) as nonce
                  from (select a.tenant_id, %6$s as place, %7$s as row_key, %8$s as now_is, %9$s as was, b as whole
                          from before b join after a on %10$s) x
                  left join lateral (%11$s) k on true
                 where x.now_is <> x.was) y;
        -- A row that changed its name went, and another came.
        if exists (select from before b where not exists (select from after a where %10$s)) then
          raise exception 'the evidence log does not follow a row of %3$s to another key' using errcode = '0A000';
        end if;
      else
        insert into public.ledger_unsealed (tenant_id, location_id, source, row_key, op, form, before, actor, said, nonce)
        select y.tenant_id, y.place, %3$L, y.row_key, 'delete', %4$s,
               case when not y.is_known then null when y.known_form = %4$s then sha256(y.nonce || convert_to(y.was, 'UTF8'))
                    else sha256(y.nonce || convert_to(app.ledger_content(to_jsonb(y.whole), %3$L, y.known_form), 'UTF8')) end,
               who, doing, y.nonce
          from (select x.*, k.nonce is not null as is_known, k.form as known_form, k.nonce
                  from (select b.tenant_id, %12$s as place, %13$s as row_key, %9$s as was, b as whole from before b) x
                  left join lateral (%11$s) k on true) y;
      end if;
      return null;
    end $body$ $function$,
    writer,
    case when in_batches then format($insert$
        insert into public.ledger_unsealed (tenant_id, location_id, source, row_key, op, form, after, actor, said, nonce, rows)
        select x.tenant_id, %1$s, %2$L, to_char(now() at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"'), 'batch', %3$s,
               sha256(string_agg(sha256(sha256(n.fresh || uuid_send(x.id)) || convert_to(%4$s, 'UTF8')), ''::bytea order by x.id)),
               who, doing, n.fresh, array_agg(x.id order by x.id)
          from (select %5$s as fresh) n, after x group by x.tenant_id, %1$s, n.fresh;$insert$,
        format(place, 'x'), of_source, this_form, format(content, 'x'), fresh)
    else format($insert$
        insert into public.ledger_unsealed (tenant_id, location_id, source, row_key, op, form, after, actor, said, nonce)
        select x.tenant_id, %1$s, %2$L, %3$s, 'insert', %4$s, sha256(x."its nonce" || convert_to(%5$s, 'UTF8')), who, doing, x."its nonce"
          from (select a.*, %6$s as "its nonce" from after a) x;$insert$,
        format(place, 'x'), of_source, (select string_agg(format('x.%I::text', k), ' || ''/'' || ') from unnest(keys) k), this_form,
        format(content, 'x'), fresh)
    end,
    of_source, this_form, fresh, format(place, 'a'),
    (select string_agg(format('a.%I::text', k), ' || ''/'' || ') from unnest(keys) k),
    format(content, 'a'), format(content, 'b'), joined,
    format($last$
      select l.nonce, l.form from (
        (select u.nonce, u.form, u.n from public.ledger_unsealed u
          where u.tenant_id = x.tenant_id and u.source = %1$L and u.row_key = x.row_key order by u.n desc limit 1)
        union all
        (select e.nonce, e.form, -1 from public.ledger_events e
          where e.tenant_id = x.tenant_id and e.source = %1$L and e.row_key = x.row_key order by e.leaf desc limit 1)
      ) l order by l.n desc limit 1$last$, of_source),
    format(place, 'b'), (select string_agg(format('b.%I::text', k), ' || ''/'' || ') from unnest(keys) k));
  execute format('revoke all on function %s() from public', writer);
  if is_first then
    execute format('create trigger ledger_insert after insert on %s referencing new table as after
                      for each statement execute function %s()', target, writer);
    execute format('create trigger ledger_update after update on %s referencing old table as before new table as after
                      for each statement execute function %s()', target, writer);
    execute format('create trigger ledger_delete after delete on %s referencing old table as before
                      for each statement execute function %s()', target, writer);
    perform app.ledger_adopt(target, of_source, this_form, keys, in_batches, format(place, 'x'), format(content, 'x'));
  end if;
end $$;

-- What was there before the log is taken in as it is: from now on a row that the log does not know is a foreign one.
create function app.ledger_adopt(target regclass, of_source text, form int, keys text[], in_batches boolean, place text, content text)
  returns void language plpgsql set search_path = pg_catalog, pg_temp
    set timezone = 'UTC' set datestyle = 'ISO, MDY' set bytea_output = 'hex' set extra_float_digits = 1 set intervalstyle = 'iso_8601'
as $$
begin
  execute format('alter table %s no force row level security', target); -- the owner sees every tenant's rows
  if in_batches then
    execute format($adopt$
      insert into public.ledger_unsealed (tenant_id, location_id, source, row_key, op, form, after, actor, nonce, rows)
      select x.tenant_id, %1$s, %2$L, to_char(now() at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') || '/' || x.part, 'batch', %3$s,
             sha256(string_agg(sha256(sha256(n.fresh || uuid_send(x.id)) || convert_to(%4$s, 'UTF8')), ''::bytea order by x.id)),
             'system:adopted', n.fresh, array_agg(x.id order by x.id)
        from (select t.*, (row_number() over (partition by t.tenant_id, t.location_id order by t.id) - 1) / 1000 as part from %5$s t) x
        join (select tenant_id, location_id, part, uuid_send(gen_random_uuid()) as fresh
                from (select t.tenant_id, t.location_id, (row_number() over (partition by t.tenant_id, t.location_id order by t.id) - 1) / 1000 as part
                        from %5$s t) p group by 1, 2, 3) n using (tenant_id, location_id, part)
       group by x.tenant_id, %1$s, x.part, n.fresh $adopt$, place, of_source, form, content, target);
  else
    execute format($adopt$
      insert into public.ledger_unsealed (tenant_id, location_id, source, row_key, op, form, after, actor, nonce)
      select x.tenant_id, %1$s, %2$L, %3$s, 'adopt', %4$s, sha256(x."its nonce" || convert_to(%5$s, 'UTF8')), 'system:adopted', x."its nonce"
        from (select t.*, uuid_send(gen_random_uuid()) as "its nonce" from %6$s t) x $adopt$,
      place, of_source, (select string_agg(format('x.%I::text', k), ' || ''/'' || ') from unnest(keys) k), form, content, target);
  end if;
  execute format('alter table %s force row level security', target);
end $$;
revoke all on function app.ledger(regclass, text[], boolean), app.ledger_content(jsonb, text, int),
  app.ledger_adopt(regclass, text, int, text[], boolean, text, text) from public;

select app.ledger(t::regclass) from unnest(array[
  'tenants', 'organizations', 'organization_logos', 'location_groups', 'locations', 'members', 'roles', 'role_grants', 'kiosk_codes',
  'member_pins', 'pin_tries', 'events', 'invitations', 'units', 'tasks', 'task_attempts', 'task_steps', 'task_comments', 'task_changes',
  'task_excuses', 'place_codes', 'checklist_templates', 'checklist_template_versions', 'checklist_local_changes',
  'checklist_forms', 'checklist_schedules', 'checklists', 'checklist_answers', 'checklist_sign_offs', 'checklist_handovers', 'checklist_presences',
  'checklist_excuses', 'audits', 'audit_imports', 'known_places', 'imported_templates', 'imported_audits', 'imported_findings', 'imported_photos',
  'findings', 'finding_steps', 'unit_policies', 'sensors', 'excursions', 'alarms', 'corrective_actions', 'corrective_action_steps',
  'slow_drifts', 'probes', 'probe_calibrations', 'processes', 'process_steps', 'files', 'evidence', 'papers', 'haccp_plans',
  'haccp_revisions', 'haccp_signatures', 'inspector_links', 'inspector_visits', 'report_mailings', 'report_sendings',
  'alert_policies', 'notice_preferences', 'duties', 'matters', 'matter_events', 'notices', 'notice_deliveries',
  'sync_reviews'
]) t;
-- When a key or a device was last heard, when a picture is looked at again: no evidence of anything.
select app.ledger('api_keys', named_out => array['last_used_at']);
select app.ledger('devices', named_out => array['last_seen_at']);
select app.ledger('kiosks', named_out => array['last_seen_at']);
select app.ledger('kiosk_sessions', named_out => array['active_at']);
select app.ledger('checklist_pictures', named_out => array['look_at', 'unshown_at']);
-- As a device sent it, it may hold what proves a person; what became of it is in the records.
select app.ledger('sync_mutations', named_out => array['args']);
-- The file of an import leaves when it was read; its hash stays.
select app.ledger('imports', named_out => array['content']);
select app.ledger('temperature_logs', in_batches => true);
