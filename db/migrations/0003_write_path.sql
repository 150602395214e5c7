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

-- A scope's version: how many facts it has seen. The row is locked until COMMIT, so versions never skip or overtake.
create table scopes (
  tenant_id uuid not null default app.tenant(),
  id uuid not null, -- a location, or an organization
  version bigint not null check (version > 0),
  primary key (tenant_id, id)
);
select app.fence('scopes', updatable => array['version']);

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
select app.fence('facts');
select app.open_to('opsflow_relay', 'facts',
                   array['tenant_id', 'id', 'organization_id', 'scope_id', 'version', 'name', 'event', 'room', 'body',
                         'created_at', 'relayed_at'],
                   updatable => array['relayed_at']);
grant delete on facts to opsflow_relay;
