-- People and keys: who may act, in which role, where. Accounts and sessions live in schema auth, owned by opsflow_auth.
set local lock_timeout = '5s';

create table members (
  tenant_id uuid not null default app.tenant(),
  id uuid not null default uuidv7(),
  organization_id uuid not null,
  user_id text, -- account in schema auth; null for people without an account
  name text not null check (length(name) between 1 and 200),
  email text check (length(email) <= 320),
  status text not null default 'active' check (status in ('active', 'suspended', 'removed')),
  created_at timestamptz not null default now(),
  primary key (tenant_id, id),
  unique (tenant_id, organization_id, user_id),
  foreign key (tenant_id, organization_id) references organizations (tenant_id, id)
);
create index members_user on members (user_id) where user_id is not null;
select app.fence('members', updatable => array['name', 'email', 'status']);
select app.open_to('opsflow_auth', 'members', array['tenant_id', 'id', 'organization_id', 'user_id', 'name', 'email', 'status']);

-- A role, held somewhere: at one location, or in the whole organization (location null).
create table role_grants (
  tenant_id uuid not null default app.tenant(),
  id uuid not null default uuidv7(),
  member_id uuid not null,
  role text not null check (role in ('org:admin', 'org:manager', 'org:member')),
  location_id uuid,
  granted_by uuid,
  granted_at timestamptz not null default now(),
  revoked_by uuid,
  revoked_at timestamptz,
  primary key (tenant_id, id),
  foreign key (tenant_id, member_id) references members (tenant_id, id),
  foreign key (tenant_id, location_id) references locations (tenant_id, id),
  foreign key (tenant_id, granted_by) references members (tenant_id, id),
  foreign key (tenant_id, revoked_by) references members (tenant_id, id)
);
create unique index role_grants_standing on role_grants (tenant_id, member_id, role, location_id) nulls not distinct
  where revoked_at is null;
select app.fence('role_grants', updatable => array['revoked_by', 'revoked_at']);
select app.open_to('opsflow_auth', 'role_grants', array['tenant_id', 'member_id', 'role', 'location_id', 'revoked_at']);

-- An integrator's key: hashed, scoped, shown once.
create table api_keys (
  tenant_id uuid not null default app.tenant(),
  id uuid not null default uuidv7(),
  organization_id uuid not null,
  name text not null check (length(name) between 1 and 200),
  prefix text not null,
  key_hash bytea not null check (length(key_hash) = 32),
  scopes text[] not null check (cardinality(scopes) between 1 and 50),
  location_ids uuid[], -- null: the whole organization
  created_by uuid not null,
  created_at timestamptz not null default now(),
  expires_at timestamptz,
  last_used_at timestamptz,
  revoked_at timestamptz,
  revoked_by uuid,
  primary key (tenant_id, id),
  foreign key (tenant_id, organization_id) references organizations (tenant_id, id),
  foreign key (tenant_id, created_by) references members (tenant_id, id),
  foreign key (tenant_id, revoked_by) references members (tenant_id, id)
);
create index api_keys_hash on api_keys (key_hash);
select app.fence('api_keys', updatable => array['revoked_at', 'revoked_by']);
select app.open_to('opsflow_auth', 'api_keys',
                   array['tenant_id', 'id', 'organization_id', 'name', 'key_hash', 'scopes', 'location_ids', 'expires_at',
                         'revoked_at', 'last_used_at'],
                   updatable => array['last_used_at']);

-- A gateway or probe that reports for one location, with a key of its own.
create table devices (
  tenant_id uuid not null default app.tenant(),
  id uuid not null default uuidv7(),
  location_id uuid not null,
  name text not null check (length(name) between 1 and 200),
  kind text not null check (kind in ('gateway', 'probe', 'display')),
  prefix text not null,
  key_hash bytea not null check (length(key_hash) = 32),
  created_by uuid not null,
  created_at timestamptz not null default now(),
  last_seen_at timestamptz,
  revoked_at timestamptz,
  revoked_by uuid,
  primary key (tenant_id, id),
  foreign key (tenant_id, location_id) references locations (tenant_id, id),
  foreign key (tenant_id, created_by) references members (tenant_id, id),
  foreign key (tenant_id, revoked_by) references members (tenant_id, id)
);
create index devices_hash on devices (key_hash);
create index devices_location on devices (tenant_id, location_id);
select app.fence('devices', updatable => array['name', 'revoked_at', 'revoked_by']);
select app.open_to('opsflow_auth', 'devices',
                   array['tenant_id', 'id', 'location_id', 'name', 'key_hash', 'revoked_at', 'last_seen_at'],
                   updatable => array['last_seen_at']);

create schema auth;
grant usage, create on schema auth to opsflow_auth;
