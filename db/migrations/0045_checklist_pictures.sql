-- Pictures of checklists: what an instruction or a question shows. They belong to the organization, as its templates do.
set local lock_timeout = '5s';

create table checklist_pictures (
  tenant_id uuid not null default app.tenant(),
  id uuid not null default uuidv7(),
  organization_id uuid not null,
  captured_sha256 bytea not null check (length(captured_sha256) = 32), -- of the bytes that were sent
  stored_sha256 bytea not null check (length(stored_sha256) = 32), -- of the bytes that are kept and served
  stored_size int not null check (stored_size >= 1),
  thumbnail_sha256 bytea not null check (length(thumbnail_sha256) = 32),
  thumbnail_size int not null check (thumbnail_size >= 1),
  added_by text not null default app.actor(),
  added_at timestamptz not null default now(),
  primary key (tenant_id, id),
  unique (tenant_id, organization_id, captured_sha256), -- sending one twice is sending it once
  foreign key (tenant_id, organization_id) references organizations (tenant_id, id)
);
select app.fence('checklist_pictures');
