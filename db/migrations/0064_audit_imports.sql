-- Audits that others did: files of cities and peers as they arrive, which of their places is which of ours, and what came of
-- them. Imported audits lie apart from those done here: nothing of them is recomputed, owned or due.
set local lock_timeout = '5s';

create table audit_imports (
  tenant_id uuid not null default app.tenant(),
  id uuid not null default uuidv7(),
  organization_id uuid not null,
  file_name text not null check (length(file_name) between 1 and 300),
  bytes bigint not null default 0 check (bytes >= 0),
  sha256 bytea check (length(sha256) = 32), -- null: still arriving
  state text not null default 'receiving'
    check (state in ('receiving', 'reading', 'previewed', 'running', 'done', 'failed', 'cancelled')),
  kind text check (kind in ('inspections', 'safetyculture', 'opsflow')),
  encoding text check (encoding in ('utf-8', 'windows-1252', 'utf-16le')),
  mapping jsonb, -- InspectionMapping of capabilities/imports
  look jsonb, -- what it holds, as it was read: Look of capabilities/imports
  bytes_read bigint not null default 0,
  rows_total int check (rows_total >= 0),
  rows_done int not null default 0,
  rows_accepted int not null default 0,
  rows_duplicate int not null default 0,
  rows_differing int not null default 0, -- here already, and said otherwise then: what stands stays
  rows_unplaced int not null default 0, -- of a place nobody said is ours
  rows_refused int not null default 0,
  failure text check (length(failure) between 1 and 60),
  created_by uuid,
  created_at timestamptz not null default now(),
  finished_at timestamptz,
  primary key (tenant_id, id),
  unique (tenant_id, organization_id, id),
  foreign key (tenant_id, organization_id) references organizations (tenant_id, id),
  foreign key (tenant_id, created_by) references members (tenant_id, id)
);
create index audit_imports_recent on audit_imports (tenant_id, organization_id, created_at desc, id desc);
select app.fence('audit_imports', updatable => array['bytes', 'sha256', 'state', 'kind', 'encoding', 'mapping', 'look', 'bytes_read',
  'rows_total', 'rows_done', 'rows_accepted', 'rows_duplicate', 'rows_differing', 'rows_unplaced', 'rows_refused', 'failure',
  'finished_at'], deletable => true); -- one that never arrived leaves nothing
-- Which were cut off, and which nobody went on with.
select app.open_to('opsflow_relay', 'audit_imports', array['tenant_id', 'id', 'organization_id', 'state', 'created_at']);

-- The file, piece by piece, until it is imported or let go.
create table audit_import_chunks (
  tenant_id uuid not null default app.tenant(),
  id uuid not null default uuidv7(),
  import_id uuid not null,
  n int not null check (n >= 0),
  bytes bytea not null check (length(bytes) <= 1048576),
  primary key (tenant_id, id),
  unique (tenant_id, import_id, n),
  foreign key (tenant_id, import_id) references audit_imports (tenant_id, id)
);
select app.fence('audit_import_chunks', deletable => true);

-- Rows that are not taken, with why. So many are kept; the file's look says how many there are.
create table audit_import_errors (
  tenant_id uuid not null default app.tenant(),
  id uuid not null default uuidv7(),
  import_id uuid not null,
  row_number int not null check (row_number >= 0),
  column_name text not null check (length(column_name) <= 200),
  code text not null check (length(code) between 1 and 60),
  message text not null check (length(message) <= 1000),
  cells jsonb not null default '[]', -- the row as it was, for the file of refused rows
  primary key (tenant_id, id),
  unique (tenant_id, import_id, row_number, column_name, code),
  foreign key (tenant_id, import_id) references audit_imports (tenant_id, id)
);
select app.fence('audit_import_errors', deletable => true);

-- The places of a file, and which of ours somebody says they are.
create table audit_import_places (
  tenant_id uuid not null default app.tenant(),
  id uuid not null default uuidv7(),
  import_id uuid not null,
  source text not null check (source in ('chicago', 'nyc', 'inspections', 'safetyculture', 'opsflow')),
  place_key text not null check (length(place_key) between 1 and 300),
  name text not null check (length(name) <= 300),
  licence text not null check (length(licence) <= 100),
  address text not null check (length(address) <= 500),
  row_count int not null check (row_count > 0),
  proposed_id uuid, -- by licence, street or name; nothing is imported by it
  proposed_by text check (proposed_by in ('licence', 'address', 'name')),
  located_id uuid, -- as somebody said
  primary key (tenant_id, id),
  unique (tenant_id, import_id, source, place_key),
  foreign key (tenant_id, import_id) references audit_imports (tenant_id, id),
  foreign key (tenant_id, proposed_id) references locations (tenant_id, id),
  foreign key (tenant_id, located_id) references locations (tenant_id, id),
  check ((proposed_id is null) = (proposed_by is null))
);
create index audit_import_places_of on audit_import_places (tenant_id, import_id, row_count desc, id);
select app.fence('audit_import_places', updatable => array['located_id'], deletable => true);

