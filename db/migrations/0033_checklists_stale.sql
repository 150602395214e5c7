-- A location whose hours, zone, place in the tree or attributes changed, or which a changed schedule touches, has its
-- checklists of the future made anew: what is not due yet and nobody has begun.
set local lock_timeout = '5s';

alter table checklist_progress add column stale_at timestamptz; -- null: what was made is as it is meant
grant select (stale_at), insert (stale_at), update (stale_at) on checklist_progress to opsflow_app;
grant select (stale_at) on checklist_progress to opsflow_relay;
grant update (day) on checklists to opsflow_app; -- of one nobody has begun: another business day, another cut
-- One row a location: small. No index is built beside it.
-- squawk-ignore require-concurrent-index-creation
create index checklist_progress_stale on checklist_progress (stale_at) where stale_at is not null;

create function app.checklists_stale_at() returns trigger language plpgsql set search_path = pg_catalog, pg_temp
as $$
begin
  update public.checklist_progress set stale_at = clock_timestamp() where tenant_id = new.tenant_id and id = new.id;
  return null;
end $$;
revoke all on function app.checklists_stale_at() from public;
create trigger checklists_stale after update on locations for each row
  when ((old.opening_hours, old.special_days, old.timezone, old.day_starts_at, old.group_id, old.kind, old.attributes, old.closed_at)
        is distinct from
        (new.opening_hours, new.special_days, new.timezone, new.day_starts_at, new.group_id, new.kind, new.attributes, new.closed_at))
  execute function app.checklists_stale_at();

-- A group that hangs elsewhere takes what lies in it along. Rare: every location of the organization is looked at.
create function app.checklists_stale_below() returns trigger language plpgsql set search_path = pg_catalog, pg_temp
as $$
begin
  update public.checklist_progress p set stale_at = clock_timestamp()
    from public.locations l
   where p.tenant_id = new.tenant_id and l.tenant_id = new.tenant_id and l.id = p.id and l.organization_id = new.organization_id;
  return null;
end $$;
revoke all on function app.checklists_stale_below() from public;
create trigger checklists_stale after update on location_groups for each row
  when ((old.parent_id, old.archived_at) is distinct from (new.parent_id, new.archived_at))
  execute function app.checklists_stale_below();
