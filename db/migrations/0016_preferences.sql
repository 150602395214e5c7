-- How a person likes their screens, on every device they sign in to; and the colour of an organization.
set local lock_timeout = '5s';

create table member_preferences (
  tenant_id uuid not null default app.tenant(),
  member_id uuid not null,
  -- Null, in each: not chosen. The device, the system or the location decides.
  language text check (language in ('en', 'es')),
  theme text check (theme in ('system', 'light', 'dark', 'contrast')),
  density text check (density in ('desk', 'kitchen')),
  temperature_unit text check (temperature_unit in ('F', 'C')),
  changed_at timestamptz not null default now(),
  primary key (tenant_id, member_id),
  foreign key (tenant_id, member_id) references members (tenant_id, id)
);
select app.fence('member_preferences',
                 updatable => array['language', 'theme', 'density', 'temperature_unit', 'changed_at']);

-- As it was chosen. What can be read on a screen is solved from it in the browser.
alter table organizations add column brand text;
-- Not validated: the column is new, so there is no row to look at; every row to come is checked.
alter table organizations add constraint organizations_brand check (brand ~ '^#[0-9a-f]{6}$') not valid;
grant select (brand), insert (brand), update (brand) on organizations to opsflow_app;
