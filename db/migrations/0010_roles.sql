-- The organization's tree, roles of its own, grants at any node of the tree, and the trail of who changed what.
set local lock_timeout = '5s';

-- A region, a district: a node between the organization and its locations. The organization itself is the root.
create table location_groups (
  tenant_id uuid not null default app.tenant(),
  id uuid not null default uuidv7(),
  organization_id uuid not null,
  parent_id uuid, -- null: directly under the organization
  name text not null check (length(name) between 1 and 200),
  created_at timestamptz not null default now(),
  archived_at timestamptz,
  primary key (tenant_id, id),
  unique (tenant_id, organization_id, id),
  foreign key (tenant_id, organization_id) references organizations (tenant_id, id),
  foreign key (tenant_id, organization_id, parent_id) references location_groups (tenant_id, organization_id, id),
  check (parent_id <> id)
);
create unique index location_groups_name on location_groups (tenant_id, organization_id, parent_id, name)
  nulls not distinct where archived_at is null;
create index location_groups_parent on location_groups (tenant_id, parent_id);
select app.fence('location_groups', updatable => array['parent_id', 'name', 'archived_at']);
select app.open_to('opsflow_auth', 'location_groups',
                   array['tenant_id', 'id', 'organization_id', 'parent_id', 'archived_at']);

alter table locations add column group_id uuid; -- null: directly under the organization
-- Not validated, here and below: the column is new, so there is no row to look at; every row to come is checked.
alter table locations add constraint locations_group
  foreign key (tenant_id, organization_id, group_id) references location_groups (tenant_id, organization_id, id) not valid;
-- A chain has thousands of locations at most: the index is built within the lock_timeout's patience.
-- squawk-ignore require-concurrent-index-creation
create index locations_in_group on locations (tenant_id, group_id);
grant select (group_id), insert (group_id), update (group_id) on locations to opsflow_app;
grant select (group_id) on locations to opsflow_auth;

-- A role an organization made for itself, beside the three built-in ones.
create table roles (
  tenant_id uuid not null default app.tenant(),
  id uuid not null default uuidv7(),
  organization_id uuid not null,
  name text not null check (length(name) between 1 and 100),
  description text not null default '' check (length(description) <= 500),
  permissions text[] not null check (cardinality(permissions) between 1 and 200),
  version int not null default 1 check (version > 0), -- of two who edit at once, the second is told
  created_by uuid,
  created_at timestamptz not null default now(),
  archived_at timestamptz,
  primary key (tenant_id, id),
  foreign key (tenant_id, organization_id) references organizations (tenant_id, id),
  foreign key (tenant_id, created_by) references members (tenant_id, id)
);
create unique index roles_name on roles (tenant_id, organization_id, name) where archived_at is null;
select app.fence('roles', updatable => array['name', 'description', 'permissions', 'version', 'archived_at']);
select app.open_to('opsflow_auth', 'roles', array['tenant_id', 'id', 'organization_id', 'permissions', 'archived_at']);

-- A grant binds a built-in role or one of the organization's own to a location, to a group and all below it,
-- or (neither) to the whole organization.
-- A release that does not know custom roles sees such a grant as one that gives nothing.
-- squawk-ignore ban-drop-not-null
alter table role_grants alter column role drop not null;
alter table role_grants add column role_id uuid, add column group_id uuid;
alter table role_grants
  add constraint role_grants_role foreign key (tenant_id, role_id) references roles (tenant_id, id) not valid,
  add constraint role_grants_group foreign key (tenant_id, group_id) references location_groups (tenant_id, id) not valid,
  add constraint role_grants_one_role check (num_nonnulls(role, role_id) = 1) not valid,
  add constraint role_grants_one_place check (num_nonnulls(location_id, group_id) <= 1) not valid,
  add constraint role_grants_admin_at_root check (role is distinct from 'org:admin' or group_id is null) not valid;
-- Few rows, and each holds these already.
-- squawk-ignore constraint-missing-not-valid
alter table role_grants validate constraint role_grants_one_role;
-- squawk-ignore constraint-missing-not-valid
alter table role_grants validate constraint role_grants_one_place;
-- squawk-ignore constraint-missing-not-valid
alter table role_grants validate constraint role_grants_admin_at_root;
-- squawk-ignore require-concurrent-index-deletion
drop index role_grants_standing;
-- squawk-ignore require-concurrent-index-creation
create unique index role_grants_standing on role_grants (tenant_id, member_id, role, role_id, location_id, group_id)
  nulls not distinct where revoked_at is null;
grant select (role_id, group_id), insert (role_id, group_id) on role_grants to opsflow_app;
grant select (id, role_id, group_id) on role_grants to opsflow_auth;

-- Who changed what, from what to what: written in the transaction of the change, never altered.
create table events (
  tenant_id uuid not null default app.tenant(),
  id uuid not null default uuidv7(),
  organization_id uuid not null,
  location_id uuid, -- null: it concerns the whole organization
  actor text not null default app.actor(),
  name text not null check (length(name) between 1 and 100),
  subject_id uuid not null,
  before jsonb,
  after jsonb,
  at timestamptz not null default now(),
  primary key (tenant_id, id),
  foreign key (tenant_id, organization_id) references organizations (tenant_id, id),
  foreign key (tenant_id, location_id) references locations (tenant_id, id)
);
create index events_of_organization on events (tenant_id, organization_id, id);
create index events_of_subject on events (tenant_id, subject_id, id);
select app.fence('events');
-- What concerns the whole organization is left to the permission; what happened at a location is seen from there.
create policy location_read on events as restrictive for select to opsflow_app
  using (coalesce(location_id = any ((select app.locations())::uuid[]), true));