-- Remembered for the next file.
create table known_places (
  tenant_id uuid not null default app.tenant(),
  id uuid not null default uuidv7(),
  location_id uuid not null,
  source text not null check (source in ('chicago', 'nyc', 'inspections', 'safetyculture', 'opsflow')),
  place_key text not null check (length(place_key) between 1 and 300),
  said_by uuid,
  said_at timestamptz not null default now(),
  primary key (tenant_id, id),
  unique (tenant_id, source, place_key),
  foreign key (tenant_id, location_id) references locations (tenant_id, id),
  foreign key (tenant_id, said_by) references members (tenant_id, id)
);
select app.fence('known_places', updatable => array['location_id', 'said_by', 'said_at'], deletable => true);

-- Templates that came from elsewhere: known again, so that a second file makes no second one.
create table imported_templates (
  tenant_id uuid not null default app.tenant(),
  id uuid not null default uuidv7(),
  source text not null check (source in ('safetyculture', 'opsflow')),
  source_id text not null check (length(source_id) between 1 and 300),
  template_id uuid not null,
  import_id uuid not null,
  left_out jsonb not null, -- what it says otherwise than there: LeftOut of capabilities/imports
  primary key (tenant_id, id),
  unique (tenant_id, source, source_id),
  foreign key (tenant_id, template_id) references checklist_templates (tenant_id, id),
  foreign key (tenant_id, import_id) references audit_imports (tenant_id, id)
);
select app.fence('imported_templates');

create table imported_audits (
  tenant_id uuid not null default app.tenant(),
  id uuid not null, -- follows from its source and what that knows it by
  location_id uuid not null,
  import_id uuid not null,
  source text not null check (source in ('chicago', 'nyc', 'inspections', 'safetyculture', 'opsflow')),
  source_id text not null check (length(source_id) between 1 and 600),
  name text not null check (length(name) between 1 and 300),
  audit_type text not null check (audit_type in ('haccp', 'health_inspection', 'internal')),
  audit_date date not null,
  completed_at timestamptz,
  stated_by text not null default '' check (length(stated_by) <= 300),
  place jsonb not null, -- as the source calls it
  result text not null default '' check (length(result) <= 600),
  given_score float8,
  given_max float8,
  given_percent float8,
  given_grade text check (length(given_grade) between 1 and 60), -- posted
  computed jsonb not null, -- ours, beside it
  disagrees boolean not null,
  answers jsonb not null default '[]',
  columns jsonb not null default '{}', -- what else its file said
  digest bytea not null check (length(digest) = 32),
  imported_at timestamptz not null default now(),
  primary key (tenant_id, id),
  unique (tenant_id, location_id, id),
  foreign key (tenant_id, location_id) references locations (tenant_id, id),
  foreign key (tenant_id, import_id) references audit_imports (tenant_id, id)
);
create index imported_audits_of_day on imported_audits (tenant_id, audit_date desc, id desc);
create index imported_audits_of_location on imported_audits (tenant_id, location_id, audit_date desc, id desc);
create index imported_audits_of_import on imported_audits (tenant_id, import_id);
create index imported_audits_disagreeing on imported_audits (tenant_id, audit_date desc, id desc) where disagrees;
select app.fence('imported_audits');

-- What was found, word for word. Nobody owns it and nothing is due: that is for findings of audits done here.
create table imported_findings (
  tenant_id uuid not null default app.tenant(),
  id uuid not null,
  location_id uuid not null,
  audit_id uuid not null,
  position int not null check (position >= 0),
  code text not null check (length(code) <= 60),
  text text not null check (length(text) <= 20000),
  is_critical boolean,
  primary key (tenant_id, id),
  foreign key (tenant_id, location_id, audit_id) references imported_audits (tenant_id, location_id, id)
);
create index imported_findings_of on imported_findings (tenant_id, audit_id, position, id);
select app.fence('imported_findings');
