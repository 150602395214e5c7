-- Photos of audits that others did, where their file brought them along: each hangs at an answer, and is kept as our own are.
set local lock_timeout = '5s';

create table imported_photos (
  tenant_id uuid not null default app.tenant(),
  id uuid not null, -- follows from its audit, its answer and what the source calls it; its file has the same
  location_id uuid not null,
  audit_id uuid not null,
  import_id uuid not null,
  file_id uuid not null,
  answer int not null check (answer >= 0), -- counted from 0
  media_id text not null check (length(media_id) between 1 and 300), -- as the source calls it
  sha256 bytea not null check (length(sha256) = 32), -- of its bytes as they came
  kept_at timestamptz not null default now(),
  primary key (tenant_id, id),
  foreign key (tenant_id, location_id) references locations (tenant_id, id),
  foreign key (tenant_id, location_id, audit_id) references imported_audits (tenant_id, location_id, id),
  foreign key (tenant_id, import_id) references audit_imports (tenant_id, id),
  foreign key (tenant_id, file_id) references files (tenant_id, id)
);
create index imported_photos_of on imported_photos (tenant_id, audit_id, answer, id);
create index imported_photos_of_import on imported_photos (tenant_id, import_id);
select app.fence('imported_photos');
