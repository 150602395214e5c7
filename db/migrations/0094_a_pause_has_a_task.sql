-- `pause_id` of a mailing is the task that asks someone to take it over.
set local lock_timeout = '5s';

alter table report_mailings add constraint report_mailings_pause_id_fkey
  foreign key (tenant_id, pause_id) references tasks (tenant_id, id) not valid;
