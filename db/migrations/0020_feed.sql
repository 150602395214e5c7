-- The feed that devices follow: which rows changed, in the order in which it became true. And what devices send.
set local lock_timeout = '5s';

-- A scope's version counts facts and changes alike. Who took the last one, so that what one transaction announces and
-- what it changed share it. Below the horizon the feed no longer knows what has gone.
alter table scopes
  add column taken_by xid8,
  add column horizon bigint not null default 0;
-- A scope may be locked before anything was said in it.
alter table scopes drop constraint scopes_version_check,
  add constraint scopes_version_check check (version >= 0) not valid;
grant select (taken_by, horizon) on scopes to opsflow_app;

-- The latest change of each row: one line a row, however often it changed.
create table sync_changes (
  tenant_id uuid not null default app.tenant(),
  scope_id uuid not null, -- the location
  entity text not null check (length(entity) between 1 and 60),
  entity_id uuid not null,
  version bigint not null check (version > 0),
  op text not null check (op in ('changed', 'gone')),
  at timestamptz not null default now(),
  primary key (tenant_id, scope_id, entity, entity_id)
) with (fillfactor = 80);
create index sync_changes_feed on sync_changes (tenant_id, scope_id, version);
create index sync_changes_gone on sync_changes (at) where op = 'gone';
select app.fence('sync_changes', insertable => false);
create policy location on sync_changes as restrictive to opsflow_app
  using (coalesce(scope_id = any ((select locations from app.context)::uuid[]), true))
  with check (coalesce(scope_id = any ((select locations from app.context)::uuid[]), true));
create policy announce on sync_changes to opsflow_owner using (true) with check (true);
-- A change in a scope where nothing is announced wakes those who listen there; their organization is the location's.
create policy announce on locations for select to opsflow_owner using (true);

-- What the transactions under way have changed so far. No row of it outlives its transaction, so nothing is logged for
-- a crash, and a savepoint that is rolled back takes its notes along.
create unlogged table app.feed_notes (
  xid xid8 not null default pg_current_xact_id(),
  n bigint generated always as identity,
  tenant_id uuid not null,
  entity text not null,
  gone boolean not null,
  scope_ids uuid[] not null,
  entity_ids uuid[] not null,
  primary key (xid, n)
) with (autovacuum_vacuum_threshold = 5000, autovacuum_vacuum_scale_factor = 0);

-- The one stamp of every synced table, as app.fence is of every tenant table: statements note which rows they changed.
-- A part (a step of an action, the state of a unit) is told of as the row it belongs to, which stays when the part goes.
create function app.feed(target regclass, entity text, id_column name default 'id', scope_column name default 'location_id',
                         is_part boolean default false)
  returns void language plpgsql set search_path = pg_catalog, public, pg_temp
as $$
declare
  noting text := 'app.feed_' || (select relname from pg_class where oid = target);
