-- Who is manager on duty at a location, from when until when. Whoever takes over ends the duty of the one before.
set local lock_timeout = '5s';

create table duties (
  tenant_id uuid not null default app.tenant(),
  id uuid not null default uuidv7(), -- minted where it was taken
  location_id uuid not null,
  member_id uuid not null,
  starts_at timestamptz not null,
  ends_at timestamptz not null, -- as it was meant
  ended_at timestamptz, -- earlier than that
  ended_by uuid,
  kiosk_id uuid,
  received_at timestamptz not null default now(),
  time_quality text not null check (time_quality in ('server', 'exact', 'corrected', 'doubtful')),
  primary key (tenant_id, id),
  foreign key (tenant_id, location_id) references locations (tenant_id, id),
  foreign key (tenant_id, member_id) references members (tenant_id, id),
  foreign key (tenant_id, ended_by) references members (tenant_id, id),
  foreign key (tenant_id, kiosk_id) references kiosks (tenant_id, id),
  check (ends_at >= starts_at and ends_at <= starts_at + interval '16 hours'),
  check (ended_at >= starts_at)
);
create index duties_of_location on duties (tenant_id, location_id, starts_at desc);
select app.fence('duties', updatable => array['ended_at', 'ended_by']);
select app.feed('duties', 'duty');
