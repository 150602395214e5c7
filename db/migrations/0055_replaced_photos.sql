-- A photo that is not kept is replaced by another of the same record.
set local lock_timeout = '5s';

alter table evidence add column replaced_by uuid; -- the file that proves it in its place
grant select (replaced_by), insert (replaced_by), update (replaced_by) on evidence to opsflow_app;
