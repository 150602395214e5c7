-- An inspector without an account looks at a location's records of some days: by a link that ends, can be taken back,
-- and tells when it was used.
set local lock_timeout = '5s';

create table inspector_links (
  tenant_id uuid not null default app.tenant(),
  id uuid not null default uuidv7(),
  location_id uuid not null,
  first_day date not null, -- business days, both inclusive
  last_day date not null check (last_day >= first_day),
  language text not null check (language in ('en', 'es')),
  given_to text not null check (length(given_to) between 1 and 100), -- stands across each page
  secret_hash bytea not null check (octet_length(secret_hash) = 32), -- the secret itself is shown once and kept nowhere
  expires_at timestamptz not null,
  created_at timestamptz not null default now(),
  created_by uuid,
  revoked_at timestamptz,
  revoked_by uuid,
  primary key (tenant_id, id),
  unique (tenant_id, location_id, id),
  unique (tenant_id, secret_hash),
  foreign key (tenant_id, location_id) references locations (tenant_id, id),
  foreign key (tenant_id, created_by) references members (tenant_id, id),
  foreign key (tenant_id, revoked_by) references members (tenant_id, id)
);
create index inspector_links_secret on inspector_links (secret_hash) where revoked_at is null;
create index inspector_links_location on inspector_links (tenant_id, location_id, id desc);
select app.fence('inspector_links', updatable => array['revoked_at', 'revoked_by']);
-- Whoever follows one has no tenant yet.
select app.open_to('opsflow_auth', 'inspector_links', array['tenant_id', 'id', 'location_id', 'first_day', 'last_day', 'language',
  'given_to', 'secret_hash', 'expires_at', 'revoked_at']);

create table inspector_visits (
  tenant_id uuid not null default app.tenant(),
  id uuid not null default uuidv7(),
  location_id uuid not null,
  link_id uuid not null,
  what text not null check (what in ('opened', 'file')),
  network text not null check (length(network) <= 60), -- the address without its last part: a network, not a person
  visited_at timestamptz not null default now(),
  primary key (tenant_id, id),
  foreign key (tenant_id, location_id) references locations (tenant_id, id),
  foreign key (tenant_id, location_id, link_id) references inspector_links (tenant_id, location_id, id)
);
create index inspector_visits_link on inspector_visits (tenant_id, link_id, id desc);
select app.fence('inspector_visits');
