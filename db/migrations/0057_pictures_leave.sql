-- Pictures that no checklist shows any more leave after a while: first the row, then the bytes, which others may share.
set local lock_timeout = '5s';

alter table checklist_pictures
  add column unshown_at timestamptz, -- since when it was found that nothing shows it
  add column look_at timestamptz not null default now() + interval '30 days'; -- when to look whether something does
grant select (unshown_at, look_at), insert (unshown_at, look_at), update (unshown_at, look_at) on checklist_pictures to opsflow_app;
grant delete on checklist_pictures to opsflow_app;
select app.open_to('opsflow_relay', 'checklist_pictures', array['tenant_id', 'organization_id', 'look_at']);
-- Few rows for each customer: no index is built beside it.
-- squawk-ignore require-concurrent-index-creation
create index checklist_pictures_look on checklist_pictures (look_at);

-- Bytes in the storage that nothing names any more. Whoever names them again takes the row away, and writes them anew
-- where they are gone.
create table file_leavings (
  tenant_id uuid not null default app.tenant(),
  sha256 bytea not null check (length(sha256) = 32), -- their name in the storage
  organization_id uuid not null,
  left_at timestamptz not null default now(),
  gone_at timestamptz, -- the bytes are removed; the row stays for whoever is naming them just now
  primary key (tenant_id, sha256),
  foreign key (tenant_id, organization_id) references organizations (tenant_id, id)
);
create index file_leavings_due on file_leavings (left_at);
select app.fence('file_leavings', updatable => array['left_at', 'gone_at'], deletable => true);
select app.open_to('opsflow_relay', 'file_leavings', array['tenant_id', 'organization_id', 'left_at', 'gone_at']);
