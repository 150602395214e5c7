-- What Clerk said, as last said (capabilities/people/server/clerk). A mirror: our own rows are brought in line with it,
-- so the order in which its messages arrive, and how often, does not matter. Times are Clerk's, in milliseconds.
set local lock_timeout = '5s';

create table auth.clerk_users (
  id text not null primary key,
  user_id text references auth.users (id) on delete set null, -- whom we know them as; null until an email is verified
  said_ms bigint not null,
  is_deleted boolean not null default false
);
create unique index clerk_users_user_id on auth.clerk_users (user_id) where user_id is not null;

create table auth.clerk_organizations (
  id text not null primary key,
  -- Ours. Chosen before a founding, so that an interrupted one is finished and not repeated; null: not taken in.
  tenant_id uuid,
  organization_id uuid unique,
  name text not null,
  said_ms bigint not null,
  is_deleted boolean not null default false,
  check (num_nulls(tenant_id, organization_id) in (0, 2))
);

create table auth.clerk_memberships (
  clerk_organization_id text not null,
  clerk_user_id text not null,
  role text not null,
  name text not null,
  said_ms bigint not null,
  is_deleted boolean not null default false,
  -- As far as our own rows follow: what was said then, and the role that was granted for it.
  settled_ms bigint,
  granted_role text,
  primary key (clerk_organization_id, clerk_user_id)
);
create index clerk_memberships_user on auth.clerk_memberships (clerk_user_id);
create index clerk_memberships_unsettled on auth.clerk_memberships (clerk_organization_id)
  where settled_ms is distinct from said_ms;

-- Sessions of Clerk's that were seen here. Its tokens live a minute; an open socket stands a little longer.
create table auth.clerk_sessions (
  id text not null primary key,
  user_id text not null references auth.users (id) on delete cascade,
  seen_until timestamptz not null,
  ended_at timestamptz
);
create index clerk_sessions_user on auth.clerk_sessions (user_id);

grant select, insert, update, delete
  on auth.clerk_users, auth.clerk_organizations, auth.clerk_memberships, auth.clerk_sessions to opsflow_auth;

-- Someone who was known without an account is recognised by their verified email.
grant update (user_id) on members to opsflow_app;
