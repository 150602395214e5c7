-- An audit is a checklist with a score. What it came to is kept when it is completed, and never computed again: nothing
-- of a row can be changed. A checklist that is sent back and completed again comes to another row.
set local lock_timeout = '5s';

create table audits (
  tenant_id uuid not null default app.tenant(),
  id uuid not null default uuidv7(),
  location_id uuid not null,
  checklist_id uuid not null,
  template_id uuid not null,
  version int not null,
  audit_type text not null check (audit_type in ('haccp', 'health_inspection', 'internal')),
  audit_date date not null, -- the location's business day
  scheme text not null check (scheme in ('weighted', 'nyc', 'la_county', 'fda', 'fhrs')),
  status text not null check (status in ('pass', 'fail', 'fail_critical', 'incomplete', 'not_scored', 'scored')),
  compliance_score numeric(5,2) check (compliance_score between 0 and 100), -- null: not scored, or a scheme without a percentage
  grade text check (length(grade) between 1 and 40), -- computed; what an authority posted is another thing
  score jsonb not null, -- with what it is made of: which answers cost what
  scored_at timestamptz not null,
  scored_by uuid,
  received_at timestamptz not null default now(),
  primary key (tenant_id, id),
  foreign key (tenant_id, location_id) references locations (tenant_id, id),
  foreign key (tenant_id, location_id, checklist_id) references checklists (tenant_id, location_id, id),
  foreign key (tenant_id, template_id, version) references checklist_template_versions (tenant_id, template_id, version),
  foreign key (tenant_id, scored_by) references members (tenant_id, id),
  check (status <> 'not_scored' or compliance_score is null)
);
create index audits_of_day on audits (tenant_id, audit_date desc, id desc);
create index audits_of_location on audits (tenant_id, location_id, audit_date desc, id desc);
create index audits_of_checklist on audits (tenant_id, checklist_id, received_at desc);
select app.fence('audits');
select app.feed('audits', 'audit');
