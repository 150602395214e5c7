-- Someone hands an audit or a checklist over to another person, with a note. Each is a row of its own; the latest says whose it is.
set local lock_timeout = '5s';

create table checklist_handovers (
  tenant_id uuid not null default app.tenant(),
  id uuid not null, -- minted where it was done
  location_id uuid not null,
  checklist_id uuid not null,
  handed_to uuid not null,
  note text not null check (length(note) between 1 and 1000),
  handed_by uuid,
  kiosk_id uuid,
  handed_at timestamptz not null,
  received_at timestamptz not null default now(),
  time_quality text not null check (time_quality in ('server', 'exact', 'corrected', 'doubtful')),
  primary key (tenant_id, id),
  foreign key (tenant_id, location_id) references locations (tenant_id, id),
  foreign key (tenant_id, location_id, checklist_id) references checklists (tenant_id, location_id, id),
  foreign key (tenant_id, handed_to) references members (tenant_id, id),
  foreign key (tenant_id, handed_by) references members (tenant_id, id),
  foreign key (tenant_id, kiosk_id) references kiosks (tenant_id, id)
);
create index checklist_handovers_of on checklist_handovers (tenant_id, checklist_id, handed_at);
select app.fence('checklist_handovers');
select app.feed('checklist_handovers', 'checklist', id_column => 'checklist_id', is_part => true);
