-- A mailing pauses when whoever it goes under may no longer send the place's records, until someone who may takes it over.
set local lock_timeout = '5s';

alter table report_mailings
  add column taken_over_by uuid, -- under whom it goes since; null: whoever set it up
  add column paused_at timestamptz,
  add column pause_id uuid; -- of this pause: the task that asks for someone is of it
alter table report_mailings add constraint report_mailings_taken_over_by_fkey
  foreign key (tenant_id, taken_over_by) references members (tenant_id, id) not valid;
grant select (taken_over_by, paused_at, pause_id), insert (taken_over_by, paused_at, pause_id),
  update (taken_over_by, paused_at, pause_id) on report_mailings to opsflow_app;
grant select (paused_at) on report_mailings to opsflow_relay;
select app.ledger('report_mailings');

-- What was about to leave when it paused.
alter table report_sendings drop constraint report_sendings_state_check;
alter table report_sendings add constraint report_sendings_state_check
  check (state in ('waiting', 'queued', 'sending', 'sent', 'failed', 'unknown', 'too_much', 'paused')) not valid;
