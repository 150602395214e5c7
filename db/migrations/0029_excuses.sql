-- A missed checklist is excused by a manager, with a reason. An excuse that is taken back stays on record.
set local lock_timeout = '5s';

create table checklist_excuses (
  tenant_id uuid not null default app.tenant(),
  id uuid not null default uuidv7(),
  location_id uuid not null,
  checklist_id uuid not null,
  reason text not null check (length(reason) between 1 and 1000),
  excused_by uuid, -- null: not by a person we know
  excused_at timestamptz not null default now(),
  taken_back_by uuid,
  taken_back_at timestamptz,
  primary key (tenant_id, id),
  foreign key (tenant_id, location_id) references locations (tenant_id, id),
  foreign key (tenant_id, location_id, checklist_id) references checklists (tenant_id, location_id, id),
  foreign key (tenant_id, excused_by) references members (tenant_id, id),
  foreign key (tenant_id, taken_back_by) references members (tenant_id, id)
);
-- One stands at a time.
create unique index checklist_excuses_standing on checklist_excuses (tenant_id, checklist_id) where taken_back_at is null;
select app.fence('checklist_excuses', updatable => array['taken_back_by', 'taken_back_at']);
select app.feed('checklist_excuses', 'checklist', id_column => 'checklist_id', is_part => true);
