-- Whoever holds a printed record or an inspector's pack sees by its code whether it is what was made, and when.
set local lock_timeout = '5s';

create table papers (
  tenant_id uuid not null default app.tenant(),
  id uuid not null default uuidv7(),
  location_id uuid not null,
  kind text not null check (kind in ('record', 'pack')),
  subject_id uuid, -- of a record: the checklist
  first_day date, -- of a pack: its business days, both inclusive
  last_day date check (last_day >= first_day),
  title text not null check (length(title) between 1 and 300),
  given_to text check (length(given_to) between 1 and 100),
  code_hash bytea not null check (octet_length(code_hash) = 32), -- the code itself stands on the paper only
  sha256 bytea not null check (octet_length(sha256) = 32), -- of the file's bytes
  size integer not null check (size > 0),
  made_at timestamptz not null default now(),
  made_by uuid,
  primary key (tenant_id, id),
  unique (tenant_id, code_hash),
  foreign key (tenant_id, location_id) references locations (tenant_id, id),
  foreign key (tenant_id, made_by) references members (tenant_id, id)
);
create index papers_code on papers (code_hash);
select app.fence('papers');
-- Whoever holds a paper has no tenant.
select app.open_to('opsflow_auth', 'papers', array['tenant_id', 'location_id', 'kind', 'first_day', 'last_day', 'title', 'given_to',
  'code_hash', 'sha256', 'size', 'made_at']);

-- Whoever gives a link says whether the photos go with it; only who may see them can.
alter table inspector_links add column photos boolean not null default false;
grant insert (photos), select (photos) on inspector_links to opsflow_app;
grant select (photos) on inspector_links to opsflow_auth;
