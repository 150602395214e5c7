-- The write path: an operation is answered once; a fact is announced in the transaction that made it true.
set local lock_timeout = '5s';

-- Idempotency: kept at least 90 days (blueprint 6), in the transaction of the write it answers.
create table operations (
  tenant_id uuid not null default app.tenant(),
  id uuid not null default uuidv7(),
  actor text not null default app.actor(),
  key text not null check (length(key) between 1 and 200),
  request_hash bytea not null check (length(request_hash) = 32),
  status smallint not null check (status between 200 and 299),
  answer jsonb,
  created_at timestamptz not null default now(),
  primary key (tenant_id, id),
  unique (tenant_id, actor, key)
);
select app.fence('operations');

-- A scope's version: how many facts it has seen.
create table scopes (
  tenant_id uuid not null default app.tenant(),
  id uuid not null, -- a location, or an organization
  version bigint not null check (version > 0),
  primary key (tenant_id, id)
);
select app.fence('scopes', insertable => false);

create table facts (
  tenant_id uuid not null default app.tenant(),
  id uuid not null default uuidv7(),
  organization_id uuid not null,
  scope_id uuid not null,
  version bigint not null,
  name text not null,
  event text not null,
  room text not null,
  body jsonb not null,
  created_at timestamptz not null default now(),
  relayed_at timestamptz,
  primary key (tenant_id, id),
  unique (tenant_id, scope_id, version),
  foreign key (tenant_id, organization_id) references organizations (tenant_id, id)
);
create index facts_waiting on facts (id) where relayed_at is null;
select app.fence('facts', insertable => false);
select app.open_to('opsflow_relay', 'facts',
                   array['tenant_id', 'id', 'organization_id', 'scope_id', 'version', 'name', 'event', 'room', 'body',
                         'created_at', 'relayed_at'],
                   updatable => array['relayed_at']);
grant delete on facts to opsflow_relay;

-- Nothing else writes scopes and facts: no one can skip, repeat or overtake a version. The function knows the tenant
-- from the context; it alone, with the owner's rights, is spared the policies that would ask for it six times over.
create policy announce on scopes to opsflow_owner using (true) with check (true);
create policy announce on facts to opsflow_owner using (true) with check (true);
create function app.announce(organization uuid, announced jsonb) returns void
  language plpgsql security definer set search_path = pg_catalog, pg_temp
as $$
declare
  tenant uuid := app.tenant();
  scope uuid;
  of_scope jsonb;
  last_version bigint;
begin
  -- The scope's row stays locked until COMMIT: versions become visible in order, without gaps. Scopes are locked in
  -- the order of their ids, so two writers cannot wait for each other.
  for scope, of_scope in
    select (fact ->> 'scope')::uuid, jsonb_agg(fact || jsonb_build_object('id', uuidv7()))
      from jsonb_array_elements(announced) fact group by 1 order by 1
  loop
    insert into public.scopes as s (tenant_id, id, version) values (tenant, scope, jsonb_array_length(of_scope))
      on conflict (tenant_id, id) do update set version = s.version + excluded.version
      returning s.version into last_version;
    insert into public.facts (tenant_id, id, organization_id, scope_id, version, name, event, room, body)
      select tenant, (fact ->> 'id')::uuid, organization, scope, last_version - jsonb_array_length(of_scope) + n,
             fact ->> 'name', fact ->> 'event', fact ->> 'room', fact -> 'body'
        from jsonb_array_elements(of_scope) with ordinality a (fact, n);
  end loop;
end $$;
grant execute on function app.announce(uuid, jsonb) to opsflow_app;
