-- Tenancy: who may see which row is decided here, once, for every table.
-- Roles are made before the first migration (platform/server/postgres/roles.ts).
set local lock_timeout = '5s';

revoke all on schema public from public;
grant usage on schema public to opsflow_app, opsflow_auth, opsflow_relay;

create schema if not exists app;
grant usage on schema app to opsflow_app, opsflow_auth, opsflow_relay;

-- A function is executable by those it is granted to, not by everyone who connects.
alter default privileges revoke execute on functions from public;

-- Nobody but the verifying functions reads this schema.
create schema sec;
create table sec.context_keys (
  one boolean primary key default true check (one),
  inner_pad bytea not null check (length(inner_pad) = 64),
  outer_pad bytea not null check (length(outer_pad) = 64),
  since timestamptz not null default now(),
  -- The key before this one: servers that still run with it are replaced within the hour.
  previous_inner_pad bytea check (length(previous_inner_pad) = 64),
  previous_outer_pad bytea check (length(previous_outer_pad) = 64),
  previous_until timestamptz,
  check (num_nulls(previous_inner_pad, previous_outer_pad, previous_until) in (0, 3))
);

-- HMAC-SHA256 over everything before the last '|', with the key's two pads (RFC 2104). Inlined where it is called.
create function app.is_signed(context text, inner_pad bytea, outer_pad bytea) returns boolean language sql stable
as $$ select right(context, 64) = encode(sha256(outer_pad || sha256(inner_pad || convert_to(left(context, -65), 'UTF8'))), 'hex') $$;

-- A missing, forged or expired context raises its own SQLSTATE; "no rows" would hide the mistake.
create function app.context_in_doubt(context text) returns text language plpgsql volatile
as $$
begin
  if context is null or context = '' then
    raise exception 'tenant context missing' using errcode = 'OF001';
  end if;
  perform from sec.context_keys k
    where app.is_signed(context, k.inner_pad, k.outer_pad)
       or (app.is_signed(context, k.previous_inner_pad, k.previous_outer_pad) and k.previous_until > clock_timestamp());
  if not found then
    raise exception 'tenant context forged' using errcode = 'OF002';
  end if;
  if split_part(context, '|', 4)::float8 <= date_part('epoch', clock_timestamp()) then
    raise exception 'tenant context expired' using errcode = 'OF003';
  end if;
  return context;
end $$;

-- The context is a transaction-local setting: tenant|actor|locations|expiry|HMAC.
-- Every table of a statement verifies it, so the common case is short; whatever is not plainly right is examined apart.
-- The wall clock counts, not the transaction's start: a transaction held open does not keep its context alive.
create function app.verified_context() returns text language plpgsql stable
as $$
declare
  context text := current_setting('app.context', true);
  inner_pad bytea;
  outer_pad bytea;
begin
  select k.inner_pad, k.outer_pad into inner_pad, outer_pad from sec.context_keys k;
  if app.is_signed(context, inner_pad, outer_pad)
     and split_part(context, '|', 4)::float8 > date_part('epoch', clock_timestamp()) then
    return context;
  end if;
  return app.context_in_doubt(context);
end $$;

-- Called once for each row where a column defaults to it; a statement that writes many rows at once says
-- (select app.tenant()) itself.
create function app.tenant() returns uuid
  language plpgsql stable security definer set search_path = pg_catalog, pg_temp
as $$ begin return left(app.verified_context(), 36)::uuid; end $$;

-- 'member:<id>', 'key:<id>', 'device:<id>' or 'system:<job>'.
create function app.actor() returns text
  language plpgsql stable security definer set search_path = pg_catalog, pg_temp
as $$ begin return split_part(app.verified_context(), '|', 2); end $$;

-- Null means every location of the tenant.
create function app.locations() returns uuid[]
  language plpgsql stable security definer set search_path = pg_catalog, pg_temp
as $$ begin return string_to_array(nullif(split_part(app.verified_context(), '|', 3), '*'), ',')::uuid[]; end $$;

grant execute on function app.tenant(), app.actor(), app.locations() to opsflow_app;

