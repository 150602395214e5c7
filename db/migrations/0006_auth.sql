-- Accounts and sessions of the built-in identity provider (better-auth), in a schema that only opsflow_auth may use.
-- The owner owns the tables, as it owns all others: a runtime role that owned its tables could alter them.
-- The shape is better-auth's own, with two columns of ours; capabilities/people/server/identity.db.test.ts shows that it asks for no more.
set local lock_timeout = '5s';

revoke create on schema auth from opsflow_auth;

create table auth.users (
  id text not null primary key,
  name text not null,
  email text not null unique,
  email_verified boolean not null,
  image text,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now()
);

create table auth.sessions (
  id text not null primary key,
  user_id text not null references auth.users (id) on delete cascade,
  token_hash text not null unique, -- the token itself exists only in the browser's cookie
  previous_token_hash text, -- the token before the last rotation, good for requests under way with it
  rotated_at timestamptz,
  expires_at timestamptz not null,
  ip_address text,
  user_agent text,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null
);
create index sessions_user_id_idx on auth.sessions (user_id);
create index sessions_previous_token on auth.sessions (previous_token_hash) where previous_token_hash is not null;

create table auth.accounts (
  id text not null primary key,
  user_id text not null references auth.users (id) on delete cascade,
  account_id text not null,
  provider_id text not null,
  password text, -- scrypt, salted
  access_token text,
  refresh_token text,
  id_token text,
  access_token_expires_at timestamptz,
  refresh_token_expires_at timestamptz,
  scope text,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null
);
create index accounts_user_id_idx on auth.accounts (user_id);

create table auth.verifications (
  id text not null primary key,
  identifier text not null,
  value text not null,
  expires_at timestamptz not null,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now()
);
create index verifications_identifier_idx on auth.verifications (identifier);

grant select, insert, update, delete on auth.users, auth.sessions, auth.accounts, auth.verifications to opsflow_auth;

-- A key holds at most what its maker holds at the moment it is used, so identity must know the maker.
grant select (created_by) on api_keys to opsflow_auth;

-- An admin's reach is the whole organization; an admin of one location would hold organization-wide permissions.
alter table role_grants add constraint role_grants_admin_everywhere
  check (role <> 'org:admin' or location_id is null) not valid;
-- No release has rows here yet, so validating in the same transaction blocks nobody.
-- squawk-ignore constraint-missing-not-valid
alter table role_grants validate constraint role_grants_admin_everywhere;
