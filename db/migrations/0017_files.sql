-- Photos and files, and what they prove. Bytes lie in the file storage under their own hash; here is what they are.
set local lock_timeout = '5s';

-- What is on its way. Pieces lie in the storage until all have come; then the row becomes a file, or is swept.
create table file_uploads (
  tenant_id uuid not null default app.tenant(),
  id uuid not null default uuidv7(), -- of the file to be, minted on the device
  location_id uuid not null,
  sha256 bytea not null check (length(sha256) = 32), -- of what was captured
  size int not null check (size >= 1 and size <= 33554432),
  captured_at timestamptz not null,
  captured_quality text not null check (captured_quality in ('exact', 'corrected', 'doubtful')),
  started_by text not null default app.actor(),
  kiosk_id uuid,
  received int not null default 0 check (received >= 0),
  pieces text[] not null default '{}', -- their keys in the storage, in order
  refusal text check (length(refusal) <= 100), -- why what arrived is not kept
  created_at timestamptz not null default now(),
  touched_at timestamptz not null default now(),
  expires_at timestamptz not null,
  primary key (tenant_id, id),
  foreign key (tenant_id, location_id) references locations (tenant_id, id),
  foreign key (tenant_id, kiosk_id) references kiosks (tenant_id, id)
);
create index file_uploads_due on file_uploads (expires_at);
create index file_uploads_complete on file_uploads (touched_at) where received = size and refusal is null;
select app.fence('file_uploads', updatable => array['received', 'pieces', 'refusal', 'touched_at', 'expires_at'], deletable => true);
select app.open_to('opsflow_relay', 'file_uploads',
                   array['tenant_id', 'id', 'location_id', 'size', 'received', 'refusal', 'touched_at', 'expires_at']);

-- What has arrived whole, was looked into and is kept. Never changed.
create table files (
  tenant_id uuid not null default app.tenant(),
  id uuid not null default uuidv7(),
  location_id uuid not null,
  captured_sha256 bytea not null check (length(captured_sha256) = 32), -- of the bytes the device sent
  captured_size int not null check (captured_size >= 1),
  stored_sha256 bytea not null check (length(stored_sha256) = 32), -- of the bytes that are kept and served
  stored_size int not null check (stored_size >= 1),
  thumbnail_sha256 bytea check (length(thumbnail_sha256) = 32),
  thumbnail_size int check (thumbnail_size >= 1),
  media_type text not null check (media_type in ('image/jpeg', 'application/pdf')),
  width int check (width >= 1),
  height int check (height >= 1),
  captured_at timestamptz not null,
  captured_quality text not null check (captured_quality in ('exact', 'corrected', 'doubtful')),
  uploaded_by text not null default app.actor(),
  kiosk_id uuid,
  arrived_at timestamptz not null default now(),
  primary key (tenant_id, id),
  foreign key (tenant_id, location_id) references locations (tenant_id, id),
  foreign key (tenant_id, kiosk_id) references kiosks (tenant_id, id)
);
select app.fence('files');

-- How much of its room a tenant has used.
create table file_usage (
  tenant_id uuid not null default app.tenant(),
  files bigint not null check (files >= 0),
  bytes bigint not null check (bytes >= 0),
  primary key (tenant_id)
);
select app.fence('file_usage', updatable => array['files', 'bytes']);

-- A record names its photos before their bytes have come: by id and hash. It is final when each has arrived or was waived.
create table evidence (
  tenant_id uuid not null default app.tenant(),
  id uuid not null default uuidv7(),
  location_id uuid not null,
  owner_kind text not null check (length(owner_kind) between 1 and 40),
  owner_id uuid not null,
  file_id uuid not null, -- no reference: the file may be days behind
  sha256 bytea not null check (length(sha256) = 32),
  named_by uuid,
  kiosk_id uuid,
  named_at timestamptz not null,
  arrived_at timestamptz,
  waived_at timestamptz,
  waived_by uuid,
  waiver text check (length(waiver) between 1 and 1000),
  primary key (tenant_id, id),
  unique (tenant_id, owner_kind, owner_id, file_id),
  check ((waived_at is null) = (waiver is null)),
  foreign key (tenant_id, location_id) references locations (tenant_id, id),
  foreign key (tenant_id, named_by) references members (tenant_id, id),
  foreign key (tenant_id, waived_by) references members (tenant_id, id),
  foreign key (tenant_id, kiosk_id) references kiosks (tenant_id, id)
);
create index evidence_file on evidence (tenant_id, file_id);
select app.fence('evidence', updatable => array['arrived_at', 'waived_at', 'waived_by', 'waiver']);
