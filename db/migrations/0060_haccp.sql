-- HACCP plans: what is being written, what was signed, who signed it.
set local lock_timeout = '5s';

create table haccp_plans (
  tenant_id uuid not null default app.tenant(),
  id uuid not null default uuidv7(),
  location_id uuid not null,
  name text not null check (length(name) between 1 and 120),
  draft jsonb not null,
  points int not null default 0 check (points >= 0), -- critical control points of the draft
  revision int not null default 1 check (revision > 0), -- of two who write at once, the second is told
  is_changed boolean not null default true, -- the draft says something else than the revision in force
  in_force_id uuid,
  review_due date, -- null: nothing is in force
  review_since uuid, -- the signature that this day is counted from
  review_asked uuid, -- the signature whose review a task asks for already
  created_by uuid,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  archived_at timestamptz,
  primary key (tenant_id, id),
  unique (tenant_id, location_id, id),
  foreign key (tenant_id, location_id) references locations (tenant_id, id),
  foreign key (tenant_id, created_by) references members (tenant_id, id),
  check ((in_force_id is null) = (review_due is null)),
  check ((in_force_id is null) = (review_since is null))
);
create unique index haccp_plans_name on haccp_plans (tenant_id, location_id, lower(name)) where archived_at is null;
create index haccp_plans_review on haccp_plans (review_due) where archived_at is null and review_asked is distinct from review_since;
select app.fence('haccp_plans', updatable => array['name', 'draft', 'points', 'revision', 'is_changed', 'in_force_id',
                                                    'review_due', 'review_since', 'review_asked', 'updated_at', 'archived_at']);
select app.open_to('opsflow_relay', 'haccp_plans',
                   array['tenant_id', 'id', 'location_id', 'review_due', 'review_since', 'review_asked', 'archived_at']);

-- Frozen, with what it points at as that was called then.
create table haccp_revisions (
  tenant_id uuid not null default app.tenant(),
  id uuid not null default uuidv7(),
  location_id uuid not null,
  plan_id uuid not null,
  number int not null check (number > 0),
  name text not null check (length(name) between 1 and 120),
  content jsonb not null,
  shown jsonb not null,
  digest bytea not null check (octet_length(digest) = 32),
  note text not null default '' check (length(note) <= 1000),
  primary key (tenant_id, id),
  unique (tenant_id, plan_id, number),
  unique (tenant_id, location_id, id),
  foreign key (tenant_id, location_id) references locations (tenant_id, id),
  foreign key (tenant_id, location_id, plan_id) references haccp_plans (tenant_id, location_id, id)
);
select app.fence('haccp_revisions');

create table haccp_signatures (
  tenant_id uuid not null default app.tenant(),
  id uuid not null default uuidv7(),
  location_id uuid not null,
  revision_id uuid not null,
  meaning text not null check (meaning in ('approved', 'agreed', 'reviewed')),
  comment text not null default '' check (length(comment) <= 1000),
  signed_by uuid, -- null: the demo's own
  signed_at timestamptz not null default now(),
  primary key (tenant_id, id),
  foreign key (tenant_id, location_id) references locations (tenant_id, id),
  foreign key (tenant_id, location_id, revision_id) references haccp_revisions (tenant_id, location_id, id),
  foreign key (tenant_id, signed_by) references members (tenant_id, id)
);
create index haccp_signatures_of on haccp_signatures (tenant_id, revision_id, signed_at);
create unique index haccp_signatures_once on haccp_signatures (tenant_id, revision_id, signed_by) where meaning = 'agreed';
select app.fence('haccp_signatures');