begin
  -- The columns stand in its text: so it is planned once a connection.
  execute format($function$
    create function %1$s() returns trigger language plpgsql security definer set search_path = pg_catalog, pg_temp as $body$
    begin
      if tg_op = 'UPDATE' then
        insert into app.feed_notes (tenant_id, entity, gone, scope_ids, entity_ids)
          select b.tenant_id, %2$L, not %5$L::boolean, array_agg(b.%4$I), array_agg(b.%3$I) from before b
           where not exists (select from after a where a.%3$I = b.%3$I and a.%4$I = b.%4$I) group by 1;
      end if;
      if tg_op = 'DELETE' then
        insert into app.feed_notes (tenant_id, entity, gone, scope_ids, entity_ids)
          select tenant_id, %2$L, not %5$L::boolean, array_agg(%4$I), array_agg(%3$I) from before group by 1;
      else
        insert into app.feed_notes (tenant_id, entity, gone, scope_ids, entity_ids)
          select tenant_id, %2$L, false, array_agg(%4$I), array_agg(%3$I) from after group by 1;
      end if;
      return null;
    end $body$ $function$, noting, entity, id_column, scope_column, is_part);
  execute format('revoke all on function %s() from public', noting);
  execute format('create trigger feed_insert after insert on %s referencing new table as after
                    for each statement execute function %s()', target, noting);
  execute format('create trigger feed_update after update on %s referencing old table as before new table as after
                    for each statement execute function %s()', target, noting);
  execute format('create trigger feed_delete after delete on %s referencing old table as before
                    for each statement execute function %s()', target, noting);
end $$;
revoke all on function app.feed(regclass, text, name, name, boolean) from public;

-- Locks these scopes and those in which this transaction changed something, in the order of their ids: two writers
-- cannot wait for each other, whatever each of them announces and changes.
create function app.lock_scopes(wanted uuid[]) returns void
  language sql security definer set search_path = pg_catalog, pg_temp
begin atomic
  insert into public.scopes as s (tenant_id, id, version)
    select (select tenant from app.context), id, 0
      from (select unnest(wanted) union select unnest(scope_ids) from app.feed_notes where xid = pg_current_xact_id()) x (id)
     order by id
    on conflict (tenant_id, id) do update set version = s.version where false;
end;
grant execute on function app.lock_scopes(uuid[]) to opsflow_app;

-- At COMMIT what was noted becomes changes: of the version its scope took in this transaction, or of the next one. Its
-- row stays locked until COMMIT, so a cursor can neither skip a change nor be overtaken by one.
create function app.flush_feed() returns trigger
  language plpgsql security definer set search_path = pg_catalog, pg_temp
as $$
begin
  -- Called for every note; the first call took them all.
  perform from app.feed_notes where xid = new.xid limit 1;
  if not found then return null; end if;
  -- Where nothing was announced, listeners are told that there is something to fetch: they too see every version.
  with taken as (
    insert into public.scopes as s (tenant_id, id, version, taken_by)
      select tenant_id, id, 1, new.xid
        from (select distinct n.tenant_id, x.id from app.feed_notes n, unnest(n.scope_ids) x (id) where n.xid = new.xid) noted
       order by tenant_id, id
      on conflict (tenant_id, id) do update set version = s.version + 1, taken_by = new.xid
        where s.taken_by is distinct from new.xid
      returning s.tenant_id, s.id, s.version
  )
  insert into public.facts (tenant_id, organization_id, scope_id, version, name, event, room, body)
    select t.tenant_id, l.organization_id, t.id, t.version, 'sync.changed', 'poke', 'location:' || t.id, '{}'
      from taken t join public.locations l on l.tenant_id = t.tenant_id and l.id = t.id;
  with drained as (
    delete from app.feed_notes where xid = new.xid returning n, tenant_id, entity, gone, scope_ids, entity_ids
  ), last as (
    select distinct on (d.tenant_id, x.scope_id, d.entity, x.entity_id) d.tenant_id, x.scope_id, d.entity, x.entity_id, d.gone
      from drained d, unnest(d.scope_ids, d.entity_ids) x (scope_id, entity_id)
     order by d.tenant_id, x.scope_id, d.entity, x.entity_id, d.n desc
  )
  insert into public.sync_changes (tenant_id, scope_id, entity, entity_id, version, op)
    select l.tenant_id, l.scope_id, l.entity, l.entity_id, s.version, case when l.gone then 'gone' else 'changed' end
      from last l join public.scopes s on s.tenant_id = l.tenant_id and s.id = l.scope_id
    on conflict (tenant_id, scope_id, entity, entity_id)
      do update set version = excluded.version, op = excluded.op, at = excluded.at;
  return null;
end $$;
create constraint trigger flush after insert on app.feed_notes
  deferrable initially deferred for each row execute function app.flush_feed();

-- As before, and the scope remembers who took its version: what the same transaction changes there is of that version,
-- so whoever hears of a fact and fetches what lies behind its version has its rows.
create or replace function app.announce(organization uuid, scope uuid, announced jsonb) returns void
  language plpgsql security definer set search_path = pg_catalog, pg_temp
as $$
begin
  -- More scopes than this one were changed: all are locked now, in their order.
  perform from app.feed_notes where xid = pg_current_xact_id() and not scope_ids <@ array[scope] limit 1;
  if found then perform app.lock_scopes(array[scope]); end if;
  with versioned as (
    insert into public.scopes as s (tenant_id, id, version, taken_by)
      select o.tenant_id, scope, jsonb_array_length(announced), pg_current_xact_id() from public.organizations o where o.id = organization
      on conflict (tenant_id, id) do update set version = s.version + excluded.version, taken_by = excluded.taken_by
      returning s.tenant_id, s.version - jsonb_array_length(announced) as before
  )
  insert into public.facts (tenant_id, organization_id, scope_id, version, name, event, room, body)
    select v.tenant_id, organization, scope, v.before + n, fact ->> 'name', fact ->> 'event', fact ->> 'room', fact -> 'body'
      from versioned v, jsonb_array_elements(announced) with ordinality a (fact, n);
  if not found then
    raise exception 'no such organization, or nothing to announce' using errcode = 'foreign_key_violation';
  end if;
end $$;

-- The life of this database's history. A database that was restored begins another one: devices then take everything
-- anew and send again what it may have lost.
create table app.sync_epoch (
  one boolean primary key default true check (one),
  epoch uuid not null default gen_random_uuid(),
  cluster text not null, -- which history it is the epoch of; see app.cluster()
  since timestamptz not null default now()
);
-- Another cluster, another timeline (a recovery to a point in time, a promoted standby), another database (a dump that
-- was loaded). A copy of the files put back without a recovery looks the same: operations.md says what to do then.
create function app.cluster() returns text
  language sql stable set search_path = pg_catalog, pg_temp
as $$
  select concat_ws('/', (select system_identifier from pg_control_system()),
                   left(pg_walfile_name(pg_current_wal_insert_lsn()), 8),
                   (select oid from pg_database where datname = current_database()))
$$;
revoke all on function app.cluster() from public;
insert into app.sync_epoch (cluster) values (app.cluster());
create function app.sync_epoch() returns table (epoch uuid, is_current boolean)
  language sql stable security definer set search_path = pg_catalog, pg_temp
as $$ select e.epoch, e.cluster = app.cluster() from app.sync_epoch e $$;
-- Whoever was the last to take a version means nothing to another cluster's transactions.
create function app.new_sync_epoch() returns uuid
  language plpgsql set search_path = pg_catalog, pg_temp
as $$
declare
  begun uuid;
begin
  update public.scopes set taken_by = null where taken_by is not null;
  update app.sync_epoch set epoch = gen_random_uuid(), cluster = app.cluster(), since = now() returning epoch into begun;
  return begun;
end $$;
create function app.renew_sync_epoch() returns void
  language plpgsql security definer set search_path = pg_catalog, pg_temp
as $$
begin
  perform from app.sync_epoch for update;
  perform from app.sync_epoch where cluster = app.cluster();
  if not found then perform app.new_sync_epoch(); end if;
end $$;
grant execute on function app.sync_epoch(), app.renew_sync_epoch() to opsflow_app;

-- A device's copy of the app, or a shared tablet's: whose it is, and up to which of its mutations everything is known.
create table sync_clients (
  tenant_id uuid not null default app.tenant(),
  id uuid not null, -- the device's own
  organization_id uuid not null,
  member_id uuid,
  kiosk_id uuid,
  last_mid bigint not null default 0,
  drain_key_hash bytea not null check (length(drain_key_hash) = 32),
  created_at timestamptz not null default now(),
  seen_at timestamptz not null default now(),
  primary key (tenant_id, id),
  foreign key (tenant_id, organization_id) references organizations (tenant_id, id),
  foreign key (tenant_id, member_id) references members (tenant_id, id),
  foreign key (tenant_id, kiosk_id) references kiosks (tenant_id, id),
  check (num_nonnulls(member_id, kiosk_id) = 1)
);
create index sync_clients_drain on sync_clients (drain_key_hash);
select app.fence('sync_clients', updatable => array['last_mid', 'seen_at']);
select app.open_to('opsflow_auth', 'sync_clients',
                   array['tenant_id', 'id', 'organization_id', 'member_id', 'kiosk_id', 'drain_key_hash']);

-- What devices sent, as it was sent, and what became of it: a repeat is answered from here.
create table sync_mutations (
  tenant_id uuid not null default app.tenant(),
  id uuid not null, -- its name for all time, minted where it was done
  organization_id uuid not null,
  client_id uuid not null,
  mid bigint not null,
  location_id uuid, -- null: what it is about is unknown here
  member_id uuid, -- who did it
  kiosk_id uuid, -- on which shared tablet
  name text not null check (length(name) between 1 and 100),
  version int not null,
  args jsonb not null,
  device jsonb not null, -- DeviceTime of platform/sync.ts
  proved text check (proved in ('own', 'seat', 'tablet', 'outdated')), -- how it is known who did it
  occurred_at timestamptz not null,
  time_quality text not null check (time_quality in ('exact', 'corrected', 'doubtful')),
  received_at timestamptz not null default now(),
  outcome text not null check (outcome in ('applied', 'superseded', 'refused', 'quarantined')),
  code text,
  detail text,
  errors jsonb not null default '[]',
  primary key (tenant_id, id),
  unique (tenant_id, client_id, mid),
  foreign key (tenant_id, organization_id) references organizations (tenant_id, id),
  foreign key (tenant_id, client_id) references sync_clients (tenant_id, id),
  foreign key (tenant_id, location_id) references locations (tenant_id, id),
  foreign key (tenant_id, member_id) references members (tenant_id, id),
  foreign key (tenant_id, kiosk_id) references kiosks (tenant_id, id)
);
create index sync_mutations_received on sync_mutations (received_at);
create index sync_mutations_quarantined on sync_mutations (tenant_id, organization_id, id) where outcome = 'quarantined';
select app.fence('sync_mutations');
create policy location_read on sync_mutations as restrictive for select to opsflow_app
  using (coalesce(location_id = any ((select locations from app.context)::uuid[]), true));

select app.feed('locations', 'location', scope_column => 'id');
select app.feed('tasks', 'task');
