-- What devices hold beside tasks and locations, where they begin with what there is, and how the feed forgets.
set local lock_timeout = '5s';

-- A unit is shown with its state and its limits.
select app.feed('units', 'unit');
select app.feed('unit_states', 'unit', is_part => true);
select app.feed('unit_policies', 'unit', id_column => 'unit_id', is_part => true);
select app.feed('alarms', 'alarm');
select app.feed('corrective_actions', 'corrective_action');
select app.feed('corrective_action_steps', 'corrective_action', id_column => 'corrective_action_id', is_part => true);

-- Of readings only what people took is followed, one at a time. Sensors write thousands in a statement: they are told
-- apart before anything is noted. A correction changes what it corrects, too.
create function app.feed_temperature_logs() returns trigger
  language plpgsql security definer set search_path = pg_catalog, pg_temp
as $$
begin
  if tg_op = 'DELETE' then
    insert into app.feed_notes (tenant_id, entity, gone, scope_ids, entity_ids)
      values (old.tenant_id, 'temperature_log', true, array[old.location_id], array[old.id]);
  elsif new.corrects_id is null then
    insert into app.feed_notes (tenant_id, entity, gone, scope_ids, entity_ids)
      values (new.tenant_id, 'temperature_log', false, array[new.location_id], array[new.id]);
  else
    insert into app.feed_notes (tenant_id, entity, gone, scope_ids, entity_ids)
      values (new.tenant_id, 'temperature_log', false, array[new.location_id, new.location_id], array[new.id, new.corrects_id]);
  end if;
  return null;
end $$;
create trigger feed_insert after insert on temperature_logs
  for each row when (new.source in ('typed', 'probe')) execute function app.feed_temperature_logs();
create trigger feed_delete after delete on temperature_logs
  for each row when (old.source in ('typed', 'probe')) execute function app.feed_temperature_logs();

-- What devices hold of the time before the feed: noted as if it had just changed. Its owner is fenced like everyone else.
do $$
declare
  fenced text;
  each_table text[] := array['locations', 'tasks', 'units', 'alarms', 'corrective_actions', 'temperature_logs'];
begin
  foreach fenced in array each_table loop
    execute format('alter table %I no force row level security', fenced);
  end loop;
  insert into app.feed_notes (tenant_id, entity, gone, scope_ids, entity_ids)
    select tenant_id, 'location', false, array_agg(id), array_agg(id) from locations where closed_at is null group by 1
    union all
    select tenant_id, 'task', false, array_agg(location_id), array_agg(id) from tasks
     where status in ('todo', 'in_progress', 'overdue') or created_at > now() - interval '14 days' group by 1
    union all
    select tenant_id, 'unit', false, array_agg(location_id), array_agg(id) from units group by 1
    union all
    select tenant_id, 'alarm', false, array_agg(location_id), array_agg(id) from alarms
     where closed_at is null or closed_at > now() - interval '14 days' group by 1
    union all
    select tenant_id, 'corrective_action', false, array_agg(location_id), array_agg(id) from corrective_actions
     where state <> 'verified' or verified_at > now() - interval '14 days' group by 1
    union all
    select tenant_id, 'temperature_log', false, array_agg(location_id), array_agg(id) from temperature_logs
     where source in ('typed', 'probe') and measured_at > now() - interval '3 days' group by 1;
  set constraints app.flush immediate;
  foreach fenced in array each_table loop
    execute format('alter table %I force row level security', fenced);
  end loop;
end $$;

-- Rows that devices need no longer hold, if nobody has changed them since they were looked at. They are gone for the
-- feed, not from the record.
create function app.retire_from_feed(tenant uuid, kind text, ids uuid[], versions bigint[]) returns bigint
  language plpgsql security definer set search_path = pg_catalog, pg_temp
as $$
declare
  retired bigint;
begin
  perform from public.scopes
    where tenant_id = tenant
      and id in (select scope_id from public.sync_changes c where c.tenant_id = tenant and c.entity = kind and c.entity_id = any (ids))
    order by id for update;
  insert into app.feed_notes (tenant_id, entity, gone, scope_ids, entity_ids)
    select tenant, kind, true, array_agg(c.scope_id), array_agg(c.entity_id)
      from unnest(ids, versions) w (id, version)
      join public.sync_changes c on c.tenant_id = tenant and c.entity = kind and c.entity_id = w.id and c.version = w.version
     where c.op = 'changed' having count(*) > 0
    returning cardinality(entity_ids) into retired;
  return coalesce(retired, 0);
end $$;
grant execute on function app.retire_from_feed(uuid, text, uuid[], bigint[]) to opsflow_relay;

-- What went long ago is forgotten. A device that was away for longer is sent its scope anew.
create function app.trim_feed(kept_days int) returns bigint
  language plpgsql security definer set search_path = pg_catalog, pg_temp
as $$
declare
  trimmed bigint;
begin
  perform from public.scopes s
    where exists (select from public.sync_changes c where c.tenant_id = s.tenant_id and c.scope_id = s.id
                     and c.op = 'gone' and c.at < now() - make_interval(days => kept_days))
    order by s.tenant_id, s.id for update;
  with forgotten as (
    delete from public.sync_changes where op = 'gone' and at < now() - make_interval(days => kept_days)
      returning tenant_id, scope_id, version
  ), risen as (
    update public.scopes s set horizon = greatest(s.horizon, f.version)
      from (select tenant_id, scope_id, max(version) as version from forgotten group by 1, 2) f
     where s.tenant_id = f.tenant_id and s.id = f.scope_id
  )
  select count(*) into trimmed from forgotten;
  return trimmed;
end $$;
grant execute on function app.trim_feed(int) to opsflow_relay;

-- Kept for longer than any device keeps what it has sent; what waits for a manager is kept.
select app.open_to('opsflow_relay', 'sync_mutations', array['tenant_id', 'id', 'received_at', 'outcome']);
grant delete on sync_mutations to opsflow_relay;
