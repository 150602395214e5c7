-- Shared tablets: a kiosk is bound to one location. People choose their name on it and prove it with a PIN, and what
-- they do there says on which tablet it was done.
set local lock_timeout = '5s';

create table kiosks (
  tenant_id uuid not null default app.tenant(),
  id uuid not null default uuidv7(),
  location_id uuid not null,
  name text not null check (length(name) between 1 and 200),
  key_hash bytea check (length(key_hash) = 32), -- of the tablet's own key; null until a tablet was enrolled
  created_by uuid not null,
  created_at timestamptz not null default now(),
  enrolled_at timestamptz,
  last_seen_at timestamptz,
  locked_at timestamptz,
  locked_by uuid,
  unlocked_at timestamptz, -- wrong PINs before this no longer count
  wiped_at timestamptz, -- its key opens nothing; the tablet drops what it holds when it comes by
  wiped_by uuid,
  wipe_seen_at timestamptz, -- and it has come by
  revoked_at timestamptz,
  revoked_by uuid,
  primary key (tenant_id, id),
  foreign key (tenant_id, location_id) references locations (tenant_id, id),
  foreign key (tenant_id, created_by) references members (tenant_id, id),
  foreign key (tenant_id, locked_by) references members (tenant_id, id),
  foreign key (tenant_id, wiped_by) references members (tenant_id, id),
  foreign key (tenant_id, revoked_by) references members (tenant_id, id)
);
create index kiosks_key on kiosks (key_hash) where key_hash is not null;
create index kiosks_location on kiosks (tenant_id, location_id);
select app.fence('kiosks', updatable => array['name', 'locked_at', 'locked_by', 'unlocked_at', 'wiped_at', 'wiped_by',
                                              'revoked_at', 'revoked_by']);
select app.open_to('opsflow_auth', 'kiosks',
                   array['tenant_id', 'id', 'location_id', 'name', 'key_hash', 'enrolled_at', 'last_seen_at', 'locked_at',
                         'wiped_at', 'wipe_seen_at', 'revoked_at'],
                   updatable => array['key_hash', 'enrolled_at', 'last_seen_at', 'wiped_at', 'wiped_by', 'wipe_seen_at']);

-- What a tablet is enrolled with: typed or scanned within minutes, once.
create table kiosk_codes (
  tenant_id uuid not null default app.tenant(),
  id uuid not null default uuidv7(),
  location_id uuid not null,
  kiosk_id uuid not null,
  code_hash bytea not null check (length(code_hash) = 32),
  created_by uuid not null,
  created_at timestamptz not null default now(),
  expires_at timestamptz not null,
  used_at timestamptz,
  primary key (tenant_id, id),
  foreign key (tenant_id, location_id) references locations (tenant_id, id),
  foreign key (tenant_id, kiosk_id) references kiosks (tenant_id, id),
  foreign key (tenant_id, created_by) references members (tenant_id, id)
);
create index kiosk_codes_hash on kiosk_codes (code_hash);
select app.fence('kiosk_codes', updatable => array['expires_at']);
select app.open_to('opsflow_auth', 'kiosk_codes',
                   array['tenant_id', 'id', 'kiosk_id', 'code_hash', 'expires_at', 'used_at'],
                   updatable => array['used_at']);

-- Someone at a tablet. It ends by the lock button, by two minutes without a touch, and by whatever ends its person or tablet.
create table kiosk_sessions (
  tenant_id uuid not null default app.tenant(),
  id uuid not null default uuidv7(),
  location_id uuid not null,
  kiosk_id uuid not null,
  member_id uuid not null,
  token_hash bytea not null check (length(token_hash) = 32),
  created_at timestamptz not null default now(),
  active_at timestamptz not null default now(),
  ended_at timestamptz,
  primary key (tenant_id, id),
  foreign key (tenant_id, location_id) references locations (tenant_id, id),
  foreign key (tenant_id, kiosk_id) references kiosks (tenant_id, id),
  foreign key (tenant_id, member_id) references members (tenant_id, id)
);
create index kiosk_sessions_token on kiosk_sessions (token_hash);
create index kiosk_sessions_standing on kiosk_sessions (tenant_id, kiosk_id) where ended_at is null;
create index kiosk_sessions_member on kiosk_sessions (tenant_id, member_id) where ended_at is null;
select app.fence('kiosk_sessions', updatable => array['ended_at']);
select app.open_to('opsflow_auth', 'kiosk_sessions',
                   array['tenant_id', 'id', 'kiosk_id', 'member_id', 'token_hash', 'active_at', 'ended_at'],
                   updatable => array['active_at', 'ended_at']);

create table member_pins (
  tenant_id uuid not null default app.tenant(),
  id uuid not null default uuidv7(),
  member_id uuid not null,
  pin_hash text not null check (length(pin_hash) between 1 and 200), -- argon2id, salted, with a pepper from outside
  is_temporary boolean not null, -- given by a manager: good for choosing one's own, and for nothing else
  set_by uuid,
  set_at timestamptz not null default now(),
  primary key (tenant_id, id),
  unique (tenant_id, member_id),
  foreign key (tenant_id, member_id) references members (tenant_id, id),
  foreign key (tenant_id, set_by) references members (tenant_id, id)
);
select app.fence('member_pins', updatable => array['pin_hash', 'is_temporary', 'set_by', 'set_at']);
select app.open_to('opsflow_auth', 'member_pins', array['tenant_id', 'member_id', 'is_temporary']);

-- Every PIN that was tried, counted before it is looked at: many guesses at once are still counted one by one.
create table pin_tries (
  tenant_id uuid not null default app.tenant(),
  id uuid not null default uuidv7(),
  location_id uuid not null,
  kiosk_id uuid not null,
  tried_as uuid not null, -- whoever was claimed, known or not: both are counted alike
  purpose text not null check (purpose in ('sign_in', 'signature', 'change')),
  tried_at timestamptz not null default clock_timestamp(),
  succeeded_at timestamptz,
  primary key (tenant_id, id),
  foreign key (tenant_id, location_id) references locations (tenant_id, id),
  foreign key (tenant_id, kiosk_id) references kiosks (tenant_id, id)
);
create index pin_tries_of_kiosk on pin_tries (tenant_id, kiosk_id, tried_at desc);
select app.fence('pin_tries', updatable => array['succeeded_at']);

-- On which tablet, named by the statement as a device is: sensors' readings pay nothing for it.
-- Not validated: the columns are new, so there is no row to look at; every row to come is checked.
alter table temperature_logs add column kiosk_id uuid;
grant select (kiosk_id), insert (kiosk_id) on temperature_logs to opsflow_app;
alter table corrective_action_steps add column kiosk_id uuid;
alter table corrective_action_steps add constraint corrective_action_steps_kiosk
  foreign key (tenant_id, kiosk_id) references kiosks (tenant_id, id) not valid;
grant select (kiosk_id), insert (kiosk_id) on corrective_action_steps to opsflow_app;
alter table tasks add column kiosk_id uuid; -- where it was last changed
alter table tasks add constraint tasks_kiosk foreign key (tenant_id, kiosk_id) references kiosks (tenant_id, id) not valid;
grant select (kiosk_id), insert (kiosk_id), update (kiosk_id) on tasks to opsflow_app;