-- The one stamp of every tenant table: forced row-level security on tenant and location, and grants by column.
-- Append-only unless told otherwise: only the named columns may ever be updated.
create function app.fence(target regclass, updatable text[] default '{}', insertable boolean default true, deletable boolean default false)
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
                    using (tenant_id = (select app.tenant())) with check (tenant_id = (select app.tenant()))', target);
  if located then
    -- No list, no limit; location_id is never null here.
    execute format('create policy location on %s as restrictive to opsflow_app
                      using (coalesce(location_id = any ((select app.locations())::uuid[]), true))
                      with check (coalesce(location_id = any ((select app.locations())::uuid[]), true))', target);
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

-- A role beside the runtime role sees a table across tenants, these columns only: identity look-ups, the relay, jobs.
create function app.open_to(role name, target regclass, columns text[], updatable text[] default '{}')
  returns void language plpgsql set search_path = pg_catalog, public, pg_temp
as $$
begin
  execute format('create policy %I on %s for all to %I using (true) with check (true)', 'across_' || role, target, role);
  execute format('grant select (%s) on %s to %I',
                 (select string_agg(quote_ident(c), ', ') from unnest(columns) c), target, role);
  if updatable <> '{}' then
    execute format('grant update (%s) on %s to %I',
                   (select string_agg(quote_ident(c), ', ') from unnest(updatable) c), target, role);
  end if;
end $$;

create table tenants (
  tenant_id uuid not null default app.tenant(),
  name text not null check (length(name) between 1 and 200),
  domain text,
  plan_type text not null default 'starter' check (plan_type in ('starter', 'professional', 'enterprise')),
  status text not null default 'active' check (status in ('active', 'suspended')),
  is_demo boolean not null default false,
  created_at timestamptz not null default now(),
  primary key (tenant_id)
);
select app.fence('tenants', updatable => array['name']);
select app.open_to('opsflow_auth', 'tenants', array['tenant_id', 'name', 'status', 'is_demo']);
select app.open_to('opsflow_relay', 'tenants', array['tenant_id', 'status', 'is_demo']);

create table organizations (
  tenant_id uuid not null default app.tenant(),
  id uuid not null default uuidv7(),
  name text not null check (length(name) between 1 and 200),
  slug text not null check (slug ~ '^[a-z0-9][a-z0-9-]{0,62}$'),
  created_at timestamptz not null default now(),
  primary key (tenant_id, id),
  unique (tenant_id, slug),
  foreign key (tenant_id) references tenants (tenant_id)
);
select app.fence('organizations', updatable => array['name']);
select app.open_to('opsflow_auth', 'organizations', array['tenant_id', 'id', 'name', 'slug']);
select app.open_to('opsflow_relay', 'organizations', array['tenant_id', 'id']);

create table locations (
  tenant_id uuid not null default app.tenant(),
  id uuid not null default uuidv7(),
  organization_id uuid not null,
  name text not null check (length(name) between 1 and 200),
  kind text not null check (kind in ('quick_service', 'full_service', 'cafe', 'commissary', 'other')),
  address text not null default '' check (length(address) <= 500),
  timezone text not null,
  day_starts_at time not null default '04:00', -- business-day cut-over, local time
  temperature_unit text not null default 'F' check (temperature_unit in ('F', 'C')),
  jurisdiction text not null default 'us' check (jurisdiction in ('us', 'uk', 'sc', 'eu')),
  created_at timestamptz not null default now(),
  closed_at timestamptz,
  primary key (tenant_id, id),
  unique (tenant_id, organization_id, name),
  foreign key (tenant_id, organization_id) references organizations (tenant_id, id)
);
select app.fence('locations', updatable => array['name', 'kind', 'address', 'timezone', 'day_starts_at',
                                                 'temperature_unit', 'jurisdiction', 'closed_at']);
-- A location is its own location. A new one lies in nobody's list yet, so inserting asks for the tenant only.
create policy location_read on locations as restrictive for select to opsflow_app
  using (coalesce(id = any ((select app.locations())::uuid[]), true));
create policy location_change on locations as restrictive for update to opsflow_app
  using (coalesce(id = any ((select app.locations())::uuid[]), true));
select app.open_to('opsflow_auth', 'locations',
                   array['tenant_id', 'id', 'organization_id', 'name', 'kind', 'timezone', 'temperature_unit', 'closed_at']);
select app.open_to('opsflow_relay', 'locations', array['tenant_id', 'id', 'organization_id', 'closed_at']);
