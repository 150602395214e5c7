-- Who can be given work at a location is in the copy of whoever works there: a row of the feed without a table of its
-- own, made of grants, people and roles when it is read. Here is noted when it may have changed.
set local lock_timeout = '5s';

-- Of these grants: everywhere they reach. In the organization of the one who asks; a job without one notes nothing.
create function app.note_crews(tenant uuid, grants uuid[]) returns void
  language sql security definer set search_path = pg_catalog, pg_temp
as $$
  with recursive given as (
    select r.location_id, r.group_id, m.organization_id from public.role_grants r
      join public.members m on m.tenant_id = r.tenant_id and m.id = r.member_id
     where r.tenant_id = tenant and r.id = any (grants)
  ), below as (
    select group_id as id from given where group_id is not null
    union
    select g.id from below b join public.location_groups g on g.tenant_id = tenant and g.parent_id = b.id
  ), reached as (
    select location_id as id from given where location_id is not null
    union
    select l.id from below b join public.locations l on l.tenant_id = tenant and l.group_id = b.id
    union
    select l.id from given g join public.locations l on l.tenant_id = tenant and l.organization_id = g.organization_id
     where num_nonnulls(g.location_id, g.group_id) = 0
  )
  insert into app.feed_notes (tenant_id, entity, gone, scope_ids, entity_ids)
    select tenant, 'crew', false, array_agg(id), array_agg(id) from reached having count(*) > 0;
$$;
revoke all on function app.note_crews(uuid, uuid[]) from public;

create function app.crews_of_grants() returns trigger
  language plpgsql security definer set search_path = pg_catalog, pg_temp
as $$
begin
  perform app.note_crews(tenant_id, array_agg(id)) from after group by tenant_id;
  return null;
end $$;
revoke all on function app.crews_of_grants() from public;
create trigger crews_insert after insert on role_grants referencing new table as after
  for each statement execute function app.crews_of_grants();
create trigger crews_update after update on role_grants referencing new table as after
  for each statement execute function app.crews_of_grants();

create function app.crews_of_members() returns trigger
  language plpgsql security definer set search_path = pg_catalog, pg_temp
as $$
begin
  perform app.note_crews(new.tenant_id, array_agg(r.id)) from public.role_grants r
    where r.tenant_id = new.tenant_id and r.member_id = new.id and r.revoked_at is null;
  return null;
end $$;
revoke all on function app.crews_of_members() from public;
create trigger crews after update on members for each row
  when ((old.name, old.status) is distinct from (new.name, new.status)) execute function app.crews_of_members();

create function app.crews_of_roles() returns trigger
  language plpgsql security definer set search_path = pg_catalog, pg_temp
as $$
begin
  perform app.note_crews(new.tenant_id, array_agg(r.id)) from public.role_grants r
    where r.tenant_id = new.tenant_id and r.role_id = new.id and r.revoked_at is null;
  return null;
end $$;
revoke all on function app.crews_of_roles() from public;
create trigger crews after update on roles for each row
  when ((old.name, old.permissions, old.archived_at) is distinct from (new.name, new.permissions, new.archived_at))
  execute function app.crews_of_roles();

-- A location that is new or hangs elsewhere has other people; a group that moves takes along what lies in it.
create function app.crews_of_locations() returns trigger
  language plpgsql security definer set search_path = pg_catalog, pg_temp
as $$
begin
  insert into app.feed_notes (tenant_id, entity, gone, scope_ids, entity_ids)
    values (new.tenant_id, 'crew', new.closed_at is not null, array[new.id], array[new.id]);
  return null;
end $$;
revoke all on function app.crews_of_locations() from public;
create trigger crews_insert after insert on locations for each row execute function app.crews_of_locations();
create trigger crews_update after update on locations for each row
  when ((old.group_id, old.closed_at) is distinct from (new.group_id, new.closed_at))
  execute function app.crews_of_locations();

create function app.crews_of_groups() returns trigger
  language plpgsql security definer set search_path = pg_catalog, pg_temp
as $$
begin
  insert into app.feed_notes (tenant_id, entity, gone, scope_ids, entity_ids)
    select new.tenant_id, 'crew', false, array_agg(l.id), array_agg(l.id) from public.locations l
     where l.tenant_id = new.tenant_id and l.organization_id = new.organization_id and l.closed_at is null
    having count(*) > 0;
  return null;
end $$;
revoke all on function app.crews_of_groups() from public;
create trigger crews after update on location_groups for each row
  when ((old.parent_id, old.archived_at) is distinct from (new.parent_id, new.archived_at))
  execute function app.crews_of_groups();

-- What there is already, as if it had just changed. The owner is fenced like everyone else.
alter table locations no force row level security;
insert into app.feed_notes (tenant_id, entity, gone, scope_ids, entity_ids)
  select tenant_id, 'crew', false, array_agg(id), array_agg(id) from locations where closed_at is null group by 1;
set constraints app.flush immediate;
alter table locations force row level security;
