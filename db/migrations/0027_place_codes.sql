-- A code on the wall: it opens what is due at a unit or a place, and lets anyone report what is broken there. And lists
-- of tasks that someone wants to find again.
set local lock_timeout = '5s';

create table place_codes (
  tenant_id uuid not null default app.tenant(),
  id uuid not null default uuidv7(),
  location_id uuid not null,
  unit_id uuid, -- null: a place of the location, or all of it
  label text not null default '' check (length(label) <= 100), -- what the place is called on the page; empty: its unit or location
  code text not null check (length(code) between 1 and 40), -- 100 bits of chance: it hangs on a wall and is nobody's secret, but not to be guessed
  created_by uuid,
  created_at timestamptz not null default now(),
  revoked_at timestamptz,
  revoked_by uuid,
  primary key (tenant_id, id),
  unique (tenant_id, code),
  foreign key (tenant_id, location_id) references locations (tenant_id, id),
  foreign key (tenant_id, location_id, unit_id) references units (tenant_id, location_id, id),
  foreign key (tenant_id, created_by) references members (tenant_id, id),
  foreign key (tenant_id, revoked_by) references members (tenant_id, id)
);
create index place_codes_code on place_codes (code) where revoked_at is null;
create index place_codes_location on place_codes (tenant_id, location_id);
select app.fence('place_codes', updatable => array['label', 'revoked_at', 'revoked_by']);
select app.feed('place_codes', 'place_code');
-- Whoever scans one has no tenant yet.
select app.open_to('opsflow_auth', 'place_codes', array['tenant_id', 'id', 'location_id', 'unit_id', 'label', 'code', 'revoked_at']);

create table task_views (
  tenant_id uuid not null default app.tenant(),
  id uuid not null default uuidv7(),
  member_id uuid not null, -- nobody else sees it
  name text not null check (length(name) between 1 and 60),
  filter jsonb not null, -- TaskFilter of task-filter.ts
  created_at timestamptz not null default now(),
  primary key (tenant_id, id),
  unique (tenant_id, member_id, name),
  foreign key (tenant_id, member_id) references members (tenant_id, id)
);
select app.fence('task_views', updatable => array['filter'], deletable => true);
