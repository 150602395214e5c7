-- Browsers that want to be told things while the app is closed.
set local lock_timeout = '5s';

create table push_subscriptions (
  tenant_id uuid not null default app.tenant(),
  id uuid not null default uuidv7(),
  member_id uuid not null,
  session_id text not null, -- in schema auth: a device is told things for as long as someone is signed in on it
  endpoint text not null check (length(endpoint) <= 1000),
  endpoint_hash bytea not null check (length(endpoint_hash) = 32),
  p256dh bytea not null check (length(p256dh) = 65),
  auth_secret bytea not null check (length(auth_secret) = 16),
  vapid_key text not null check (length(vapid_key) between 1 and 100), -- the browser takes messages signed with this key only
  user_agent text check (length(user_agent) <= 500),
  created_at timestamptz not null default now(),
  last_sent_at timestamptz,
  tested_at timestamptz,
  primary key (tenant_id, id),
  unique (tenant_id, member_id, session_id),
  foreign key (tenant_id, member_id) references members (tenant_id, id)
);
create index push_subscriptions_session on push_subscriptions (session_id);
create index push_subscriptions_endpoint on push_subscriptions (endpoint_hash);
select app.fence('push_subscriptions',
                 updatable => array['endpoint', 'endpoint_hash', 'p256dh', 'auth_secret', 'vapid_key', 'user_agent', 'tested_at'],
                 deletable => true);
-- Sessions end where no tenant is known, and one browser may be told things by several customers.
select app.open_to('opsflow_auth', 'push_subscriptions',
                   array['tenant_id', 'id', 'member_id', 'session_id', 'endpoint', 'endpoint_hash', 'p256dh', 'auth_secret',
                         'vapid_key'],
                   updatable => array['endpoint', 'endpoint_hash', 'p256dh', 'auth_secret', 'vapid_key', 'last_sent_at']);
grant delete on push_subscriptions to opsflow_auth;
