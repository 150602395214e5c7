-- Records go to whoever should have them by themselves: every week or month a letter with a link.
set local lock_timeout = '5s';

create table report_mailings (
  tenant_id uuid not null default app.tenant(),
  id uuid not null default uuidv7(),
  location_id uuid not null,
  every text not null check (every in ('week', 'month')),
  recipients text[] not null check (cardinality(recipients) between 1 and 10),
  given_to text not null check (length(given_to) between 1 and 100), -- stands across each page
  language text not null check (language in ('en', 'es')),
  photos boolean not null,
  waits_for_gaps boolean not null, -- what lacks something waits until someone sends it
  next_day date not null, -- the Monday or first of a month on which the days before it are sent
  due_at timestamptz not null,
  created_at timestamptz not null default now(),
  created_by uuid,
  ended_at timestamptz,
  primary key (tenant_id, id),
  unique (tenant_id, location_id, id),
  foreign key (tenant_id, location_id) references locations (tenant_id, id),
  foreign key (tenant_id, created_by) references members (tenant_id, id)
);
create index report_mailings_location on report_mailings (tenant_id, location_id, id desc);
create index report_mailings_due on report_mailings (due_at) where ended_at is null;
select app.fence('report_mailings', updatable => array['next_day', 'due_at', 'ended_at']);
select app.open_to('opsflow_relay', 'report_mailings', array['tenant_id', 'id', 'location_id', 'due_at', 'ended_at']);

create table report_sendings (
  tenant_id uuid not null default app.tenant(),
  id uuid not null default uuidv7(),
  location_id uuid not null,
  mailing_id uuid not null,
  first_day date not null,
  last_day date not null check (last_day >= first_day),
  state text not null check (state in ('waiting', 'queued', 'sending', 'sent', 'failed', 'unknown')),
  gaps int not null check (gaps >= 0), -- kinds of things that were missing when it was looked through
  sent_to text[] not null default '{}', -- whom it has reached: nobody gets it twice
  link_id uuid, -- of the last letter
  tries int not null default 0,
  due_at timestamptz not null default now(),
  created_at timestamptz not null default now(),
  changed_at timestamptz not null default now(),
  primary key (tenant_id, id),
  unique (tenant_id, mailing_id, first_day),
  foreign key (tenant_id, location_id) references locations (tenant_id, id),
  foreign key (tenant_id, location_id, mailing_id) references report_mailings (tenant_id, location_id, id),
  foreign key (tenant_id, location_id, link_id) references inspector_links (tenant_id, location_id, id)
);
create index report_sendings_due on report_sendings (due_at) where state in ('queued', 'sending');
select app.fence('report_sendings', updatable => array['state', 'gaps', 'sent_to', 'link_id', 'tries', 'due_at', 'changed_at']);
select app.open_to('opsflow_relay', 'report_sendings', array['tenant_id', 'id', 'location_id', 'state', 'due_at']);
