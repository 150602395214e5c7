-- The demo's own note. A demo tenant without its row here was interrupted while it was made: it is wiped and made anew.
set local lock_timeout = '5s';

create table demo_seeds (
  tenant_id uuid not null default app.tenant(),
  id uuid not null default uuidv7(),
  chain text not null check (length(chain) between 1 and 60),
  history_from timestamptz not null,
  history_to timestamptz not null, -- its incidents count from here
  seeded_at timestamptz not null default now(),
  primary key (tenant_id, id),
  unique (tenant_id),
  foreign key (tenant_id) references tenants (tenant_id)
);
select app.fence('demo_seeds');
