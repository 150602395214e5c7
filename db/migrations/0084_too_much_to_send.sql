-- A week or month with more records than any file holds is told on the screen of its mailing.
set local lock_timeout = '5s';

alter table report_sendings drop constraint report_sendings_state_check;
alter table report_sendings add constraint report_sendings_state_check
  check (state in ('waiting', 'queued', 'sending', 'sent', 'failed', 'unknown', 'too_much')) not valid;
