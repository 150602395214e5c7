-- Whoever audits a place may show that they are there: by its code, or by how far their device is from it. Each time is a row of
-- its own. Where they were is never kept, only how far and how exact.
set local lock_timeout = '5s';

create table checklist_presences (
  tenant_id uuid not null default app.tenant(),
  id uuid not null, -- minted where it was shown
  location_id uuid not null,
  checklist_id uuid not null,
  method text not null check (method in ('code', 'position')),
  verdict text not null check (verdict in ('here', 'elsewhere', 'too_inexact', 'code_unknown', 'code_revoked', 'changed_meanwhile')),
  place_code_id uuid, -- null: a position, or no code of this location
  code_end text check (length(code_end) between 1 and 20), -- of the code as it was read
  distance_metres int check (distance_metres >= 0),
  accuracy_metres int check (accuracy_metres > 0),
  shown_by uuid,
  kiosk_id uuid,
  shown_at timestamptz not null,
  received_at timestamptz not null default now(),
  time_quality text not null check (time_quality in ('server', 'exact', 'corrected', 'doubtful')),
  primary key (tenant_id, id),
  foreign key (tenant_id, location_id) references locations (tenant_id, id),
  foreign key (tenant_id, location_id, checklist_id) references checklists (tenant_id, location_id, id),
  foreign key (tenant_id, place_code_id) references place_codes (tenant_id, id),
  foreign key (tenant_id, shown_by) references members (tenant_id, id),
  foreign key (tenant_id, kiosk_id) references kiosks (tenant_id, id),
  check ((method = 'code') = (code_end is not null)),
  check ((method = 'position') = (distance_metres is not null and accuracy_metres is not null))
);
create index checklist_presences_of on checklist_presences (tenant_id, checklist_id, shown_at);
select app.fence('checklist_presences');
select app.feed('checklist_presences', 'checklist', id_column => 'checklist_id', is_part => true);

-- Which of them a signature was given for: what is shown later does not make it another text.
alter table checklist_sign_offs add column presences uuid[] not null default '{}';
grant select (presences), insert (presences) on checklist_sign_offs to opsflow_app;
