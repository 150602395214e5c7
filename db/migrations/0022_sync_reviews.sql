-- What a manager decided about offline work that could not simply be done.
set local lock_timeout = '5s';

create table sync_reviews (
  tenant_id uuid not null default app.tenant(),
  id uuid not null, -- the mutation's
  organization_id uuid not null,
  location_id uuid, -- null: what it is about is unknown
  decision text not null check (decision in ('accepted', 'rejected', 'discarded')),
  reason text not null check (length(reason) <= 1000),
  decided_by uuid,
  decided_at timestamptz not null default now(),
  outcome text check (outcome in ('applied', 'superseded')), -- what became of it when it was accepted
  primary key (tenant_id, id),
  foreign key (tenant_id, id) references sync_mutations (tenant_id, id),
  foreign key (tenant_id, organization_id) references organizations (tenant_id, id),
  foreign key (tenant_id, location_id) references locations (tenant_id, id),
  foreign key (tenant_id, decided_by) references members (tenant_id, id)
);
select app.fence('sync_reviews', updatable => array['outcome']);
create policy location_read on sync_reviews as restrictive for select to opsflow_app
  using (coalesce(location_id = any ((select locations from app.context)::uuid[]), true));
