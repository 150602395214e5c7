-- The built-in identity provider, whole: second factors, passkeys, mailed links, and invitations of the tenants.
set local lock_timeout = '5s';

-- When someone last proved who they are in this session (a sensitive change asks for it anew), how, and when it was last used.
alter table auth.sessions
  add column authenticated_at timestamptz not null default now(),
  add column last_seen_at timestamptz not null default now(),
  add column signed_in_with text not null default 'password',
  add constraint sessions_signed_in_with
    check (signed_in_with in ('password', 'password_and_code', 'password_and_recovery_code', 'passkey', 'link')) not valid;

-- A link that went out by mail. The link holds the token, this table only its digest; it is good once.
create table auth.mailed_links (
  id uuid not null default uuidv7() primary key,
  purpose text not null check (purpose in ('sign_up', 'verify_email', 'change_email', 'reset_password')),
  user_id text references auth.users (id) on delete cascade, -- null: nobody yet, who signs up
  email text not null check (length(email) <= 320), -- where it went: whoever has the token reads that mailbox
  token_hash bytea not null unique check (length(token_hash) = 32),
  created_at timestamptz not null default now(),
  expires_at timestamptz not null,
  used_at timestamptz
);
create index mailed_links_user on auth.mailed_links (user_id, purpose);
create index mailed_links_expired on auth.mailed_links (expires_at);

-- An authenticator app. Not in force until a first code has confirmed it.
create table auth.second_factors (
  user_id text not null primary key references auth.users (id) on delete cascade,
  sealed_secret bytea not null, -- encrypted with a key that lives outside the database
  created_at timestamptz not null default now(),
  confirmed_at timestamptz,
  last_step bigint not null default 0, -- a code's time step is good once
  failures int not null default 0,
  locked_until timestamptz
);

create table auth.recovery_codes (
  user_id text not null references auth.users (id) on delete cascade,
  code_hash bytea not null check (length(code_hash) = 32),
  used_at timestamptz,
  primary key (user_id, code_hash)
);

create table auth.passkeys (
  id uuid not null default uuidv7() primary key,
  user_id text not null references auth.users (id) on delete cascade,
  credential_id text not null unique,
  public_key bytea not null,
  counter bigint not null,
  transports text[] not null default '{}',
  name text not null check (length(name) between 1 and 100),
  created_at timestamptz not null default now(),
  last_used_at timestamptz
);
create index passkeys_user on auth.passkeys (user_id);

-- What an authenticator has to sign; good once, for a few minutes.
create table auth.passkey_challenges (
  id uuid not null default uuidv7() primary key,
  user_id text references auth.users (id) on delete cascade, -- null: to sign in, when nobody is known yet
  challenge text not null,
  expires_at timestamptz not null
);
create index passkey_challenges_expired on auth.passkey_challenges (expires_at);

grant select, insert, update, delete on auth.mailed_links, auth.second_factors, auth.recovery_codes, auth.passkeys,
  auth.passkey_challenges to opsflow_auth;

-- Someone is asked to join, in a role at a node of the tree.
create table invitations (
  tenant_id uuid not null default app.tenant(),
  id uuid not null default uuidv7(),
  organization_id uuid not null,
  email text not null check (length(email) <= 320),
  role text check (role in ('org:admin', 'org:manager', 'org:member')),
  role_id uuid,
  group_id uuid,
  location_id uuid,
  token_hash bytea not null check (length(token_hash) = 32),
  invited_by uuid not null,
  created_at timestamptz not null default now(),
  expires_at timestamptz not null,
  mailed_at timestamptz, -- null: the link was handed over, so it does not prove the address
  accepted_at timestamptz,
  accepted_by uuid,
  revoked_at timestamptz,
  revoked_by uuid,
  primary key (tenant_id, id),
  foreign key (tenant_id, organization_id) references organizations (tenant_id, id),
  foreign key (tenant_id, role_id) references roles (tenant_id, id),
  foreign key (tenant_id, group_id) references location_groups (tenant_id, id),
  foreign key (tenant_id, location_id) references locations (tenant_id, id),
  foreign key (tenant_id, invited_by) references members (tenant_id, id),
  foreign key (tenant_id, accepted_by) references members (tenant_id, id),
  foreign key (tenant_id, revoked_by) references members (tenant_id, id),
  constraint invitations_one_role check (num_nonnulls(role, role_id) = 1),
  constraint invitations_one_place check (num_nonnulls(location_id, group_id) <= 1),
  constraint invitations_admin_everywhere
    check (role is distinct from 'org:admin' or (location_id is null and group_id is null))
);
-- A new invitation to the same address takes the place of the one before.
create unique index invitations_standing on invitations (tenant_id, organization_id, email)
  where accepted_at is null and revoked_at is null;
create index invitations_token on invitations (token_hash);
select app.fence('invitations', updatable => array['token_hash', 'expires_at', 'mailed_at', 'accepted_at', 'accepted_by',
                                                   'revoked_at', 'revoked_by']);
select app.open_to('opsflow_auth', 'invitations', array['tenant_id', 'id', 'organization_id', 'token_hash']);

-- Whoever works here by PIN may be given an account, and someone who left may come back.
grant update (user_id) on members to opsflow_app;
