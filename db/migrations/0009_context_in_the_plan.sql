-- The context is verified inside the plan of the statement that needs it, by a view instead of functions: what a
-- function sets up anew in every transaction cost four times what it computed. Facts are announced a scope at a time.
set local lock_timeout = '5s';

-- The view always has its one row, also before the first start brings the key: without it, one would see "no rows".
insert into sec.context_keys (inner_pad, outer_pad)
  select sha512(convert_to(gen_random_uuid()::text || gen_random_uuid(), 'UTF8')),
         sha512(convert_to(gen_random_uuid()::text || gen_random_uuid(), 'UTF8'))
  on conflict do nothing;

-- Whatever is not plainly right is examined here, and raises its SQLSTATE. Those who look at the view call it.
alter function app.context_in_doubt(text) stable security definer set search_path = pg_catalog, pg_temp;
grant execute on function app.context_in_doubt(text) to opsflow_app;

-- Who is asking, verified (HMAC-SHA256 over everything before the last '|'). It reads the key with its owner's rights
-- and shows none of it. A policy takes one column of it in a subselect: computed once for a statement, in its own plan.
-- The time that counts is the statement's: a transaction held open does not keep its context alive. (The wall clock
-- would be volatile, and keep the planner from folding the view into the subselect.)
create view app.context as
  select left(verified, 36)::uuid as tenant,
         string_to_array(nullif(split_part(verified, '|', 3), '*'), ',')::uuid[] as locations -- null: every location
    from (select case
                   when encode(sha256(k.outer_pad || sha256(k.inner_pad || convert_to(left(current_setting('app.context', true), -65), 'UTF8'))), 'hex')
                          = right(current_setting('app.context', true), 64)
                    and split_part(current_setting('app.context', true), '|', 4)::float8 > date_part('epoch', statement_timestamp())
                   then current_setting('app.context', true)
                   else app.context_in_doubt(current_setting('app.context', true))
                 end as verified
            from sec.context_keys k) c;
grant select on app.context to opsflow_app;

create or replace function app.fence(target regclass, updatable text[] default '{}', insertable boolean default true, deletable boolean default false)
  returns void language plpgsql set search_path = pg_catalog, public, pg_temp
as $$
declare
  columns text := (select string_agg(quote_ident(attname), ', ' order by attnum) from pg_attribute
                    where attrelid = target and attnum > 0 and not attisdropped);
  located boolean := exists (select from pg_attribute
                              where attrelid = target and attname = 'location_id' and attnotnull and not attisdropped);
begin
  if not exists (select from pg_attribute where attrelid = target and attname = 'tenant_id' and attnotnull) then
    raise exception '% has no tenant_id not null', target;
  end if;
  execute format('alter table %s enable row level security', target);
  execute format('alter table %s force row level security', target);
  execute format('create policy tenant on %s to opsflow_app, opsflow_owner
                    using (tenant_id = (select tenant from app.context))
                    with check (tenant_id = (select tenant from app.context))', target);
  if located then
    -- No list, no limit; location_id is never null here.
    execute format('create policy location on %s as restrictive to opsflow_app
                      using (coalesce(location_id = any ((select locations from app.context)::uuid[]), true))
                      with check (coalesce(location_id = any ((select locations from app.context)::uuid[]), true))', target);
  end if;
  execute format('revoke all on %s from public', target);
  execute format('grant select (%s) on %s to opsflow_app', columns, target);
  if insertable then
    execute format('grant insert (%s) on %s to opsflow_app', columns, target);
  end if;
  if updatable <> '{}' then
    execute format('grant update (%s) on %s to opsflow_app',
                   (select string_agg(quote_ident(c), ', ') from unnest(updatable) c), target);
  end if;
  if deletable then
    execute format('grant delete on %s to opsflow_app', target);
  end if;
end $$;

-- Every fence that stands already.
do $$
declare
  fenced record;
begin
  for fenced in
    select p.polname as policy, p.polrelid::regclass as target, p.polcmd = '*' as writes,
           replace(replace(pg_get_expr(p.polqual, p.polrelid), 'SELECT app.tenant() AS tenant', 'select tenant from app.context'),
                   'SELECT app.locations() AS locations', 'select locations from app.context') as condition
      from pg_policy p
     where pg_get_expr(p.polqual, p.polrelid) ~ 'SELECT app\.(tenant|locations)\(\)'
  loop
    execute format('alter policy %I on %s using (%s)', fenced.policy, fenced.target, fenced.condition);
    if fenced.writes then
      execute format('alter policy %I on %s with check (%s)', fenced.policy, fenced.target, fenced.condition);
    end if;
  end loop;
end $$;

-- A fact names an organization; announcing looks it up once, where a reference would look again and lock it for every
-- fact. Organizations are never deleted.
alter table facts drop constraint facts_tenant_id_organization_id_fkey;
-- A scope's row changes with every write of its location: room on its page keeps its index out of it.
alter table scopes set (fillfactor = 50);

-- What one transaction has to say in one scope. The tenant is the organization's, and its policy shows only our own; a
-- foreign organization and none at all are told in the same words. The scope's row stays locked until COMMIT: versions
-- become visible in order, without gaps. Callers announce scope by scope in the order of their ids, so that two
-- writers cannot wait for each other.
create function app.announce(organization uuid, scope uuid, announced jsonb) returns void
  language plpgsql security definer set search_path = pg_catalog, pg_temp
as $$
begin
  with versioned as (
    insert into public.scopes as s (tenant_id, id, version)
      select o.tenant_id, scope, jsonb_array_length(announced) from public.organizations o where o.id = organization
      on conflict (tenant_id, id) do update set version = s.version + excluded.version
      returning s.tenant_id, s.version - jsonb_array_length(announced) as before
  )
  insert into public.facts (tenant_id, organization_id, scope_id, version, name, event, room, body)
    select v.tenant_id, organization, scope, v.before + n, fact ->> 'name', fact ->> 'event', fact ->> 'room', fact -> 'body'
      from versioned v, jsonb_array_elements(announced) with ordinality a (fact, n);
  if not found then
    raise exception 'no such organization, or nothing to announce' using errcode = 'foreign_key_violation';
  end if;
end $$;
grant execute on function app.announce(uuid, uuid, jsonb) to opsflow_app;
drop function app.announce(uuid, jsonb);
