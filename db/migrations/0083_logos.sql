-- An organization's logo: on papers, on the page of an inspector, in its settings.
set local lock_timeout = '5s';

create table organization_logos (
  tenant_id uuid not null default app.tenant(),
  id uuid not null default uuidv7(),
  organization_id uuid not null,
  sha256 bytea not null check (octet_length(sha256) = 32), -- of the picture we drew of it, by which it lies in the storage
  size int not null check (size > 0),
  width int not null check (width > 0),
  height int not null check (height > 0),
  -- Against such a background so little of it can be told apart that it needs a plate behind it.
  vanishes_on_light boolean not null,
  vanishes_on_dark boolean not null,
  in_use boolean not null default false,
  added_by text not null default app.actor(),
  added_at timestamptz not null default now(),
  primary key (tenant_id, id),
  unique (tenant_id, organization_id, sha256), -- sending one twice is sending it once
  foreign key (tenant_id, organization_id) references organizations (tenant_id, id)
);
create unique index organization_logos_in_use on organization_logos (tenant_id, organization_id) where in_use;
select app.fence('organization_logos', updatable => array['in_use'], deletable => true);
